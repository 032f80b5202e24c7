package com.aitutor.chatsessions;

import static java.util.Comparator.comparing;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.pulumi.exceptions.RunException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** One stack's configuration as the engine hands it over, and every problem found in it so far. */
final class StackFile {
    private final String stackName;
    private final Map<String, String> values;
    private final Set<String> secretKeys;
    private final Map<String, String> problems = new TreeMap<>();

    StackFile(String stackName, Map<String, String> values, Set<String> secretKeys) {
        this.stackName = stackName;
        this.values = Map.copyOf(values);
        this.secretKeys = Set.copyOf(secretKeys);
    }

    /**
     * The configuration of the running stack, from the environment of the process: {@code com.pulumi.Config} cannot
     * list keys, and a misspelt key is only found in a list.
     */
    static StackFile from(String stackName, Map<String, String> processEnvironment) {
        String values = processEnvironment.getOrDefault("PULUMI_CONFIG", "{}");
        String secretKeys = processEnvironment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]");
        Gson gson = new Gson();
        return new StackFile(
                stackName,
                gson.fromJson(values, new TypeToken<Map<String, String>>() {}),
                gson.fromJson(secretKeys, new TypeToken<Set<String>>() {}));
    }

    String stackName() {
        return stackName;
    }

    /** The value of a setting; its default where it is missing or not accepted. */
    String read(Setting setting) {
        String value = values.getOrDefault(setting.fullKey(), setting.defaultValue());
        if (secretKeys.contains(setting.fullKey())) {
            // nothing here needs to be secret, and in tags, names and outputs it would not stay so
            addProblem(setting, "is a secret", "a plain value: " + setting.accepts(), "set --plaintext");
        } else if (!setting.valid().test(value)) {
            refuse(setting, setting.accepts());
        } else {
            return value;
        }
        return setting.defaultValue();
    }

    /** The value of a setting that has none by default. */
    Optional<String> readOptional(Setting setting) {
        return Optional.of(read(setting)).filter(value -> !value.equals(Setting.NONE));
    }

    /** Records that a setting's value is not accepted, unless it follows from settings that are refused themselves. */
    void refuse(Setting setting, String accepts, Setting... because) {
        if (Stream.of(because).map(Setting::fullKey).noneMatch(problems::containsKey)) {
            String value = values.get(setting.fullKey());
            addProblem(setting, value == null ? "is missing" : "is \"" + value + "\"", accepts, "set");
        }
    }

    /** Records every key, but for the provider's and Pulumi's own, that is not listed: it would have no effect. */
    void refuseUnknownKeys(List<Setting> settings) {
        List<String> known = settings.stream().map(Setting::fullKey).toList();
        values.keySet().stream()
                .filter(key -> !key.startsWith("aws:") && !key.startsWith("pulumi:") && !known.contains(key))
                .forEach(key -> problems.put(key, """
                        %s is not a setting
                            accepted: a key such as %s, which is nearest
                            fix:      pulumi config rm %s --stack %s"""
                        .formatted(key, nearest(known, key), key, stackName)));
    }

    /**
     * Ends the program where there are problems.
     *
     * @throws RunException with all of them; the engine shows its text without a stack trace
     */
    void throwIfRefused() {
        if (!problems.isEmpty()) {
            throw new RunException("Settings of stack %s are not accepted, nothing was changed:\n%s"
                    .formatted(stackName, String.join("\n", problems.values())));
        }
    }

    private void addProblem(Setting setting, String found, String accepts, String command) {
        problems.putIfAbsent(setting.fullKey(), """
                %s %s
                    accepted: %s
                    fix:      pulumi config %s %s <value> --stack %s"""
                .formatted(setting.fullKey(), found, accepts, command, setting.fullKey(), stackName));
    }

    private static String nearest(List<String> known, String key) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(comparing(candidate -> distance.apply(name(candidate), name(key))))
                .orElseThrow();
    }

    private static String name(String fullKey) {
        return fullKey.substring(fullKey.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
