package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.aitutor.chatsessions.engine.Command.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;

/** What was changed behind the state's back, and what a replacement in dev looks like before it happens. */
class DriftIT {
    private final DynamoDbClient dynamoDb = LocalStack.dynamoDb("us-east-1");
    private LocalStack stack;

    @AfterEach
    void deleteTables() {
        stack.close();
    }

    @Test
    void protectedTableDeletedByHandIsNotMadeAgainInSilence() {
        stack = LocalStack.of("prod");
        stack.up();
        dynamoDb.updateTable(request -> request.tableName("chat_sessions").deletionProtectionEnabled(false));
        deleteTable("chat_sessions");

        assertRefused(stack.pulumi("preview"));
        assertRefused(stack.pulumi("up", "--yes", "--skip-preview"));
        assertThat(stack.refresh()).contains(entry("delete", 1));
        assertRefused(stack.pulumi("up", "--yes", "--skip-preview"));
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();

        // on purpose, as the message says
        stack.destroy();
        stack.up();
        TableLayout.assertLaidOut(dynamoDb, "chat_sessions", true);
    }

    @Test
    void unprotectedTableDeletedByHandIsMadeAgainWithAWarning() {
        stack = LocalStack.of("dev");
        stack.up();
        deleteTable("chat_sessions_dev");

        assertThat(stack.pulumi("preview").output())
                .contains("warning: Table chat_sessions_dev, which this stack made, is no longer in us-east-1.");
        stack.refresh();
        assertThat(stack.up()).contains(entry("create", 1));
        TableLayout.assertLaidOut(dynamoDb, "chat_sessions_dev", false);
    }

    @Test
    void indexDeletedByHandIsMadeAgain() {
        stack = LocalStack.of("prod");
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
        stack = LocalStack.of("dev");
        stack.up();
        stack.set("chat-sessions:tableName", "renamed");

        assertThat(stack.pulumi("preview", "--diff").output())
                .contains(
                        "warning: Table chat_sessions_dev is to be replaced by renamed. Lost with it: every chat session in table chat_sessions_dev.",
                        "+-aws:dynamodb/table:Table: (replace)");
        stack.up();
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("renamed");
        stack.previewWithoutChanges();
    }

    private void deleteTable(String tableName) {
        dynamoDb.deleteTable(request -> request.tableName(tableName));
        dynamoDb.waiter().waitUntilTableNotExists(request -> request.tableName(tableName));
    }

    private static void assertRefused(Result command) {
        assertThat(command.exitCode()).as(command.output()).isNotZero();
        assertThat(command.output())
                .contains(
                        "Table chat_sessions, which this stack made, is no longer in us-east-1. Nothing was changed.",
                        "at risk: every chat session in it",
                        "go back: docs/operations.md, \"Restore\"");
    }
}
