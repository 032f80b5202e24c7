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
import org.yaml.snakeyaml.Yaml;

/** What the engine hands the program for a stack: the stack's file over the defaults of Pulumi.yaml. */
record StackConfiguration(String stackName, Map<String, String> values, Set<String> secretKeys) {
    private static final Path FIXTURES = Path.of("src/test/resources/com/aitutor/chatsessions");

    /** A stack named prod with a stack file of the tests, for exact expectations. */
    static StackConfiguration fixture() {
        return from(FIXTURES.resolve("Pulumi.prod.yaml"));
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

    /** The configuration of a stack by the files in the project's folder. */
    static StackConfiguration from(String stackName) {
        return from(Path.of("Pulumi." + stackName + ".yaml"));
    }

    private static StackConfiguration from(Path file) {
        Map<String, String> values = new HashMap<>();
        config(Path.of("Pulumi.yaml")).forEach((key, declaration) ->
                values.put("chat-sessions:" + key, String.valueOf(((Map<?, ?>) declaration).get("default"))));
        config(file).forEach((key, value) -> values.put(key, String.valueOf(value)));
        return new StackConfiguration(file.getFileName().toString().split("\\.")[1], values, Set.of());
    }

    StackConfiguration with(String key, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(key, value);
        return new StackConfiguration(stackName, changed, secretKeys);
    }

    StackConfiguration with(Setting<?> setting, Object value) {
        return with(setting.fullKey(), value.toString());
    }

    StackConfiguration withSecret(String key) {
        return new StackConfiguration(stackName, with(key, "s3cret").values(), Set.of(key));
    }

    StackSettings settings() {
        return StackSettings.from(
                new StackFile(stackName, values, secretKeys, ""), PulumiCommand.of(stackName, Map.of()));
    }

    /** The process environment in which the language host starts the program. */
    Map<String, String> processEnvironment() {
        Gson gson = new Gson();
        return Map.of("PULUMI_CONFIG", gson.toJson(values), "PULUMI_CONFIG_SECRET_KEYS", gson.toJson(secretKeys));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> config(Path file) {
        try {
            return (Map<String, Object>) new Yaml().<Map<String, Object>>load(Files.readString(file)).get("config");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
