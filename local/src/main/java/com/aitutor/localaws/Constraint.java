package com.aitutor.localaws;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule for the value of one property. The texts are those of the official provider, whose words for its own checks
 * are kept so that a message met here can be searched for.
 */
@FunctionalInterface
interface Constraint {

    /**
     * Returns what is wrong with a value, nothing when it is fine.
     *
     * @param attribute where the value is, in the official provider's notation, such as {@code ttl.0.enabled}
     * @param value a known value of the property's kind
     */
    List<String> problems(String attribute, PropertyValue value);

    /** Accepts exactly these texts. */
    static Constraint oneOf(String... accepted) {
        List<String> all = List.of(accepted);
        String list = all.stream().map(text -> '"' + text + '"').collect(Collectors.joining(" "));
        return holds(
                value -> all.contains(value.text()),
                (attribute, value) -> "expected " + lastPart(attribute) + " to be one of [" + list + "], got "
                        + value.text());
    }

    /** Accepts whole numbers from {@code least} to {@code most}. */
    static Constraint between(long least, long most) {
        return holds(
                value -> value.whole() >= least && value.whole() <= most,
                (attribute, value) -> "expected " + attribute + " to be in the range (" + least + " - " + most
                        + "), got " + value.whole());
    }

    /** Accepts whole numbers of {@code least} or more. */
    static Constraint atLeast(long least) {
        return holds(
                value -> value.whole() >= least,
                (attribute, value) ->
                        "expected " + attribute + " to be at least (" + least + "), got " + value.whole());
    }

    /** Accepts texts of {@code least} to {@code most} characters. */
    static Constraint length(int least, int most) {
        return holds(
                value -> value.text().length() >= least && value.text().length() <= most,
                (attribute, value) -> "expected length of " + attribute + " to be in the range (" + least + " - "
                        + most + "), got " + value.text());
    }

    /** Accepts texts that match a pattern as a whole. */
    static Constraint matches(Pattern pattern, String meaning) {
        return holds(
                value -> pattern.matcher(value.text()).matches(),
                (attribute, value) -> "invalid value for " + attribute + " (" + meaning + "), got " + value.text());
    }

    /** Accepts the numbers listed and multiples of 60, the periods of CloudWatch. */
    static Constraint period(Integer... shortPeriods) {
        Set<Long> accepted = List.of(shortPeriods).stream().map(Long::valueOf).collect(Collectors.toSet());
        String list = List.of(shortPeriods).stream().map(String::valueOf).collect(Collectors.joining(" "));
        return (attribute, value) -> accepted.contains(value.whole()) || value.whole() % 60 == 0
                ? List.of()
                : List.of(
                        "expected " + lastPart(attribute) + " to be one of [" + list + "], got " + value.whole(),
                        "expected " + lastPart(attribute) + " to be divisible by 60, got: " + value.whole());
    }

    /** Accepts what satisfies a condition, with one message for what does not. */
    static Constraint holds(Predicate<PropertyValue> condition, Message message) {
        return (attribute, value) -> condition.test(value) ? List.of() : List.of(message.of(attribute, value));
    }

    /** Words a problem. */
    @FunctionalInterface
    interface Message {
        /** Returns the problem of this value at this attribute. */
        String of(String attribute, PropertyValue value);
    }

    private static String lastPart(String attribute) {
        return attribute.substring(attribute.lastIndexOf('.') + 1);
    }
}
