package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.aitutor.chatsessions.engine.Command.Result;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;

/** What was changed behind the state's back, and replacements on purpose. */
@Tag(TestCloud.CONFORMANCE)
class DriftIT {
    private final DynamoDbClient dynamoDb = TestStack.dynamoDb("us-east-1");
    private TestStack stack;

    @AfterEach
    void deleteTables() {
        TestCloud.clear();
    }

    @Test
    void tableDeletedByHandIsNotMadeAgainInSilence() {
        stack = TestStack.of("prod");
        stack.up();
        dynamoDb.updateTable(request -> request.tableName("chat_sessions").deletionProtectionEnabled(false));
        dynamoDb.deleteTable(request -> request.tableName("chat_sessions"));
        dynamoDb.waiter().waitUntilTableNotExists(request -> request.tableName("chat_sessions"));

        assertRefused(stack.pulumi("preview"));
        assertRefused(stack.pulumi("up", "--yes", "--skip-preview"));
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();

        // on purpose, as the message says
        assertThat(stack.refresh()).contains(entry("delete", 1));
        stack.up();
        TableLayout.assertLaidOut(dynamoDb, "chat_sessions", true);
        stack.previewWithoutChanges();
    }

    @Test
    void indexDeletedByHandIsMadeAgain() {
        stack = TestStack.of("prod");
        stack.up();
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");
        GlobalSecondaryIndexUpdate deletion = GlobalSecondaryIndexUpdate.builder()
                .delete(index -> index.indexName("UserSessionsIndex"))
                .build();
        dynamoDb.updateTable(request -> request.tableName("chat_sessions").globalSecondaryIndexUpdates(deletion));
        dynamoDb.waiter().waitUntilTableExists(request -> request.tableName("chat_sessions"));

        assertThat(stack.refresh()).contains(entry("update", 1));
        assertThat(stack.up()).contains(entry("update", 1));
        stack.previewWithoutChanges();
        TableLayout.assertLaidOut(dynamoDb, "chat_sessions", true);
        transcripts.assertIntact();
    }

    @Test
    void renameInDevIsShownAsReplacementWithAWarning() {
        stack = TestStack.of("dev");
        stack.up();
        stack.set("chat-sessions:tableName", "renamed");

        assertThat(stack.pulumi("preview", "--diff").output())
                .contains(
                        "warning: Table chat_sessions_dev is to be replaced by renamed. Lost with it: every chat session in table chat_sessions_dev.",
                        "+-aws:dynamodb/table:Table: (replace)");

        // all but the table, so that it keeps its name
        stack.pulumi("up", "--yes", "--skip-preview", "--target=**user-errors").successful();
        assertOutputsName("chat_sessions_dev");

        stack.up();
        assertOutputsName("renamed");
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("renamed");
        stack.previewWithoutChanges();
    }

    @Test
    void productionIsRenamedInTwoUpdates() {
        stack = TestStack.of("prod");
        stack.up();
        stack.set("chat-sessions:deletionProtection", "false");
        assertThat(stack.up()).contains(entry("update", 1));
        stack.set("chat-sessions:tableName", "conversations");
        // the table and its alarms, which are named after it
        assertThat(stack.up()).containsOnly(entry("replace", 3), entry("same", 2));
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("conversations");
    }

    private void assertOutputsName(String tableName) {
        Map<String, Object> outputs = stack.outputs();
        String arn = "arn:aws:dynamodb:us-east-1:%s:table/%s".formatted(TestCloud.account(), tableName);
        assertThat(outputs).contains(entry("tableName", tableName), entry("tableArn", arn));
        assertThat(outputs.get("appEnvironment").toString().lines()).contains("DYNAMODB_TABLE_NAME=" + tableName);
        assertThat(outputs.get("appAccessPolicy").toString()).contains("\"" + arn + "\"");
    }

    private static void assertRefused(Result command) {
        assertThat(command.exitCode()).as(command.output()).isNotZero();
        assertThat(command.output())
                .contains("Table chat_sessions, which this stack made, is not in us-east-1", "Nothing was changed.");
    }
}
