package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What DynamoDB refuses about a table although the official provider lets it pass. Sources: DynamoDB API reference,
 * CreateTable, GlobalSecondaryIndex, PointInTimeRecoverySpecification, OnDemandThroughput, RestoreTableToPointInTime;
 * DynamoDB developer guide, "Service, account, and table quotas".
 */
final class TableLimits {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final String NAME_FORM = "3 to 255 letters, digits, underscores, hyphens and dots";
    private static final int LONGEST_ATTRIBUTE_NAME = 255;
    private static final int MOST_INDEXES = 20;
    private static final int MOST_COPIED_ATTRIBUTES = 100;

    private final PropertyMap inputs;
    private final String resource;
    private final AwsRegion region;
    private final List<String> failures = new ArrayList<>();

    /**
     * Prepares a check.
     *
     * @param inputs inputs that fit the table's schema; any of them may be unknown
     */
    TableLimits(PropertyMap inputs, String resource, AwsRegion region) {
        this.inputs = inputs;
        this.resource = resource;
        this.region = region;
    }

    /** Returns everything DynamoDB would refuse. */
    List<String> failures() {
        PropertyValue name = inputs.get("name");
        if (!name.isUnknown() && !NAME.matcher(name.text()).matches()) {
            fail("expected name to be " + NAME_FORM + ", got " + name.text(), "name");
        }
        attributes();
        indexes();
        recovery();
        encryption();
        throughput("onDemandThroughput", inputs.get("onDemandThroughput"));
        timeToLive();
        restore();
        return List.copyOf(failures);
    }

    private void attributes() {
        Set<String> names = new HashSet<>();
        for (PropertyValue attribute : inputs.get("attributes").elements()) {
            PropertyValue name = attribute.fields().get("name");
            if (name.isUnknown() || attribute.isUnknown()) {
                continue;
            }
            attributeName(name.text(), "attributes");
            if (!names.add(name.text())) {
                fail("expected each attribute once, got \"" + name.text() + "\" again", "attributes");
            }
        }
        if (inputs.get("hashKey").isZero() && !restores()) {
            fail("hashKey must be set unless the table is restored", "hashKey");
        }
        if (!inputs.get("hashKey").isZero() && inputs.get("hashKey").equals(inputs.get("rangeKey"))) {
            fail("expected hashKey and rangeKey to differ, got " + inputs.get("hashKey").text() + " for both",
                    "rangeKey");
        }
    }

    private void indexes() {
        List<PropertyValue> indexes = inputs.get("globalSecondaryIndexes").elements();
        if (indexes.size() > MOST_INDEXES) {
            fail("expected at most " + MOST_INDEXES + " globalSecondaryIndexes, got " + indexes.size(),
                    "globalSecondaryIndexes");
        }
        Set<String> names = new HashSet<>();
        long copied = 0;
        for (PropertyValue index : indexes) {
            PropertyValue.Fields fields = index.fields();
            String name = fields.get("name").text();
            boolean known = fields.get("name") instanceof PropertyValue.Text;
            if (known && !NAME.matcher(name).matches()) {
                fail("expected names of globalSecondaryIndexes to be " + NAME_FORM + ", got " + name,
                        "globalSecondaryIndexes");
            }
            if (known && !names.add(name)) {
                fail("expected each name of globalSecondaryIndexes once, got \"" + name + "\" again",
                        "globalSecondaryIndexes");
            }
            projection(name, fields);
            copied += fields.get("nonKeyAttributes").elements().size();
            throughput("globalSecondaryIndexes", fields.get("onDemandThroughput"));
        }
        if (copied > MOST_COPIED_ATTRIBUTES) {
            fail("expected at most " + MOST_COPIED_ATTRIBUTES + " nonKeyAttributes in all indexes together, got "
                    + copied, "globalSecondaryIndexes");
        }
    }

    private void projection(String index, PropertyValue.Fields fields) {
        boolean includes = fields.get("projectionType").text().equals("INCLUDE");
        boolean named = !fields.get("nonKeyAttributes").isZero();
        if (includes != named && !fields.get("projectionType").isUnknown()) {
            fail("expected nonKeyAttributes of index \"" + index + "\" with the projection INCLUDE, and only with it",
                    "globalSecondaryIndexes");
        }
    }

    private void recovery() {
        PropertyValue.Fields recovery = inputs.get("pointInTimeRecovery").fields();
        if (recovery.get("enabled").equals(PropertyValue.of(false))
                && !recovery.get("recoveryPeriodInDays").isAbsent()) {
            fail("recoveryPeriodInDays must not be set while point-in-time recovery is off",
                    "pointInTimeRecovery.recoveryPeriodInDays");
        }
    }

    private void encryption() {
        PropertyValue key = inputs.get("serverSideEncryption").fields().get("kmsKeyArn");
        if (!key.isZero() && !key.isUnknown()) {
            Arn.kmsKeyProblem(key.text(), region)
                    .ifPresent(problem -> fail(problem, "serverSideEncryption.kmsKeyArn"));
        }
    }

    private void throughput(String property, PropertyValue throughput) {
        for (String field : List.of("maxReadRequestUnits", "maxWriteRequestUnits")) {
            PropertyValue units = throughput.fields().get(field);
            if (units instanceof PropertyValue.Number && units.whole() < 1 && units.whole() != -1) {
                fail("expected " + field + " to be at least 1, or -1 for no limit, got " + units.whole(), property);
            }
        }
        PropertyValue mode = inputs.get("billingMode");
        if (!throughput.isAbsent() && !mode.isUnknown() && !mode.text().equals("PAY_PER_REQUEST")) {
            fail("onDemandThroughput can be set only when billingMode is PAY_PER_REQUEST", property);
        }
    }

    private void timeToLive() {
        PropertyValue attribute = inputs.get("ttl").fields().get("attributeName");
        if (!attribute.isZero() && !attribute.isUnknown()) {
            attributeName(attribute.text(), "ttl.attributeName");
        }
    }

    private void restore() {
        boolean latest = inputs.get("restoreToLatestTime").bool();
        boolean time = !inputs.get("restoreDateTime").isZero();
        if (restores() && latest == time && !inputs.get("restoreToLatestTime").isUnknown()) {
            fail("expected either restoreDateTime or restoreToLatestTime with a table to restore from",
                    "restoreDateTime");
        } else if (!restores() && (latest || time)) {
            fail("restoreDateTime and restoreToLatestTime need a table to restore from", "restoreSourceName");
        }
    }

    private boolean restores() {
        return !inputs.get("restoreSourceName").isZero() || !inputs.get("restoreSourceTableArn").isZero();
    }

    private void attributeName(String name, String property) {
        if (name.isEmpty() || name.length() > LONGEST_ATTRIBUTE_NAME) {
            fail("expected names of attributes to have 1 to " + LONGEST_ATTRIBUTE_NAME + " characters, got \"" + name
                    + "\"", property);
        }
    }

    private void fail(String problem, String property) {
        failures.add(InputCheck.failure(problem, resource, property));
    }
}
