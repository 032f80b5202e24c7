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
        return holds(value -> all.contains(value.text()), "expected %s to be one of [" + list + "], got %s", true);
    }

    static Constraint between(long least, long most) {
        return holds(
                value -> value.whole() >= least && value.whole() <= most,
                "expected %s to be in the range (" + least + " - " + most + "), got %s",
                false);
    }

    static Constraint atLeast(long least) {
        return holds(value -> value.whole() >= least, "expected %s to be at least (" + least + "), got %s", false);
    }

    /** Accepts texts of {@code least} to {@code most} characters. */
    static Constraint length(int least, int most) {
        return holds(
                value -> value.text().length() >= least && value.text().length() <= most,
                "expected length of %s to be in the range (" + least + " - " + most + "), got %s",
                false);
    }

    /** Accepts texts that match a pattern; the message has places for the attribute and the text. */
    static Constraint pattern(String pattern, String message) {
        return holds(value -> Pattern.matches(pattern, value.text()), message, false);
    }

    /** Accepts CloudWatch's periods, in seconds: some short ones, and multiples of 60. */
    static Constraint period() {
        List<Long> accepted = List.of(1L, 5L, 10L, 20L, 30L);
        String list = accepted.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return (attribute, value) -> accepted.contains(value.whole()) || value.whole() % 60 == 0
                ? List.of()
                : List.of(
                        "expected " + lastPart(attribute) + " to be one of [" + list + "], got " + value.whole(),
                        "expected " + lastPart(attribute) + " to be divisible by 60, got: " + value.whole());
    }

    /** Accepts Amazon Resource Names. */
    static Constraint arn() {
        return (attribute, value) -> {
            String problem = arnProblem(value.text().split(":", 6));
            return problem.isEmpty()
                    ? List.of()
                    : List.of("\"" + attribute + "\" (" + value.text() + ") is an invalid ARN: " + problem);
        };
    }

    /** Accepts what satisfies a condition; the message has places for the attribute and the value. */
    private static Constraint holds(Predicate<PropertyValue> condition, String message, boolean lastPartOnly) {
        return (attribute, value) -> condition.test(value)
                ? List.of()
                : List.of(message.formatted(
                        lastPartOnly ? lastPart(attribute) : attribute,
                        value.isWhole() ? value.whole() : value.text()));
    }

    private static String lastPart(String attribute) {
        return attribute.substring(attribute.lastIndexOf('.') + 1);
    }

    private static String arnProblem(String[] parts) {
        if (!parts[0].equals("arn") || parts.length == 1) {
            return "arn: invalid prefix";
        }
        if (parts.length != 6) {
            return "arn: not enough sections";
        }
        if (!Pattern.matches("aws(-[a-z]+)*", parts[1])) {
            return "invalid partition value (expecting to match regular expression: ^aws(-[a-z]+)*$)";
        }
        if (!parts[3].isEmpty() && !AwsRegion.isName(parts[3])) {
            return "invalid region value (expecting to match regular expression: ^[a-z]{2,4}(-[a-z]+)+-\\d{1,2}$)";
        }
        if (!Pattern.matches("(aws|aws-managed|third-party|aws-marketplace|\\d{12})?", parts[4])) {
            return "invalid account ID value (expecting to match regular expression: "
                    + "^(aws|aws-managed|third-party|aws-marketplace|\\d{12})$)";
        }
        return parts[5].isEmpty() ? "missing resource value" : "";
    }
}
