package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One stack's configuration as the engine hands it over.
 *
 * @param stackName of the running stack
 * @param values by full key
 * @param secretKeys the keys whose values are secret
 * @param text of the file itself; empty where it cannot be read
 */
record StackFile(String stackName, Map<String, String> values, Set<String> secretKeys, String text) {
    /** What YAML takes for a number, a time, a boolean or null, unless it stands in quotes. */
    private static final Pattern NOT_A_STRING =
            Pattern.compile("[-+.]?[0-9][0-9A-Za-z_.:+-]*|(?i:true|false|yes|no|on|off|null|~)");

    /**
     * The configuration of the running stack, from the environment of the process: {@code com.pulumi.Config} cannot
     * list keys, and a misspelt key is only found in a list.
     */
    static StackFile from(String stackName, Map<String, String> processEnvironment) {
        String values = processEnvironment.getOrDefault("PULUMI_CONFIG", "{}");
        String secretKeys = processEnvironment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]");
        String text = read(processEnvironment.get("PULUMI_ROOT_DIRECTORY"), name(stackName));
        Gson gson = new Gson();
        return new StackFile(
                stackName,
                gson.fromJson(values, new TypeToken<Map<String, String>>() {}),
                gson.fromJson(secretKeys, new TypeToken<Set<String>>() {}),
                text);
    }

    String name() {
        return name(stackName);
    }

    /**
     * What the file has for a key, where YAML made another value of it: 030 is 24 to YAML, 2026_01 is 202601.
     *
     * <p>A text that YAML leaves as it is says nothing: another file may have been named by {@code --config-file}.
     */
    Optional<String> misread(Setting<?> setting) {
        String keys = Pattern.quote(setting.fullKey()) + "|" + Pattern.quote(setting.key());
        String received = values.get(setting.fullKey());
        return Pattern.compile(
                        "(?m)^[ \\t]+[\"']?(?:" + keys + ")[\"']?:[ \\t]+([^\\s\"'#][^\\r\\n]*?)[ \\t]*(?:[ \\t]#.*)?$")
                .matcher(text)
                .results()
                .map(line -> line.group(1))
                .filter(written -> isMisread(written, received))
                .findFirst();
    }

    private static boolean isMisread(String written, String received) {
        boolean canonical = written.matches("0|-?[1-9][0-9]*|true|false");
        return !canonical && NOT_A_STRING.matcher(written).matches() && !written.equals(received);
    }

    private static String name(String stackName) {
        return "Pulumi." + stackName + ".yaml";
    }

    private static String read(String folder, String name) {
        try {
            return folder == null ? "" : Files.readString(Path.of(folder, name));
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
