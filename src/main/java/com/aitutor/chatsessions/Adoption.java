package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.DELETION_PROTECTION;
import static com.aitutor.chatsessions.StackSettings.KMS_KEY_ARN;
import static com.aitutor.chatsessions.StackSettings.MAX_READ_REQUEST_UNITS;
import static com.aitutor.chatsessions.StackSettings.MAX_WRITE_REQUEST_UNITS;
import static com.aitutor.chatsessions.StackSettings.POINT_IN_TIME_RECOVERY;
import static com.aitutor.chatsessions.StackSettings.RECOVERY_WINDOW_DAYS;

import com.pulumi.aws.dynamodb.outputs.GetTableGlobalSecondaryIndex;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.aws.dynamodb.outputs.GetTableServerSideEncryption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What taking over a table would change in it. What the program does not say of the table, the provider switches off or
 * deletes: a stream (measured), a replica (terraform-provider-aws, issue 38968).
 */
record Adoption(StackSettings settings, GetTableResult table) {
    /** What would be dropped or lowered. */
    List<String> losses() {
        List<String> losses = new ArrayList<>();
        if (table.streamEnabled()) {
            losses.add("a stream (%s)".formatted(table.streamViewType()));
        }
        table.replicas().forEach(replica -> losses.add("a replica in " + replica.regionName()));
        table.localSecondaryIndexes().forEach(index -> losses.add("local index " + index.name()));
        table.globalSecondaryIndexes().stream()
                .filter(index -> !isKnown(index) || !index.projectionType().equals("ALL"))
                .map(index -> "index %s with projection %s".formatted(index.name(), index.projectionType()))
                .forEach(losses::add);
        if (!table.tableClass().equals("STANDARD")) {
            losses.add("table class " + table.tableClass());
        }
        // the provider leaves encryption out where the key is AWS's own
        Optional.ofNullable(table.serverSideEncryption())
                .map(GetTableServerSideEncryption::kmsKeyArn)
                .filter(key -> !key.isEmpty() && !settings.get(KMS_KEY_ARN).equals(Optional.of(key)))
                .ifPresent(key -> losses.add("key %s (%s)".formatted(key, KMS_KEY_ARN)));
        addRecovery(losses);
        if (table.deletionProtectionEnabled() && !settings.get(DELETION_PROTECTION)) {
            losses.add("deletion protection (%s)".formatted(DELETION_PROTECTION));
        }
        table.onDemandThroughputs().forEach(caps -> {
            addCap(losses, "reads", caps.maxReadRequestUnits(), MAX_READ_REQUEST_UNITS);
            addCap(losses, "writes", caps.maxWriteRequestUnits(), MAX_WRITE_REQUEST_UNITS);
        });
        return losses;
    }

    /** What would be switched on or replaced, a sentence each. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        if (!table.ttl().enabled()) {
            changes.add("Adoption switches TTL on for table %s: AWS deletes every item whose %s has passed."
                    .formatted(table.name(), KeySchema.TTL_ATTRIBUTE));
        }
        if (!table.billingMode().equals("PAY_PER_REQUEST")) {
            changes.add("Adoption changes the billing of table %s from %s to on demand."
                    .formatted(table.name(), table.billingMode()));
        }
        if (table.globalSecondaryIndexes().stream().noneMatch(Adoption::isKnown)) {
            changes.add("Adoption builds index %s of table %s, which takes a write for each item in it."
                    .formatted(KeySchema.USER_SESSIONS_INDEX, table.name()));
        }
        Set<String> tags = new TreeSet<>(table.tags().keySet());
        tags.removeAll(settings.tags().keySet());
        if (!tags.isEmpty()) {
            changes.add("Adoption takes these tags off table %s: %s.".formatted(table.name(), String.join(", ", tags)));
        }
        return changes;
    }

    private void addRecovery(List<String> losses) {
        if (!table.pointInTimeRecovery().enabled()) {
            return;
        }
        int days = table.pointInTimeRecovery().recoveryPeriodInDays();
        if (!settings.get(POINT_IN_TIME_RECOVERY)) {
            losses.add("point-in-time recovery (%s)".formatted(POINT_IN_TIME_RECOVERY));
        } else if (days > settings.get(RECOVERY_WINDOW_DAYS)) {
            losses.add("a recovery window of %d days (%s)".formatted(days, RECOVERY_WINDOW_DAYS));
        }
    }

    private void addCap(List<String> losses, String what, int units, Setting<Optional<Integer>> setting) {
        if (units > 0 && settings.get(setting).isEmpty()) {
            losses.add("a cap of %d on %s (%s)".formatted(units, what, setting));
        }
    }

    private static boolean isKnown(GetTableGlobalSecondaryIndex index) {
        return index.name().equals(KeySchema.USER_SESSIONS_INDEX);
    }
}
