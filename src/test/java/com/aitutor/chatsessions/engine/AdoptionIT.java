package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.aitutor.chatsessions.engine.Command.Result;
import java.util.Collection;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Tables that were there before the stack: taken over with every item where they fit, refused where they do not. */
class AdoptionIT {
    private final DynamoDbClient dynamoDb = LocalStack.dynamoDb("us-east-1");
    private final LocalStack prod = LocalStack.of("prod");

    @AfterEach
    void deleteTables() {
        prod.close();
    }

    @Test
    void tableOfTheTerraformConfigurationIsTakenOver() {
        createTable(request -> {});
        dynamoDb.updateTimeToLive(request -> request.tableName("chat_sessions")
                .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(true)));
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");

        prod.set("chat-sessions:adoptExistingTable", "true");
        // created: the stack, the component and two alarms; updated: tags and protection of the table
        assertThat(prod.preview()).containsOnly(entry("import", 1), entry("update", 1), entry("create", 4));
        assertThat(prod.up()).containsOnly(entry("import", 1), entry("update", 1), entry("create", 4));
        assertLaidOut(dynamoDb, "chat_sessions", true);
        transcripts.assertIntact();

        prod.previewWithoutChanges();
        prod.remove("chat-sessions:adoptExistingTable").up();
        assertThat(prod.refresh()).containsOnly(entry("same", 5));
        transcripts.assertIntact();
    }

    @Test
    void stateThatWasLostIsMadeAgain() {
        prod.up();
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");
        LocalStack withoutState = LocalStack.of("prod");

        Result up = withoutState.pulumi("up", "--yes");
        assertThat(up.exitCode()).isNotZero();
        assertThat(up.output())
                .contains(
                        "Table chat_sessions already exists in us-east-1.",
                        "pulumi config set chat-sessions:adoptExistingTable true",
                        "Table already exists: chat_sessions");
        transcripts.assertIntact();

        withoutState.set("chat-sessions:adoptExistingTable", "true").up();
        withoutState.previewWithoutChanges();
        transcripts.assertIntact();
    }

    @Test
    void otherSortKeyIsRefused() {
        createTable(request -> request.keySchema(TableLayout.hashKey("PK"), TableLayout.sortKey("created_at"))
                .attributeDefinitions(TableLayout.string("PK"), TableLayout.string("created_at"))
                .globalSecondaryIndexes((Collection<GlobalSecondaryIndex>) null));
        assertAdoptionRefused("sort key created_at instead of SK");
    }

    @Test
    void otherKeyTypeIsRefused() {
        createTable(request -> request.attributeDefinitions(
                TableLayout.string("PK"),
                TableLayout.attribute("SK", ScalarAttributeType.N),
                TableLayout.string("GSI1PK"),
                TableLayout.string("GSI1SK")));
        assertAdoptionRefused("sort key SK of type N instead of S");
    }

    @Test
    void otherIndexKeyIsRefused() {
        createTable(request -> request.attributeDefinitions(
                        TableLayout.string("PK"), TableLayout.string("SK"), TableLayout.string("user"))
                .globalSecondaryIndexes(index("user", null)));
        assertAdoptionRefused("index hash key user instead of GSI1PK");
    }

    @Test
    void otherTtlAttributeIsRefused() {
        createTable(request -> {});
        dynamoDb.updateTimeToLive(request -> request.tableName("chat_sessions")
                .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
        assertAdoptionRefused("TTL attribute expires instead of ttl");
    }

    @Test
    void absentTableIsRefused() {
        prod.set("chat-sessions:adoptExistingTable", "true");
        assertThat(prod.pulumi("up", "--yes").output())
                .contains("There is no table chat_sessions in us-east-1 to adopt. Nothing was changed.");
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();
    }

    private void assertAdoptionRefused(String difference) {
        prod.set("chat-sessions:adoptExistingTable", "true");
        Result up = prod.pulumi("up", "--yes");
        assertThat(up.exitCode()).isNotZero();
        assertThat(up.output())
                .contains("Table chat_sessions is not laid out as this program expects: ", difference, "Nothing was changed.");
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("chat_sessions");
    }

    /** Makes the table as the Terraform configuration made it, with changes. */
    private void createTable(Consumer<CreateTableRequest.Builder> changes) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName("chat_sessions")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(TableLayout.hashKey("PK"), TableLayout.sortKey("SK"))
                .attributeDefinitions(
                        TableLayout.string("PK"),
                        TableLayout.string("SK"),
                        TableLayout.string("GSI1PK"),
                        TableLayout.string("GSI1SK"))
                .globalSecondaryIndexes(index("GSI1PK", "GSI1SK"));
        changes.accept(request);
        dynamoDb.createTable(request.build());
        dynamoDb.waiter().waitUntilTableExists(exists -> exists.tableName("chat_sessions"));
    }

    private static GlobalSecondaryIndex index(String hashKey, String sortKey) {
        GlobalSecondaryIndex.Builder index = GlobalSecondaryIndex.builder()
                .indexName("UserSessionsIndex")
                .projection(projection -> projection.projectionType(ProjectionType.ALL));
        return sortKey == null
                ? index.keySchema(TableLayout.hashKey(hashKey)).build()
                : index.keySchema(TableLayout.hashKey(hashKey), TableLayout.sortKey(sortKey)).build();
    }
}
