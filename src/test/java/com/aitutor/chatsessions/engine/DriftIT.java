package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;

/** What was changed behind the state's back, and replacements on purpose. */
@Tag(TestCloud.CONFORMANCE)
class DriftIT {
    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();
    private final TestStack prod = TestStack.of("prod");

    @AfterEach
    void deleteTables() {
        prod.close();
    }

    @Test
    void whatWasDeletedByHandIsMadeAgainOnPurposeOnly() {
        prod.up();
        Transcripts transcripts = Transcripts.writtenTo("chat_sessions");
        GlobalSecondaryIndexUpdate deletion = GlobalSecondaryIndexUpdate.builder()
                .delete(index -> index.indexName("UserSessionsIndex"))
                .build();
        dynamoDb.updateTable(request -> request.tableName("chat_sessions").globalSecondaryIndexUpdates(deletion));
        dynamoDb.waiter().waitUntilTableExists(request -> request.tableName("chat_sessions"));
        assertThat(prod.refresh()).contains(entry("update", 1));
        assertThat(prod.up()).contains(entry("update", 1));
        TableLayout.assertLaidOut("chat_sessions", true);
        transcripts.assertIntact();

        TestCloud.deleteTables();
        prod.tryUp()
                .assertRefused(
                        "Table chat_sessions, which this stack made, is not in us-east-1", "Nothing was changed.");
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();

        // on purpose, as the message says
        assertThat(prod.refresh()).contains(entry("delete", 1));
        prod.up();
        TableLayout.assertLaidOut("chat_sessions", true);
        prod.previewWithoutChanges();
    }

    @Test
    void productionIsRenamedInTwoUpdates() {
        prod.up();
        prod.set("chat-sessions:deletionProtection", "false");
        assertThat(prod.up()).contains(entry("update", 1));
        prod.set("chat-sessions:tableName", "renamed");
        assertThat(prod.pulumi("preview", "--diff").output())
                .contains(
                        "warning: Table chat_sessions is to be replaced by renamed. Lost with it: every chat session in table chat_sessions.",
                        "+-aws:dynamodb/table:Table: (replace)");

        // all but the table, so that it keeps its name
        prod.pulumi("up", "--yes", "--skip-preview", "--target=**user-errors").successful();
        assertOutputsName("chat_sessions");

        // the table and its alarms, which are named after it
        assertThat(prod.up()).containsOnly(entry("replace", 3), entry("same", 2));
        assertOutputsName("renamed");
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("renamed");
        prod.previewWithoutChanges();
    }

    private void assertOutputsName(String tableName) {
        Map<String, Object> outputs = prod.outputs();
        String arn = "arn:aws:dynamodb:us-east-1:%s:table/%s".formatted(TestCloud.account(), tableName);
        assertThat(outputs).contains(entry("tableName", tableName), entry("tableArn", arn));
        assertThat(outputs.get("appEnvironment").toString().lines()).contains("DYNAMODB_TABLE_NAME=" + tableName);
        assertThat(outputs.get("appAccessPolicy").toString()).contains("\"" + arn + "\"");
    }
}
