package com.aitutor.localaws;

import com.aitutor.localaws.TableDefinition.Index;
import com.aitutor.localaws.TableDefinition.Limits;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The requests that make and change tables. */
final class TableRequests {

    private TableRequests() {}

    static CreateTableRequest create(String table, TableDefinition wanted) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table)
                .attributeDefinitions(wanted.attributeDefinitions())
                .keySchema(wanted.keySchema())
                .billingMode(wanted.billingMode())
                .deletionProtectionEnabled(wanted.deletionProtection());
        if (!wanted.onDemand()) {
            request.provisionedThroughput(wanted.capacity().throughput());
        } else if (!wanted.limits().equals(Limits.NONE)) {
            request.onDemandThroughput(wanted.limits().throughput());
        }
        if (!wanted.indexes().isEmpty()) {
            request.globalSecondaryIndexes(wanted.indexes().values().stream()
                    .map(index -> index(index, wanted.onDemand()))
                    .toList());
        }
        return request.build();
    }

    static UpdateTableRequest.Builder update(String table) {
        return UpdateTableRequest.builder().tableName(table);
    }

    static UpdateTableRequest.Builder update(String table, GlobalSecondaryIndexUpdate change) {
        return update(table).globalSecondaryIndexUpdates(change);
    }

    static GlobalSecondaryIndexUpdate remove(Index index) {
        return GlobalSecondaryIndexUpdate.builder()
                .delete(removal -> removal.indexName(index.name()))
                .build();
    }

    static GlobalSecondaryIndexUpdate add(Index index, boolean onDemand) {
        GlobalSecondaryIndex added = index(index, onDemand);
        return GlobalSecondaryIndexUpdate.builder()
                .create(addition -> addition.indexName(added.indexName())
                        .keySchema(added.keySchema())
                        .projection(added.projection())
                        .provisionedThroughput(added.provisionedThroughput())
                        .onDemandThroughput(added.onDemandThroughput()))
                .build();
    }

    static GlobalSecondaryIndexUpdate changeCapacity(Index index) {
        return GlobalSecondaryIndexUpdate.builder()
                .update(change ->
                        change.indexName(index.name()).provisionedThroughput(index.capacity().throughput()))
                .build();
    }

    static GlobalSecondaryIndexUpdate changeLimits(Index index) {
        return GlobalSecondaryIndexUpdate.builder()
                .update(change ->
                        change.indexName(index.name()).onDemandThroughput(index.limits().throughput()))
                .build();
    }

    static TimeToLiveSpecification timeToLive(String attribute, boolean enabled) {
        return TimeToLiveSpecification.builder()
                .attributeName(attribute)
                .enabled(enabled)
                .build();
    }

    private static GlobalSecondaryIndex index(Index index, boolean onDemand) {
        GlobalSecondaryIndex.Builder builder = GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(index.keySchema())
                .projection(index.projectionSettings());
        if (!onDemand) {
            builder.provisionedThroughput(index.capacity().throughput());
        } else if (!index.limits().equals(Limits.NONE)) {
            builder.onDemandThroughput(index.limits().throughput());
        }
        return builder.build();
    }
}
