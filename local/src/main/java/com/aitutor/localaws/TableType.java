package com.aitutor.localaws;

import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * DynamoDB tables, real ones. Existence, keys, indexes, billing, time to live and deletion protection are those of the
 * database; what DynamoDB Local does not keep (point-in-time recovery, encryption, tags, table class, and throughput
 * caps once changed) is recorded in the state.
 */
final class TableType implements ResourceType {

    private static final List<String> RESTORE_ARGUMENTS =
            List.of("restoreSourceName", "restoreSourceTableArn", "restoreDateTime", "restoreToLatestTime");

    /** What the plugin cannot take away from a table that has it, which shows only on imported tables. */
    private static final List<String> UNCHANGEABLE = List.of("localSecondaryIndexes", "replicas", "streamEnabled");

    @Override
    public String token() {
        return "aws:dynamodb/table:Table";
    }

    @Override
    public List<PropertySchema> schema() {
        return TableSchema.PROPERTIES;
    }

    @Override
    public int longestName() {
        return 255;
    }

    @Override
    public List<String> limits(PropertyMap inputs, String resource, Account account) {
        return new TableLimits(inputs, resource, account.region()).failures();
    }

    @Override
    public void checkPlan(PropertyMap inputs, PropertyMap planned) {
        TablePlanCheck.check(inputs, planned);
    }

    @Override
    public Created create(PropertyMap planned, Account account) {
        for (String argument : RESTORE_ARGUMENTS) {
            if (!planned.get(argument).isZero()) {
                throw new ProviderException(
                        Status.Code.FAILED_PRECONDITION,
                        "DynamoDB Local keeps no backups, so the local AWS plugin cannot restore a table: remove "
                                + argument + " to create an empty one, or restore on AWS");
            }
        }
        String name = planned.get("name").text();
        PropertyMap resolved = Plan.resolve(schema(), planned, Map.of());
        TableDefinition wanted = TableDefinition.from(resolved);
        account.tables().create(TableRequests.create(name, wanted));
        try {
            account.tables().awaitActive("creating", name);
            if (!wanted.timeToLiveAttribute().isEmpty()) {
                account.tables()
                        .updateTimeToLive(name, TableRequests.timeToLive(wanted.timeToLiveAttribute(), true));
            }
            return new Created(name, existing(name, resolved, account));
        } catch (RuntimeException e) {
            PropertyMap withoutTimeToLive = resolved.with("ttl", TableProperties.timeToLiveOff(""));
            throw new PartialFailureException(name, asFarAsKnown(name, withoutTimeToLive, account), e);
        }
    }

    @Override
    public Optional<PropertyMap> read(String id, PropertyMap state, Account account) {
        try {
            return account.tables().describe(id).map(table -> properties(table, state, account));
        } catch (ProviderException e) {
            if (e.code() == Status.Code.NOT_FOUND) { // deleted between two calls
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public PropertyMap update(String id, PropertyMap state, PropertyMap planned, Account account) {
        for (String property : UNCHANGEABLE) {
            if (!state.get(property).isZero() && planned.get(property).isZero()) {
                throw new ProviderException(
                        Status.Code.FAILED_PRECONDITION,
                        "the local AWS plugin cannot change \"" + property + "\" of table " + id);
            }
        }
        int done = 0;
        try {
            for (Runnable step : steps(id, state, planned, account)) {
                step.run();
                done++;
            }
            return existing(id, planned, account);
        } catch (ProviderException e) {
            if (done == 0 && e.changedNothing()) {
                throw e;
            }
            throw new PartialFailureException(id, asFarAsKnown(id, state, account), e);
        }
    }

    @Override
    public void delete(String id, Account account) {
        account.tables().delete(id);
    }

    private static List<Runnable> steps(String id, PropertyMap state, PropertyMap planned, Account account) {
        Tables tables = account.tables();
        TableDescription description = tables.describe(id)
                .orElseThrow(() -> new ProviderException(
                        Status.Code.NOT_FOUND,
                        "updating AWS DynamoDB Table (" + id + "): there is no such table in "
                                + account.region().name() + "; pulumi refresh shows what has gone"));
        return new TableUpdate(
                        id,
                        TableDefinition.from(description, tables.timeToLive(id)),
                        TableDefinition.from(state),
                        TableDefinition.from(planned),
                        tables)
                .steps();
    }

    private static PropertyMap existing(String name, PropertyMap recorded, Account account) {
        return account.tables()
                .describe(name)
                .map(table -> properties(table, recorded, account))
                .orElseThrow(() -> new ProviderException(
                        Status.Code.NOT_FOUND, "reading AWS DynamoDB Table (" + name + "): the table has gone"));
    }

    /** Returns the properties of a table after something failed, which may keep it from being described too. */
    private static PropertyMap asFarAsKnown(String name, PropertyMap recorded, Account account) {
        try {
            return existing(name, recorded, account);
        } catch (RuntimeException e) {
            return TableProperties.unseen(name, recorded, account.region());
        }
    }

    private static PropertyMap properties(TableDescription table, PropertyMap recorded, Account account) {
        return TableProperties.from(
                table, account.tables().timeToLive(table.tableName()), recorded, account.region());
    }
}
