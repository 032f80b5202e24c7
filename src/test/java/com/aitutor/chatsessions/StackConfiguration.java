package com.aitutor.chatsessions;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** What the engine hands the program for a stack: the stack's file over the defaults of Pulumi.yaml. */
record StackConfiguration(String stackName, Map<String, String> values, Set<String> secretKeys) {
    /** The configuration of a stack by the files in the project's folder. */
    static StackConfiguration from(String stackName) {
        Map<String, String> values = defaults();
        values.putAll(stackFile(stackName));
        return new StackConfiguration(stackName, values, Set.of());
    }

    /** What a stack's own file says, by full key. */
    static Map<String, String> stackFile(String stackName) {
        Map<String, String> values = new HashMap<>();
        map(read("Pulumi." + stackName + ".yaml").get("config"))
                .forEach((key, value) -> values.put(key, String.valueOf(value)));
        return values;
    }

    /** What Pulumi.yaml declares, in its order: by key without namespace, the attributes of its declaration. */
    static Map<String, Map<String, Object>> declarations() {
        Map<String, Map<String, Object>> declarations = new LinkedHashMap<>();
        map(read("Pulumi.yaml").get("config")).forEach((key, value) -> declarations.put(key, map(value)));
        return declarations;
    }

    StackConfiguration with(String key, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(key, value);
        return new StackConfiguration(stackName, changed, secretKeys);
    }

    StackConfiguration without(String key) {
        Map<String, String> changed = new HashMap<>(values);
        changed.remove(key);
        return new StackConfiguration(stackName, changed, secretKeys);
    }

    StackConfiguration withSecret(String key) {
        return new StackConfiguration(stackName, with(key, "s3cret").values(), Set.of(key));
    }

    StackSettings settings() {
        return StackSettings.from(new StackFile(stackName, values, secretKeys));
    }

    /** The process environment in which the language host starts the program. */
    Map<String, String> processEnvironment() {
        Gson gson = new Gson();
        return Map.of("PULUMI_CONFIG", gson.toJson(values), "PULUMI_CONFIG_SECRET_KEYS", gson.toJson(secretKeys));
    }

    private static Map<String, String> defaults() {
        Map<String, String> values = new HashMap<>();
        declarations().forEach((key, declaration) ->
                values.put("chat-sessions:" + key, String.valueOf(declaration.get("default"))));
        return values;
    }

    private static Map<String, Object> read(String file) {
        try {
            return map(new Yaml().load(Files.readString(Path.of(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
