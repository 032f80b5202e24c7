package com.aitutor.localaws;

import static com.aitutor.localaws.SampleInputs.timeToLive;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables as the database has them, after the plugin made, changed and deleted them, and after somebody else did. */
class TableLifecycleTest {
    private static final PropertyValue NOTHING = PropertyValue.EMPTY;

    @AutoClose
    private static final InMemoryDynamoDb database = InMemoryDynamoDb.start();

    @AutoClose
    private static final DynamoDbClient dynamo = database.client();

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.start("us-east-1", database.address());

    /**
     * DynamoDB Local has ten worker threads. A table with time to live takes one for as long as it is there, and a change
     * of an index needs one: with ten such tables, waiting for the change would never end.
     */
    @AfterEach
    void deleteTables() {
        for (String table : dynamo.listTables().tableNames()) {
            dynamo.updateTable(update -> update.tableName(table).deletionProtectionEnabled(false));
            dynamo.deleteTable(delete -> delete.tableName(table));
        }
    }

    @Test
    void createMakesTheTableAsPlanned() {
        PropertyValue inputs = SampleInputs.table("created").with("deletionProtectionEnabled", true);

        PropertyValue state = plugin.create(TABLE, inputs);

        assertThat(state.get("arn").text()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/created");
        assertThat(plugin.differences(TABLE, state, inputs)).isEmpty();
        TableDescription table = describe("created");
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.deletionProtectionEnabled()).isTrue();
        assertThat(table.keySchema())
                .extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
                .containsExactly("PK HASH", "SK RANGE");
        GlobalSecondaryIndexDescription index = table.globalSecondaryIndexes().get(0);
        assertThat(index.indexName()).isEqualTo("UserSessionsIndex");
        assertThat(index.keySchema())
                .extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
                .containsExactly("GSI1PK HASH", "GSI1SK RANGE");
        assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
        assertThat(expiryAttribute("created")).isEqualTo("ttl");
    }

    @Test
    void updateMakesEachChangeAndKeepsTheItems() {
        PropertyValue inputs = SampleInputs.table("changed");
        PropertyValue state = plugin.create(TABLE, inputs);
        putItem("changed");

        state = plugin.update(TABLE, "changed", state, inputs.with("deletionProtectionEnabled", true));
        assertThat(describe("changed").deletionProtectionEnabled()).isTrue();

        state = plugin.update(
                TABLE,
                "changed",
                state,
                SampleInputs.tableWithoutIndex("changed").with("ttl", timeToLive("ttl", false)));
        assertThat(describe("changed").globalSecondaryIndexes()).isEmpty();
        assertThat(describe("changed").deletionProtectionEnabled()).isFalse();
        assertThat(expiryAttribute("changed")).isEmpty();

        state = plugin.update(TABLE, "changed", state, inputs);
        assertThat(describe("changed").globalSecondaryIndexes()).hasSize(1);
        assertThat(expiryAttribute("changed")).isEqualTo("ttl");
        assertThat(plugin.differences(TABLE, state, inputs)).isEmpty();
        assertThat(items("changed")).hasSize(1);
    }

    @Test
    void anyUpdateLeavesProtectionOn() {
        PropertyValue inputs = SampleInputs.table("guarded").with("deletionProtectionEnabled", true);
        PropertyValue state = plugin.create(TABLE, inputs);
        PropertyValue capped = inputs.with("onDemandThroughput", Map.of("maxReadRequestUnits", 40));

        state = plugin.update(TABLE, "guarded", state, capped);
        assertThat(describe("guarded").deletionProtectionEnabled()).isTrue();
        plugin.update(
                TABLE,
                "guarded",
                state,
                SampleInputs.tableWithoutIndex("guarded").with("deletionProtectionEnabled", true));
        assertThat(describe("guarded").globalSecondaryIndexes()).isEmpty();
        assertThat(describe("guarded").deletionProtectionEnabled()).isTrue();
    }

    @Test
    void anIndexOfAnotherShapeIsMadeAnew() {
        PropertyValue inputs = SampleInputs.table("reshaped");
        PropertyValue state = plugin.create(TABLE, inputs);
        assertThat(TableRequests.update(state, state, inputs))
                .as("for no change")
                .isEmpty();

        PropertyValue indexes = SampleInputs.json("""
                [{"name": "UserSessionsIndex", "hashKey": "GSI1PK", "rangeKey": "GSI1SK",
                  "projectionType": "KEYS_ONLY"},
                 {"name": "BySortKey", "hashKey": "SK", "projectionType": "ALL"}]""");
        PropertyValue changed = inputs.with("globalSecondaryIndexes", indexes);

        state = plugin.update(TABLE, "reshaped", state, changed);

        PropertyValue read = plugin.read(TABLE, "reshaped", state, changed);
        assertThat(read.get("inputs").get("globalSecondaryIndexes").elements())
                .containsExactlyInAnyOrderElementsOf(indexes.elements());
        assertThat(describe("reshaped").globalSecondaryIndexes())
                .extracting(
                        index -> index.indexName() + " " + index.projection().projectionTypeAsString() + " "
                                + index.keySchema().size())
                .containsExactlyInAnyOrder("UserSessionsIndex KEYS_ONLY 2", "BySortKey ALL 1");
    }

    @Test
    void throughputCapsAreSentAndKept() {
        PropertyValue inputs = SampleInputs.tableWithoutIndex("capped");
        PropertyValue capped =
                inputs.with("onDemandThroughput", Map.of("maxReadRequestUnits", 40, "maxWriteRequestUnits", 20));
        PropertyValue zero = inputs.with("onDemandThroughput", Map.of("maxReadRequestUnits", 0));
        assertThat(TableRequests.caps(zero)).as("0 is no cap").isEqualTo(TableRequests.caps(inputs));

        PropertyValue state = plugin.create(TABLE, capped);

        assertThat(describe("capped").onDemandThroughput().maxReadRequestUnits())
                .isEqualTo(40);
        assertThat(plugin.differences(TABLE, state, capped)).isEmpty();
        PropertyValue uncapped = plugin.update(TABLE, "capped", state, inputs);
        assertThat(uncapped.get("onDemandThroughput").isAbsent()).isTrue();
        assertThat(plugin.update(TABLE, "capped", uncapped, capped).get("onDemandThroughput"))
                .isEqualTo(capped.get("onDemandThroughput"));
    }

    @Test
    void switchingTheTimeToLiveAttributeWhileOnIsRefusedAndChangesNothing() {
        PropertyValue inputs = SampleInputs.table("expiring");
        PropertyValue state = plugin.create(TABLE, inputs);

        assertThatThrownBy(
                        () -> plugin.update(TABLE, "expiring", state, inputs.with("ttl", timeToLive("expires", true))))
                .hasMessageContaining("UpdateTimeToLive")
                .hasMessageContaining("TimeToLive is active on a different AttributeName");
        assertThat(expiryAttribute("expiring")).isEqualTo("ttl");
    }

    @Test
    void deleteWaitsUntilTheTableIsGone() {
        PropertyValue state = plugin.create(TABLE, SampleInputs.table("deleted"));

        plugin.delete(TABLE, "deleted", state);

        assertThat(dynamo.listTables().tableNames()).doesNotContain("deleted");
    }

    @Test
    void aTableDeletedByHandIsReadAsGone() {
        PropertyValue inputs = SampleInputs.table("vanished");
        PropertyValue state = plugin.create(TABLE, inputs);
        dynamo.deleteTable(delete -> delete.tableName("vanished"));

        assertThat(plugin.read(TABLE, "vanished", state, inputs)).isEqualTo(NOTHING);
        assertThatThrownBy(() -> plugin.update(TABLE, "vanished", state, inputs))
                .hasMessageContaining("reading AWS DynamoDB Table (vanished)")
                .hasMessageContaining("ResourceNotFoundException");
    }

    @Test
    void whatIsChangedByHandIsReadAndThenRepaired() throws InterruptedException {
        PropertyValue inputs = SampleInputs.table("drifted");
        PropertyValue state = plugin.create(TABLE, inputs);
        dynamo.updateTable(update -> update.tableName("drifted")
                .globalSecondaryIndexUpdates(List.of(GlobalSecondaryIndexUpdate.builder()
                        .delete(delete -> delete.indexName("UserSessionsIndex"))
                        .build())));
        // removed in the background
        while (describe("drifted").hasGlobalSecondaryIndexes()) {
            Thread.sleep(20);
        }
        dynamo.updateTable(update -> update.tableName("drifted").deletionProtectionEnabled(true));
        dynamo.updateTimeToLive(update -> update.tableName("drifted")
                .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(false)));

        PropertyValue read = plugin.read(TABLE, "drifted", state, inputs);

        PropertyValue drifted = read.get("properties");
        assertThat(drifted.get("deletionProtectionEnabled").bool()).isTrue();
        assertThat(drifted.get("ttl")).isEqualTo(timeToLive("", false));
        assertThat(read.get("inputs").get("ttl")).isEqualTo(timeToLive("", false));
        for (String kept : List.of("pointInTimeRecovery", "tags")) {
            assertThat(drifted.get(kept)).isEqualTo(inputs.get(kept));
        }
        assertThat(plugin.differences(TABLE, drifted, inputs))
                .containsExactly("attributes", "deletionProtectionEnabled", "globalSecondaryIndexes", "ttl");
        assertThat(plugin.diff(TABLE, drifted, inputs).get("replaces").isAbsent())
                .isTrue();
        PropertyValue repaired = plugin.update(TABLE, "drifted", drifted, inputs);
        assertThat(plugin.differences(TABLE, repaired, inputs)).isEmpty();
        assertThat(describe("drifted").globalSecondaryIndexes()).hasSize(1);
    }

    @Test
    void anAdoptedTableNeedsOnlyWhatIsNotKeptLocally() {
        PropertyValue inputs = SampleInputs.table("adopted");
        plugin.create(TABLE, inputs);

        PropertyValue read = plugin.read(TABLE, "adopted", NOTHING, NOTHING);

        PropertyValue found = read.get("properties");
        assertThat(plugin.differences(TABLE, found, inputs)).containsExactly("pointInTimeRecovery", "tags");
        assertThat(plugin.differences(TABLE, found, read.get("inputs"))).isEmpty();
        assertThat(plugin.check(TABLE, read.get("inputs"))).isEmpty();
    }

    @Test
    void anAdoptedProvisionedTableIsSwitchedToOnDemand() {
        PropertyValue inputs = SampleInputs.tableWithoutIndex("provisioned");
        dynamo.createTable(TableRequests.create(inputs).toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(
                        capacity -> capacity.readCapacityUnits(3L).writeCapacityUnits(2L))
                .build());
        PropertyValue read = plugin.read(TABLE, "provisioned", NOTHING, NOTHING);

        PropertyValue found = read.get("properties");
        assertThat(plugin.differences(TABLE, found, inputs))
                .containsExactly("billingMode", "pointInTimeRecovery", "tags", "ttl");
        assertThat(read.get("inputs").fields())
                .containsOnlyKeys("attributes", "billingMode", "hashKey", "name", "pointInTimeRecovery", "rangeKey");
        plugin.update(TABLE, "provisioned", found, inputs);

        assertThat(describe("provisioned").billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    }

    @Test
    void anAdoptedTableWithOtherKeysWouldBeReplaced() {
        plugin.create(TABLE, SampleInputs.table("foreign"));
        PropertyValue found = plugin.read(TABLE, "foreign", NOTHING, NOTHING).get("properties");

        PropertyValue diff = plugin.diff(
                TABLE,
                found,
                SampleInputs.tableWithoutIndex("foreign").with("hashKey", "SK").with("rangeKey", "PK"));

        assertThat(diff.get("replaces")).isEqualTo(PropertyValue.of(List.of("hashKey", "rangeKey")));
        assertThat(diff.get("deleteBeforeReplace").bool()).isTrue();
    }

    @ParameterizedTest(name = "{0} = {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "deletionProtectionEnabled | false | null",
                "onDemandThroughput | null | {\"maxReadRequestUnits\": -1, \"maxWriteRequestUnits\": -1}",
                "serverSideEncryption | null | {\"enabled\": false, \"kmsKeyArn\": \"k\"}",
                "pointInTimeRecovery | {\"enabled\": true} | null",
                "pointInTimeRecovery | {\"enabled\": false} | {\"enabled\": false, \"recoveryPeriodInDays\": 35}",
                "ttl | {\"attributeName\": \"ttl\", \"enabled\": true} | null",
                "ttl | {\"attributeName\": \"\", \"enabled\": false} | {\"attributeName\": \"ttl\", \"enabled\": false}",
                "attributes | [{\"name\": \"PK\", \"type\": \"S\"}, {\"name\": \"SK\", \"type\": \"S\"}, {\"name\": \"GSI1PK\", \"type\": \"S\"}, {\"name\": \"GSI1SK\", \"type\": \"S\"}] | [{\"name\": \"GSI1SK\", \"type\": \"S\"}, {\"name\": \"GSI1PK\", \"type\": \"S\"}, {\"name\": \"SK\", \"type\": \"S\"}, {\"name\": \"PK\", \"type\": \"N\"}]"
            })
    void theSameInOtherWordsIsNoDifference(String property, String before, String after) {
        PropertyValue inputs = SampleInputs.table("compared")
                .with(property, PropertyValue.of(before).parsed());
        PropertyValue state = plugin.previewCreate(TABLE, inputs).withoutUnknowns();
        PropertyValue news = inputs.with(property, PropertyValue.of(after).parsed());

        assertThat(plugin.differences(TABLE, state, news)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cn-north-1, arn:aws-cn:dynamodb:cn-north-1:000000000000:table/china",
        "us-gov-west-1, arn:aws-us-gov:dynamodb:us-gov-west-1:000000000000:table/government"
    })
    void arnsNameTheStacksRegion(String region, String arn) {
        try (TestPlugin elsewhere = TestPlugin.start(region, database.address())) {
            String name = arn.substring(arn.indexOf('/') + 1);

            assertThat(elsewhere
                            .create(TABLE, SampleInputs.table(name))
                            .get("arn")
                            .text())
                    .isEqualTo(arn);
        }
    }

    @Test
    void aCallBeforeConfigurationIsRefused() {
        try (TestPlugin unconfigured = TestPlugin.start("")) {
            assertThatThrownBy(() -> unconfigured.create(TABLE, SampleInputs.table("early")))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION));
        }
    }

    @Test
    void withoutADatabaseOnlyWhatNeedsOneFails() {
        PropertyValue inputs = SampleInputs.table("offline");
        String help = "needs DynamoDB, and none is configured: start it with ./local/up";
        try (TestPlugin offline = TestPlugin.withoutDatabase()) {
            PropertyValue planned = offline.previewCreate(TABLE, inputs);

            assertThat(offline.previewUpdate(TABLE, "offline", planned, inputs)).isEqualTo(planned);
            assertThatThrownBy(() -> offline.create(TABLE, inputs)).hasMessageContaining(help);
            assertThatThrownBy(() -> offline.read(TABLE, "offline", planned, inputs))
                    .hasMessageContaining(help);
            assertThatThrownBy(() -> offline.update(TABLE, "offline", planned, inputs))
                    .hasMessageContaining(help);
            assertThatThrownBy(() -> offline.delete(TABLE, "offline", planned)).hasMessageContaining(help);
        }
    }

    private static TableDescription describe(String table) {
        return dynamo.describeTable(describe -> describe.tableName(table)).table();
    }

    /** Returns the attribute of a table's time to live, nothing while it is off. */
    private static String expiryAttribute(String table) {
        TimeToLiveDescription description =
                dynamo.describeTimeToLive(describe -> describe.tableName(table)).timeToLiveDescription();
        return description.timeToLiveStatus() == TimeToLiveStatus.ENABLED ? description.attributeName() : "";
    }

    private static void putItem(String table) {
        dynamo.putItem(put -> put.tableName(table)
                .item(Map.of("PK", AttributeValue.fromS("kept"), "SK", AttributeValue.fromS("METADATA"))));
    }

    private static List<Map<String, AttributeValue>> items(String table) {
        return dynamo.scan(scan -> scan.tableName(table)).items();
    }
}
