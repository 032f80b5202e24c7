package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.ReadResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables as the database has them, after the plugin made, changed and deleted them, and after somebody else did. */
class TableLifecycleTest {

    private static DynamoDbLocal database;
    private static DynamoDbClient dynamo;
    private static TestPlugin plugin;

    @BeforeAll
    static void start() throws Exception {
        database = DynamoDbLocal.start();
        dynamo = database.client("us-east-1");
        plugin = TestPlugin.start("us-east-1", database.address());
    }

    @AfterAll
    static void stop() {
        plugin.close();
        dynamo.close();
        database.close();
    }

    @Test
    void createMakesTheTableAsPlanned() {
        Struct inputs = Fixtures.with(Fixtures.table("created"), "deletionProtectionEnabled", "true");

        CreateResponse created = plugin.create(TABLE, inputs);

        assertThat(created.getId()).isEqualTo("created");
        TableDescription table = describe("created");
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.deletionProtectionEnabled()).isTrue();
        assertThat(table.keySchema()).extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
                .containsExactly("PK HASH", "SK RANGE");
        GlobalSecondaryIndexDescription index = table.globalSecondaryIndexes().get(0);
        assertThat(index.indexName()).isEqualTo("UserSessionsIndex");
        assertThat(index.keySchema()).extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
                .containsExactly("GSI1PK HASH", "GSI1SK RANGE");
        assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
        assertThat(timeToLive("created")).isEqualTo("ttl");
    }

    @Test
    void createAgainSaysThatTheTableExistsAndLeavesItAlone() {
        Struct inputs = Fixtures.table("twice");
        plugin.create(TABLE, inputs);
        dynamo.putItem(put -> put.tableName("twice").item(item("kept")));

        assertThatThrownBy(() -> plugin.create(TABLE, inputs))
                .hasMessageContaining("ALREADY_EXISTS")
                .hasMessageContaining("Table already exists: twice");
        assertThat(dynamo.scan(scan -> scan.tableName("twice")).items()).containsExactly(item("kept"));
    }

    @Test
    void updateMakesEachChangeAndKeepsTheItems() {
        Struct inputs = Fixtures.table("changed");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        dynamo.putItem(put -> put.tableName("changed").item(item("kept")));

        Struct protectedInputs = Fixtures.with(inputs, "deletionProtectionEnabled", "true");
        state = update("changed", state, inputs, protectedInputs);
        assertThat(describe("changed").deletionProtectionEnabled()).isTrue();

        Struct unindexed = Fixtures.with(
                Fixtures.tableWithoutIndex("changed"), "ttl", "{\"attributeName\": \"ttl\", \"enabled\": false}");
        state = update("changed", state, protectedInputs, unindexed);
        assertThat(describe("changed").globalSecondaryIndexes()).isEmpty();
        assertThat(describe("changed").deletionProtectionEnabled()).isFalse();
        assertThat(timeToLive("changed")).isEmpty();

        state = update("changed", state, unindexed, inputs);
        assertThat(describe("changed").globalSecondaryIndexes()).hasSize(1);
        assertThat(timeToLive("changed")).isEqualTo("ttl");

        Struct provisioned = Fixtures.with(
                Fixtures.with(
                        Fixtures.with(
                                Fixtures.with(inputs, "billingMode", "\"PROVISIONED\""), "readCapacity", "3"),
                        "writeCapacity",
                        "2"),
                "globalSecondaryIndexes",
                """
                [{"name": "UserSessionsIndex", "hashKey": "GSI1PK", "rangeKey": "GSI1SK", "projectionType": "ALL",
                  "readCapacity": 5, "writeCapacity": 4}]""");
        state = update("changed", state, inputs, provisioned);
        assertThat(describe("changed").provisionedThroughput().readCapacityUnits()).isEqualTo(3);
        assertThat(describe("changed").globalSecondaryIndexes().get(0).provisionedThroughput().writeCapacityUnits())
                .isEqualTo(4);

        update("changed", state, provisioned, inputs);
        assertThat(describe("changed").billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(dynamo.scan(scan -> scan.tableName("changed")).items()).containsExactly(item("kept"));
    }

    @Test
    void anIndexOfAnotherShapeIsMadeAnew() {
        Struct inputs = Fixtures.table("reshaped");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        Struct keysOnly = Fixtures.with(
                inputs,
                "globalSecondaryIndexes",
                """
                [{"name": "UserSessionsIndex", "hashKey": "GSI1PK", "rangeKey": "GSI1SK",
                  "projectionType": "KEYS_ONLY"},
                 {"name": "BySortKey", "hashKey": "SK", "projectionType": "INCLUDE",
                  "nonKeyAttributes": ["b", "a"]}]""");

        update("reshaped", state, inputs, keysOnly);

        assertThat(describe("reshaped").globalSecondaryIndexes())
                .extracting(index -> index.indexName() + " " + index.projection().projectionTypeAsString() + " "
                        + index.projection().nonKeyAttributes().stream().sorted().toList())
                .containsExactlyInAnyOrder("UserSessionsIndex KEYS_ONLY []", "BySortKey INCLUDE [a, b]");
    }

    @Test
    void throughputCapsAreSentAndRecorded() {
        Struct inputs = Fixtures.tableWithoutIndex("capped");
        Struct capped = Fixtures.with(
                inputs, "onDemandThroughput", "{\"maxReadRequestUnits\": 40, \"maxWriteRequestUnits\": 20}");

        Struct state = plugin.create(TABLE, capped).getProperties();

        assertThat(describe("capped").onDemandThroughput().maxReadRequestUnits()).isEqualTo(40);
        assertThat(plugin.diff(TABLE, state, capped, capped).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        Struct uncapped = update("capped", state, capped, inputs);
        assertThat(uncapped.getFieldsMap()).doesNotContainKey("onDemandThroughput");
        Struct again = update("capped", uncapped, inputs, capped);
        assertThat(Json.text(again)).contains("\"maxReadRequestUnits\":40");
    }

    @Test
    void switchingTheTimeToLiveAttributeWhileOnIsRefusedAndChangesNothing() {
        Struct inputs = Fixtures.table("expiring");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        Struct other = Fixtures.with(inputs, "ttl", "{\"attributeName\": \"expires\", \"enabled\": true}");

        assertThatThrownBy(() -> update("expiring", state, inputs, other))
                .hasMessageContaining("UpdateTimeToLive")
                .hasMessageContaining("TimeToLive is active on a different AttributeName");
        assertThat(timeToLive("expiring")).isEqualTo("ttl");
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        Struct inputs = Fixtures.with(Fixtures.table("protected"), "deletionProtectionEnabled", "true");
        Struct state = plugin.create(TABLE, inputs).getProperties();

        assertThatThrownBy(() -> plugin.delete(TABLE, "protected", state))
                .hasMessageContaining("deleting AWS DynamoDB Table (protected)")
                .hasMessageContaining("protected against deletion");
        assertThat(describe("protected").tableName()).isEqualTo("protected");
    }

    @Test
    void deleteWaitsUntilTheTableIsGone() {
        Struct state = plugin.create(TABLE, Fixtures.table("deleted")).getProperties();

        plugin.delete(TABLE, "deleted", state);

        assertThat(dynamo.listTables().tableNames()).doesNotContain("deleted");
    }

    @Test
    void aTableDeletedByHandIsReadAsGone() {
        Struct inputs = Fixtures.table("vanished");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        dynamo.deleteTable(delete -> delete.tableName("vanished"));

        ReadResponse read = plugin.read(TABLE, "vanished", state, inputs);

        assertThat(read.getId()).isEmpty();
        assertThat(read.getProperties().getFieldsMap()).isEmpty();
        assertThatThrownBy(() -> update(
                        "vanished", state, inputs, Fixtures.with(inputs, "deletionProtectionEnabled", "true")))
                .hasMessageContaining("there is no such table in us-east-1");
    }

    @Test
    void whatIsChangedByHandIsReadAndThenDiffers() {
        Struct inputs = Fixtures.table("drifted");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        dynamo.updateTable(update -> update.tableName("drifted")
                .globalSecondaryIndexUpdates(List.of(GlobalSecondaryIndexUpdate.builder()
                        .delete(delete -> delete.indexName("UserSessionsIndex"))
                        .build())));
        dynamo.updateTable(update -> update.tableName("drifted").deletionProtectionEnabled(true));
        dynamo.updateTimeToLive(update -> update.tableName("drifted")
                .timeToLiveSpecification(TableRequests.timeToLive("ttl", false)));
        awaitWithoutIndexes("drifted");

        ReadResponse read = plugin.read(TABLE, "drifted", state, inputs);

        assertThat(Answer.plain(read.getProperties()))
                .containsEntry("globalSecondaryIndexes", List.of())
                .containsEntry("deletionProtectionEnabled", true)
                .containsEntry("ttl", Map.of("attributeName", "", "enabled", false))
                .containsEntry("pointInTimeRecovery", Map.of("enabled", true, "recoveryPeriodInDays", 35.0))
                .containsEntry("tags", Map.of("Environment", "test"));
        DiffResponse diff = plugin.diff(TABLE, read.getProperties(), read.getInputs(), inputs);
        assertThat(diff.getDiffsList())
                .containsExactlyInAnyOrder(
                        "attributes", "globalSecondaryIndexes", "deletionProtectionEnabled", "ttl");
        assertThat(diff.getReplacesList()).isEmpty();

        Struct repaired = update("drifted", read.getProperties(), read.getInputs(), inputs);
        assertThat(plugin.diff(TABLE, repaired, inputs, inputs).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        assertThat(describe("drifted").globalSecondaryIndexes()).hasSize(1);
    }

    @Test
    void anImportedTableNeedsOnlyWhatIsNotKeptLocally() {
        Struct inputs = Fixtures.table("imported");
        plugin.create(TABLE, inputs);
        Struct nothing = Struct.getDefaultInstance();

        ReadResponse read = plugin.read(TABLE, "imported", nothing, nothing);

        assertThat(plugin.diff(TABLE, read.getProperties(), read.getInputs(), inputs).getDiffsList())
                .containsExactlyInAnyOrder("pointInTimeRecovery", "tags", "tagsAll");
        assertThat(plugin.diff(TABLE, read.getProperties(), read.getInputs(), read.getInputs()).getChanges())
                .isEqualTo(DiffChanges.DIFF_NONE);
        assertThat(plugin.check(TABLE, read.getInputs()).getFailuresList()).isEmpty();
    }

    @Test
    void anImportedTableWithOtherKeysWouldBeReplaced() {
        plugin.create(TABLE, Fixtures.table("foreign"));
        Struct nothing = Struct.getDefaultInstance();
        ReadResponse read = plugin.read(TABLE, "foreign", nothing, nothing);
        Struct otherKeys = Fixtures.with(
                Fixtures.with(Fixtures.table("foreign"), "hashKey", "\"ID\""),
                "attributes",
                """
                [{"name": "ID", "type": "S"}, {"name": "SK", "type": "S"},
                 {"name": "GSI1PK", "type": "S"}, {"name": "GSI1SK", "type": "S"}]""");

        assertThat(plugin.diff(TABLE, read.getProperties(), read.getInputs(), otherKeys).getReplacesList())
                .containsExactly("hashKey");
    }

    @Test
    void restoringIsPreviewedAndThenRefused() {
        Struct inputs = Fixtures.with(
                Fixtures.with(Fixtures.table("restored"), "restoreSourceName", "\"created\""),
                "restoreToLatestTime",
                "true");

        assertThat(plugin.check(TABLE, inputs).getFailuresList()).isEmpty();
        assertThat(plugin.previewCreate(TABLE, inputs).getFieldsMap()).containsKey("restoreSourceName");
        assertThatThrownBy(() -> plugin.create(TABLE, inputs))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("DynamoDB Local keeps no backups")
                .hasMessageContaining("restoreSourceName");
        assertThat(dynamo.listTables().tableNames()).doesNotContain("restored");
    }

    @Test
    void regionsAreKeptApart() throws Exception {
        plugin.create(TABLE, Fixtures.table("regional"));
        try (TestPlugin china = TestPlugin.start("cn-north-1", database.address());
                TestPlugin government = TestPlugin.start("us-gov-west-1", database.address())) {
            assertThat(china.read(TABLE, "regional", Struct.getDefaultInstance(), Struct.getDefaultInstance()).getId())
                    .isEmpty();
            assertThat(arn(china.create(TABLE, Fixtures.table("regional"))))
                    .isEqualTo("arn:aws-cn:dynamodb:cn-north-1:000000000000:table/regional");
            assertThat(arn(government.create(TABLE, Fixtures.table("regional"))))
                    .isEqualTo("arn:aws-us-gov:dynamodb:us-gov-west-1:000000000000:table/regional");
        }
    }

    @Test
    void aCallBeforeConfigurationIsRefused() throws Exception {
        try (TestPlugin unconfigured = TestPlugin.start(Map.of())) {
            assertThatThrownBy(() -> unconfigured.create(TABLE, Fixtures.table("early")))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode())
                            .isEqualTo(Status.Code.FAILED_PRECONDITION));
        }
    }

    private static Struct update(String id, Struct state, Struct oldInputs, Struct newInputs) {
        return plugin.update(TABLE, id, state, oldInputs, newInputs, false);
    }

    private static String arn(CreateResponse created) {
        return created.getProperties().getFieldsOrThrow("arn").getStringValue();
    }

    private static TableDescription describe(String table) {
        return dynamo.describeTable(describe -> describe.tableName(table)).table();
    }

    /** Returns the attribute of a table's time to live, nothing while it is off. */
    private static String timeToLive(String table) {
        var description =
                dynamo.describeTimeToLive(describe -> describe.tableName(table)).timeToLiveDescription();
        return description.timeToLiveStatus() == TimeToLiveStatus.ENABLED ? description.attributeName() : "";
    }

    private static Map<String, AttributeValue> item(String key) {
        return Map.of("PK", AttributeValue.fromS(key), "SK", AttributeValue.fromS("METADATA"));
    }

    private static void awaitWithoutIndexes(String table) {
        while (!describe(table).globalSecondaryIndexes().isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
