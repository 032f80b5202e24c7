package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.FakeAws.recordedTable;
import static com.aitutor.chatsessions.FakeAws.table;
import static com.aitutor.chatsessions.StackSettings.ADOPT_EXISTING_TABLE;
import static com.aitutor.chatsessions.StackSettings.DELETION_PROTECTION;
import static com.aitutor.chatsessions.StackSettings.REGION;
import static com.aitutor.chatsessions.StackSettings.TABLE_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeguardsTest {
    private static final StackConfiguration STACK = StackConfiguration.fixture();
    private static final StackConfiguration RENAMED = STACK.with(TABLE_NAME, "renamed");
    private static final StackConfiguration ADOPTING = STACK.with(ADOPT_EXISTING_TABLE, true);

    private static final Pattern CHAPTER = Pattern.compile("docs/operations.md, \"(.+?)\"");

    private final FakeAws aws = new FakeAws();

    @Nested
    class NothingDeployed {
        @Test
        void noTable() {
            assertSilent(STACK);
        }

        @Test
        void aTableThatExists() {
            aws.with(table("chat_sessions"));
            assertWarned(STACK, exists("chat_sessions"));
        }

        @Test
        void noTableToAdopt() {
            aws.with(table("chat_session"));
            assertRefused(ADOPTING, """
                    There is no table chat_sessions in us-east-1 to adopt. Nothing was changed.
                        at risk: nothing yet; a wrong name or region would leave the existing sessions behind
                        go back: correct chat-sessions:tableName or aws:region
                        go on:   pulumi config set chat-sessions:adoptExistingTable false --stack prod makes a new, \
                    empty table""");
        }
    }

    /** Each table as the real provider was recorded to answer for it: what adoption drops or lowers is refused. */
    @Nested
    class Adopted {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                include     | index UserSessionsIndex with projection INCLUDE
                streamed    | a stream (NEW_IMAGE)
                local_index | local index ByAt
                with_key    | key arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab \
                (chat-sessions:kmsKeyArn)
                """)
        void recordedTablesThatWouldLoseSomething(String tableName, String loss) {
            aws.with(recordedTable(tableName));
            assertLoss(tableName, loss);
        }

        @Test
        void recordedTablesThatFit() {
            aws.with(recordedTable("indexed")).with(recordedTable("plain")).with(recordedTable("infrequent"));
            assertWarned(
                    ADOPTING.with(TABLE_NAME, "indexed"), "Adoption takes these tags off table indexed: a.");
            String switchesOnTtl =
                    "Adoption switches TTL on for table plain: AWS deletes every item whose ttl has passed.";
            String buildsIndex = "Adoption builds index UserSessionsIndex of table plain, which takes a write for each item "
                    + "in it.";
            assertWarned(ADOPTING.with(TABLE_NAME, "plain"), switchesOnTtl, buildsIndex);
            aws.with(recordedTable("provisioned"));
            assertWarned(
                    ADOPTING.with(TABLE_NAME, "provisioned"),
                    switchesOnTtl.replace("plain", "provisioned"),
                    "Adoption changes the billing of table provisioned from PROVISIONED to on demand.",
                    buildsIndex.replace("plain", "provisioned"));
        }

        @Test
        void theTablesOwnKeyIsKept() {
            Map<String, Object> table = table("chat_sessions");
            table.put("serverSideEncryption", Map.of("enabled", true, "kmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/1"));
            aws.with(table);
            assertSilent(ADOPTING.with(StackSettings.KMS_KEY_ARN, "arn:aws:kms:us-east-1:123456789012:key/1"));
            assertLoss(
                    ADOPTING.with(StackSettings.KMS_KEY_ARN, "arn:aws:kms:us-east-1:123456789012:key/2"),
                    "key arn:aws:kms:us-east-1:123456789012:key/1 (chat-sessions:kmsKeyArn)");
            table.put("serverSideEncryption", Map.of("enabled", false, "kmsKeyArn", ""));
            assertSilent(ADOPTING);
        }

        @Test
        void replicaClassAndFurtherIndex() {
            Map<String, Object> table = table("chat_sessions");
            table.put("replicas", List.of(Map.of("regionName", "eu-west-1", "kmsKeyArn", "")));
            table.put("tableClass", "STANDARD_INFREQUENT_ACCESS");
            table.put("globalSecondaryIndexes", List.of(
                    index("UserSessionsIndex", "GSI1PK", "GSI1SK"), index("ByCourse", "GSI1PK", "GSI1SK")));
            aws.with(table);
            assertLoss(
                    ADOPTING,
                    "a replica in eu-west-1, index ByCourse with projection ALL, table class STANDARD_INFREQUENT_ACCESS");
        }

        @Test
        void recoveryAndProtection() {
            Map<String, Object> table = table("chat_sessions");
            table.put("deletionProtectionEnabled", true);
            aws.with(table);
            assertSilent(ADOPTING);
            assertLoss(
                    ADOPTING.with(DELETION_PROTECTION, false).with(StackSettings.RECOVERY_WINDOW_DAYS, 34),
                    "a recovery window of 35 days (chat-sessions:recoveryWindowDays), deletion protection "
                            + "(chat-sessions:deletionProtection)");
            assertLoss(
                    ADOPTING.with(StackSettings.POINT_IN_TIME_RECOVERY, false),
                    "point-in-time recovery (chat-sessions:pointInTimeRecovery)");
        }

        @Test
        void caps() {
            Map<String, Object> table = table("chat_sessions");
            table.put("onDemandThroughputs", List.of(Map.of("maxReadRequestUnits", 400, "maxWriteRequestUnits", -1)));
            aws.with(table);
            assertLoss(ADOPTING, "a cap of 400 on reads (chat-sessions:maxReadRequestUnits)");
            assertSilent(ADOPTING.with(StackSettings.MAX_READ_REQUEST_UNITS, 400)
                    .with(StackSettings.THROTTLED_REQUEST_THRESHOLD, 1));
        }

        private void assertLoss(String tableName, String loss) {
            assertLoss(ADOPTING.with(TABLE_NAME, tableName), loss);
        }

        private void assertLoss(StackConfiguration stack, String losses) {
            assertRefused(stack, """
                    Table %s has what its adoption would drop or lower: %s. Nothing was changed.
                        at risk: no item yet, but what depends on these
                        go back: pulumi config set chat-sessions:adoptExistingTable false --stack prod
                        go on:   set what a setting is named for, give up the rest by hand, and adopt the table then"""
                    .formatted(stack.values().get("chat-sessions:tableName"), losses));
        }
    }

    @Nested
    class Deployed {
        @Test
        void unchanged() {
            aws.deployed("chat_sessions", true).with(table("chat_sessions"));
            assertSilent(STACK);
        }

        @Test
        void theSettingThatAdoptedStays() {
            Map<String, Object> table = table("chat_sessions");
            table.put("streamEnabled", true);
            aws.deployed("chat_sessions", true).with(table);
            assertSilent(ADOPTING);
        }

        /** Also after a first update that failed when it had made the table, and exported nothing. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void anotherRegion(boolean deletionProtection) {
            aws.deployed("chat_sessions", deletionProtection);
            assertRefused(STACK.with(REGION, "us-west-2").with(StackSettings.ALARM_TOPIC_ARN, "none"), """
                    aws:region is us-west-2, but this stack's table is in us-east-1, and a table cannot move. \
                    Nothing was changed.
                        at risk: table chat_sessions in us-east-1, which this stack would lose
                        go back: pulumi config set aws:region us-east-1 --stack prod
                        go on:   a new stack for us-west-2: docs/operations.md, "Move to another region\"""");
        }

        /** One of three is enough: AWS's flag, the state's, and what the last update exported. */
        @ParameterizedTest
        @CsvSource({"true, false, false", "false, true, false", "false, false, true", "true, true, true"})
        void anotherNameForAProtectedTable(boolean inAws, boolean inState, boolean exported) {
            Map<String, Object> table = table("chat_sessions");
            table.put("deletionProtectionEnabled", inAws);
            aws.with(table).deployed("chat_sessions", inState).exported(Map.of("deletionProtection", exported));
            String refusal = """
                    Table chat_sessions is to be replaced by renamed. Nothing was changed.
                        at risk: every chat session in table chat_sessions
                        go back: pulumi config set chat-sessions:tableName chat_sessions --stack prod
                        go on:   docs/operations.md, "Rename safely"; to lose the sessions: go back, pulumi config set \
                    chat-sessions:deletionProtection false --stack prod, pulumi up --stack prod, and rename then""";
            assertRefused(RENAMED, refusal);
            // switching protection off and renaming takes two updates
            assertRefused(RENAMED.with(DELETION_PROTECTION, false), refusal);
        }

        @Test
        void anotherNameForAnUnprotectedTable() {
            aws.with(table("chat_sessions")).deployed("chat_sessions", false).exported(Map.of("deletionProtection", false));
            assertWarned(RENAMED, replaced());
            aws.with(table("renamed"));
            assertWarned(RENAMED, replaced(), exists("renamed"));
        }

        @Test
        void deletedByHand() {
            aws.deployed("chat_sessions", false);
            String refusal = """
                    Table chat_sessions, which this stack made, is not in us-east-1: it was deleted, or these credentials \
                    are those of another account. The table's account is 123456789012, that of the credentials \
                    123456789012. Nothing was changed.
                        at risk: every chat session in it; with point-in-time recovery AWS keeps a backup for \
                    35 days
                        go back: docs/operations.md, "Restore"
                        go on:   to begin with an empty table: pulumi refresh --stack prod, then pulumi up --stack prod""";
            assertRefused(STACK, refusal);
            assertRefused(RENAMED, refusal);
        }

        @Test
        void credentialsOfAnotherAccount() {
            aws.deployed("chat_sessions", true).credentialsOf("999999999999");
            String refusal = """
                    Table chat_sessions, which this stack made, is not in us-east-1: it was deleted, or these credentials \
                    are those of another account. The table's account is 123456789012, that of the credentials \
                    999999999999. Nothing was changed.
                        at risk: nothing while you use the credentials of account 123456789012
                        go back: use the credentials of account 123456789012
                        go on:   docs/operations.md, "Move to another region", says how a table moves""";
            assertRefused(STACK, refusal);
            Map<String, Object> namesake = table("chat_sessions");
            namesake.put("arn", "arn:aws:dynamodb:us-east-1:999999999999:table/chat_sessions");
            aws.with(namesake);
            assertRefused(STACK, refusal);
        }
    }

    /** A table whose keys are not those of the program, whether it is to be adopted or was deployed before. */
    @Nested
    class Layout {
        private final Map<String, Object> table = table("chat_sessions");

        @Test
        void recordedTables() {
            aws.with(recordedTable("hash_only")).with(recordedTable("other_ttl"));
            assertDifference("hash_only", "sort key (none) instead of SK");
            assertDifference("other_ttl", "TTL attribute expires instead of ttl");
        }

        @ParameterizedTest
        @CsvSource({
            "hashKey, pk, hash key pk instead of PK",
            "rangeKey, sk, sort key sk instead of SK",
            "rangeKey, '', sort key (none) instead of SK"
        })
        void anotherKey(String property, String value, String difference) {
            table.put(property, value);
            aws.with(table);
            assertDifference("chat_sessions", difference);
        }

        @Test
        void keysOfAnotherType() {
            table.put("attributes", List.of(
                    attribute("PK", "B"), attribute("SK", "N"), attribute("GSI1PK", "B"), attribute("GSI1SK", "N")));
            aws.with(table);
            assertDifference(
                    "chat_sessions",
                    "hash key PK of type B instead of S, sort key SK of type N instead of S, "
                            + "index hash key GSI1PK of type B instead of S, index sort key GSI1SK of type N instead of S");
        }

        @Test
        void otherKeysOfTheIndex() {
            table.put("globalSecondaryIndexes", List.of(index("UserSessionsIndex", "user", "accessed")));
            aws.with(table);
            assertDifference(
                    "chat_sessions", "index hash key user instead of GSI1PK, index sort key accessed instead of GSI1SK");
        }

        /** An index that was made or deleted by hand since, and TTL that was switched off: drift, which an update mends. */
        @Test
        void drift() {
            table.put("globalSecondaryIndexes", List.of(index("ByRole", "role", "created_at")));
            table.put("ttl", Map.of("attributeName", "", "enabled", false));
            aws.with(table).deployed("chat_sessions", true);
            assertSilent(STACK);
        }

        private void assertDifference(String tableName, String difference) {
            String refusal = """
                    Table %s is not laid out as this program expects: %s. Nothing was changed.
                        at risk: every chat session in it: AWS changes no key of a table that exists
                        go back: the program's KeySchema as it was, or another chat-sessions:tableName
                        go on:   docs/operations.md, "Adopt a table\"""".formatted(tableName, difference);
            assertRefused(ADOPTING.with(TABLE_NAME, tableName), refusal);
            assertRefused(STACK.with(TABLE_NAME, tableName), refusal);
        }
    }

    @Nested
    class NoAnswer {
        /** The engine may be writing the state while it is read. */
        @Test
        void ofTheStateForAMoment() {
            aws.with(table("chat_sessions")).deployed("chat_sessions", true);
            aws.failing("pulumi:pulumi:readStackResourceOutputs", 10);
            assertSilent(STACK);
        }

        @ParameterizedTest
        @ValueSource(strings = {"aws:dynamodb/getTables:getTables", "pulumi:pulumi:readStackResourceOutputs"})
        void thatLasts(String function) {
            aws.failing(function, 11);
            assertRefused(STACK, """
                    What is deployed cannot be looked up. Nothing was changed.
                        no answer from %s""".formatted(function));
        }
    }

    private static String replaced() {
        return "Table chat_sessions is to be replaced by renamed. Lost with it: every chat session in table chat_sessions.";
    }

    private static String exists(String tableName) {
        return ("Table %s already exists in us-east-1. If this stack did not make it, pulumi up will fail; to take it over: "
                        + "pulumi config set chat-sessions:adoptExistingTable true --stack prod")
                .formatted(tableName);
    }

    private static Map<String, Object> attribute(String name, String type) {
        return Map.of("name", name, "type", type);
    }

    private static Map<String, Object> index(String name, String hashKey, String rangeKey) {
        return Map.of("name", name, "hashKey", hashKey, "rangeKey", rangeKey, "projectionType", "ALL");
    }

    private void assertSilent(StackConfiguration stack) {
        assertWarned(stack);
    }

    private void assertWarned(StackConfiguration stack, String... warnings) {
        StackRun run = StackRun.of(stack, aws);
        assertThat(run.result().errors()).isEmpty();
        assertThat(run.warnings()).containsExactly(warnings);
        aws.registered.clear();
    }

    private void assertRefused(StackConfiguration stack, String message) {
        StackRun run = StackRun.of(stack, aws);
        assertThat(run.result().errors()).containsExactly(message);
        assertThat(run.registrations()).isEmpty();
        assertThat(CHAPTER.matcher(message).results().map(reference -> "## " + reference.group(1)))
                .isSubsetOf(chaptersOfOperations());
    }

    private static List<String> chaptersOfOperations() {
        try {
            return new ArrayList<>(Files.readAllLines(Path.of("docs/operations.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
