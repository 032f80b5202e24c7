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
    StackFile(String stackName, Map<String, String> processEnvironment) {
        name = "Pulumi." + stackName + ".yaml";
        command = PulumiCommand.of(stackName, processEnvironment);
        Gson gson = new Gson();
        values = gson.fromJson(processEnvironment.getOrDefault("PULUMI_CONFIG", "{}"), new TypeToken<>() {});
        secretKeys =
                gson.fromJson(processEnvironment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"), new TypeToken<>() {});
        text = read(processEnvironment.get("PULUMI_ROOT_DIRECTORY"), name);
    }

    /** The value of a setting; its default where it is missing or not accepted. */
    String value(Setting setting) {
        String key = setting.toString();
        String value = values.getOrDefault(key, setting.defaultText);
        Optional<String> misread = misread(setting);
        if (secretKeys.contains(key)) {
            // nothing here needs to be secret, and in tags, names and outputs it would not stay so
            String fix = command.with("config set --plaintext " + key + " <value>");
            add(key, "is a secret", "a plain value: " + setting.accepted, fix);
        } else if (misread.isPresent()) {
            String written = misread.get();
            String found = "is \"%s\" to YAML, but %s says %s".formatted(value, name, written);
            String quote = "write it in quotes in %s: \"%s\"".formatted(name, written);
            add(key, found, setting.accepted, setting.accepts.test(written) ? quote : command.set(setting, "<value>"));
        } else if (setting == Setting.TABLE_NAME && value.length() > 236) {
            refuse(setting, setting.accepted + """
                    , since the names of its alarms must fit into CloudWatch's 255; a table with a longer name cannot \
                    be renamed: docs/operations.md, "Rename safely\"""");
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
            add(setting.toString(), found, accepted.formatted(arguments), command.set(setting, "<value>"));
        }
    }

    /** Records every key that is no setting, but for the provider's and Pulumi's own: it would have no effect. */
    void refuseUnknownKeys() {
        List<String> known = Stream.of(Setting.values()).map(Setting::toString).toList();
        values.keySet().stream()
                .filter(key -> !key.matches("(aws|pulumi):.*") && !known.contains(key))
                .forEach(key -> refuseUnknown(key, known));
    }

    /** Throws all problems as one RunException, whose text the engine shows without a stack trace. */
    void throwIfRefused(String stackName) {
        if (!problems.isEmpty()) {
            throw new RunException("Settings of stack %s are not accepted, nothing was changed:\n%s"
                    .formatted(stackName, String.join("\n", problems.values())));
        }
    }

    private void refuseUnknown(String key, List<String> known) {
        String keyName = name(key);
        String example = Map.of("chat-sessions:chat-sessions", "tableName", "chat-sessions:aws", "region")
                .get(key);
        String remove = command.with("config rm " + key);
        Optional<String> nearest = nearest(known, keyName);
        if (example != null) {
            String found = "is a block \"%s:\" in %s, with keys below it".formatted(keyName, name);
            String accepted = "a line for each key, such as %s:%s".formatted(keyName, example);
            add(key, found, accepted, "write the keys as such lines and delete the block");
        } else if (nearest.isPresent()) {
            String set = command.with("config set %s %s".formatted(nearest.get(), typed(key)));
            add(key, "is not a setting", nearest.get() + ", which is nearest", set + "\n              " + remove);
        } else {
            add(key, "is not a setting", "a key of the README's table of settings", remove);
        }
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

    /** A value as it can be typed, or a mark for it where a shell would read it as something else. */
    private String typed(String key) {
        String value = values.get(key);
        boolean shown = !secretKeys.contains(key) && value.matches("[A-Za-z0-9_.:/@+][A-Za-z0-9_.:/@+-]*");
        return shown ? value : "<value>";
    }

    private void add(String key, String found, String accepted, String fix) {
        problems.putIfAbsent(key, """
                %s %s
                    accepted: %s
                    fix:      %s""".formatted(key, found, accepted, fix));
    }

    /** The known key that most of a name's letters agree with, if there is one. */
    private static Optional<String> nearest(List<String> known, String name) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparing(key -> distance.apply(name(key), name)))
                .filter(key -> 2 * distance.apply(name(key), name)
                        <= Math.max(name(key).length(), name.length()));
    }

    private static String name(String key) {
        return key.substring(key.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }

    private static String read(String folder, String name) {
        try {
            return folder == null ? "" : Files.readString(Path.of(folder, name));
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
