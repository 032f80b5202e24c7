package com.aitutor.localaws;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The requests that make and change a table as planned. */
final class TableRequests {
    /** "No cap" to DynamoDB (API reference, OnDemandThroughput). */
    private static final long NO_CAP = -1;

    private TableRequests() {}

    static CreateTableRequest create(PropertyValue planned) {
        List<GlobalSecondaryIndex> indexes = planned.get("globalSecondaryIndexes").elements().stream()
                .map(TableRequests::index)
                .toList();
        return CreateTableRequest.builder()
                .tableName(planned.get("name").text())
                .attributeDefinitions(attributes(planned))
                .keySchema(keySchema(planned))
                .billingMode(planned.get("billingMode").text())
                .deletionProtectionEnabled(
                        planned.get("deletionProtectionEnabled").bool())
                .globalSecondaryIndexes(indexes.isEmpty() ? null : indexes)
                .onDemandThroughput(planned.get("onDemandThroughput").isAbsent() ? null : caps(planned))
                .build();
    }

    static UpdateTableRequest.Builder removeIndex(PropertyValue index) {
        return UpdateTableRequest.builder()
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .delete(removal -> removal.indexName(index.get("name").text()))
                        .build());
    }

    static UpdateTableRequest.Builder addIndex(PropertyValue index, PropertyValue planned) {
        GlobalSecondaryIndex added = index(index);
        return UpdateTableRequest.builder()
                .attributeDefinitions(attributes(planned))
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .create(addition -> addition.indexName(added.indexName())
                                .keySchema(added.keySchema())
                                .projection(added.projection()))
                        .build());
    }

    /** Returns the throughput caps of a table, also when it has none. */
    static OnDemandThroughput caps(PropertyValue table) {
        PropertyValue caps = table.get("onDemandThroughput");
        return OnDemandThroughput.builder()
                .maxReadRequestUnits(cap(caps.get("maxReadRequestUnits")))
                .maxWriteRequestUnits(cap(caps.get("maxWriteRequestUnits")))
                .build();
    }

    private static long cap(PropertyValue units) {
        return units.isZero() ? NO_CAP : units.whole();
    }

    private static GlobalSecondaryIndex index(PropertyValue index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.get("name").text())
                .keySchema(keySchema(index))
                .projection(projection ->
                        projection.projectionType(index.get("projectionType").text()))
                .build();
    }

    private static List<AttributeDefinition> attributes(PropertyValue planned) {
        return planned.get("attributes").elements().stream()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.get("name").text())
                        .attributeType(attribute.get("type").text())
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> keySchema(PropertyValue tableOrIndex) {
        KeySchemaElement hash = key(tableOrIndex.get("hashKey"), KeyType.HASH);
        PropertyValue range = tableOrIndex.get("rangeKey");
        return range.isZero() ? List.of(hash) : List.of(hash, key(range, KeyType.RANGE));
    }

    private static KeySchemaElement key(PropertyValue attribute, KeyType type) {
        return KeySchemaElement.builder()
                .attributeName(attribute.text())
                .keyType(type)
                .build();
    }
}
