package com.aitutor.chatsessions;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One key of a stack file.
 *
 * @param fullKey the key with its namespace
 * @param defaultValue the value where the stack file has none; {@link #NONE} where that means "without"
 * @param accepts what the key accepts, in the words of errors, of Pulumi.yaml and of the README
 * @param valid whether a value is accepted
 */
record Setting(String fullKey, String defaultValue, String accepts, Predicate<String> valid) {
    static final String NAMESPACE = "chat-sessions";

    /** The default of a key that has no other: Pulumi demands a value for each key that a project declares. */
    static final String NONE = "none";

    // no leading zeros: 030 is 24 to YAML and 30 to a reader
    private static final Predicate<String> INTEGER = Pattern.compile("[1-9][0-9]{0,9}").asMatchPredicate();

    static Setting of(String key, String defaultValue, String accepts, Predicate<String> valid) {
        return new Setting(NAMESPACE + ":" + key, defaultValue, accepts, valid);
    }

    static Setting text(String key, String defaultValue, String accepts, String pattern) {
        return of(key, defaultValue, accepts, Pattern.compile(pattern).asMatchPredicate());
    }

    static Setting bool(String key, boolean defaultValue) {
        return text(key, String.valueOf(defaultValue), "true or false", "true|false");
    }

    static Setting integer(String key, String defaultValue, int most) {
        String accepts = most == Integer.MAX_VALUE ? "an integer, at least 1" : "an integer from 1 to " + most;
        return of(key, defaultValue, accepts, INTEGER.and(text -> Long.parseLong(text) <= most));
    }

    /** This setting with a further condition. */
    Setting where(Predicate<String> condition, String nowAccepts) {
        return new Setting(fullKey, defaultValue, nowAccepts, valid.and(condition));
    }

    /** This setting, accepting one word more. */
    Setting or(String word) {
        return new Setting(fullKey, defaultValue, accepts + ", or " + word, valid.or(word::equals));
    }

    /** The full key. */
    @Override
    public String toString() {
        return fullKey;
    }
}
