package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulumirpc.Provider.CheckFailure;

/** Limits of tables, topics and subscriptions. */
class TableLimitsTest {

    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name | \"abc\" |",
                "name | \"a.b-c_9\" |",
                "name | \"ab\" | expected name to be 3 to 255 letters",
                "name | \"tablé\" | expected name to be 3 to 255 letters",
                "name | \"\" | expected name to be 3 to 255 letters",
                "hashKey | \"SK\" | expected hashKey and rangeKey to differ, got SK for both",
                "attributes | [{\"name\": \"PK\", \"type\": \"S\"}, {\"name\": \"PK\", \"type\": \"N\"}] | expected each attribute once, got \"PK\" again",
                "attributes | [{\"name\": \"\", \"type\": \"S\"}] | expected names of attributes to have 1 to 255 characters",
                "attributes | [{\"name\": \"PK\"}] | Missing required argument. The argument \"type\" is required, but no definition was found.. Examine values at 'resource.attributes'.",
                "pointInTimeRecovery | {\"enabled\": true, \"recoveryPeriodInDays\": 1} |",
                "pointInTimeRecovery | {\"enabled\": true} |",
                "pointInTimeRecovery | {\"enabled\": false} |",
                "pointInTimeRecovery | {\"enabled\": false, \"recoveryPeriodInDays\": 7} | recoveryPeriodInDays must not be set while point-in-time recovery is off",
                "pointInTimeRecovery | {\"recoveryPeriodInDays\": 7} | Missing required argument. The argument \"enabled\" is required",
                "serverSideEncryption | {\"enabled\": true} |",
                "serverSideEncryption | {\"enabled\": true, \"kmsKeyArn\": \"KEY\"} |",
                "serverSideEncryption | {\"enabled\": true, \"kmsKeyArn\": \"1234abcd\"} | \"server_side_encryption.0.kms_key_arn\" (1234abcd) is an invalid ARN: arn: invalid prefix",
                "serverSideEncryption | {\"enabled\": true, \"kmsKeyArn\": \"arn:aws:kms:us-west-2:000000000000:key/1\"} | expected a KMS key of the table's region us-east-1",
                "serverSideEncryption | {\"enabled\": true, \"kmsKeyArn\": \"arn:aws:sns:us-east-1:000000000000:t\"} | expected the ARN of a KMS key, arn:aws:kms:us-east-1:<account>:key/<id>",
                "onDemandThroughput | {\"maxReadRequestUnits\": 1, \"maxWriteRequestUnits\": -1} |",
                "onDemandThroughput | {\"maxReadRequestUnits\": 0} | expected maxReadRequestUnits to be at least 1, or -1 for no limit, got 0",
                "onDemandThroughput | {\"maxWriteRequestUnits\": -2} | expected maxWriteRequestUnits to be at least 1, or -1 for no limit, got -2",
                "readCapacity | 5 |",
                "tags | {\"aws:a\": \"b\"} | keys of tags must not begin with \"aws:\", which is reserved, got \"aws:a\"",
                "tags | {\"\": \"b\"} | expected keys of tags to have 1 to 128 characters",
                "restoreSourceName | \"other\" | expected either restoreDateTime or restoreToLatestTime",
                "restoreToLatestTime | true | restoreDateTime and restoreToLatestTime need a table to restore from",
                "restoreDateTime | \"yesterday\" | \"restore_date_time\" must be in RFC3339 time format",
                "restoreSourceTableArn | \"other\" | \"restore_source_table_arn\" (other) is an invalid ARN"
            })
    void oneProperty(String property, String value, String failure) {
        assertFailure(
                TABLE, Fixtures.with(Fixtures.table("limited"), property, value.replace("KEY", KEY)), failure);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"ab\", \"hashKey\": \"SK\", \"projectionType\": \"ALL\"} | expected names of globalSecondaryIndexes to be 3 to 255 letters",
                "{\"name\": \"abc\", \"hashKey\": \"SK\", \"projectionType\": \"INCLUDE\"} | expected nonKeyAttributes of index \"abc\" with the projection INCLUDE",
                "{\"name\": \"abc\", \"hashKey\": \"SK\", \"projectionType\": \"ALL\", \"nonKeyAttributes\": [\"a\"]} | expected nonKeyAttributes of index \"abc\" with the projection INCLUDE",
                "{\"name\": \"abc\", \"hashKey\": \"SK\", \"projectionType\": \"INCLUDE\", \"nonKeyAttributes\": [\"a\"]} |",
                "{\"name\": \"abc\", \"hashKey\": \"SK\", \"projectionType\": \"ALL\"}, {\"name\": \"abc\", \"hashKey\": \"PK\", \"projectionType\": \"ALL\"} | expected each name of globalSecondaryIndexes once, got \"abc\" again",
                "{\"name\": \"abc\", \"hashKey\": \"SK\", \"projectionType\": \"ALL\", \"onDemandThroughput\": {\"maxReadRequestUnits\": 0}} | expected maxReadRequestUnits to be at least 1",
                "{\"name\": \"abc\", \"projectionType\": \"ALL\"} | The argument \"hash_key\" is required, but no definition was found.. Examine values at 'resource.globalSecondaryIndices'."
            })
    void indexes(String indexes, String failure) {
        assertFailure(
                TABLE,
                Fixtures.with(Fixtures.table("limited"), "globalSecondaryIndexes", "[" + indexes + "]"),
                failure);
    }

    @ParameterizedTest(name = "{0} indexes")
    @CsvSource({"20, ''", "21, 'expected at most 20 globalSecondaryIndexes, got 21'"})
    void atMostTwentyIndexes(int count, String failure) {
        String indexes = IntStream.range(0, count)
                .mapToObj(index ->
                        "{\"name\": \"index" + index + "\", \"hashKey\": \"SK\", \"projectionType\": \"ALL\"}")
                .collect(Collectors.joining(", ", "[", "]"));
        assertFailure(TABLE, Fixtures.with(Fixtures.table("limited"), "globalSecondaryIndexes", indexes), failure);
    }

    @ParameterizedTest(name = "{0} copied attributes")
    @CsvSource({"100, ''", "101, 'expected at most 100 nonKeyAttributes in all indexes together, got 101'"})
    void atMostAHundredCopiedAttributes(int count, String failure) {
        String attributes = IntStream.range(0, count)
                .mapToObj(index -> "\"a" + index + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        assertFailure(
                TABLE,
                Fixtures.with(
                        Fixtures.table("limited"),
                        "globalSecondaryIndexes",
                        "[{\"name\": \"abc\", \"hashKey\": \"SK\", \"projectionType\": \"INCLUDE\","
                                + " \"nonKeyAttributes\": " + attributes + "}]"),
                failure);
    }

    @ParameterizedTest(name = "{0} tags, key of {1}, value of {2}")
    @CsvSource({
        "50, 128, 256, ''",
        "51, 1, 1, 'expected at most 50 tags, got 51'",
        "1, 129, 1, 'expected keys of tags to have 1 to 128 characters'",
        "1, 1, 257, 'to have at most 256 characters, got 257'"
    })
    void tags(int count, int keyLength, int valueLength, String failure) {
        String tags = IntStream.range(0, count)
                .mapToObj(index -> "\"" + (index + "k".repeat(keyLength)).substring(0, Math.max(keyLength, 2))
                        + "\": \"" + "v".repeat(valueLength) + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
        for (String type : new String[] {TABLE, TOPIC}) {
            Struct inputs = type.equals(TABLE) ? Fixtures.table("tagged") : Json.struct("{\"name\": \"tagged\"}");
            assertFailure(type, Fixtures.with(inputs, "tags", tags), failure);
        }
    }

    @Test
    void capacityAndCapsDoNotGoTogether() {
        Struct capped =
                Fixtures.with(Fixtures.table("limited"), "onDemandThroughput", "{\"maxReadRequestUnits\": 5}");

        assertFailure(
                TABLE,
                Fixtures.with(capped, "readCapacity", "5"),
                "Conflicting configuration arguments. \"read_capacity\": conflicts with on_demand_throughput");
        assertFailure(
                TABLE,
                Fixtures.with(capped, "billingMode", "\"PROVISIONED\""),
                "onDemandThroughput can be set only when billingMode is PAY_PER_REQUEST");
    }

    @Test
    void aTableNeedsAHashKeyUnlessItIsRestored() {
        Struct keyless = Fixtures.without(Fixtures.table("limited"), "hashKey");

        assertFailure(TABLE, keyless, "hashKey must be set unless the table is restored");
        assertFailure(
                TABLE,
                Fixtures.with(
                        Fixtures.with(keyless, "restoreSourceName", "\"other\""),
                        "restoreDateTime",
                        "\"2026-01-02T03:04:05Z\""),
                "");
        assertFailure(
                TABLE,
                Fixtures.with(
                        Fixtures.with(
                                Fixtures.with(keyless, "restoreSourceName", "\"other\""),
                                "restoreDateTime",
                                "\"2026-01-02T03:04:05Z\""),
                        "restoreToLatestTime",
                        "true"),
                "expected either restoreDateTime or restoreToLatestTime");
    }

    @Test
    void provisionedTablesNeedCapacityWhenPlanned() {
        Struct provisioned = Fixtures.without(Fixtures.table("limited"), "billingMode");

        assertThatThrownBy(() -> plugin.previewCreate(TABLE, provisioned))
                .hasMessageContaining("read_capacity must be at least 1 when billing_mode is \"PROVISIONED\"");
        assertThat(plugin.previewCreate(
                                TABLE,
                                Fixtures.with(Fixtures.with(provisioned, "readCapacity", "1"), "writeCapacity", "1"))
                        .getFieldsMap())
                .containsKey("billingMode");
    }

    @Test
    void timeToLiveNeedsAnAttributeWhenPlanned() {
        assertThatThrownBy(() -> plugin.previewCreate(
                        TABLE, Fixtures.with(Fixtures.table("limited"), "ttl", "{\"enabled\": true}")))
                .hasMessageContaining(
                        "Attribute \"ttl[0].attribute_name\" must be specified when \"ttl[0].enabled\" is \"true\"");
    }

    @ParameterizedTest(name = "{0}, fifo {1}")
    @CsvSource({
        "alarms, false, true",
        "a b, false, false",
        "alarms.fifo, false, false",
        "alarms.fifo, true, true",
        "alarms, true, false"
    })
    void topicNames(String name, boolean fifo, boolean accepted) {
        Struct topic = Json.struct("{\"name\": \"" + name + "\", \"fifoTopic\": " + fifo + "}");

        if (accepted) {
            assertThat(plugin.previewCreate(TOPIC, topic).getFieldsMap()).containsKey("name");
        } else {
            assertThatThrownBy(() -> plugin.previewCreate(TOPIC, topic))
                    .hasMessageContaining("invalid topic name: " + name);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "email, team@example.com, ''",
        "email-json, first.last+tag@mail.example.com, ''",
        "email, team, expected endpoint to be an e-mail address",
        "email, team@example, expected endpoint to be an e-mail address",
        "email, a@b@example.com, expected endpoint to be an e-mail address",
        "email, 'a b@example.com', expected endpoint to be an e-mail address",
        "https, https://example.com/hook, ''",
        "pigeon, coop, 'expected protocol to be one of'"
    })
    void subscriptions(String protocol, String address, String failure) {
        assertFailure(
                SUBSCRIPTION,
                Json.struct(
                        """
                        {"topic": "arn:aws:sns:us-east-1:000000000000:t", "protocol": "%s", "endpoint": "%s"}"""
                                .formatted(protocol, address)),
                failure);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "alarms, '\"topic\" (alarms) is an invalid ARN: arn: invalid prefix'",
        "arn:aws:sns:us-west-2:000000000000:t, expected topic to be the ARN of a topic in the region us-east-1",
        "arn:aws:sqs:us-east-1:000000000000:t, expected topic to be the ARN of a topic in the region us-east-1"
    })
    void subscribedTopics(String topic, String failure) {
        assertFailure(
                SUBSCRIPTION,
                Json.struct("{\"topic\": \"%s\", \"protocol\": \"email\", \"endpoint\": \"team@example.com\"}"
                        .formatted(topic)),
                failure);
    }

    private static void assertFailure(String type, Struct inputs, String expected) {
        var reasons = plugin.check(type, inputs).getFailuresList().stream()
                .map(CheckFailure::getReason)
                .toList();
        if (expected == null || expected.isEmpty()) {
            assertThat(reasons).isEmpty();
        } else {
            assertThat(reasons).anySatisfy(reason -> assertThat(reason).contains(expected));
        }
    }
}
