package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * One stack's configuration as the engine hands it over, and what of it is not accepted: all is reported at once, by
 * key, at most one problem each.
 */
final class StackFile {
    /** What YAML takes for a number, a time, a boolean or null, but for numbers and booleans that stay as written. */
    private static final Pattern NOT_A_STRING = Pattern.compile("(?!(?:0|-?[1-9][0-9]*|true|false)$)"
            + "(?:[-+.]?[0-9][0-9A-Za-z_.:+-]*|(?i:true|false|yes|no|on|off|null|~))");

    /** Where Pulumi.yaml says that the stack files are, if not beside it. */
    private static final Pattern STACK_FOLDER = Pattern.compile("(?m)^stackConfigDir: *[\"']?(.+?)[\"']?\\s*$");

    private final String stackName;
    private final String name;
    private final PulumiCommand command;
    private final Map<String, String> values;
    private final Set<String> secretKeys;
    private final String text;
    private final Map<String, String> problems = new TreeMap<>();

    /**
     * Takes the configuration from the environment of the process: {@code com.pulumi.Config} cannot list keys, and a
     * misspelt key is only found in a list.
     */
    StackFile(String stackName, PulumiCommand command, Map<String, String> processEnvironment) {
        this.stackName = stackName;
        name = "Pulumi." + stackName + ".yaml";
        this.command = command;
        Gson gson = new Gson();
        values = gson.fromJson(processEnvironment.getOrDefault("PULUMI_CONFIG", "{}"), new TypeToken<>() {});
        secretKeys =
                gson.fromJson(processEnvironment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"), new TypeToken<>() {});
        String root = processEnvironment.getOrDefault("PULUMI_ROOT_DIRECTORY", "");
        Matcher folder = STACK_FOLDER.matcher(read(root, "Pulumi.yaml"));
        text = read(root, folder.find() ? folder.group(1) : "", name);
    }

    /** The value of a setting; its default where it is missing or not accepted. */
    String value(Setting setting) {
        String key = setting.toString();
        String value = values.getOrDefault(key, setting.defaultText);
        Optional<String> misread = misread(setting);
        if (secretKeys.contains(key)) {
            // nothing here needs to be secret, and in tags, names and outputs it would not stay so
            String fix = command.with("config set --plaintext " + key + " <value>");
            refuse(key, "is a secret", "a plain value: " + setting.accepted, fix);
        } else if (misread.isPresent()) {
            String found = "is \"%s\" to YAML, but %s says %s".formatted(value, name, misread.get());
            refuse(key, found, setting.accepted, "write what is meant in %s, in quotes".formatted(name));
        } else if (!setting.accepts.test(value)) {
            refuse(setting, setting.accepted);
        }
        return problems.containsKey(key) ? setting.defaultText : value;
    }

    /**
     * Records that a setting's value is not accepted.
     *
     * @param accepted a format; when one of its arguments is a setting that is refused itself, nothing is recorded
     */
    void refuse(Setting setting, String accepted, Object... arguments) {
        if (Stream.of(arguments).map(Object::toString).noneMatch(problems::containsKey)) {
            String value = values.get(setting.toString());
            String found = value == null ? "is missing" : "is \"" + value + "\"";
            refuse(setting.toString(), found, accepted.formatted(arguments), command.set(setting, "<value>"));
        }
    }

    /** Records a problem of a key, unless one is recorded: what was found, what is accepted, and what mends it. */
    void refuse(String key, String found, String accepted, String fix) {
        problems.putIfAbsent(key, """
                %s %s
                    accepted: %s
                    fix:      %s""".formatted(key, found, accepted, fix));
    }

    /** Throws all problems as one RunException, whose text the engine shows without a stack trace. */
    void throwIfRefused() {
        // a key that is no setting, but for the provider's and Pulumi's own, would have no effect
        List<String> known = Stream.of(Setting.values()).map(Setting::toString).toList();
        values.keySet().stream()
                .filter(key -> !key.matches("(aws|pulumi):.*") && !known.contains(key))
                .forEach(this::refuseUnknown);
        if (!problems.isEmpty()) {
            throw new RunException("Settings of stack %s are not accepted, nothing was changed:\n%s"
                    .formatted(stackName, String.join("\n", problems.values())));
        }
    }

    private void refuseUnknown(String key) {
        if (values.get(key).startsWith("{")) {
            String accepted = "a line for each key, such as aws:region or chat-sessions:tableName";
            refuse(key, "is a block of keys", accepted, "write its keys as such lines of " + name);
        } else {
            Optional<Setting> nearest = Stream.of(Setting.values())
                    .min(Comparator.comparing(setting -> difference(key, setting)))
                    .filter(setting -> difference(key, setting) <= 0.5);
            String accepted = nearest.map(setting -> setting + ", which is nearest")
                    .orElse("a key of the README's table of settings");
            String set = nearest.map(setting -> command.set(setting, typed(key)) + "\n              ")
                    .orElse("");
            refuse(key, "is not a setting", accepted, set + command.with("config rm " + key));
        }
    }

    /** A value as it can be typed, or a mark for it where a shell would read it as something else. */
    private String typed(String key) {
        String value = values.get(key);
        boolean shown = !secretKeys.contains(key) && value.matches("[A-Za-z0-9_.:/@+][A-Za-z0-9_.:/@+-]*");
        return shown ? value : "<value>";
    }

    /** The share of letters that differ, but for the namespace. */
    private static double difference(String key, Setting setting) {
        String name = key.substring(key.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        String known = setting.key.toLowerCase(Locale.ROOT);
        double letters = LevenshteinDistance.getDefaultInstance().apply(name, known);
        return letters / Math.max(name.length(), known.length());
    }

    /**
     * What the file has for a key, where YAML made another value of it: 030 is 24 to YAML, 2026_01 is 202601. A text
     * that YAML leaves as it is says nothing: another file may have been named by {@code --config-file}.
     */
    private Optional<String> misread(Setting setting) {
        String keys = Pattern.quote(setting.toString()) + "|" + Pattern.quote(setting.key);
        String line = "^[ \\t]+[\"']?(?:" + keys + ")[\"']?:[ \\t]+([^\\s\"'#][^\\r\\n]*?)[ \\t]*(?:[ \\t]#.*)?$";
        return Pattern.compile(line, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(NOT_A_STRING.asMatchPredicate())
                .filter(written -> !written.equals(values.get(setting.toString())))
                .findFirst();
    }

    private static String read(String folder, String... names) {
        try {
            return folder.isEmpty() ? "" : Files.readString(Path.of(folder, names));
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
