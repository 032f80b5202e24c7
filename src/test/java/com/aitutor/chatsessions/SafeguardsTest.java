package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.FakeTables.attribute;
import static com.aitutor.chatsessions.FakeTables.index;
import static com.aitutor.chatsessions.FakeTables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.aws.dynamodb.outputs.GetTableGlobalSecondaryIndex;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.aws.dynamodb.outputs.GetTableTtl;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SafeguardsTest {
    private static final StackConfiguration PROD = StackConfiguration.from("prod");
    private static final StackConfiguration UNPROTECTED = PROD.with("chat-sessions:deletionProtection", "false");
    private static final StackConfiguration RENAMED = PROD.with("chat-sessions:tableName", "renamed");
    private static final StackConfiguration ADOPTING = PROD.with("chat-sessions:adoptExistingTable", "true");
    private static final StackConfiguration RESTORING = PROD.with("chat-sessions:restoreSourceTable", "before");

    private static final Pattern CHAPTER = Pattern.compile("docs/operations.md, \"(.+?)\"");

    private final FakeTables tables = new FakeTables();

    @Nested
    class NothingDeployed {
        @Test
        void noTable() {
            assertSilent(PROD);
        }

        @Test
        void aTableThatExists() {
            tables.with(table("chat_sessions").build());
            assertWarned(
                    PROD,
                    "Table chat_sessions already exists in us-east-1. If this stack did not make it, pulumi up will "
                            + "fail; to take it over: pulumi config set chat-sessions:adoptExistingTable true");
        }

        @Test
        void aTableToAdopt() {
            tables.with(table("chat_sessions").build());
            assertSilent(ADOPTING);
        }

        @Test
        void indexesOfATableToAdoptThatTheProgramWouldDeleteOrRebuild() {
            tables.with(table("chat_sessions")
                    .globalSecondaryIndexes(
                            index("ByCourse", "GSI1PK", "GSI1SK"),
                            GetTableGlobalSecondaryIndex.builder(index("UserSessionsIndex", "GSI1PK", "GSI1SK"))
                                    .projectionType("KEYS_ONLY")
                                    .build())
                    .build());
            assertRefused(ADOPTING, """
                    Table chat_sessions has what this program would delete or rebuild: \
                    index ByCourse with projection ALL, index UserSessionsIndex with projection KEYS_ONLY. \
                    Nothing was changed.
                        at risk: no item, but every query by these indexes
                        go back: pulumi config set chat-sessions:adoptExistingTable false
                        go on:   delete them, when nothing queries them, and adopt the table then""");
        }

        @Test
        void noTableToAdopt() {
            tables.with(table("chat_session").build());
            assertRefused(ADOPTING, """
                    There is no table chat_sessions in us-east-1 to adopt. Nothing was changed.
                        at risk: nothing yet; a wrong name or region would leave the existing sessions behind
                        go back: correct chat-sessions:tableName or aws:region
                        go on:   pulumi config set chat-sessions:adoptExistingTable false makes a new, empty table""");
        }
    }

    @Nested
    class Restore {
        @Test
        void theLatestMoment() {
            assertSilent(RESTORING);
        }

        @Test
        void aMomentWithinTheWindow() {
            assertSilent(RESTORING.with("chat-sessions:restoreDateTime", ago(Duration.ofDays(35).minusMinutes(1))));
        }

        @Test
        void aMomentBeforeTheWindow() {
            String tooEarly = ago(Duration.ofDays(35).plusMinutes(1));
            assertRefused(RESTORING.with("chat-sessions:restoreDateTime", tooEarly), """
                    chat-sessions:restoreDateTime is %s, and AWS restores from the last 35 days at most. \
                    Nothing was changed.
                        at risk: nothing yet
                        go back: pulumi config rm chat-sessions:restoreDateTime
                        go on:   a later time, or latest""".formatted(tooEarly));
        }

        @Test
        void theMomentOfARestoreOfLongAgo() {
            tables.deployed("chat_sessions", "us-east-1").with(table("chat_sessions").build());
            assertSilent(RESTORING.with("chat-sessions:restoreDateTime", "2024-01-31T09:30:00Z"));
        }

        private String ago(Duration duration) {
            return Instant.now().minus(duration).toString();
        }
    }

    @Nested
    class Deployed {
        Deployed() {
            tables.deployed("chat_sessions", "us-east-1");
        }

        @Test
        void unchanged() {
            tables.with(table("chat_sessions").build());
            assertSilent(PROD);
        }

        @Test
        void theSettingThatAdoptedStays() {
            tables.with(table("chat_sessions").build());
            assertSilent(ADOPTING);
        }

        @Test
        void anotherRegion() {
            assertRefused(PROD.with("aws:region", "eu-central-1"), """
                    aws:region is eu-central-1, but this stack's table is in us-east-1, and a table cannot move. \
                    Nothing was changed.
                        at risk: table chat_sessions in us-east-1, of which this stack would lose track
                        go back: pulumi config set aws:region us-east-1
                        go on:   a new stack for eu-central-1: docs/operations.md, "Move to another region\"""");
        }

        @Test
        void anotherRegionWithoutProtection() {
            assertThatThrownBy(() -> check(UNPROTECTED.with("aws:region", "eu-central-1")))
                    .isInstanceOf(RunException.class);
        }

        @Test
        void anotherNameForAProtectedTable() {
            tables.with(table("chat_sessions").deletionProtectionEnabled(true).build());
            String refusal = """
                    Table chat_sessions is to be replaced by renamed. Nothing was changed.
                        at risk: every chat session in table chat_sessions
                        go back: pulumi config set chat-sessions:tableName chat_sessions
                        go on:   docs/operations.md, "Rename safely"; to lose the sessions, first switch \
                    chat-sessions:deletionProtection off and run pulumi up""";
            assertRefused(RENAMED, refusal);
            // what AWS says counts: switching protection off and renaming takes two steps
            assertRefused(RENAMED.with("chat-sessions:deletionProtection", "false"), refusal);
        }

        @Test
        void anotherNameForAnUnprotectedTable() {
            tables.with(table("chat_sessions").build());
            assertWarned(
                    RENAMED,
                    "Table chat_sessions is to be replaced by renamed. Lost with it: every chat session in table "
                            + "chat_sessions.");
        }

        @Test
        void anotherNameForATableThatIsGone() {
            assertSilent(RENAMED);
        }

        @Test
        void theNameOfATableThatExists() {
            tables.with(table("chat_sessions").build()).with(table("renamed").build());
            assertWarned(
                    RENAMED,
                    "Table chat_sessions is to be replaced by renamed. Lost with it: every chat session in table "
                            + "chat_sessions.",
                    "Table renamed already exists in us-east-1. If this stack did not make it, pulumi up will fail; "
                            + "to take it over: pulumi config set chat-sessions:adoptExistingTable true");
        }

        @Test
        void deletedByHand() {
            assertRefused(PROD, """
                    Table chat_sessions, which this stack made, is no longer in us-east-1. Nothing was changed.
                        at risk: every chat session in it; AWS keeps a backup of a deleted table for 35 days
                        go back: docs/operations.md, "Restore"
                        go on:   pulumi refresh and pulumi destroy, then pulumi up makes a new, empty table""");
        }

        @Test
        void deletedByHandWithoutProtection() {
            assertWarned(
                    UNPROTECTED,
                    "Table chat_sessions, which this stack made, is no longer in us-east-1. Its chat sessions are "
                            + "gone. To go on: pulumi refresh and pulumi destroy, then pulumi up makes a new, empty table.");
        }
    }

    /** A table whose keys are not those of the program, whether it is to be adopted or was deployed before. */
    @Nested
    class Layout {
        @Test
        void anotherHashKey() {
            assertDifference(table("chat_sessions").hashKey("pk"), "hash key pk instead of PK");
        }

        @Test
        void anotherSortKey() {
            assertDifference(table("chat_sessions").rangeKey("sk"), "sort key sk instead of SK");
        }

        @Test
        void noSortKey() {
            assertDifference(table("chat_sessions").rangeKey(""), "sort key (none) instead of SK");
        }

        @Test
        void noSortKeyOfTheIndex() {
            assertDifference(
                    table("chat_sessions").globalSecondaryIndexes(index("UserSessionsIndex", "GSI1PK", "")),
                    "index sort key (none) instead of GSI1SK");
        }

        @Test
        void keysOfAnotherType() {
            assertDifference(
                    table("chat_sessions")
                            .attributes(
                                    attribute("PK", "B"),
                                    attribute("SK", "N"),
                                    attribute("GSI1PK", "B"),
                                    attribute("GSI1SK", "N")),
                    "hash key PK of type B instead of S, sort key SK of type N instead of S, "
                            + "index hash key GSI1PK of type B instead of S, "
                            + "index sort key GSI1SK of type N instead of S");
        }

        @Test
        void otherKeysOfTheIndex() {
            assertDifference(
                    table("chat_sessions").globalSecondaryIndexes(index("UserSessionsIndex", "user", "accessed")),
                    "index hash key user instead of GSI1PK, index sort key accessed instead of GSI1SK");
        }

        @Test
        void noIndex() {
            assertSame(table("chat_sessions").globalSecondaryIndexes(List.of()));
        }

        @Test
        void anIndexMadeByHandSince() {
            tables.with(table("chat_sessions")
                            .globalSecondaryIndexes(index("ByRole", "role", "created_at"))
                            .build())
                    .deployed("chat_sessions", "us-east-1");
            assertSilent(PROD);
            assertSilent(ADOPTING);
        }

        @Test
        void anotherTtlAttribute() {
            assertDifference(table("chat_sessions").ttl(ttl("expires", true)), "TTL attribute expires instead of ttl");
        }

        @Test
        void noTtl() {
            assertSame(table("chat_sessions").ttl(ttl("", false)));
        }

        private GetTableTtl ttl(String attribute, boolean enabled) {
            return GetTableTtl.builder().attributeName(attribute).enabled(enabled).build();
        }

        private void assertSame(GetTableResult.Builder table) {
            tables.with(table.build());
            assertSilent(ADOPTING);
            tables.deployed("chat_sessions", "us-east-1");
            assertSilent(PROD);
        }

        private void assertDifference(GetTableResult.Builder table, String difference) {
            String refusal = """
                    Table chat_sessions is not laid out as this program expects: %s. Nothing was changed.
                        at risk: every chat session in it: AWS changes no key of a table that exists
                        go back: the program's KeySchema as it was, or another chat-sessions:tableName
                        go on:   docs/operations.md, "Adopt a table\"""".formatted(difference);
            tables.with(table.build());
            assertRefused(ADOPTING, refusal);
            tables.deployed("chat_sessions", "us-east-1");
            assertRefused(PROD, refusal);
        }
    }

    private List<String> check(StackConfiguration stack) {
        return Safeguards.check(stack.settings(), tables);
    }

    private void assertSilent(StackConfiguration stack) {
        assertWarned(stack);
    }

    private void assertWarned(StackConfiguration stack, String... warnings) {
        assertThat(check(stack)).containsExactly(warnings);
    }

    private void assertRefused(StackConfiguration stack, String message) {
        assertThatThrownBy(() -> check(stack)).isInstanceOf(RunException.class).hasMessage(message);
        assertThat(CHAPTER.matcher(message).results().map(reference -> "## " + reference.group(1)))
                .isSubsetOf(chaptersOfOperations());
    }

    private static List<String> chaptersOfOperations() {
        try {
            return Files.readAllLines(Path.of("docs/operations.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
