package com.aitutor.localaws;

import static com.aitutor.localaws.PropertySchema.bool;
import static com.aitutor.localaws.PropertySchema.integer;
import static com.aitutor.localaws.PropertySchema.object;
import static com.aitutor.localaws.PropertySchema.objectSet;
import static com.aitutor.localaws.PropertySchema.text;
import static com.aitutor.localaws.PropertySchema.textMap;

import com.aitutor.localaws.PropertySchema.Trait;
import java.util.List;

/**
 * The properties of a DynamoDB table. One line here makes another one known; what DynamoDB Local has of it comes and goes
 * in {@link TableProperties} and {@link TableRequests}, and what it has not stays in the state.
 */
final class TableSchema {

    static final List<PropertySchema> PROPERTIES = List.of(
            text("arn").is(Trait.OUTPUT),
            objectSet(
                            "attributes",
                            text("name").is(Trait.REQUIRED),
                            text("type").is(Trait.REQUIRED).must(Constraint.oneOf("S", "N", "B")))
                    .named("attribute", "attributes")
                    .is(Trait.COMPARED_BY_NAME),
            text("billingMode").is(Trait.REQUIRED).must(Constraint.oneOf("PROVISIONED", "PAY_PER_REQUEST")),
            bool("deletionProtectionEnabled"),
            objectSet(
                            "globalSecondaryIndexes",
                            text("hashKey").is(Trait.REQUIRED),
                            text("name").is(Trait.REQUIRED),
                            text("projectionType")
                                    .is(Trait.REQUIRED)
                                    .must(Constraint.oneOf("ALL", "KEYS_ONLY", "INCLUDE")),
                            text("rangeKey"))
                    .named("global_secondary_index", "globalSecondaryIndices"),
            text("hashKey").is(Trait.REQUIRED, Trait.REPLACES),
            text("name").is(Trait.REQUIRED, Trait.REPLACES),
            object(
                    "onDemandThroughput",
                    integer("maxReadRequestUnits").is(Trait.COMPUTED, Trait.UNLIMITED_WHEN_MINUS_ONE),
                    integer("maxWriteRequestUnits").is(Trait.COMPUTED, Trait.UNLIMITED_WHEN_MINUS_ONE)),
            object(
                            "pointInTimeRecovery",
                            bool("enabled").is(Trait.REQUIRED),
                            integer("recoveryPeriodInDays").is(Trait.COMPUTED).must(Constraint.between(1, 35)))
                    .is(Trait.COMPUTED, Trait.OFF_WHEN_ABSENT),
            text("rangeKey").is(Trait.REPLACES),
            object(
                            "serverSideEncryption",
                            bool("enabled").is(Trait.REQUIRED),
                            text("kmsKeyArn").is(Trait.COMPUTED).must(Constraint.arn()))
                    .is(Trait.COMPUTED, Trait.OFF_WHEN_ABSENT),
            textMap("tags"),
            object("ttl", text("attributeName"), bool("enabled")).is(Trait.COMPUTED, Trait.OFF_WHEN_ABSENT));

    private TableSchema() {}
}
