package com.aitutor.localaws;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * The properties of a table that exists: what the database says, put over the state. An imported table has no state yet;
 * it then shows no tags, no encryption key and no point-in-time recovery.
 */
final class TableProperties {
    /** The recovery window AWS gives when none is asked for, in days. */
    private static final int LONGEST_RECOVERY_WINDOW = 35;

    private static final PropertyValue TIME_TO_LIVE_OFF = timeToLive("", false);

    private TableProperties() {}

    static PropertyValue of(
            TableDescription table, TimeToLiveDescription timeToLive, PropertyValue state, Account account) {
        String rangeKey = key(table.keySchema(), KeyType.RANGE);
        PropertyValue properties = ofUnseen(table.tableName(), state, account)
                .with("attributes", PropertyValue.list(table.attributeDefinitions(), TableProperties::attribute))
                .with(
                        "billingMode",
                        table.billingModeSummary() == null
                                ? "PROVISIONED"
                                : table.billingModeSummary().billingModeAsString())
                .with("deletionProtectionEnabled", Boolean.TRUE.equals(table.deletionProtectionEnabled()))
                .with(
                        "globalSecondaryIndexes",
                        PropertyValue.list(table.globalSecondaryIndexes(), TableProperties::index))
                .with("hashKey", key(table.keySchema(), KeyType.HASH))
                .with("rangeKey", rangeKey.isEmpty() ? PropertyValue.ABSENT : rangeKey)
                .with("ttl", timeToLive(timeToLive, state.get("ttl")));
        // DynamoDB Local tells caps only until they are changed
        return state.isZero() ? properties.with("onDemandThroughput", caps(table.onDemandThroughput())) : properties;
    }

    /** Returns the properties of a table that exists, but cannot be asked about. */
    static PropertyValue ofUnseen(String table, PropertyValue state, Account account) {
        return state.with("arn", account.arn("dynamodb", "table/" + table))
                .with("name", table)
                .with("pointInTimeRecovery", recovery(state.get("pointInTimeRecovery")))
                .with(
                        "serverSideEncryption",
                        state.get("serverSideEncryption").get("enabled").bool()
                                ? state.get("serverSideEncryption")
                                : PropertyValue.ABSENT)
                .with("ttl", state.get("ttl").isAbsent() ? TIME_TO_LIVE_OFF : state.get("ttl"));
    }

    private static PropertyValue attribute(AttributeDefinition attribute) {
        return PropertyValue.EMPTY
                .with("name", attribute.attributeName())
                .with("type", attribute.attributeTypeAsString());
    }

    static PropertyValue index(GlobalSecondaryIndexDescription index) {
        return PropertyValue.EMPTY
                .with("name", index.indexName())
                .with("hashKey", key(index.keySchema(), KeyType.HASH))
                .with("rangeKey", key(index.keySchema(), KeyType.RANGE))
                .with("projectionType", index.projection().projectionTypeAsString());
    }

    static String key(List<KeySchemaElement> schema, KeyType type) {
        return schema.stream()
                .filter(element -> element.keyType() == type)
                .map(KeySchemaElement::attributeName)
                .findFirst()
                .orElse("");
    }

    private static PropertyValue caps(OnDemandThroughput throughput) {
        return throughput == null
                ? PropertyValue.ABSENT
                : PropertyValue.EMPTY
                        .with("maxReadRequestUnits", throughput.maxReadRequestUnits())
                        .with("maxWriteRequestUnits", throughput.maxWriteRequestUnits());
    }

    /** AWS forgets the attribute when time to live is off; the state keeps it, which the official provider accepts. */
    private static PropertyValue timeToLive(TimeToLiveDescription actual, PropertyValue state) {
        if (actual.timeToLiveStatus() == TimeToLiveStatus.ENABLED) {
            return timeToLive(actual.attributeName(), true);
        }
        return state.get("enabled").bool()
                ? TIME_TO_LIVE_OFF
                : timeToLive(state.get("attributeName").text(), false);
    }

    private static PropertyValue timeToLive(String attribute, boolean enabled) {
        return PropertyValue.EMPTY.with("attributeName", attribute).with("enabled", enabled);
    }

    private static PropertyValue recovery(PropertyValue state) {
        boolean enabled = state.get("enabled").bool();
        long window = state.get("recoveryPeriodInDays").whole();
        return PropertyValue.EMPTY
                .with("enabled", enabled)
                .with("recoveryPeriodInDays", !enabled ? 0 : window == 0 ? LONGEST_RECOVERY_WINDOW : window);
    }
}
