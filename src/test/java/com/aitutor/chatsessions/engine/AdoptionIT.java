package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static com.aitutor.chatsessions.engine.TableLayout.attribute;
import static com.aitutor.chatsessions.engine.TableLayout.hashKey;
import static com.aitutor.chatsessions.engine.TableLayout.sortKey;
import static com.aitutor.chatsessions.engine.TableLayout.string;
import static com.aitutor.chatsessions.engine.TableLayout.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Tables that were there before the stack: taken over with every item where they fit, refused where they do not. Neither
 * DynamoDB Local nor moto keeps replicas or a table class: safeguards.yaml shows without an engine that they are refused.
 */
@Tag(TestCloud.CONFORMANCE)
@TestInstance(Lifecycle.PER_CLASS)
class AdoptionIT {
    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();
    private final TestStack adopting = TestStack.of("prod").set("chat-sessions:adoptExistingTable", "true");

    @AfterEach
    void deleteTables() {
        TestCloud.clear();
    }

    @Test
    void whatAdoptionWouldDropIsRefused() {
        createTable(table -> table.globalSecondaryIndexes(
                        index("UserSessionsIndex", ProjectionType.KEYS_ONLY, "GSI1PK", "GSI1SK"),
                        index("ByUser", ProjectionType.ALL, "GSI1PK", "SK"))
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("ByMode")
                        .keySchema(hashKey("PK"), sortKey("GSI1SK"))
                        .projection(all -> all.projectionType(ProjectionType.ALL))
                        .build())
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
        assertRefused(
                "index UserSessionsIndex with projection KEYS_ONLY",
                "index ByUser with projection ALL",
                "local index ByMode",
                "a stream (NEW_IMAGE)",
                "Nothing was changed.");
    }

    @Test
    void otherLayoutIsRefused() {
        createTable(table -> table.attributeDefinitions(
                        string("PK"), attribute("SK", ScalarAttributeType.N), string("user"), string("GSI1SK"))
                .globalSecondaryIndexes(index("UserSessionsIndex", ProjectionType.ALL, "user", "GSI1SK")));
        switchTtlOn("expires");
        assertRefused(
                "key SK of type N instead of S",
                "index hash key user instead of GSI1PK",
                "TTL attribute expires instead of ttl",
                "Nothing was changed.");
    }

    @Test
    void absentTableIsRefused() {
        adopting.tryUp().assertRefused("There is no table chat_sessions in us-east-1 to adopt. Nothing was changed.");
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();
    }

    /** The table as the Terraform configuration made it (terraform-provider-aws 5.100). */
    @Test
    void tableOfTheTerraformConfigurationIsTakenOver() {
        createTable(table -> {});
        switchTtlOn("ttl");
        if (TestCloud.isEmulator()) {
            // DynamoDB Local has neither
            dynamoDb.updateContinuousBackups(request -> request.tableName("chat_sessions")
                    .pointInTimeRecoverySpecification(recovery ->
                            recovery.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(35)));
            dynamoDb.tagResource(request -> request.resourceArn(described().tableArn())
                    .tags(tag("Project", "ai-tutor"), tag("Environment", "prod"), tag("ManagedBy", "terraform")));
        }
        Transcripts transcripts = Transcripts.writtenTo("chat_sessions");

        TestStack prod = TestStack.of("prod").set("chat-sessions:adoptExistingTable", "true");
        // created: the stack, the component and two alarms; updated: tags and protection of the table
        assertThat(prod.preview()).containsOnly(entry("import", 1), entry("update", 1), entry("create", 4));
        assertThat(prod.up()).containsOnly(entry("import", 1), entry("update", 1), entry("create", 4));
        assertLaidOut("chat_sessions", true);
        transcripts.assertIntact();

        assertThat(prod.remove("chat-sessions:adoptExistingTable").up()).containsOnly(entry("same", 5));
        assertThat(prod.refresh()).containsOnly(entry("same", 5));
        transcripts.assertIntact();
    }

    /** As after a lost state, too: the first update finds a table of that name. */
    @Test
    void tableWithProvisionedThroughputIsTakenOverAsTheErrorSays() {
        Consumer<ProvisionedThroughput.Builder> throughput =
                units -> units.readCapacityUnits(5L).writeCapacityUnits(5L);
        createTable(table -> table.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(throughput)
                .globalSecondaryIndexes(index("UserSessionsIndex", ProjectionType.ALL, "GSI1PK", "GSI1SK").toBuilder()
                        .provisionedThroughput(throughput)
                        .build()));
        Transcripts transcripts = Transcripts.writtenTo("chat_sessions");

        TestStack prod = TestStack.of("prod");
        // refused by AWS, of which Pulumi's SDK may show a stack trace
        prod.tryUp()
                .assertFailed(
                        "Table chat_sessions already exists in us-east-1.",
                        "pulumi config set chat-sessions:adoptExistingTable true");
        transcripts.assertIntact();

        prod.set("chat-sessions:adoptExistingTable", "true");
        assertThat(prod.tryUp().successful())
                .contains(
                        "Adoption of table chat_sessions switches TTL on",
                        "Adoption of table chat_sessions changes its billing from PROVISIONED to on demand.");
        assertLaidOut("chat_sessions", true);
        transcripts.assertIntact();
        if (!TestCloud.isEmulator()) {
            // moto goes on reporting the capacity that the table had, which the provider refuses for a table on demand
            prod.previewWithoutChanges();
        }
    }

    private void assertRefused(String... words) {
        TableDescription before = described();
        adopting.tryUp().assertRefused(words);
        assertThat(described()).isEqualTo(before);
    }

    private TableDescription described() {
        return dynamoDb.describeTable(request -> request.tableName("chat_sessions"))
                .table();
    }

    private void switchTtlOn(String attribute) {
        dynamoDb.updateTimeToLive(request -> request.tableName("chat_sessions")
                .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
    }

    /** Makes the table as the Terraform configuration made it, with a change. */
    private void createTable(Consumer<CreateTableRequest.Builder> change) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName("chat_sessions")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(hashKey("PK"), sortKey("SK"))
                .attributeDefinitions(string("PK"), string("SK"), string("GSI1PK"), string("GSI1SK"))
                .globalSecondaryIndexes(index("UserSessionsIndex", ProjectionType.ALL, "GSI1PK", "GSI1SK"));
        change.accept(request);
        dynamoDb.createTable(request.build());
        dynamoDb.waiter().waitUntilTableExists(exists -> exists.tableName("chat_sessions"));
    }

    private static GlobalSecondaryIndex index(String name, ProjectionType projection, String hashKey, String sortKey) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(hashKey(hashKey), sortKey(sortKey))
                .projection(attributes -> attributes.projectionType(projection))
                .build();
    }
}
