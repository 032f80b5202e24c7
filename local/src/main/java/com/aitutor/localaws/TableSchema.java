package com.aitutor.localaws;

import static com.aitutor.localaws.Constraint.*;
import static com.aitutor.localaws.PropertySchema.Kind.*;
import static com.aitutor.localaws.PropertySchema.Trait.*;
import static com.aitutor.localaws.PropertySchema.property;

import java.util.List;

/**
 * The properties of a DynamoDB table. One line here makes another one known; what DynamoDB Local has of it comes and goes
 * in {@link TableProperties} and {@link TableRequests}, and what it has not stays in the state.
 */
final class TableSchema {
    static final List<PropertySchema> PROPERTIES = List.of(
            property("arn", TEXT).is(OUTPUT),
            property(
                            "attributes",
                            OBJECT_SET,
                            property("name", TEXT).is(REQUIRED),
                            property("type", TEXT).is(REQUIRED).must(oneOf("S N B")))
                    .named("attribute", "attributes")
                    .is(COMPARED_BY_NAME),
            property("billingMode", TEXT).is(REQUIRED).must(oneOf("PROVISIONED PAY_PER_REQUEST")),
            property("deletionProtectionEnabled", BOOL),
            property(
                            "globalSecondaryIndexes",
                            OBJECT_SET,
                            property("hashKey", TEXT).is(REQUIRED),
                            property("name", TEXT).is(REQUIRED),
                            property("projectionType", TEXT).is(REQUIRED).must(oneOf("ALL KEYS_ONLY INCLUDE")),
                            property("rangeKey", TEXT))
                    .named("global_secondary_index", "globalSecondaryIndices"),
            property("hashKey", TEXT).is(REQUIRED, REPLACES),
            property("name", TEXT).is(REQUIRED, REPLACES),
            property(
                    "onDemandThroughput",
                    OBJECT,
                    property("maxReadRequestUnits", INTEGER).is(COMPUTED, UNLIMITED_WHEN_MINUS_ONE),
                    property("maxWriteRequestUnits", INTEGER).is(COMPUTED, UNLIMITED_WHEN_MINUS_ONE)),
            property(
                            "pointInTimeRecovery",
                            OBJECT,
                            property("enabled", BOOL).is(REQUIRED),
                            property("recoveryPeriodInDays", INTEGER)
                                    .is(COMPUTED)
                                    .must(between(1, 35)))
                    .is(COMPUTED, OFF_WHEN_ABSENT),
            property("rangeKey", TEXT).is(REPLACES),
            property(
                            "serverSideEncryption",
                            OBJECT,
                            property("enabled", BOOL).is(REQUIRED),
                            property("kmsKeyArn", TEXT).is(COMPUTED).must(arn()))
                    .is(COMPUTED, OFF_WHEN_ABSENT),
            property("tags", TEXT_MAP),
            property("ttl", OBJECT, property("attributeName", TEXT), property("enabled", BOOL))
                    .is(COMPUTED, OFF_WHEN_ABSENT));

    private TableSchema() {}
}
