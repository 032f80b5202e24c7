package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The requests that make a table as planned, and those that turn the one there is into it. */
final class TableRequests {
    /** "No cap" to DynamoDB (API reference, OnDemandThroughput). */
    private static final long NO_CAP = -1;

    private TableRequests() {}

    static CreateTableRequest create(PropertyValue planned) {
        List<GlobalSecondaryIndex> indexes = indexes(planned);
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

    /**
     * Returns the calls of an update in their order: protection goes on first and comes off last. They start from what
     * the database has, not from what the state says, so that an update that was cut off can be done again.
     *
     * @param actual the table's properties in the database
     * @param state what the state says, for throughput caps, which the database does not always tell
     */
    static List<Consumer<DynamoDbTables>> update(PropertyValue actual, PropertyValue state, PropertyValue planned) {
        List<Consumer<DynamoDbTables>> calls = new ArrayList<>();
        String name = planned.get("name").text();
        boolean hasProtection = actual.get("deletionProtectionEnabled").bool();
        boolean wantsProtection = planned.get("deletionProtectionEnabled").bool();
        if (wantsProtection && !hasProtection) {
            calls.add(call(UpdateTableRequest.builder(), name, true));
        }
        // DynamoDB Local takes protection off a table whose update does not mention it
        boolean meanwhile = wantsProtection || hasProtection;
        String billingMode = planned.get("billingMode").text();
        if (!billingMode.equals(actual.get("billingMode").text())) {
            calls.add(call(UpdateTableRequest.builder().billingMode(billingMode), name, meanwhile));
        }
        if (!caps(planned).equals(caps(state))) {
            calls.add(call(UpdateTableRequest.builder().onDemandThroughput(caps(planned)), name, meanwhile));
        }
        // DynamoDB takes one change of an index at a time, and a new shape only as a new index
        for (GlobalSecondaryIndex index : indexesOnlyOf(actual, planned)) {
            GlobalSecondaryIndexUpdate removal = GlobalSecondaryIndexUpdate.builder()
                    .delete(delete -> delete.indexName(index.indexName()))
                    .build();
            calls.add(call(UpdateTableRequest.builder().globalSecondaryIndexUpdates(removal), name, meanwhile));
        }
        for (GlobalSecondaryIndex index : indexesOnlyOf(planned, actual)) {
            GlobalSecondaryIndexUpdate addition = GlobalSecondaryIndexUpdate.builder()
                    .create(create -> create.indexName(index.indexName())
                            .keySchema(index.keySchema())
                            .projection(index.projection()))
                    .build();
            UpdateTableRequest.Builder request = UpdateTableRequest.builder().attributeDefinitions(attributes(planned));
            calls.add(call(request.globalSecondaryIndexUpdates(addition), name, meanwhile));
        }
        String now = expiryAttribute(actual);
        String then = expiryAttribute(planned);
        if (!then.equals(now)) {
            // a new attribute while time to live is on is asked for all the same: refusing it is DynamoDB's to do
            calls.add(tables -> tables.updateTimeToLive(name, then.isEmpty() ? now : then, !then.isEmpty()));
        }
        if (hasProtection && !wantsProtection) {
            calls.add(call(UpdateTableRequest.builder(), name, false));
        }
        return calls;
    }

    private static Consumer<DynamoDbTables> call(UpdateTableRequest.Builder request, String table, boolean protection) {
        return tables -> tables.update(
                request.tableName(table).deletionProtectionEnabled(protection).build());
    }

    /** Returns the indexes of a table that another does not have in the same shape. */
    private static List<GlobalSecondaryIndex> indexesOnlyOf(PropertyValue table, PropertyValue other) {
        List<GlobalSecondaryIndex> indexes = new ArrayList<>(indexes(table));
        indexes.removeAll(indexes(other));
        return indexes;
    }

    /** Returns the attribute that holds the expiry time, empty while time to live is off. */
    private static String expiryAttribute(PropertyValue table) {
        PropertyValue timeToLive = table.get("ttl");
        return timeToLive.get("enabled").bool()
                ? timeToLive.get("attributeName").text()
                : "";
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

    private static List<GlobalSecondaryIndex> indexes(PropertyValue table) {
        return table.get("globalSecondaryIndexes").elements().stream()
                .map(index -> GlobalSecondaryIndex.builder()
                        .indexName(index.get("name").text())
                        .keySchema(keySchema(index))
                        .projection(projection -> projection.projectionType(
                                index.get("projectionType").text()))
                        .build())
                .toList();
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
