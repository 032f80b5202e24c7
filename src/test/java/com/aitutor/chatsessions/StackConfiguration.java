package com.aitutor.chatsessions;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** What the engine hands the program for a stack: the stack's file over the defaults of Pulumi.yaml. */
record StackConfiguration(String stackName, Map<String, String> values, Set<String> secretKeys) {
    private static final String FIXTURES = "src/test/resources/com/aitutor/chatsessions/";

    /** A stack named prod with a stack file of the tests, for exact expectations. */
    static StackConfiguration fixture() {
        return from(Path.of(FIXTURES + "Pulumi.prod.yaml"));
    }

    /** Every stack of the project's folder, however many there are. */
    static List<StackConfiguration> all() {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> file.toString().matches("Pulumi\\..+\\.yaml"))
                    .sorted()
                    .map(StackConfiguration::from)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StackConfiguration from(Path file) {
        Map<String, String> values = new HashMap<>();
        SettingsTable.declared()
                .forEach((key, declaration) -> values.put(
                        Setting.NAMESPACE + ":" + key,
                        declaration.get("default").toString()));
        StackConfiguration.<Map<String, Object>>yaml(file.toString())
                .get("config")
                .forEach((key, value) -> values.put(key, value.toString()));
        return new StackConfiguration(file.getFileName().toString().split("\\.")[1], values, Set.of());
    }

    /** The stack under another name. */
    StackConfiguration named(String otherName) {
        return new StackConfiguration(otherName, values, secretKeys);
    }

    StackConfiguration with(Object key, Object value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(key.toString(), value.toString());
        return new StackConfiguration(stackName, changed, secretKeys);
    }

    StackSettings settings() {
        return new StackSettings(stackName, processEnvironment());
    }

    /** The process environment in which the language host starts the program. */
    Map<String, String> processEnvironment() {
        Gson gson = new Gson();
        return Map.of("PULUMI_CONFIG", gson.toJson(values), "PULUMI_CONFIG_SECRET_KEYS", gson.toJson(secretKeys));
    }

    /** A file of the tests. */
    static <T> Map<String, T> fixture(String name) {
        return yaml(FIXTURES + name);
    }

    static <T> Map<String, T> yaml(String file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(options).load(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
