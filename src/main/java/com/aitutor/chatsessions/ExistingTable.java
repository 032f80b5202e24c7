package com.aitutor.chatsessions;

import com.pulumi.aws.dynamodb.outputs.GetTableGlobalSecondaryIndex;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.aws.dynamodb.outputs.GetTableServerSideEncryption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A table in AWS, against the one that the program describes: what of it differs, in words. */
record ExistingTable(StackSettings settings, GetTableResult table) {
    /** Where keys or TTL attribute are not those of {@link KeySchema}: AWS changes none of them in place. */
    List<String> layoutDifferences() {
        List<String> differences = new ArrayList<>();
        compare(differences, "hash key", KeySchema.HASH_KEY, table.hashKey());
        compare(differences, "sort key", KeySchema.SORT_KEY, table.rangeKey());
        userSessionsIndex().forEach(index -> {
            compare(differences, "index hash key", KeySchema.INDEX_HASH_KEY, index.hashKey());
            compare(differences, "index sort key", KeySchema.INDEX_SORT_KEY, index.rangeKey());
        });
        table.attributes().stream()
                .filter(key -> KeySchema.ATTRIBUTES.contains(key.name()))
                .forEach(key -> compare(differences, "key " + key.name() + " of type", "S", key.type()));
        if (table.ttl().enabled()) {
            String attribute = table.ttl().attributeName();
            compare(differences, "TTL attribute", KeySchema.TTL_ATTRIBUTE, attribute);
        }
        return differences;
    }

    /**
     * What adoption would drop or lower, with the setting that keeps it. What the program does not say of the table, the
     * provider switches off or deletes: a stream (measured), a replica (terraform-provider-aws, issue 38968).
     */
    List<String> losses() {
        List<String> losses = new ArrayList<>();
        addIf(table.streamEnabled(), losses, "a stream (%s)", table.streamViewType());
        table.replicas().forEach(replica -> losses.add("a replica in " + replica.regionName()));
        table.localSecondaryIndexes().forEach(index -> losses.add("local index " + index.name()));
        for (GetTableGlobalSecondaryIndex index : table.globalSecondaryIndexes()) {
            boolean kept = index.name().equals(KeySchema.USER_SESSIONS_INDEX)
                    && index.projectionType().equals("ALL");
            addIf(!kept, losses, "index %s with projection %s", index.name(), index.projectionType());
        }
        addIf(!table.tableClass().equals("STANDARD"), losses, "table class %s", table.tableClass());
        // the provider leaves encryption out where the key is AWS's own
        Optional.ofNullable(table.serverSideEncryption())
                .map(GetTableServerSideEncryption::kmsKeyArn)
                .filter(key -> !key.isEmpty() && !key.equals(settings.text(Setting.KMS_KEY_ARN)))
                .ifPresent(key -> losses.add("key %s (%s)".formatted(key, Setting.KMS_KEY_ARN)));
        if (table.pointInTimeRecovery().enabled()) {
            boolean kept = settings.isTrue(Setting.POINT_IN_TIME_RECOVERY);
            int days = table.pointInTimeRecovery().recoveryPeriodInDays();
            // without recovery the setting is 35, the longest window there is
            boolean shorter = days > settings.integer(Setting.RECOVERY_WINDOW_DAYS);
            addIf(!kept, losses, "point-in-time recovery (%s)", Setting.POINT_IN_TIME_RECOVERY);
            addIf(shorter, losses, "a recovery window of %d days (%s)", days, Setting.RECOVERY_WINDOW_DAYS);
        }
        boolean unprotected = table.deletionProtectionEnabled() && !settings.isTrue(Setting.DELETION_PROTECTION);
        addIf(unprotected, losses, "deletion protection (%s)", Setting.DELETION_PROTECTION);
        table.onDemandThroughputs().forEach(caps -> {
            addCap(losses, "reads", caps.maxReadRequestUnits(), Setting.MAX_READ_REQUEST_UNITS);
            addCap(losses, "writes", caps.maxWriteRequestUnits(), Setting.MAX_WRITE_REQUEST_UNITS);
        });
        return losses;
    }

    /** What adoption would switch on or replace. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        String index = KeySchema.USER_SESSIONS_INDEX;
        String ttl = KeySchema.TTL_ATTRIBUTE;
        boolean hasIndex = userSessionsIndex().findAny().isPresent();
        boolean isOnDemand = table.billingMode().equals("PAY_PER_REQUEST");
        Set<String> tags = new TreeSet<>(table.tags().keySet());
        tags.removeAll(settings.tags().keySet());
        addIf(!table.ttl().enabled(), changes, "switches TTL on: AWS deletes every item whose %s has passed", ttl);
        addIf(!isOnDemand, changes, "changes its billing from %s to on demand", table.billingMode());
        addIf(!hasIndex, changes, "builds index %s, which takes a write for each item in it", index);
        addIf(!tags.isEmpty(), changes, "takes these tags off: %s", String.join(", ", tags));
        return changes;
    }

    private Stream<GetTableGlobalSecondaryIndex> userSessionsIndex() {
        return table.globalSecondaryIndexes().stream()
                .filter(index -> index.name().equals(KeySchema.USER_SESSIONS_INDEX));
    }

    private static void compare(List<String> differences, String what, String expected, String found) {
        // the provider leaves the sort key out where a table or an index has none
        String name = found == null || found.isEmpty() ? "(none)" : found;
        addIf(!name.equals(expected), differences, "%s %s instead of %s", what, name, expected);
    }

    private void addCap(List<String> losses, String what, int units, Setting setting) {
        boolean lifted = units > 0 && !settings.isPresent(setting);
        addIf(lifted, losses, "a cap of %d on %s (%s)", units, what, setting);
    }

    private static void addIf(boolean applies, List<String> list, String format, Object... arguments) {
        if (applies) {
            list.add(format.formatted(arguments));
        }
    }
}
