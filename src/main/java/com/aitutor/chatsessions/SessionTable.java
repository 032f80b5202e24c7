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
import java.util.Optional;
import java.util.stream.Stream;

/** The table that holds sessions and messages, with its index. */
final class SessionTable {
    private SessionTable() {}

    static Table create(String name, StackSettings settings, CustomResourceOptions options) {
        boolean deletionProtection = settings.get(StackSettings.DELETION_PROTECTION);
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
                        .map(attribute -> TableAttributeArgs.builder()
                                .name(attribute)
                                .type("S")
                                .build())
                        .toList())
                .globalSecondaryIndexes(TableGlobalSecondaryIndexArgs.builder()
                        .name(KeySchema.USER_SESSIONS_INDEX)
                        .hashKey(KeySchema.INDEX_HASH_KEY)
                        .rangeKey(KeySchema.INDEX_SORT_KEY)
                        .projectionType("ALL")
                        .build())
                .ttl(TableTtlArgs.builder()
                        .attributeName(KeySchema.TTL_ATTRIBUTE)
                        .enabled(true)
                        .build())
                .pointInTimeRecovery(pointInTimeRecovery(settings))
                .serverSideEncryption(encryption(settings))
                .deletionProtectionEnabled(deletionProtection)
                .tags(settings.tags());
        Optional<Integer> maxReadRequestUnits = settings.get(StackSettings.MAX_READ_REQUEST_UNITS);
        Optional<Integer> maxWriteRequestUnits = settings.get(StackSettings.MAX_WRITE_REQUEST_UNITS);
        if (maxReadRequestUnits.isPresent() || maxWriteRequestUnits.isPresent()) {
            // -1 is "no cap" to AWS (API reference, OnDemandThroughput)
            table.onDemandThroughput(TableOnDemandThroughputArgs.builder()
                    .maxReadRequestUnits(maxReadRequestUnits.orElse(-1))
                    .maxWriteRequestUnits(maxWriteRequestUnits.orElse(-1))
                    .build());
        }
        CustomResourceOptions.Builder guards = CustomResourceOptions.builder()
                .protect(deletionProtection)
                // of tables that an earlier version of this program restored: gone, they would replace the table
                .ignoreChanges("restoreSourceName", "restoreDateTime", "restoreToLatestTime");
        if (settings.get(StackSettings.ADOPT_EXISTING_TABLE)) {
            guards.importId(settings.tableName());
        }
        return new Table(name, table.build(), CustomResourceOptions.merge(options, guards.build()));
    }

    // Off is written as off, here and below: a block that is left out is no change to the provider.
    private static TablePointInTimeRecoveryArgs pointInTimeRecovery(StackSettings settings) {
        TablePointInTimeRecoveryArgs.Builder recovery =
                TablePointInTimeRecoveryArgs.builder().enabled(settings.get(StackSettings.POINT_IN_TIME_RECOVERY));
        return settings.get(StackSettings.POINT_IN_TIME_RECOVERY)
                ? recovery.recoveryPeriodInDays(settings.get(StackSettings.RECOVERY_WINDOW_DAYS))
                        .build()
                : recovery.build();
    }

    private static TableServerSideEncryptionArgs encryption(StackSettings settings) {
        TableServerSideEncryptionArgs.Builder encryption = TableServerSideEncryptionArgs.builder();
        return settings.get(StackSettings.KMS_KEY_ARN)
                .map(key -> encryption.enabled(true).kmsKeyArn(key))
                .orElseGet(() -> encryption.enabled(false))
                .build();
    }
}
