package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static com.aitutor.localaws.TestPlugin.urn;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** Differences beyond the recorded ones: equal values in other words, ignored changes, what a preview shows. */
class DifferencesTest {

    private static DynamoDbLocal database;
    private static TestPlugin plugin;
    private static Struct inputs;
    private static Struct state;

    @BeforeAll
    static void start() throws Exception {
        database = DynamoDbLocal.start();
        plugin = TestPlugin.start("us-east-1", database.address());
        inputs = Fixtures.table("compared");
        state = plugin.create(TABLE, inputs).getProperties();
    }

    @AfterAll
    static void stop() {
        plugin.close();
        database.close();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tableClass | \"STANDARD\"",
                "deletionProtectionEnabled | false",
                "localSecondaryIndexes | []",
                "replicas | []",
                "streamEnabled | false",
                "rangeKey | \"SK\"",
                "onDemandThroughput | {\"maxReadRequestUnits\": -1, \"maxWriteRequestUnits\": -1}",
                "serverSideEncryption | {\"enabled\": false}",
                "restoreSourceName | \"\"",
                "globalSecondaryIndexes | [{\"name\": \"UserSessionsIndex\", \"hashKey\": \"GSI1PK\", \"rangeKey\": \"GSI1SK\", \"projectionType\": \"ALL\", \"nonKeyAttributes\": [], \"readCapacity\": 0}]"
            })
    void defaultsInWordsAreNoDifference(String property, String value) {
        assertThat(diff(Fixtures.with(inputs, property, value)).getDiffsList()).isEmpty();
    }

    @Test
    void anIndexWithTwoChangesIsOneDifference() {
        DiffResponse diff = diff(Fixtures.with(
                inputs,
                "globalSecondaryIndexes",
                """
                [{"name": "UserSessionsIndex", "hashKey": "GSI1PK", "rangeKey": "GSI1SK",
                  "projectionType": "INCLUDE", "nonKeyAttributes": ["a"]}]"""));

        assertThat(diff.getDiffsList()).containsExactly("globalSecondaryIndexes");
        assertThat(diff.getReplacesList()).isEmpty();
    }

    @Test
    void removingARestoreSourceReplacesNothing() {
        Struct restored = Fixtures.with(state, "restoreSourceName", "\"old\"");

        DiffResponse diff = plugin.diff(
                TABLE, restored, Fixtures.with(inputs, "restoreSourceName", "\"old\""), inputs);

        assertThat(diff.getDiffsList()).containsExactly("restoreSourceName");
        assertThat(diff.getReplacesList()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"name, name", "tags, tags.Environment", "tags, 'tags[\"Environment\"]'", "ttl, ttl.enabled"})
    void ignoredChangesAreNoDifference(String property, String ignored) {
        Struct news = Fixtures.with(
                inputs,
                property,
                switch (property) {
                    case "name" -> "\"other\"";
                    case "tags" -> "{\"Environment\": \"other\"}";
                    default -> "{\"attributeName\": \"ttl\", \"enabled\": false}";
                });

        assertThat(diff(news).getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
        assertThat(diff(news, ignored).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void theDetailsNameTheChangedPartsOfTheInputs() {
        Struct news = Fixtures.with(
                Fixtures.with(
                        Fixtures.with(
                                Fixtures.without(inputs, "rangeKey"),
                                "tags",
                                "{\"Environment\": \"other\", \"a.b\": \"new\"}"),
                        "ttl",
                        "{\"attributeName\": \"ttl\", \"enabled\": false}"),
                "attributes",
                """
                [{"name": "PK", "type": "S"}, {"name": "GSI1PK", "type": "S"}, {"name": "GSI1SK", "type": "S"}]""");

        DiffResponse diff = diff(news);

        Map<String, String> details = new TreeMap<>();
        diff.getDetailedDiffMap().forEach((path, detail) -> {
            assertThat(detail.getInputDiff()).isTrue();
            details.put(path, detail.getKind().name());
        });
        assertThat(details)
                .isEqualTo(Map.of(
                        "attributes", "UPDATE",
                        "rangeKey", "DELETE_REPLACE",
                        "tags.Environment", "UPDATE",
                        "tags[\"a.b\"]", "ADD",
                        "ttl.enabled", "UPDATE"));
        assertThat(diff.getReplacesList()).containsExactly("rangeKey");
    }

    @Test
    void whatTheProgramNamesIsDeletedBeforeItIsReplaced() {
        Struct madeUp = Fixtures.with(inputs, "name", "\"resource-0a1b2c3\"");

        assertThat(diff(Fixtures.with(inputs, "name", "\"other\"")).getDeleteBeforeReplace()).isTrue();
        assertThat(diff(Fixtures.with(inputs, "restoreSourceName", "\"old\"")).getDeleteBeforeReplace())
                .isTrue();
        assertThat(diff(madeUp).getReplacesList()).containsExactly("name");
        assertThat(diff(madeUp).getDeleteBeforeReplace()).isFalse();
        assertThat(diff(Fixtures.with(inputs, "tags", "{}")).getDeleteBeforeReplace()).isFalse();
    }

    @Test
    void theOrderOfActionsIsNoDifference() {
        Struct alarm = Fixtures.with(
                Fixtures.alarm(),
                "alarmActions",
                "[\"arn:aws:sns:us-east-1:000000000000:b\", \"arn:aws:sns:us-east-1:000000000000:a\"]");
        Struct created = plugin.create(ALARM, alarm).getProperties();
        Struct turned = Fixtures.with(
                alarm,
                "alarmActions",
                "[\"arn:aws:sns:us-east-1:000000000000:a\", \"arn:aws:sns:us-east-1:000000000000:b\"]");

        assertThat(plugin.diff(ALARM, created, alarm, turned).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void anotherPropertyOfAnAlarmLeavesItsQueriesAlone() {
        Struct alarm = Fixtures.mathAlarm();
        Struct created = plugin.create(ALARM, alarm).getProperties();

        assertThat(plugin.diff(ALARM, created, alarm, Fixtures.with(alarm, "threshold", "2")).getDiffsList())
                .containsExactly("threshold");
        Struct otherQuery = Fixtures.with(
                alarm,
                "metricQueries",
                Json.text(alarm.getFieldsOrThrow("metricQueries").getListValue().getValues(0).getStructValue())
                        .replace("m0 + m1", "m0")
                        .transform(query -> "[" + query + "]"));
        assertThat(plugin.diff(ALARM, created, alarm, otherQuery).getDiffsList()).containsExactly("metricQueries");
    }

    @Test
    void aRefreshedStateDiffersFromNothing() {
        for (String type : new String[] {ALARM, TOPIC}) {
            Struct given = type.equals(ALARM) ? Fixtures.mathAlarm() : Json.struct("{\"name\": \"topic\"}");
            var created = plugin.create(type, given);
            var read = plugin.read(type, created.getId(), created.getProperties(), given);

            assertThat(plugin.diff(type, read.getProperties(), read.getInputs(), given).getChanges())
                    .isEqualTo(DiffChanges.DIFF_NONE);
            assertThat(plugin.read(type, created.getId(), Struct.getDefaultInstance(), Struct.getDefaultInstance())
                            .getId())
                    .isEmpty();
        }
    }

    private static DiffResponse diff(Struct news, String... ignored) {
        return plugin.engine()
                .diff(DiffRequest.newBuilder()
                        .setUrn(urn(TABLE, "resource"))
                        .setOlds(state)
                        .setOldInputs(inputs)
                        .setNews(news)
                        .addAllIgnoreChanges(List.of(ignored))
                        .build());
    }
}
