package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * The calls that turn the table there is into the one planned. They start from what the database has, not from what the
 * state says, so that an update that was cut off can be done again.
 */
final class TableUpdate {
    private final PropertyValue actual;
    private final PropertyValue state;
    private final PropertyValue planned;
    private final DynamoDbTables tables;
    private final List<Runnable> steps = new ArrayList<>();

    /**
     * Prepares an update.
     *
     * @param actual the table's properties in the database
     * @param state what the state says, for throughput caps, which the database does not always tell
     */
    TableUpdate(PropertyValue actual, PropertyValue state, PropertyValue planned, DynamoDbTables tables) {
        this.actual = actual;
        this.state = state;
        this.planned = planned;
        this.tables = tables;
    }

    /** Returns the calls in their order: protection goes on first and comes off last. */
    List<Runnable> steps() {
        boolean hasProtection = actual.get("deletionProtectionEnabled").bool();
        boolean wantsProtection = planned.get("deletionProtectionEnabled").bool();
        if (wantsProtection && !hasProtection) {
            step(TableRequests.update(), true);
        }
        // DynamoDB Local takes protection off a table whose update does not mention it
        boolean meanwhile = wantsProtection || hasProtection;
        if (!planned.get("billingMode").equals(actual.get("billingMode"))) {
            step(TableRequests.update().billingMode(planned.get("billingMode").text()), meanwhile);
        }
        if (!TableRequests.caps(planned).equals(TableRequests.caps(state))) {
            step(TableRequests.update().onDemandThroughput(TableRequests.caps(planned)), meanwhile);
        }
        indexes(meanwhile);
        timeToLive();
        if (hasProtection && !wantsProtection) {
            step(TableRequests.update(), false);
        }
        return List.copyOf(steps);
    }

    private void step(UpdateTableRequest.Builder request, boolean deletionProtection) {
        UpdateTableRequest built = request.tableName(planned.get("name").text())
                .deletionProtectionEnabled(deletionProtection)
                .build();
        steps.add(() -> tables.update(built));
    }

    /** DynamoDB takes one change of an index at a time, and a new shape only as a new index. */
    private void indexes(boolean deletionProtection) {
        Map<String, PropertyValue> present = byName(actual);
        Map<String, PropertyValue> wanted = byName(planned);
        present.forEach((name, index) -> {
            if (!sameShape(index, wanted.getOrDefault(name, PropertyValue.EMPTY))) {
                step(TableRequests.removeIndex(index), deletionProtection);
            }
        });
        wanted.forEach((name, index) -> {
            if (!sameShape(index, present.getOrDefault(name, PropertyValue.EMPTY))) {
                step(TableRequests.addIndex(index, planned), deletionProtection);
            }
        });
    }

    private static Map<String, PropertyValue> byName(PropertyValue table) {
        Map<String, PropertyValue> indexes = new LinkedHashMap<>();
        table.get("globalSecondaryIndexes")
                .elements()
                .forEach(index -> indexes.put(index.get("name").text(), index));
        return indexes;
    }

    private static boolean sameShape(PropertyValue one, PropertyValue other) {
        return List.of("hashKey", "rangeKey", "projectionType").stream()
                .allMatch(field -> one.get(field).text().equals(other.get(field).text()));
    }

    /** A new attribute while time to live is on is asked for all the same: refusing it is DynamoDB's to do. */
    private void timeToLive() {
        String table = planned.get("name").text();
        String now = attribute(actual);
        String then = attribute(planned);
        if (!then.equals(now)) {
            steps.add(() -> tables.updateTimeToLive(table, then.isEmpty() ? now : then, !then.isEmpty()));
        }
    }

    /** Returns the attribute that holds the expiry time, empty while time to live is off. */
    private static String attribute(PropertyValue table) {
        PropertyValue timeToLive = table.get("ttl");
        return timeToLive.get("enabled").bool()
                ? timeToLive.get("attributeName").text()
                : "";
    }
}
