package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.TableDefinition.Index;
import com.aitutor.localaws.TableDefinition.Limits;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

/**
 * The properties of a table that exists: what the database says, put over what is recorded. Nothing is recorded when a
 * table is imported; it then has no tags and no point-in-time recovery.
 */
final class TableProperties {

    /** The recovery window AWS gives when none is asked for, in days. */
    private static final int LONGEST_RECOVERY_WINDOW = 35;

    private TableProperties() {}

    static PropertyMap from(
            TableDescription table, TimeToLiveDescription timeToLive, PropertyMap recorded, AwsRegion region) {
        TableDefinition actual = TableDefinition.from(table, timeToLive);
        Map<String, PropertyValue> real = new HashMap<>(recordedOnly(table.tableName(), recorded, region));
        real.put("name", PropertyValue.of(table.tableName()));
        real.put("hashKey", PropertyValue.of(actual.hashKey()));
        real.put("rangeKey", textOrAbsent(actual.rangeKey()));
        real.put("billingMode", PropertyValue.of(actual.billingMode().toString()));
        real.put("readCapacity", PropertyValue.of(actual.capacity().read()));
        real.put("writeCapacity", PropertyValue.of(actual.capacity().write()));
        real.put("deletionProtectionEnabled", PropertyValue.of(actual.deletionProtection()));
        real.put("attributes", attributes(actual));
        real.put("globalSecondaryIndexes", indexes(actual, recorded));
        real.put("localSecondaryIndexes", localIndexes(table));
        real.put("ttl", timeToLive(actual, recorded));
        real.put("streamEnabled", PropertyValue.of(
                table.streamSpecification() != null
                        && Boolean.TRUE.equals(table.streamSpecification().streamEnabled())));
        if (recorded.isEmpty()) {
            real.put("tags", PropertyValue.of(Map.of()));
            real.put("onDemandThroughput", limits(actual.limits()));
        }
        return complete(recorded, real);
    }

    /** Returns the properties of a table that exists, but could not be asked about. */
    static PropertyMap unseen(String table, PropertyMap recorded, AwsRegion region) {
        return complete(recorded, recordedOnly(table, recorded, region));
    }

    static PropertyValue timeToLiveOff(String attribute) {
        return PropertyValue.of(
                Map.of("attributeName", PropertyValue.of(attribute), "enabled", PropertyValue.of(false)));
    }

    private static PropertyMap complete(PropertyMap recorded, Map<String, PropertyValue> real) {
        PropertyMap properties = recorded;
        for (PropertySchema property : TableSchema.PROPERTIES) {
            PropertyValue value = real.getOrDefault(property.name(), recorded.get(property.name()));
            boolean hasDefault = property.shownFrom().compareTo(Phase.CREATE) <= 0;
            properties = properties.with(
                    property.name(), value.isAbsent() && hasDefault ? property.whenAbsent() : value);
        }
        return properties;
    }

    private static Map<String, PropertyValue> recordedOnly(String table, PropertyMap recorded, AwsRegion region) {
        return Map.of(
                "arn", PropertyValue.of(region.arn("dynamodb", "table/" + table)),
                "pointInTimeRecovery", recovery(recorded.get("pointInTimeRecovery")),
                "serverSideEncryption", encryption(recorded.get("serverSideEncryption"), region));
    }

    private static PropertyValue attributes(TableDefinition actual) {
        return PropertyValue.of(actual.attributes().entrySet().stream()
                .map(attribute -> PropertyValue.of(Map.of(
                        "name", PropertyValue.of(attribute.getKey()),
                        "type", PropertyValue.of(attribute.getValue()))))
                .toList());
    }

    private static PropertyValue indexes(TableDefinition actual, PropertyMap recorded) {
        Map<String, PropertyValue> limits = new HashMap<>();
        recorded.get("globalSecondaryIndexes").elements().forEach(index -> limits.put(
                index.fields().get("name").text(), index.fields().get("onDemandThroughput")));
        return PropertyValue.of(actual.indexes().values().stream()
                .map(index -> index(
                        index,
                        recorded.isEmpty()
                                ? limits(index.limits())
                                : limits.getOrDefault(index.name(), PropertyValue.ABSENT)))
                .toList());
    }

    private static PropertyValue index(Index index, PropertyValue limits) {
        return PropertyValue.of(Map.of(
                "name", PropertyValue.of(index.name()),
                "hashKey", PropertyValue.of(index.hashKey()),
                "rangeKey", PropertyValue.of(index.rangeKey()),
                "projectionType", PropertyValue.of(index.projection()),
                "nonKeyAttributes", PropertyValue.of(
                        index.nonKeyAttributes().stream().map(PropertyValue::of).toList()),
                "readCapacity", PropertyValue.of(index.capacity().read()),
                "writeCapacity", PropertyValue.of(index.capacity().write()),
                "onDemandThroughput", limits));
    }

    private static PropertyValue limits(Limits limits) {
        return limits.equals(Limits.NONE)
                ? PropertyValue.ABSENT
                : PropertyValue.of(Map.of(
                        "maxReadRequestUnits", PropertyValue.of(limits.read()),
                        "maxWriteRequestUnits", PropertyValue.of(limits.write())));
    }

    private static PropertyValue localIndexes(TableDescription table) {
        return PropertyValue.of(table.localSecondaryIndexes().stream()
                .map(index -> PropertyValue.of(Map.of("name", PropertyValue.of(index.indexName()))))
                .toList());
    }

    /** AWS forgets the attribute when time to live is off; the state keeps it, which the official provider accepts. */
    private static PropertyValue timeToLive(TableDefinition actual, PropertyMap recorded) {
        PropertyValue.Fields known = recorded.get("ttl").fields();
        return actual.timeToLiveAttribute().isEmpty()
                ? timeToLiveOff(known.get("enabled").bool() ? "" : known.get("attributeName").text())
                : PropertyValue.of(Map.of(
                        "attributeName", PropertyValue.of(actual.timeToLiveAttribute()),
                        "enabled", PropertyValue.of(true)));
    }

    private static PropertyValue recovery(PropertyValue recorded) {
        boolean enabled = recorded.fields().get("enabled").bool();
        long window = recorded.fields().get("recoveryPeriodInDays").whole();
        long days = window == 0 ? LONGEST_RECOVERY_WINDOW : window;
        return PropertyValue.of(Map.of(
                "enabled", PropertyValue.of(enabled),
                "recoveryPeriodInDays", PropertyValue.of(enabled ? days : 0)));
    }

    /** With encryption by a key of its own AWS says nothing about it; switched on without a key it uses the account's. */
    private static PropertyValue encryption(PropertyValue recorded, AwsRegion region) {
        if (!recorded.fields().get("enabled").bool()) {
            return PropertyValue.ABSENT;
        }
        PropertyValue key = recorded.fields().get("kmsKeyArn");
        return key.isZero()
                ? recorded.fields().with("kmsKeyArn", PropertyValue.of(region.arn("kms", "alias/aws/dynamodb")))
                : recorded;
    }

    private static PropertyValue textOrAbsent(String text) {
        return text.isEmpty() ? PropertyValue.ABSENT : PropertyValue.of(text);
    }
}
