package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.ADOPT_EXISTING_TABLE;
import static com.aitutor.chatsessions.StackSettings.DELETION_PROTECTION;
import static com.aitutor.chatsessions.StackSettings.REGION;
import static com.aitutor.chatsessions.StackSettings.RESTORE_DATE_TIME;
import static com.aitutor.chatsessions.StackSettings.TABLE_NAME;
import static java.util.stream.Collectors.toMap;

import com.aitutor.chatsessions.Tables.Deployed;
import com.pulumi.aws.dynamodb.outputs.GetTableAttribute;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.exceptions.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Refuses what would lose chat sessions, before anything is registered with the engine.
 *
 * <p>Pulumi's {@code protect} and AWS's deletion protection stand behind this, but do not suffice: Pulumi lets one
 * update both unprotect and replace a table, takes a changed {@code aws:region} for no change and makes a table that
 * was deleted by hand again, empty; and the AWS provider takes a changed key type for no change.
 */
final class Safeguards {
    /** How far back AWS can restore (Amazon DynamoDB developer guide, "Point-in-time recovery"). */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(35);

    private final StackSettings settings;
    private final Tables tables;
    private final List<String> warnings = new ArrayList<>();

    private Safeguards(StackSettings settings, Tables tables) {
        this.settings = settings;
        this.tables = tables;
    }

    /**
     * Checks settings against what is deployed.
     *
     * @return warnings of what is lost where nothing protects it
     * @throws RunException saying what would be lost, how to go back and how to go on
     */
    static List<String> check(StackSettings settings, Tables tables) {
        Safeguards safeguards = new Safeguards(settings, tables);
        // asked first, since for this the provider has to start, which takes longer than all else
        CompletableFuture<Optional<GetTableResult>> found = tables.find(settings.tableName());
        Optional<Deployed> deployed = tables.lastDeployed();
        deployed.ifPresent(safeguards::checkRegion);
        Optional<GetTableResult> table = Tables.await(found);
        if (deployed.isPresent() && deployed.get().tableName().equals(settings.tableName())) {
            safeguards.checkPresence(table);
        } else {
            deployed.ifPresent(safeguards::checkRename);
            safeguards.checkNewTable(table);
        }
        table.ifPresent(safeguards::checkKeys);
        return List.copyOf(safeguards.warnings);
    }

    private void checkRegion(Deployed deployed) {
        if (!deployed.region().equals(settings.region())) {
            throw refusal(
                    "%s is %s, but this stack's table is in %s, and a table cannot move."
                            .formatted(REGION, settings.region(), deployed.region()),
                    "table %s in %s, of which this stack would lose track"
                            .formatted(deployed.tableName(), deployed.region()),
                    "pulumi config set %s %s".formatted(REGION, deployed.region()),
                    "a new stack for " + settings.region() + ": docs/operations.md, \"Move to another region\"");
        }
    }

    private void checkRename(Deployed deployed) {
        String replacement = "Table %s is to be replaced by %s.".formatted(deployed.tableName(), settings.tableName());
        String loss = "every chat session in table " + deployed.tableName();
        Optional<GetTableResult> table = Tables.await(tables.find(deployed.tableName()));
        if (table.isPresent() && table.get().deletionProtectionEnabled()) {
            throw refusal(
                    replacement,
                    loss,
                    "pulumi config set %s %s".formatted(TABLE_NAME, deployed.tableName()),
                    "docs/operations.md, \"Rename safely\"; to lose the sessions, first switch %s off and run pulumi up"
                            .formatted(DELETION_PROTECTION));
        }
        table.ifPresent(found -> warnings.add(replacement + " Lost with it: " + loss + "."));
    }

    private void checkPresence(Optional<GetTableResult> table) {
        if (table.isPresent()) {
            return;
        }
        String absence = "Table %s, which this stack made, is no longer in %s."
                .formatted(settings.tableName(), settings.region());
        String goOn = "pulumi refresh and pulumi destroy, then pulumi up makes a new, empty table";
        if (settings.deletionProtection()) {
            throw refusal(
                    absence,
                    "every chat session in it; AWS keeps a backup of a deleted table for 35 days",
                    "docs/operations.md, \"Restore\"",
                    goOn);
        }
        warnings.add(absence + " Its chat sessions are gone. To go on: " + goOn + ".");
    }

    private void checkNewTable(Optional<GetTableResult> table) {
        if (table.isEmpty()) {
            if (settings.adoptExistingTable()) {
                throw refusal(
                        "There is no table %s in %s to adopt.".formatted(settings.tableName(), settings.region()),
                        "nothing yet; a wrong name or region would leave the existing sessions behind",
                        "correct %s or %s".formatted(TABLE_NAME, REGION),
                        "pulumi config set %s false makes a new, empty table".formatted(ADOPT_EXISTING_TABLE));
            }
            settings.restoreDateTime().ifPresent(this::checkWindow);
        } else if (settings.adoptExistingTable()) {
            checkIndexes(table.get());
        } else {
            // not refused: after an interrupted first update the table may be this stack's own
            warnings.add(("Table %s already exists in %s. If this stack did not make it, pulumi up will fail; "
                            + "to take it over: pulumi config set %s true")
                    .formatted(settings.tableName(), settings.region(), ADOPT_EXISTING_TABLE));
        }
    }

    /** An index that the program does not know would be deleted, and one with another projection rebuilt. */
    private void checkIndexes(GetTableResult table) {
        List<String> others = table.globalSecondaryIndexes().stream()
                .filter(index -> !index.name().equals(KeySchema.USER_SESSIONS_INDEX)
                        || !index.projectionType().equals("ALL"))
                .map(index -> "index %s with projection %s".formatted(index.name(), index.projectionType()))
                .toList();
        if (!others.isEmpty()) {
            throw refusal(
                    "Table %s has what this program would delete or rebuild: %s."
                            .formatted(settings.tableName(), String.join(", ", others)),
                    "no item, but every query by these indexes",
                    "pulumi config set " + ADOPT_EXISTING_TABLE + " false",
                    "delete them, when nothing queries them, and adopt the table then");
        }
    }

    private void checkWindow(Instant restoreDateTime) {
        if (restoreDateTime.isBefore(Instant.now().minus(LONGEST_WINDOW))) {
            throw refusal(
                    "%s is %s, and AWS restores from the last 35 days at most."
                            .formatted(RESTORE_DATE_TIME, restoreDateTime),
                    "nothing yet",
                    "pulumi config rm " + RESTORE_DATE_TIME,
                    "a later time, or latest");
        }
    }

    private void checkKeys(GetTableResult table) {
        Map<String, String> types = table.attributes().stream()
                .collect(toMap(GetTableAttribute::name, GetTableAttribute::type));
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
