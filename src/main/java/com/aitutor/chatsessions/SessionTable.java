package com.aitutor.chatsessions;

import com.pulumi.aws.dynamodb.Table;
import com.pulumi.aws.dynamodb.TableArgs;
import com.pulumi.aws.dynamodb.inputs.TableAttributeArgs;
import com.pulumi.aws.dynamodb.inputs.TableGlobalSecondaryIndexArgs;
import com.pulumi.aws.dynamodb.inputs.TableOnDemandThroughputArgs;
import com.pulumi.aws.dynamodb.inputs.TablePointInTimeRecoveryArgs;
import com.pulumi.aws.dynamodb.inputs.TableServerSideEncryptionArgs;
import com.pulumi.aws.dynamodb.inputs.TableTtlArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Optional;

/** The table that holds sessions and messages, with its index. */
final class SessionTable {
    private SessionTable() {}

    static Table create(String name, StackSettings settings, CustomResourceOptions options) {
        boolean recovery = settings.isTrue(Setting.POINT_IN_TIME_RECOVERY);
        boolean protection = settings.isTrue(Setting.DELETION_PROTECTION);
        Optional<String> key = settings.optional(Setting.KMS_KEY_ARN);
        TableArgs table = TableArgs.builder()
                .name(settings.tableName())
                .billingMode("PAY_PER_REQUEST")
                .hashKey(KeySchema.HASH_KEY)
                .rangeKey(KeySchema.SORT_KEY)
                .attributes(
                        KeySchema.ATTRIBUTES.stream().map(SessionTable::string).toList())
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
                // Off is written as off, here and below: a block that is left out is no change to the provider.
                .pointInTimeRecovery(TablePointInTimeRecoveryArgs.builder()
                        .enabled(recovery)
                        .recoveryPeriodInDays(
                                recovery ? Output.of(settings.integer(Setting.RECOVERY_WINDOW_DAYS)) : null)
                        .build())
                .serverSideEncryption(TableServerSideEncryptionArgs.builder()
                        .enabled(key.isPresent())
                        .kmsKeyArn(key.map(Output::of).orElse(null))
                        .build())
                .onDemandThroughput(caps(
                        settings.optionalInteger(Setting.MAX_READ_REQUEST_UNITS),
                        settings.optionalInteger(Setting.MAX_WRITE_REQUEST_UNITS)))
                .deletionProtectionEnabled(protection)
                .tags(settings.tags())
                .build();
        CustomResourceOptions guards = CustomResourceOptions.builder()
                .protect(protection)
                // of tables that an earlier version of this program restored: gone, they would replace the table
                .ignoreChanges("restoreSourceName", "restoreDateTime", "restoreToLatestTime")
                .importId(settings.isTrue(Setting.ADOPT_EXISTING_TABLE) ? settings.tableName() : null)
                .build();
        return new Table(name, table, CustomResourceOptions.merge(options, guards));
    }

    private static TableAttributeArgs string(String name) {
        return TableAttributeArgs.builder().name(name).type("S").build();
    }

    private static Output<TableOnDemandThroughputArgs> caps(Optional<Integer> reads, Optional<Integer> writes) {
        // -1 is "no cap" to AWS (API reference, OnDemandThroughput)
        TableOnDemandThroughputArgs caps = TableOnDemandThroughputArgs.builder()
                .maxReadRequestUnits(reads.orElse(-1))
                .maxWriteRequestUnits(writes.orElse(-1))
                .build();
        return reads.or(() -> writes).map(cap -> Output.of(caps)).orElse(null);
    }
}
