package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.ADOPT_EXISTING_TABLE;
import static com.aitutor.chatsessions.StackSettings.DELETION_PROTECTION;
import static com.aitutor.chatsessions.StackSettings.REGION;
import static com.aitutor.chatsessions.StackSettings.TABLE_NAME;
import static java.util.stream.Collectors.toMap;

import com.aitutor.chatsessions.LookUps.DeployedTable;
import com.pulumi.Context;
import com.pulumi.aws.dynamodb.outputs.GetTableAttribute;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.exceptions.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses what would lose chat sessions, before anything is registered with the engine.
 *
 * <p>Pulumi's {@code protect} and AWS's deletion protection stand behind this, but do not suffice: Pulumi lets one
 * update both unprotect and replace a table. For a changed {@code aws:region} the AWS provider replaces itself and all
 * that it made (pulumi-aws, pull requests 4000 and 5656); a table that was deleted by hand it makes again, empty; and a
 * changed key type it takes for no change.
 */
final class Safeguards {
    private final StackSettings settings;
    private final PulumiCommand command;
    private final List<String> warnings = new ArrayList<>();

    private Safeguards(StackSettings settings, PulumiCommand command) {
        this.settings = settings;
        this.command = command;
    }

    /**
     * Checks settings against what is deployed.
     *
     * @return warnings of what is lost where nothing protects it, and of what an adoption switches on
     * @throws RunException saying what would be lost, how to go back and how to go on
     */
    static List<String> check(StackSettings settings, PulumiCommand command, Context context) {
        Safeguards safeguards = new Safeguards(settings, command);
        safeguards.check(context);
        return List.copyOf(safeguards.warnings);
    }

    private void check(Context context) {
        // The region first, from the state alone: a question to AWS leaves a provider of the wrong region in the state,
        // and the way back would replace that provider with all that it made (pulumi/pulumi, providerChanged).
        Optional<DeployedTable> deployed = LookUps.deployedTable(context);
        deployed.ifPresent(this::checkRegion);
        Optional<GetTableResult> table = LookUps.await(LookUps.table(settings.tableName()));
        if (deployed.isPresent() && deployed.get().name().equals(settings.tableName())) {
            checkPresence(deployed.get(), table);
        } else {
            deployed.ifPresent(this::checkRename);
            checkNewTable(table);
        }
        table.ifPresent(this::checkKeys);
    }

    private void checkRegion(DeployedTable deployed) {
        String region = deployed.arn().region();
        if (!region.equals(settings.region())) {
            throw refusal(
                    "%s is %s, but this stack's table is in %s, and a table cannot move."
                            .formatted(REGION, settings.region(), region),
                    "table %s in %s, which this stack would lose".formatted(deployed.name(), region),
                    command.set(REGION, region),
                    "a new stack for " + settings.region() + ": docs/operations.md, \"Move to another region\"");
        }
    }

    private void checkRename(DeployedTable deployed) {
        Optional<GetTableResult> table = LookUps.await(LookUps.table(deployed.name()));
        checkPresence(deployed, table);
        String replacement = "Table %s is to be replaced by %s.".formatted(deployed.name(), settings.tableName());
        String loss = "every chat session in table " + deployed.name();
        // AWS's flag alone does not count: it may have been switched off by hand, or by a restore
        if (deployed.isProtected() || table.orElseThrow().deletionProtectionEnabled()) {
            throw refusal(
                    replacement,
                    loss,
                    command.set(TABLE_NAME, deployed.name()),
                    "docs/operations.md, \"Rename safely\"; to lose the sessions: go back, %s, %s, and rename then"
                            .formatted(command.set(DELETION_PROTECTION, false), command.with("up")));
        }
        warnings.add(replacement + " Lost with it: " + loss + ".");
    }

    private void checkPresence(DeployedTable deployed, Optional<GetTableResult> table) {
        String owner = deployed.arn().account();
        String found =
                table.map(GetTableResult::arn).map(Arn::parse).map(Arn::account).orElse("");
        if (found.equals(owner)) {
            return;
        }
        String caller = table.isPresent() ? found : LookUps.account();
        String absence = """
                Table %s, which this stack made, is not in %s: it was deleted, or these credentials are those of \
                another account. The table's account is %s, that of the credentials %s.""";
        absence = absence.formatted(deployed.name(), settings.region(), owner, caller);
        if (!caller.equals(owner)) {
            String credentials = "the credentials of account " + owner;
            String move = "docs/operations.md, \"Move to another region\", says how a table moves";
            throw refusal(absence, "nothing while you use " + credentials, "use " + credentials, move);
        }
        throw refusal(
                absence,
                "every chat session in it; with point-in-time recovery AWS keeps a backup for 35 days",
                "docs/operations.md, \"Restore\"",
                "to begin with an empty table: %s, then %s".formatted(command.with("refresh"), command.with("up")));
    }

    private void checkNewTable(Optional<GetTableResult> table) {
        boolean adopt = settings.get(ADOPT_EXISTING_TABLE);
        if (table.isEmpty() && adopt) {
            throw refusal(
                    "There is no table %s in %s to adopt.".formatted(settings.tableName(), settings.region()),
                    "nothing yet; a wrong name or region would leave the existing sessions behind",
                    "correct %s or %s".formatted(TABLE_NAME, REGION),
                    command.set(ADOPT_EXISTING_TABLE, false) + " makes a new, empty table");
        } else if (table.isPresent() && adopt) {
            checkAdoption(table.get());
        } else if (table.isPresent()) {
            // not refused: after an interrupted first update the table may be this stack's own
            warnings.add(("Table %s already exists in %s. If this stack did not make it, pulumi up will fail; "
                            + "to take it over: %s")
                    .formatted(settings.tableName(), settings.region(), command.set(ADOPT_EXISTING_TABLE, true)));
        }
    }

    private void checkAdoption(GetTableResult table) {
        List<String> losses = new Adoption(settings, table).losses();
        if (!losses.isEmpty()) {
            throw refusal(
                    "Table %s has what its adoption would drop or lower: %s."
                            .formatted(settings.tableName(), String.join(", ", losses)),
                    "no item yet, but what depends on these",
                    command.set(ADOPT_EXISTING_TABLE, false),
                    "set what a setting is named for, give up the rest by hand, and adopt the table then");
        }
        warnings.addAll(new Adoption(settings, table).changes());
    }

    private void checkKeys(GetTableResult table) {
        Map<String, String> types =
                table.attributes().stream().collect(toMap(GetTableAttribute::name, GetTableAttribute::type));
        List<String> differences = new ArrayList<>();
        compare("hash key", KeySchema.HASH_KEY, table.hashKey(), types, differences);
        compare("sort key", KeySchema.SORT_KEY, table.rangeKey(), types, differences);
        table.globalSecondaryIndexes().stream()
                .filter(index -> index.name().equals(KeySchema.USER_SESSIONS_INDEX))
                .forEach(index -> {
                    compare("index hash key", KeySchema.INDEX_HASH_KEY, index.hashKey(), types, differences);
                    compare("index sort key", KeySchema.INDEX_SORT_KEY, index.rangeKey(), types, differences);
                });
        if (table.ttl().enabled() && !table.ttl().attributeName().equals(KeySchema.TTL_ATTRIBUTE)) {
            differences.add(
                    "TTL attribute %s instead of %s".formatted(table.ttl().attributeName(), KeySchema.TTL_ATTRIBUTE));
        }
        if (!differences.isEmpty()) {
            throw refusal(
                    "Table %s is not laid out as this program expects: %s."
                            .formatted(settings.tableName(), String.join(", ", differences)),
                    "every chat session in it: AWS changes no key of a table that exists",
                    "the program's KeySchema as it was, or another " + TABLE_NAME,
                    "docs/operations.md, \"Adopt a table\"");
        }
    }

    private static void compare(
            String what, String expected, String found, Map<String, String> types, List<String> differences) {
        if (!expected.equals(found)) {
            // the provider leaves the sort key out where a table or an index has none
            boolean none = found == null || found.isEmpty();
            differences.add("%s %s instead of %s".formatted(what, none ? "(none)" : found, expected));
        } else if (!"S".equals(types.get(found))) {
            differences.add("%s %s of type %s instead of S".formatted(what, found, types.get(found)));
        }
    }

    private static RunException refusal(String what, String atRisk, String goBack, String goOn) {
        return new RunException("""
                %s Nothing was changed.
                    at risk: %s
                    go back: %s
                    go on:   %s""".formatted(what, atRisk, goBack, goOn));
    }
}
