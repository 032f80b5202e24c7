package com.aitutor.localaws;

import static com.aitutor.localaws.PropertySchema.bool;
import static com.aitutor.localaws.PropertySchema.integer;
import static com.aitutor.localaws.PropertySchema.object;
import static com.aitutor.localaws.PropertySchema.objectSet;
import static com.aitutor.localaws.PropertySchema.text;
import static com.aitutor.localaws.PropertySchema.textSet;

import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.PropertySchema.Trait;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The properties of a DynamoDB table. */
final class TableSchema {

    static final List<PropertySchema> PROPERTIES = List.of(
            text("arn").is(Trait.OUTPUT).containing("name"),
            objectSet(
                            "attributes",
                            text("name").is(Trait.REQUIRED),
                            text("type").is(Trait.REQUIRED).must(Constraint.oneOf("S", "N", "B")))
                    .named("attribute", "attributes")
                    .identifiedBy("name")
                    .is(Trait.COMPUTED, Trait.COMPARED_BY_IDENTITY),
            text("billingMode")
                    .defaultsTo(PropertyValue.of("PROVISIONED"), Phase.PREVIEW)
                    .must(Constraint.oneOf("PROVISIONED", "PAY_PER_REQUEST")),
            bool("deletionProtectionEnabled").zeroFrom(Phase.CREATE),
            objectSet(
                            "globalSecondaryIndexes",
                            text("hashKey").is(Trait.REQUIRED),
                            text("name").is(Trait.REQUIRED),
                            textSet("nonKeyAttributes").zeroFrom(Phase.PREVIEW),
                            onDemandThroughput(),
                            text("projectionType")
                                    .is(Trait.REQUIRED)
                                    .must(Constraint.oneOf("ALL", "KEYS_ONLY", "INCLUDE")),
                            text("rangeKey").zeroFrom(Phase.PREVIEW),
                            integer("readCapacity").is(Trait.COMPUTED).zeroFrom(Phase.CREATE),
                            integer("writeCapacity").is(Trait.COMPUTED).zeroFrom(Phase.CREATE))
                    .named("global_secondary_index", "globalSecondaryIndices")
                    .identifiedBy("name")
                    .zeroFrom(Phase.PREVIEW),
            text("hashKey").is(Trait.COMPUTED, Trait.REPLACES),
            object("importTable").is(Trait.UNSUPPORTED),
            objectSet("localSecondaryIndexes")
                    .named("local_secondary_index", "localSecondaryIndices")
                    .identifiedBy("name")
                    .is(Trait.UNSUPPORTED, Trait.REPLACES)
                    .zeroFrom(Phase.PREVIEW),
            text("name").is(Trait.REQUIRED, Trait.REPLACES),
            onDemandThroughput(),
            object(
                            "pointInTimeRecovery",
                            bool("enabled").is(Trait.REQUIRED),
                            integer("recoveryPeriodInDays").is(Trait.COMPUTED).must(Constraint.between(1, 35)))
                    .is(Trait.COMPUTED, Trait.OFF_WHEN_ABSENT),
            text("rangeKey").is(Trait.REPLACES),
            integer("readCapacity")
                    .is(Trait.COMPUTED)
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("onDemandThroughput"),
            objectSet("replicas").named("replica", "replicas").is(Trait.UNSUPPORTED).zeroFrom(Phase.PREVIEW),
            text("restoreDateTime").is(Trait.REPLACES).must(TableSchema::timestampProblems),
            text("restoreSourceName").is(Trait.REPLACES_WHEN_SET).conflictsWith("restoreSourceTableArn"),
            text("restoreSourceTableArn")
                    .is(Trait.REPLACES_WHEN_SET)
                    .conflictsWith("restoreSourceName")
                    .must(Arn.valid()),
            bool("restoreToLatestTime").is(Trait.REPLACES),
            object(
                            "serverSideEncryption",
                            bool("enabled").is(Trait.REQUIRED),
                            text("kmsKeyArn").is(Trait.COMPUTED).must(Arn.valid()))
                    .is(Trait.COMPUTED, Trait.OFF_WHEN_ABSENT),
            text("streamArn").is(Trait.OUTPUT).zeroFrom(Phase.CREATE),
            bool("streamEnabled").is(Trait.UNSUPPORTED).zeroFrom(Phase.CREATE),
            text("streamLabel").is(Trait.OUTPUT).zeroFrom(Phase.CREATE),
            text("streamViewType").is(Trait.COMPUTED, Trait.UNSUPPORTED).zeroFrom(Phase.CREATE),
            text("tableClass")
                    .defaultsTo(PropertyValue.of("STANDARD"), Phase.CREATE)
                    .must(Constraint.oneOf("STANDARD", "STANDARD_INFREQUENT_ACCESS")),
            Tags.TAGS,
            Tags.TAGS_ALL,
            object("ttl", text("attributeName"), bool("enabled")).is(Trait.COMPUTED, Trait.OFF_WHEN_ABSENT),
            integer("writeCapacity")
                    .is(Trait.COMPUTED)
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("onDemandThroughput"));

    private TableSchema() {}

    private static PropertySchema onDemandThroughput() {
        return object(
                "onDemandThroughput",
                integer("maxReadRequestUnits").is(Trait.COMPUTED, Trait.UNLIMITED_WHEN_MINUS_ONE),
                integer("maxWriteRequestUnits").is(Trait.COMPUTED, Trait.UNLIMITED_WHEN_MINUS_ONE));
    }

    private static List<String> timestampProblems(String attribute, PropertyValue value) {
        try {
            Instant.parse(value.text());
            return List.of();
        } catch (DateTimeParseException e) {
            return List.of("\"" + attribute + "\" must be in RFC3339 time format \"2006-01-02T15:04:05Z\". Example: "
                    + value.text());
        }
    }
}
