package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static com.aitutor.chatsessions.engine.TableLayout.attribute;
import static com.aitutor.chatsessions.engine.TableLayout.hashKey;
import static com.aitutor.chatsessions.engine.TableLayout.sortKey;
import static com.aitutor.chatsessions.engine.TableLayout.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.aitutor.chatsessions.engine.Command.Result;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Tables that were there before the stack: taken over with every item where they fit, refused where they do not. Neither
 * DynamoDB Local nor moto keeps replicas or a table class: safeguards.yaml shows without an engine that they are refused.
 */
@Tag(TestCloud.CONFORMANCE)
@TestInstance(Lifecycle.PER_CLASS)
class AdoptionIT {
    private static final Projection ALL =
            Projection.builder().projectionType(ProjectionType.ALL).build();
    private static final Projection KEYS_ONLY =
            Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();

    private final DynamoDbClient dynamoDb = TestStack.dynamoDb("us-east-1");
    private final TestStack refused = TestStack.of("prod").set("chat-sessions:adoptExistingTable", "true");

    @AfterEach
    void deleteTables() {
        TestCloud.clear();
    }

    /** What adoption would drop, with the words that name it. */
    enum Misfit {
        NO_SORT_KEY(
                "sort key (none) instead of SK",
                table -> table.keySchema(hashKey("PK"))
                        .attributeDefinitions(string("PK"), string("GSI1PK"), string("GSI1SK"))),
        OTHER_SORT_KEY(
                "sort key created_at instead of SK",
                table -> table.keySchema(hashKey("PK"), sortKey("created_at"))
                        .attributeDefinitions(string("PK"), string("created_at"), string("GSI1PK"), string("GSI1SK"))),
        OTHER_KEY_TYPE(
                "key SK of type N instead of S",
                table -> table.attributeDefinitions(
                        string("PK"), attribute("SK", ScalarAttributeType.N), string("GSI1PK"), string("GSI1SK"))),
        OTHER_INDEX_KEY(
                "index hash key user instead of GSI1PK",
                table -> table.attributeDefinitions(string("PK"), string("SK"), string("user"))
                        .globalSecondaryIndexes(index("UserSessionsIndex", ALL, "user"))),
        OTHER_PROJECTION(
                "index UserSessionsIndex with projection KEYS_ONLY",
                table -> table.globalSecondaryIndexes(index("UserSessionsIndex", KEYS_ONLY, "GSI1PK", "GSI1SK"))),
        FURTHER_INDEX(
                "index ByUser with projection ALL",
                table -> table.globalSecondaryIndexes(
                        index("UserSessionsIndex", ALL, "GSI1PK", "GSI1SK"), index("ByUser", ALL, "GSI1PK"))),
        LOCAL_INDEX(
                "local index ByMode",
                table -> table.localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("ByMode")
                        .keySchema(hashKey("PK"), sortKey("GSI1SK"))
                        .projection(ALL)
                        .build())),
        STREAM(
                "a stream (NEW_IMAGE)",
                table -> table.streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));

        private final String words;
        private final transient Consumer<CreateTableRequest.Builder> change;

        Misfit(String words, Consumer<CreateTableRequest.Builder> change) {
            this.words = words;
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWouldBeDroppedIsRefused(Misfit misfit) {
        createTable(misfit.change);
        assertRefused(misfit.words);
    }

    @Test
    void otherTtlAttributeIsRefused() {
        createTable(table -> {});
        switchTtlOn("expires");
        assertRefused("TTL attribute expires instead of ttl");
    }

    @Test
    void absentTableIsRefused() {
        assertThat(refused.pulumi("up", "--yes", "--skip-preview").output())
                .contains("There is no table chat_sessions in us-east-1 to adopt. Nothing was changed.");
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
            String arn = dynamoDb.describeTable(request -> request.tableName("chat_sessions"))
                    .table()
                    .tableArn();
            dynamoDb.tagResource(request -> request.resourceArn(arn)
                    .tags(tag("Project", "ai-tutor"), tag("Environment", "prod"), tag("ManagedBy", "terraform")));
        }
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");

        TestStack prod = TestStack.of("prod").set("chat-sessions:adoptExistingTable", "true");
        // created: the stack, the component and two alarms; updated: tags and protection of the table
        assertThat(prod.preview()).containsOnly(entry("import", 1), entry("update", 1), entry("create", 4));
        assertThat(prod.up()).containsOnly(entry("import", 1), entry("update", 1), entry("create", 4));
        assertLaidOut(dynamoDb, "chat_sessions", true);
        transcripts.assertIntact();

        prod.previewWithoutChanges();
        assertThat(prod.remove("chat-sessions:adoptExistingTable").up()).containsOnly(entry("same", 5));
        assertThat(prod.refresh()).containsOnly(entry("same", 5));
        transcripts.assertIntact();
    }

    @Test
    void whatIsSwitchedOnIsSaidBefore() {
        ProvisionedThroughput throughput = ProvisionedThroughput.builder()
                .readCapacityUnits(5L)
                .writeCapacityUnits(5L)
                .build();
        createTable(table -> table.billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(throughput)
                .globalSecondaryIndexes(index("UserSessionsIndex", ALL, "GSI1PK", "GSI1SK").toBuilder()
                        .provisionedThroughput(throughput)
                        .build()));
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");

        TestStack prod = TestStack.of("prod").set("chat-sessions:adoptExistingTable", "true");
        assertThat(prod.pulumi("preview").successful())
                .contains(
                        "Adoption of table chat_sessions switches TTL on",
                        "Adoption of table chat_sessions changes its billing from PROVISIONED to on demand.");
        prod.up();
        assertLaidOut(dynamoDb, "chat_sessions", true);
        transcripts.assertIntact();
        if (!TestCloud.isEmulator()) {
            // moto goes on reporting the capacity that the table had, which the provider refuses for a table on demand
            prod.previewWithoutChanges();
        }
    }

    @Test
    void stateThatWasLostIsMadeAgain() {
        TestStack.of("prod").up();
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");
        TestStack withoutState = TestStack.of("prod");

        Result up = withoutState.pulumi("up", "--yes", "--skip-preview");
        assertThat(up.exitCode()).isNotZero();
        assertThat(up.output())
                .contains(
                        "Table chat_sessions already exists in us-east-1.",
                        "pulumi config set chat-sessions:adoptExistingTable true");
        transcripts.assertIntact();

        withoutState.set("chat-sessions:adoptExistingTable", "true").up();
        withoutState.previewWithoutChanges();
        transcripts.assertIntact();
    }

    private void assertRefused(String words) {
        Object before = dynamoDb.describeTable(request -> request.tableName("chat_sessions"))
                .table();
        Result up = refused.pulumi("up", "--yes", "--skip-preview");
        assertThat(up.exitCode()).as(up.output()).isNotZero();
        assertThat(up.output()).contains(words, "Nothing was changed.").doesNotContain("\tat ");
        assertThat(dynamoDb.describeTable(request -> request.tableName("chat_sessions"))
                        .table())
                .isEqualTo(before);
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
                .globalSecondaryIndexes(index("UserSessionsIndex", ALL, "GSI1PK", "GSI1SK"));
        change.accept(request);
        dynamoDb.createTable(request.build());
        dynamoDb.waiter().waitUntilTableExists(exists -> exists.tableName("chat_sessions"));
    }

    private static software.amazon.awssdk.services.dynamodb.model.Tag tag(String key, String value) {
        return software.amazon.awssdk.services.dynamodb.model.Tag.builder()
                .key(key)
                .value(value)
                .build();
    }

    private static GlobalSecondaryIndex index(String name, Projection projection, String... keys) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys.length == 1 ? List.of(hashKey(keys[0])) : List.of(hashKey(keys[0]), sortKey(keys[1])))
                .projection(projection)
                .build();
    }
}
