package com.aitutor.chatsessions;

import com.aitutor.chatsessions.LookUps.DeployedTable;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.exceptions.RunException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Refuses what would lose chat sessions, before anything is registered with the engine.
 *
 * <p>Pulumi's {@code protect} and AWS's deletion protection stand behind this, but do not suffice: Pulumi lets one
 * update both unprotect and replace a table. For a changed {@code aws:region} the AWS provider replaces itself and all
 * that it made (pulumi-aws, pull request 4000); a table that was deleted by hand it makes again, empty; and a changed
 * key type it takes for no change.
 *
 * @param warnings takes what is lost where nothing protects it, and what an adoption switches on
 */
record Safeguards(StackSettings settings, PulumiCommand command, Consumer<String> warnings) {
    /** Checks settings against what is deployed; a refusal says what is at risk, how to go back and how to go on. */
    void check() {
        // The region first, from the state alone: a question to AWS leaves a provider of the wrong region in the state,
        // and the way back would replace that provider with all that it made (pulumi/pulumi, providerChanged).
        Optional<DeployedTable> deployed = LookUps.deployedTable();
        deployed.ifPresent(this::checkRegion);
        Optional<GetTableResult> table = LookUps.table(settings.tableName());
        if (deployed.isPresent() && deployed.get().name().equals(settings.tableName())) {
            checkPresence(deployed.get(), table);
        } else {
            deployed.ifPresent(this::checkRename);
            checkNewTable(table);
        }
        table.ifPresent(this::checkLayout);
    }

    private void checkRegion(DeployedTable deployed) {
        String region = deployed.arn().region();
        if (!region.equals(settings.region())) {
            String change = "%s is %s, but this stack's table is in %s, and a table cannot move.";
            throw refusal(
                    change.formatted(Setting.REGION, settings.region(), region),
                    "table %s in %s, which this stack would lose".formatted(deployed.name(), region),
                    command.set(Setting.REGION, region),
                    "a new stack for " + settings.region() + ": docs/operations.md, \"Move to another region\"");
        }
    }

    private void checkRename(DeployedTable deployed) {
        Optional<GetTableResult> table = LookUps.table(deployed.name());
        checkPresence(deployed, table);
        String replacement = "Table %s is to be replaced by %s.".formatted(deployed.name(), settings.tableName());
        String loss = "every chat session in table " + deployed.name();
        // AWS's flag alone does not count: it may have been switched off by hand, or by a restore
        if (deployed.isProtected() || table.orElseThrow().deletionProtectionEnabled()) {
            throw refusal(
                    replacement,
                    loss,
                    command.set(Setting.TABLE_NAME, deployed.name()),
                    "docs/operations.md, \"Rename safely\"; to lose the sessions: go back, %s, %s, and rename then"
                            .formatted(command.set(Setting.DELETION_PROTECTION, false), command.with("up")));
        }
        warnings.accept(replacement + " Lost with it: " + loss + ".");
    }

    private void checkPresence(DeployedTable deployed, Optional<GetTableResult> table) {
        String owner = deployed.arn().account();
        String caller = table.map(found -> Arn.parse(found.arn()).account()).orElseGet(LookUps::account);
        String absence = """
                Table %s, which this stack made, is not in %s: it was deleted, or these credentials are those of \
                another account. The table's account is %s, that of the credentials %s.""".formatted(deployed.name(), settings.region(), owner, caller);
        if (!caller.equals(owner)) {
            throw refusal(
                    absence,
                    "nothing while you use the credentials of account " + owner,
                    "use the credentials of account " + owner,
                    "docs/operations.md, \"Move to another region\", says how a table moves");
        } else if (table.isEmpty()) {
            throw refusal(
                    absence,
                    "every chat session in it; with point-in-time recovery AWS keeps a backup for 35 days",
                    "docs/operations.md, \"Restore\"",
                    "to begin with an empty table: %s, then %s".formatted(command.with("refresh"), command.with("up")));
        }
    }

    private void checkNewTable(Optional<GetTableResult> table) {
        String name = settings.tableName();
        if (settings.isTrue(Setting.ADOPT_EXISTING_TABLE)) {
            checkAdoption(new ExistingTable(
                    settings,
                    table.orElseThrow(() -> refusal(
                            "There is no table %s in %s to adopt.".formatted(name, settings.region()),
                            "nothing yet; a wrong name or region would leave the existing sessions behind",
                            "correct %s or %s".formatted(Setting.TABLE_NAME, Setting.REGION),
                            command.set(Setting.ADOPT_EXISTING_TABLE, false) + " makes a new, empty table"))));
        } else if (table.isPresent()) {
            // not refused: after an interrupted first update the table may be this stack's own
            warnings.accept("""
                    Table %s already exists in %s. If this stack did not make it, pulumi up will fail; to take it over: \
                    %s""".formatted(name, settings.region(), command.set(Setting.ADOPT_EXISTING_TABLE, true)));
        }
    }

    private void checkAdoption(ExistingTable table) {
        if (!table.losses().isEmpty()) {
            throw refusal(
                    "Table %s has what its adoption would drop or lower: %s."
                            .formatted(settings.tableName(), String.join(", ", table.losses())),
                    "no item yet, but what depends on these",
                    command.set(Setting.ADOPT_EXISTING_TABLE, false),
                    "set what a setting is named for, give up the rest by hand, and adopt the table then");
        }
        table.changes().stream()
                .map(change -> "Adoption of table %s %s.".formatted(settings.tableName(), change))
                .forEach(warnings);
    }

    private void checkLayout(GetTableResult table) {
        List<String> differences = new ExistingTable(settings, table).layoutDifferences();
        if (!differences.isEmpty()) {
            throw refusal(
                    "Table %s is not laid out as this program expects: %s."
                            .formatted(settings.tableName(), String.join(", ", differences)),
                    "every chat session in it: AWS changes no key of a table that exists",
                    "the program's KeySchema as it was, or another " + Setting.TABLE_NAME,
                    "docs/operations.md, \"Adopt a table\"");
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
