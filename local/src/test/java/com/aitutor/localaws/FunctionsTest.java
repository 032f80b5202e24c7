package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunctionsTest {

    private static final String GET_TABLE = "aws:dynamodb/getTable:getTable";
    private static final String GET_TABLES = "aws:dynamodb/getTables:getTables";

    private static DynamoDbLocal database;
    private static TestPlugin plugin;
    private static TestPlugin offline;

    @BeforeAll
    static void start() throws Exception {
        database = DynamoDbLocal.start();
        plugin = TestPlugin.start("us-east-1", database.address());
        offline = TestPlugin.start("us-east-1", "");
        plugin.create(TABLE, Fixtures.table("second"));
        plugin.create(TABLE, Fixtures.with(Fixtures.table("first"), "deletionProtectionEnabled", "true"));
    }

    @AfterAll
    static void stop() {
        offline.close();
        plugin.close();
        database.close();
    }

    @Test
    void getTableAnswersEverythingTheSdkExpects() {
        Map<String, Object> table = Answer.plain(plugin.invoke(GET_TABLE, Json.struct("{\"name\": \"first\"}")));

        // the properties of com.pulumi.aws.dynamodb.outputs.GetTableResult, all of which it requires
        assertThat(table)
                .containsOnlyKeys(
                        "arn", "attributes", "billingMode", "deletionProtectionEnabled", "globalSecondaryIndexes",
                        "hashKey", "id", "localSecondaryIndexes", "name", "onDemandThroughputs", "pointInTimeRecovery",
                        "rangeKey", "readCapacity", "replicas", "serverSideEncryption", "streamArn", "streamEnabled",
                        "streamLabel", "streamViewType", "tableClass", "tags", "ttl", "writeCapacity")
                .containsEntry("arn", "arn:aws:dynamodb:us-east-1:000000000000:table/first")
                .containsEntry("id", "first")
                .containsEntry("hashKey", "PK")
                .containsEntry("rangeKey", "SK")
                .containsEntry("billingMode", "PAY_PER_REQUEST")
                .containsEntry("deletionProtectionEnabled", true)
                .containsEntry("pointInTimeRecovery", Map.of("enabled", false, "recoveryPeriodInDays", 0.0))
                .containsEntry("ttl", Map.of("attributeName", "ttl", "enabled", true))
                .containsEntry(
                        "globalSecondaryIndexes",
                        List.of(Map.of(
                                "name", "UserSessionsIndex",
                                "hashKey", "GSI1PK",
                                "rangeKey", "GSI1SK",
                                "projectionType", "ALL",
                                "nonKeyAttributes", List.of(),
                                "onDemandThroughputs", List.of(),
                                "readCapacity", 0.0,
                                "writeCapacity", 0.0)));
    }

    @Test
    void anAbsentTableIsAnErrorWithADatabaseAndWithout() {
        Struct absent = Json.struct("{\"name\": \"absent\"}");

        for (TestPlugin each : List.of(plugin, offline)) {
            assertThatThrownBy(() -> each.invoke(GET_TABLE, absent))
                    .hasMessageContaining("NOT_FOUND")
                    .hasMessageContaining("reading DynamoDB Table (absent): couldn't find resource");
        }
        assertThatThrownBy(() -> plugin.invoke(GET_TABLE, Struct.getDefaultInstance()))
                .hasMessageContaining("The argument \"name\" is required");
    }

    @Test
    void getTablesListsTheRegionOrNothing() {
        assertThat(Answer.plain(plugin.invoke(GET_TABLES, Struct.getDefaultInstance())))
                .isEqualTo(Map.of("id", "us-east-1", "names", List.of("first", "second")));
        assertThat(Answer.plain(offline.invoke(GET_TABLES, Struct.getDefaultInstance())))
                .isEqualTo(Map.of("id", "us-east-1", "names", List.of()));
    }
}
