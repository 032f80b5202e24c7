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
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import java.util.Optional;

/** Where one environment's chat sessions are kept: the table, its alarms and, where asked for, topic and dashboard. */
final class ChatSessionStore extends ComponentResource {
    final Table table;
    final Alarms alarms;
    final Optional<Output<String>> dashboardUrl;

    /** Registers the store; {@code name} is the prefix of its resources' names in Pulumi's state. */
    ChatSessionStore(String name, StackSettings settings) {
        super("ai-tutor:index:ChatSessionStore", name, ComponentResourceOptions.Empty);
        CustomResourceOptions tableOptions = CustomResourceOptions.builder()
                .parent(this)
                .protect(settings.isTrue(Setting.DELETION_PROTECTION))
                // of tables that an earlier version of this program restored: gone, they would replace the table
                .ignoreChanges("restoreSourceName", "restoreDateTime", "restoreToLatestTime")
                .importId(settings.isTrue(Setting.ADOPT_EXISTING_TABLE) ? settings.tableName() : null)
                .build();
        table = new Table(name + "-table", tableArgs(settings), tableOptions);
        // All else waits for the table, and has its name from it: when a change to it is refused, nothing else changes.
        CustomResourceOptions afterTable =
                CustomResourceOptions.builder().parent(this).dependsOn(table).build();
        alarms = new Alarms(name, settings, table.name(), afterTable);
        dashboardUrl = settings.isTrue(Setting.DASHBOARD)
                ? TableDashboard.create(name + "-dashboard", settings, table.name(), alarms, afterTable)
                : Optional.empty();
        registerOutputs(Map.of());
    }

    private static TableArgs tableArgs(StackSettings settings) {
        boolean recovery = settings.isTrue(Setting.POINT_IN_TIME_RECOVERY);
        Optional<String> key = settings.optional(Setting.KMS_KEY_ARN);
        TableArgs.Builder table = TableArgs.builder()
                .name(settings.tableName())
                .billingMode("PAY_PER_REQUEST")
                .hashKey(KeySchema.HASH_KEY)
                .rangeKey(KeySchema.SORT_KEY)
                .attributes(KeySchema.ATTRIBUTES.stream()
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
                .deletionProtectionEnabled(settings.isTrue(Setting.DELETION_PROTECTION))
                .tags(settings.tags());
        if (settings.isPresent(Setting.MAX_READ_REQUEST_UNITS) || settings.isPresent(Setting.MAX_WRITE_REQUEST_UNITS)) {
            // -1 is "no cap" to AWS (API reference, OnDemandThroughput)
            table.onDemandThroughput(TableOnDemandThroughputArgs.builder()
                    .maxReadRequestUnits(
                            settings.cap(Setting.MAX_READ_REQUEST_UNITS).orElse(-1))
                    .maxWriteRequestUnits(
                            settings.cap(Setting.MAX_WRITE_REQUEST_UNITS).orElse(-1))
                    .build());
        }
        return table.build();
    }
}
