package com.aitutor.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Replays recorded look-ups of the official provider, with the same tables made by hand. */
class RecordedLookUpsTest {

    private static final String GET_TABLE = "aws:dynamodb/getTable:getTable";
    private static final String GET_TABLES = "aws:dynamodb/getTables:getTables";

    private static InMemoryDynamoDb database;
    private static DynamoDbClient dynamo;
    private static TestPlugin plugin;
    private static TestPlugin withoutDatabase;
    private static String streamLabel;

    @BeforeAll
    static void start() throws Exception {
        withoutDatabase = TestPlugin.withoutDatabase();
        database = InMemoryDynamoDb.start();
        plugin = TestPlugin.start("us-east-1", database.address());
        dynamo = database.client();
        assertThat(plugin.invoke(GET_TABLES, PropertyValue.EMPTY)).isEqualTo(PropertyValue.EMPTY);
        table("hash_only", table -> table.keySchema(key("PK", "HASH")).attributeDefinitions(List.of(attribute("PK"))));
        table("plain", table -> {});
        table("indexed", table -> table.deletionProtectionEnabled(true), "ALL", null);
        table("include", table -> {}, "INCLUDE", "x");
        table(
                "streamed",
                table -> table.streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType("NEW_IMAGE")));
        table(
                "local_index",
                table -> table.attributeDefinitions(List.of(attribute("PK"), attribute("SK"), attribute("at")))
                        .localSecondaryIndexes(LocalSecondaryIndex.builder()
                                .indexName("ByAt")
                                .keySchema(key("PK", "HASH"), key("at", "RANGE"))
                                .projection(all -> all.projectionType("ALL"))
                                .build()));
        table(
                "with_key",
                table -> table.sseSpecification(encryption -> encryption
                        .enabled(true)
                        .sseType("KMS")
                        .kmsMasterKeyId(
                                "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab")));
        table("infrequent", table -> table.tableClass("STANDARD_INFREQUENT_ACCESS"));
        table(
                "provisioned",
                table -> table.billingMode("PROVISIONED")
                        .provisionedThroughput(
                                capacity -> capacity.readCapacityUnits(5L).writeCapacityUnits(5L)));
        table("other_ttl", table -> {});
        streamLabel = dynamo.describeTable(table -> table.tableName("streamed"))
                .table()
                .latestStreamLabel();
        timeToLive("indexed", "ttl");
        timeToLive("other_ttl", "expires");
    }

    @AfterAll
    static void stop() {
        dynamo.close();
        plugin.close();
        withoutDatabase.close();
        database.close();
    }

    static Stream<Arguments> cases() throws IOException {
        return ProtobufJson.recording("/provider-lookups.json").stream()
                .map(recorded -> Arguments.of(recorded.get("case").text(), recorded));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsTheOfficialProvider(String name, PropertyValue recorded) {
        assertThat(ProtobufJson.text(replay(recorded).wire()))
                .isEqualTo(ProtobufJson.text(expected(name, recorded).wire()));
    }

    @Test
    void everyRecordedLookUpIsReplayed() throws IOException {
        assertThat(cases()).hasSize(13);
    }

    @Test
    void theCallerIsTheAccountOfTheArns() {
        assertThat(plugin.invoke("aws:index/getCallerIdentity:getCallerIdentity", PropertyValue.EMPTY))
                .isEqualTo(PropertyValue.of(Map.of(
                        "accountId", "000000000000",
                        "arn", "arn:aws:iam::000000000000:root",
                        "id", "000000000000",
                        "userId", "000000000000")));
    }

    @Test
    void whatIsNotInThePluginIsRefusedByName() {
        assertThatThrownBy(() -> plugin.invoke("aws:index/getRegion:getRegion", PropertyValue.EMPTY))
                .hasMessageContaining(
                        "aws:index/getRegion:getRegion is not in the local plugin: add it to ProviderFunctions");
        assertThatThrownBy(() -> plugin.invoke(GET_TABLE, PropertyValue.of(Map.of("name", "plain", "tags", Map.of()))))
                .hasMessageContaining(
                        GET_TABLE + ", with tags, is not in the local plugin: add it to ProviderFunctions");
    }

    private static PropertyValue replay(PropertyValue recorded) {
        TestPlugin asked = recorded.get("case").text().equals("tables: none in the region") ? withoutDatabase : plugin;
        try {
            return sorted(asked.replay("Invoke", recorded.get("request").with("tok", recorded.get("type")))
                    .get("return"));
        } catch (StatusRuntimeException e) {
            return RecordedAnswer.ofError(e);
        }
    }

    /** Returns the recorded answer, with what DynamoDB Local has otherwise. */
    private static PropertyValue expected(String name, PropertyValue recorded) {
        if (!recorded.get("error").isAbsent()) {
            return RecordedAnswer.ofError(recorded.get("error").text());
        }
        PropertyValue answer = sorted(recorded.get("response").get("return"));
        return switch (name) {
            // it keeps neither point-in-time recovery nor tags
            case "table: as this program makes it" ->
                answer.with("tags", Map.of())
                        .with("pointInTimeRecovery", Map.of("enabled", false, "recoveryPeriodInDays", 0));
            // nor keys of one's own
            case "table: customer managed key" -> answer.with("serverSideEncryption", PropertyValue.ABSENT);
            // a label is the time at which the stream was made
            case "table: stream on" ->
                answer.with("streamLabel", streamLabel)
                        .with(
                                "streamArn",
                                "arn:aws:dynamodb:us-east-1:000000000000:table/streamed/stream/" + streamLabel);
            default -> answer;
        };
    }

    private static PropertyValue sorted(PropertyValue answer) {
        PropertyValue sorted = answer;
        for (String list : List.of("attributes", "names")) {
            if (!answer.get(list).isAbsent()) {
                sorted = sorted.with(list, RecordedAnswer.normal(answer.get(list)));
            }
        }
        return sorted;
    }

    private static void table(String name, Consumer<CreateTableRequest.Builder> change) {
        dynamo.createTable(table -> {
            table.tableName(name)
                    .billingMode("PAY_PER_REQUEST")
                    .keySchema(key("PK", "HASH"), key("SK", "RANGE"))
                    .attributeDefinitions(List.of(attribute("PK"), attribute("SK")));
            change.accept(table);
        });
    }

    private static void table(
            String name, Consumer<CreateTableRequest.Builder> change, String projection, String copied) {
        table(name, table -> {
            table.attributeDefinitions(
                            List.of(attribute("PK"), attribute("SK"), attribute("GSI1PK"), attribute("GSI1SK")))
                    .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                            .indexName("UserSessionsIndex")
                            .keySchema(key("GSI1PK", "HASH"), key("GSI1SK", "RANGE"))
                            .projection(Projection.builder()
                                    .projectionType(projection)
                                    .nonKeyAttributes(copied == null ? null : List.of(copied))
                                    .build())
                            .build());
            change.accept(table);
        });
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement key(String attribute, String type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static void timeToLive(String table, String attribute) {
        dynamo.updateTimeToLive(request -> request.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
    }
}
