package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * The calls that turn the table there is into the one planned. They start from what the database has, not from what the
 * state says, so that an update that was cut off can be done again.
 *
 * @param actual the table's properties in the database
 * @param state what the state says, for throughput caps, which the database does not always tell
 */
record TableUpdate(PropertyValue actual, PropertyValue state, PropertyValue planned, DynamoDbTables tables) {
    /** Returns the calls in their order: protection goes on first and comes off last. */
    List<Runnable> steps() {
        List<Runnable> steps = new ArrayList<>();
        boolean hasProtection = actual.get("deletionProtectionEnabled").bool();
        boolean wantsProtection = planned.get("deletionProtectionEnabled").bool();
        if (wantsProtection && !hasProtection) {
            steps.add(step(UpdateTableRequest.builder(), true));
        }
        // DynamoDB Local takes protection off a table whose update does not mention it
        boolean meanwhile = wantsProtection || hasProtection;
        String billingMode = planned.get("billingMode").text();
        if (!billingMode.equals(actual.get("billingMode").text())) {
            steps.add(step(UpdateTableRequest.builder().billingMode(billingMode), meanwhile));
        }
        if (!TableRequests.caps(planned).equals(TableRequests.caps(state))) {
            steps.add(step(UpdateTableRequest.builder().onDemandThroughput(TableRequests.caps(planned)), meanwhile));
        }
        // DynamoDB takes one change of an index at a time, and a new shape only as a new index
        for (PropertyValue index : indexesOnlyOf(actual, planned)) {
            steps.add(step(TableRequests.removeIndex(index), meanwhile));
        }
        for (PropertyValue index : indexesOnlyOf(planned, actual)) {
            steps.add(step(TableRequests.addIndex(index, planned), meanwhile));
        }
        String now = expiryAttribute(actual);
        String then = expiryAttribute(planned);
        if (!then.equals(now)) {
            // a new attribute while time to live is on is asked for all the same: refusing it is DynamoDB's to do
            steps.add(() -> tables.updateTimeToLive(name(), then.isEmpty() ? now : then, !then.isEmpty()));
        }
        if (hasProtection && !wantsProtection) {
            steps.add(step(UpdateTableRequest.builder(), false));
        }
        return steps;
    }

    private String name() {
        return planned.get("name").text();
    }

    private Runnable step(UpdateTableRequest.Builder request, boolean deletionProtection) {
        return () -> tables.update(request.tableName(name())
                .deletionProtectionEnabled(deletionProtection)
                .build());
    }

    /** Returns the indexes of a table that another does not have in the same shape. */
    private static List<PropertyValue> indexesOnlyOf(PropertyValue table, PropertyValue other) {
        return table.get("globalSecondaryIndexes").elements().stream()
                .filter(index -> other.get("globalSecondaryIndexes").elements().stream()
                        .noneMatch(candidate -> sameShape(index, candidate)))
                .toList();
    }

    private static boolean sameShape(PropertyValue one, PropertyValue other) {
        return List.of("name", "hashKey", "rangeKey", "projectionType").stream()
                .allMatch(field -> one.get(field).text().equals(other.get(field).text()));
    }

    /** Returns the attribute that holds the expiry time, empty while time to live is off. */
    private static String expiryAttribute(PropertyValue table) {
        PropertyValue timeToLive = table.get("ttl");
        return timeToLive.get("enabled").bool()
                ? timeToLive.get("attributeName").text()
                : "";
    }
}
