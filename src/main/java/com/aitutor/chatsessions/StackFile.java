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
 * @param values by full key
 * @param secretKeys the keys whose values are secret
 * @param text of the file itself; empty where it cannot be read
 */
record StackFile(String stackName, Map<String, String> values, Set<String> secretKeys, String text) {
    /** What YAML takes for a number, a time, a boolean or null, unless it stands in quotes. */
    private static final Pattern NOT_A_STRING =
            Pattern.compile("[-+.]?[0-9][0-9A-Za-z_.:+-]*|(?i:true|false|yes|no|on|off|null|~)");

    /** What YAML takes for a number or a boolean, and hands over as it is written. */
    private static final Pattern CANONICAL = Pattern.compile("0|-?[1-9][0-9]*|true|false");

    /**
     * The configuration of the running stack, from the environment of the process: {@code com.pulumi.Config} cannot
     * list keys, and a misspelt key is only found in a list.
     */
    static StackFile from(String stackName, Map<String, String> processEnvironment) {
        Map<String, String> values =
                new Gson().fromJson(processEnvironment.getOrDefault("PULUMI_CONFIG", "{}"), new TypeToken<>() {});
        Set<String> secretKeys = new Gson()
                .fromJson(processEnvironment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"), new TypeToken<>() {});
        String text = read(processEnvironment.get("PULUMI_ROOT_DIRECTORY"), name(stackName));
        return new StackFile(stackName, values, secretKeys, text);
    }

    String name() {
        return name(stackName);
    }

    /**
     * What the file has for a key, where YAML made another value of it: 030 is 24 to YAML, 2026_01 is 202601.
     *
     * <p>A text that YAML leaves as it is says nothing: another file may have been named by {@code --config-file}.
     */
    Optional<String> misread(Setting setting) {
        String keys = Pattern.quote(setting.toString()) + "|" + Pattern.quote(setting.key);
        String line = "^[ \\t]+[\"']?(?:" + keys + ")[\"']?:[ \\t]+([^\\s\"'#][^\\r\\n]*?)[ \\t]*(?:[ \\t]#.*)?$";
        return Pattern.compile(line, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(NOT_A_STRING.asMatchPredicate())
                .filter(CANONICAL.asMatchPredicate().negate())
                .filter(written -> !written.equals(values.get(setting.toString())))
                .findFirst();
    }

    private static String read(String folder, String name) {
        try {
            return folder == null ? "" : Files.readString(Path.of(folder, name));
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private static String name(String stackName) {
        return "Pulumi." + stackName + ".yaml";
    }
}
