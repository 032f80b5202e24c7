package com.aitutor.chatsessions;

import static java.util.Comparator.comparing;

import com.pulumi.exceptions.RunException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What is not accepted in a stack's configuration, reported all at once: by key, at most one problem each. */
final class Problems {
    private final StackFile file;
    private final PulumiCommand command;
    private final Map<String, String> byKey = new TreeMap<>();

    Problems(StackFile file, PulumiCommand command) {
        this.file = file;
        this.command = command;
    }

    /** The value of a setting; its default where it is missing or not accepted. */
    String read(Setting setting) {
        String key = setting.toString();
        String value = file.values().getOrDefault(key, setting.defaultText);
        String written = file.misread(setting).orElse(value);
        if (file.secretKeys().contains(key)) {
            // nothing here needs to be secret, and in tags, names and outputs it would not stay so
            String fix = command.with("config set --plaintext " + key + " <value>");
            add(key, "is a secret", "a plain value: " + setting.accepted, fix);
        } else if (!written.equals(value)) {
            String found = "is \"%s\" to YAML, but %s says %s".formatted(value, file.name(), written);
            String quote = "write it in quotes in %s: \"%s\"".formatted(file.name(), written);
            boolean valid = setting.accepts(written);
            add(key, found, setting.accepted, valid ? quote : command.set(setting, "<value>"));
        } else if (!setting.accepts(value)) {
            refuse(setting, setting.accepted);
        }
        return byKey.containsKey(key) ? setting.defaultText : value;
    }

    /** Records that a setting's value is not accepted, unless it follows from settings that are refused themselves. */
    void refuse(Setting setting, String accepted, Setting... because) {
        if (Stream.of(because).map(Setting::toString).noneMatch(byKey::containsKey)) {
            String value = file.values().get(setting.toString());
            String found = value == null ? "is missing" : "is \"" + value + "\"";
            add(setting.toString(), found, accepted, command.set(setting, "<value>"));
        }
    }

    /** Records every key that is no setting, but for the provider's and Pulumi's own: it would have no effect. */
    void refuseUnknownKeys() {
        List<String> known = Stream.of(Setting.values()).map(Setting::toString).toList();
        file.values().keySet().stream()
                .filter(key -> !key.matches("(aws|pulumi):.*") && !known.contains(key))
                .forEach(key -> refuseUnknown(key, known));
    }

    /** Throws all problems as one RunException, whose text the engine shows without a stack trace. */
    void throwIfAny() {
        if (!byKey.isEmpty()) {
            throw new RunException("Settings of stack %s are not accepted, nothing was changed:\n%s"
                    .formatted(file.stackName(), String.join("\n", byKey.values())));
        }
    }

    private void refuseUnknown(String key, List<String> known) {
        String example = Map.of("chat-sessions:chat-sessions", "tableName", "chat-sessions:aws", "region")
                .get(key);
        String remove = command.with("config rm " + key);
        Optional<String> nearest = nearest(known, key);
        if (example != null) {
            String block = name(key);
            String found = "is a block \"%s:\" in %s, with keys below it".formatted(block, file.name());
            String accepted = "a line for each key, such as %s:%s".formatted(block, example);
            add(key, found, accepted, "write the keys as such lines and delete the block");
        } else if (nearest.isPresent()) {
            String set = command.with("config set %s %s".formatted(nearest.get(), typed(key)));
            add(key, "is not a setting", nearest.get() + ", which is nearest", set + "\n              " + remove);
        } else {
            add(key, "is not a setting", "a key of the README's table of settings", remove);
        }
    }

    /** A value as it can be typed, or a mark for it where a shell would read it as something else. */
    private String typed(String key) {
        String value = file.values().get(key);
        boolean shown = !file.secretKeys().contains(key) && value.matches("[A-Za-z0-9_.:/@+][A-Za-z0-9_.:/@+-]*");
        return shown ? value : "<value>";
    }

    private void add(String fullKey, String found, String accepted, String fix) {
        byKey.putIfAbsent(fullKey, """
                %s %s
                    accepted: %s
                    fix:      %s""".formatted(fullKey, found, accepted, fix));
    }

    /** The known key that most of a key's letters agree with, if there is one. */
    private static Optional<String> nearest(List<String> known, String key) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        String name = name(key);
        return known.stream()
                .min(comparing(candidate -> distance.apply(name(candidate), name)))
                .filter(best -> 2 * distance.apply(name(best), name)
                        <= Math.max(name(best).length(), name.length()));
    }

    private static String name(String fullKey) {
        return fullKey.substring(fullKey.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }
}
