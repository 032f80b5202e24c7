package com.aitutor.localaws;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks of Amazon Resource Names, with the words of the official provider. */
final class Arn {

    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern ACCOUNT = Pattern.compile("aws|aws-managed|third-party|aws-marketplace|[0-9]{12}");
    private static final Pattern KMS_KEY = Pattern.compile("(key|alias)/[a-zA-Z0-9/_-]+");
    private static final Pattern EC2_AUTOMATION =
            Pattern.compile("arn:[\\w-]+:automate:[\\w-]+:ec2:(reboot|recover|stop|terminate)");

    private Arn() {}

    /** Returns what keeps a text from being an ARN. */
    static Optional<String> problem(String text) {
        if (!text.startsWith("arn:")) {
            return Optional.of("arn: invalid prefix");
        }
        String[] parts = text.split(":", 6);
        if (parts.length != 6) {
            return Optional.of("arn: not enough sections");
        }
        if (!PARTITION.matcher(parts[1]).matches()) {
            return Optional.of("invalid partition value (expecting to match regular expression: ^aws(-[a-z]+)*$)");
        }
        if (!parts[3].isEmpty() && !REGION.matcher(parts[3]).matches()) {
            return Optional.of("invalid region value (expecting to match regular expression: "
                    + "^[a-z]{2,4}(-[a-z]+)+-\\d{1,2}$)");
        }
        if (!parts[4].isEmpty() && !ACCOUNT.matcher(parts[4]).matches()) {
            return Optional.of("invalid account ID value (expecting to match regular expression: "
                    + "^(aws|aws-managed|third-party|aws-marketplace|\\d{12})$)");
        }
        return parts[5].isEmpty() ? Optional.of("missing resource value") : Optional.empty();
    }

    /** Accepts ARNs. */
    static Constraint valid() {
        return (attribute, value) -> problem(value.text())
                .map(problem -> invalid(attribute, value, problem))
                .stream()
                .toList();
    }

    /** Accepts ARNs and the actions on EC2 instances that an alarm can take. */
    static Constraint validAction() {
        return (attribute, value) -> EC2_AUTOMATION.matcher(value.text()).matches()
                ? List.of()
                : problem(value.text())
                        .map(problem -> List.of(
                                invalid(attribute, value, problem),
                                "\"" + attribute + "\" does not match EC2 automation ARN (\"^arn:[\\\\w-]+:automate:"
                                        + "[\\\\w-]+:ec2:(reboot|recover|stop|terminate)$\"): \"" + value.text()
                                        + "\""))
                        .orElse(List.of());
    }

    /**
     * Returns what keeps an ARN from naming a KMS key a table of a region can use. DynamoDB takes keys of its own region
     * only (developer guide, "DynamoDB encryption at rest usage notes").
     */
    static Optional<String> kmsKeyProblem(String arn, AwsRegion region) {
        String[] parts = arn.split(":", 6);
        if (parts.length != 6 || !parts[2].equals("kms") || !KMS_KEY.matcher(parts[5]).matches()) {
            return Optional.of("expected the ARN of a KMS key, arn:" + region.partition() + ":kms:" + region.name()
                    + ":<account>:key/<id>, got " + arn);
        }
        if (!parts[3].equals(region.name())) {
            return Optional.of("expected a KMS key of the table's region " + region.name() + ", got " + arn);
        }
        return Optional.empty();
    }

    private static String invalid(String attribute, PropertyValue value, String problem) {
        return "\"" + attribute + "\" (" + value.text() + ") is an invalid ARN: " + problem;
    }
}
