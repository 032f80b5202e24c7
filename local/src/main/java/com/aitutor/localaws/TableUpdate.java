package com.aitutor.localaws;

import com.aitutor.localaws.TableDefinition.Index;
import com.aitutor.localaws.TableDefinition.Limits;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * The calls that turn the table there is into the one planned. They start from what the database has, not from what the
 * state says, so that an update that was cut off can be done again.
 */
final class TableUpdate {

    private final String table;
    private final TableDefinition actual;
    private final TableDefinition recorded;
    private final TableDefinition wanted;
    private final Tables tables;
    private final List<Runnable> steps = new ArrayList<>();

    /**
     * Prepares an update.
     *
     * @param actual what the database has
     * @param recorded what the state says, for throughput caps, which the database does not always tell
     * @param wanted what is planned
     */
    TableUpdate(String table, TableDefinition actual, TableDefinition recorded, TableDefinition wanted, Tables tables) {
        this.table = table;
        this.actual = actual;
        this.recorded = recorded;
        this.wanted = wanted;
        this.tables = tables;
    }

    /** Returns the calls in their order: protection goes on first and comes off last. */
    List<Runnable> steps() {
        if (wanted.deletionProtection() && !actual.deletionProtection()) {
            step(TableRequests.update(table));
        }
        billing();
        removeIndexes();
        addAndChangeIndexes();
        timeToLive();
        if (!wanted.deletionProtection() && actual.deletionProtection()) {
            steps.add(() -> tables.update(
                    TableRequests.update(table).deletionProtectionEnabled(false).build()));
        }
        return List.copyOf(steps);
    }

    /** Says the protection each time: DynamoDB Local takes it off a table whose update does not mention it. */
    private void step(UpdateTableRequest.Builder request) {
        request.deletionProtectionEnabled(wanted.deletionProtection() || actual.deletionProtection());
        steps.add(() -> tables.update(request.build()));
    }

    private void billing() {
        if (!wanted.onDemand() && (actual.onDemand() || !actual.capacity().equals(wanted.capacity()))) {
            UpdateTableRequest.Builder request = TableRequests.update(table)
                    .billingMode(wanted.billingMode())
                    .provisionedThroughput(wanted.capacity().throughput());
            List<GlobalSecondaryIndexUpdate> capacities = wanted.indexes().values().stream()
                    .filter(index -> actual.onDemand() && actual.indexes().containsKey(index.name()))
                    .map(TableRequests::changeCapacity)
                    .toList();
            if (!capacities.isEmpty()) {
                request.globalSecondaryIndexUpdates(capacities);
            }
            step(request);
        }
        if (wanted.onDemand() && !actual.onDemand()) {
            step(TableRequests.update(table).billingMode(wanted.billingMode()));
        }
        if (wanted.onDemand() && !wanted.limits().equals(recorded.limits())) {
            step(TableRequests.update(table).onDemandThroughput(wanted.limits().throughput()));
        }
    }

    /** DynamoDB takes one change of an index at a time, and a new shape only as a new index. */
    private void removeIndexes() {
        for (Index index : actual.indexes().values()) {
            Index target = wanted.indexes().get(index.name());
            if (target == null || !target.sameShape(index)) {
                step(TableRequests.update(table, TableRequests.remove(index)));
            }
        }
    }

    private void addAndChangeIndexes() {
        for (Index index : wanted.indexes().values()) {
            Index present = actual.indexes().get(index.name());
            if (present == null || !present.sameShape(index)) {
                step(TableRequests.update(table, TableRequests.add(index, wanted.onDemand()))
                        .attributeDefinitions(wanted.attributeDefinitions()));
            } else if (!wanted.onDemand() && !actual.onDemand() && !present.capacity().equals(index.capacity())) {
                step(TableRequests.update(table, TableRequests.changeCapacity(index)));
            } else if (wanted.onDemand() && !index.limits().equals(recordedLimits(index))) {
                step(TableRequests.update(table, TableRequests.changeLimits(index)));
            }
        }
    }

    private Limits recordedLimits(Index index) {
        Index known = recorded.indexes().get(index.name());
        return known == null ? Limits.NONE : known.limits();
    }

    /** A new attribute while time to live is on is asked for all the same: refusing it is DynamoDB's to do. */
    private void timeToLive() {
        String now = actual.timeToLiveAttribute();
        String then = wanted.timeToLiveAttribute();
        if (!then.equals(now)) {
            steps.add(() -> tables.updateTimeToLive(
                    table,
                    then.isEmpty() ? TableRequests.timeToLive(now, false) : TableRequests.timeToLive(then, true)));
        }
    }
}
