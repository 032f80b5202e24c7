package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Replays recorded look-ups of the official provider, with the same tables made by hand. */
class RecordedLookUpsTest {
    private static final String GET_TABLE = "aws:dynamodb/getTable:getTable";
    private static final String GET_TABLES = "aws:dynamodb/getTables:getTables";

    @AutoClose
    private static final InMemoryDynamoDb database = InMemoryDynamoDb.start();

    @AutoClose
    private static final DynamoDbClient dynamo = database.client();

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.start("us-east-1", database.address());

    @AutoClose
    private static final TestPlugin withoutDatabase = TestPlugin.withoutDatabase();

    private static String streamLabel;

    @BeforeAll
    static void createTables() {
        assertThat(plugin.invoke(GET_TABLES, PropertyValue.EMPTY)).isEqualTo(PropertyValue.EMPTY);
        plugin.create(TABLE, SampleInputs.table("indexed").with("deletionProtectionEnabled", true));
        plugin.create(TABLE, plain("other_ttl").with("ttl", SampleInputs.timeToLive("expires", true)));
        plugin.create(TABLE, plain("plain"));
        plugin.create(TABLE, plain("hash_only", "PK").with("rangeKey", PropertyValue.ABSENT));
        create(
                SampleInputs.table("include"),
                table -> table.globalSecondaryIndexes(table.build().globalSecondaryIndexes().get(0).toBuilder()
                        .projection(some -> some.projectionType("INCLUDE").nonKeyAttributes("x"))
                        .build()));
        streamLabel = create(
                        plain("streamed"),
                        table -> table.streamSpecification(
                                stream -> stream.streamEnabled(true).streamViewType("NEW_IMAGE")))
                .latestStreamLabel();
        create(
                plain("local_index", "PK", "SK", "at"),
                table -> table.localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("ByAt")
                        .keySchema(TableRequests.create(plain("").with("rangeKey", "at"))
                                .keySchema())
                        .projection(all -> all.projectionType("ALL"))
                        .build()));
        create(
                plain("with_key"),
                table -> table.sseSpecification(encryption ->
                        encryption.enabled(true).sseType("KMS").kmsMasterKeyId("arn:aws:kms:us-east-1:0:key/1")));
        create(plain("infrequent"), table -> table.tableClass("STANDARD_INFREQUENT_ACCESS"));
        create(
                plain("provisioned"),
                table -> table.billingMode("PROVISIONED")
                        .provisionedThroughput(
                                capacity -> capacity.readCapacityUnits(5L).writeCapacityUnits(5L)));
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
            return sorted(asked.call("Invoke", recorded.get("request").with("tok", recorded.get("type")))
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

    private static PropertyValue plain(String name) {
        return SampleInputs.tableWithoutIndex(name).with("ttl", PropertyValue.ABSENT);
    }

    private static PropertyValue plain(String name, String... attributes) {
        return plain(name)
                .with(
                        "attributes",
                        Stream.of(attributes)
                                .map(attribute -> Map.of("name", attribute, "type", "S"))
                                .toList());
    }

    /** Creates a table with what the plugin's inputs cannot say. */
    private static TableDescription create(PropertyValue inputs, Consumer<CreateTableRequest.Builder> change) {
        return dynamo.createTable(TableRequests.create(inputs).toBuilder()
                        .applyMutation(change)
                        .build())
                .tableDescription();
    }
}
