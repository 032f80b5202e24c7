package com.aitutor.localaws;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule for the value of one property. The texts are those of the official provider, whose words for its own checks
 * are kept so that a message met here can be searched for.
 */
@FunctionalInterface
interface Constraint {
    /** Accepts everything. */
    Constraint NONE = (attribute, value) -> List.of();

    /**
     * Returns what is wrong with a value, nothing when it is fine.
     *
     * @param attribute where the value is, in the official provider's notation, such as {@code ttl.0.enabled}
     * @param value a known value of the property's kind
     */
    List<String> problems(String attribute, PropertyValue value);

    /** Accepts some words, which are given in one text. */
    static Constraint oneOf(String accepted) {
        List<String> all = List.of(accepted.split(" "));
        String list = all.stream().map(text -> '"' + text + '"').collect(Collectors.joining(" "));
        Constraint accepts =
                holds(value -> all.contains(value.text()), "expected %s to be one of [" + list + "], got %s");
        return (attribute, value) -> accepts.problems(attribute.substring(attribute.lastIndexOf('.') + 1), value);
    }

    static Constraint between(long least, long most) {
        return holds(
                value -> value.whole() >= least && value.whole() <= most,
                "expected %s to be in the range (" + least + " - " + most + "), got %s");
    }

    static Constraint atLeast(long least) {
        return holds(value -> value.whole() >= least, "expected %s to be at least (" + least + "), got %s");
    }

    /** Accepts texts of {@code least} to {@code most} characters. */
    static Constraint length(int least, int most) {
        return holds(
                value -> value.text().length() >= least && value.text().length() <= most,
                "expected length of %s to be in the range (" + least + " - " + most + "), got %s");
    }

    /** Accepts texts that match a pattern; the message has places for the attribute and the text. */
    static Constraint pattern(String pattern, String message) {
        return holds(value -> Pattern.matches(pattern, value.text()), message);
    }

    /** Accepts what begins as an Amazon Resource Name: the program checks the whole of those that its user gives. */
    static Constraint arn() {
        return pattern("arn:.+", "\"%s\" (%s) is an invalid ARN: arn: invalid prefix");
    }

    /** Accepts what satisfies a condition; the message has places for the attribute and the value. */
    private static Constraint holds(Predicate<PropertyValue> condition, String message) {
        return (attribute, value) -> condition.test(value)
                ? List.of()
                : List.of(message.formatted(attribute, value.isWhole() ? value.whole() : value.text()));
    }
}
