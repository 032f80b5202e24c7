package com.aitutor.chatsessions;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The values that a setting accepts.
 *
 * @param words what is accepted, as errors, Pulumi.yaml and the README say it
 * @param valid whether a text is accepted
 * @param parse the value of an accepted text
 */
record Accepted<T>(String words, Predicate<String> valid, Function<String, T> parse) {
    // no leading zeros: 030 is 24 to YAML and 30 to a reader
    private static final Predicate<String> INTEGER =
            Pattern.compile("[1-9][0-9]{0,9}").asMatchPredicate();

    static Accepted<String> text(String words, String pattern) {
        return new Accepted<>(words, Pattern.compile(pattern).asMatchPredicate(), Function.identity());
    }

    static Accepted<Boolean> trueOrFalse() {
        return new Accepted<>("true or false", Pattern.compile("true|false").asMatchPredicate(), Boolean::valueOf);
    }

    static Accepted<Integer> positiveInteger() {
        return integerUpTo(Integer.MAX_VALUE).where(text -> true, "an integer, at least 1");
    }

    static Accepted<Integer> integerUpTo(int most) {
        return new Accepted<>(
                "an integer from 1 to " + most, INTEGER.and(text -> Long.parseLong(text) <= most), Integer::valueOf);
    }

    /** The same with a further condition. */
    Accepted<T> where(Predicate<String> condition, String nowAccepted) {
        return new Accepted<>(nowAccepted, valid.and(condition), parse);
    }

    /** The same and one more text. */
    Accepted<T> or(String text) {
        return new Accepted<>(words + ", or " + text, valid.or(text::equals), parse);
    }

    /** The same, or {@link Setting#NONE}. */
    Accepted<Optional<T>> orNone() {
        return new Accepted<>(
                words + ", or " + Setting.NONE,
                valid.or(Setting.NONE::equals),
                text -> text.equals(Setting.NONE) ? Optional.empty() : Optional.of(parse.apply(text)));
    }
}
