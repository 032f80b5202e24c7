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
    <T> T read(Setting<T> setting) {
        String key = setting.fullKey();
        String value = file.values().getOrDefault(key, setting.defaultText());
        String accepted = setting.accepted().words();
        Optional<String> misread = file.misread(setting);
        if (file.secretKeys().contains(key)) {
            // nothing here needs to be secret, and in tags, names and outputs it would not stay so
            String fix = command.with("config set --plaintext " + key + " <value>");
            add(key, "is a secret", "a plain value: " + accepted, fix);
        } else if (misread.isPresent()) {
            String found = "is \"%s\" to YAML, but %s says %s".formatted(value, file.name(), misread.get());
            add(key, found, accepted, "write it in quotes in %s: \"%s\"".formatted(file.name(), misread.get()));
        } else if (!setting.accepted().valid().test(value)) {
            refuse(setting, accepted);
        } else {
            return setting.accepted().parse().apply(value);
        }
        return setting.accepted().parse().apply(setting.defaultText());
    }

    /** Records that a setting's value is not accepted, unless it follows from settings that are refused themselves. */
    void refuse(Setting<?> setting, String accepted, Setting<?>... because) {
        if (Stream.of(because).map(Setting::fullKey).noneMatch(byKey::containsKey)) {
            String value = file.values().get(setting.fullKey());
            String found = value == null ? "is missing" : "is \"" + value + "\"";
            add(setting.fullKey(), found, accepted, command.set(setting, "<value>"));
        }
    }

    /** Records every key that is no setting, but for the provider's and Pulumi's own: it would have no effect. */
    void refuseUnknownKeys(List<Setting<?>> settings) {
        List<String> known = settings.stream().map(Setting::fullKey).toList();
        file.values().keySet().stream()
                .filter(key -> !key.startsWith("aws:") && !key.startsWith("pulumi:") && !known.contains(key))
                .forEach(key -> refuseUnknown(key, known));
    }

    /**
     * Ends the program where there are problems.
     *
     * @throws RunException with all of them; the engine shows its text without a stack trace
     */
    void throwIfAny() {
        if (!byKey.isEmpty()) {
            throw new RunException("Settings of stack %s are not accepted, nothing was changed:\n%s"
                    .formatted(file.stackName(), String.join("\n", byKey.values())));
        }
    }

    private void refuseUnknown(String key, List<String> known) {
        String name = name(key);
        if (key.startsWith(Setting.NAMESPACE) && (name.equals(Setting.NAMESPACE) || name.equals("aws"))) {
            String found = "is a block \"%s:\" in %s, with keys below it".formatted(name, file.name());
            String line = "a line for each key, such as " + name + (name.equals("aws") ? ":region" : ":tableName");
            add(key, found, line, "write the keys as such lines and delete the block");
            return;
        }
        String remove = command.with("config rm " + key);
        nearest(known, key)
                .ifPresentOrElse(
                        nearest -> {
                            String set = command.with("config set %s %s".formatted(nearest, value(key)));
                            add(
                                    key,
                                    "is not a setting",
                                    nearest + ", which is nearest",
                                    set + "\n              " + remove);
                        },
                        () -> add(key, "is not a setting", "a key of the README's table of settings", remove));
    }

    /** A value as it can be typed, or a mark for it where a shell would read it as something else. */
    private String value(String key) {
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
        return known.stream()
                .min(comparing(candidate -> distance.apply(name(candidate), name(key))))
                .filter(best -> 2 * distance.apply(name(best), name(key))
                        <= Math.max(name(best).length(), name(key).length()));
    }

    private static String name(String fullKey) {
        return fullKey.substring(fullKey.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }
}
