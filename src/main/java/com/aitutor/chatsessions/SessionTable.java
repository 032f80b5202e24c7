package com.aitutor.chatsessions;

import com.pulumi.aws.dynamodb.Table;
import com.pulumi.aws.dynamodb.TableArgs;
import com.pulumi.aws.dynamodb.inputs.TableAttributeArgs;
import com.pulumi.aws.dynamodb.inputs.TableGlobalSecondaryIndexArgs;
import com.pulumi.aws.dynamodb.inputs.TableOnDemandThroughputArgs;
import com.pulumi.aws.dynamodb.inputs.TablePointInTimeRecoveryArgs;
import com.pulumi.aws.dynamodb.inputs.TableServerSideEncryptionArgs;
import com.pulumi.aws.dynamodb.inputs.TableTtlArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.stream.Stream;

/** The table that holds sessions and messages, with its index. */
final class SessionTable {
    private SessionTable() {}

    static Table create(String name, StackSettings settings, CustomResourceOptions.Builder options) {
        TableArgs.Builder table = TableArgs.builder()
                .name(settings.tableName())
                .billingMode("PAY_PER_REQUEST")
                .hashKey(KeySchema.HASH_KEY)
                .rangeKey(KeySchema.SORT_KEY)
                .attributes(Stream.of(
                                KeySchema.HASH_KEY,
                                KeySchema.SORT_KEY,
                                KeySchema.INDEX_HASH_KEY,
                                KeySchema.INDEX_SORT_KEY)
                        .map(attribute -> TableAttributeArgs.builder().name(attribute).type("S").build())
                        .toList())
                .globalSecondaryIndexes(TableGlobalSecondaryIndexArgs.builder()
                        .name(KeySchema.USER_SESSIONS_INDEX)
                        .hashKey(KeySchema.INDEX_HASH_KEY)
                        .rangeKey(KeySchema.INDEX_SORT_KEY)
                        .projectionType("ALL")
                        .build())
                .ttl(TableTtlArgs.builder().attributeName(KeySchema.TTL_ATTRIBUTE).enabled(true).build())
                .pointInTimeRecovery(pointInTimeRecovery(settings))
                .serverSideEncryption(encryption(settings))
                .deletionProtectionEnabled(settings.deletionProtection())
                .tags(settings.tags());
        if (settings.maxReadRequestUnits().isPresent() || settings.maxWriteRequestUnits().isPresent()) {
            table.onDemandThroughput(throughputCaps(settings));
        }
        settings.restoreSourceTable().ifPresent(source -> restoreFrom(source, settings, table));
        if (settings.adoptExistingTable()) {
            options.importId(settings.tableName());
        }
        return new Table(
                name,
                table.build(),
                options.protect(settings.deletionProtection())
                        // they say how the table came to be; changed or removed later, they would replace it
                        .ignoreChanges("restoreSourceName", "restoreDateTime", "restoreToLatestTime")
                        .build());
    }

    // Off is written as off, here and below: a block that is left out is no change to the provider.
    private static TablePointInTimeRecoveryArgs pointInTimeRecovery(StackSettings settings) {
        TablePointInTimeRecoveryArgs.Builder recovery =
                TablePointInTimeRecoveryArgs.builder().enabled(settings.pointInTimeRecovery());
        return settings.pointInTimeRecovery()
                ? recovery.recoveryPeriodInDays(settings.recoveryWindowDays()).build()
                : recovery.build();
    }

    private static TableServerSideEncryptionArgs encryption(StackSettings settings) {
        TableServerSideEncryptionArgs.Builder encryption = TableServerSideEncryptionArgs.builder();
        return settings.kmsKeyArn()
                .map(key -> encryption.enabled(true).kmsKeyArn(key))
                .orElseGet(() -> encryption.enabled(false))
                .build();
    }

    private static TableOnDemandThroughputArgs throughputCaps(StackSettings settings) {
        // -1 is "no cap" to AWS (API reference, OnDemandThroughput)
        return TableOnDemandThroughputArgs.builder()
                .maxReadRequestUnits(settings.maxReadRequestUnits().orElse(-1))
                .maxWriteRequestUnits(settings.maxWriteRequestUnits().orElse(-1))
                .build();
    }

    private static void restoreFrom(String sourceTable, StackSettings settings, TableArgs.Builder table) {
        table.restoreSourceName(sourceTable);
        settings.restoreDateTime().ifPresentOrElse(
                dateTime -> table.restoreDateTime(dateTime.toString()), () -> table.restoreToLatestTime(true));
    }
}
