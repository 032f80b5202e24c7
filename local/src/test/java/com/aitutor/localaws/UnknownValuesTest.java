package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that only the real run will know pass checks and stay unknown in previews. */
class UnknownValuesTest {

    private static final String UNKNOWN = '"' + Json.UNKNOWN + '"';

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes", "billingMode", "deletionProtectionEnabled", "globalSecondaryIndexes", "hashKey", "name",
                "onDemandThroughput", "pointInTimeRecovery", "rangeKey", "serverSideEncryption", "tableClass", "tags",
                "ttl"
            })
    void anyPropertyOfATableMayBeUnknown(String property) {
        Struct inputs = Fixtures.with(Fixtures.table("unknown"), property, UNKNOWN);

        assertThat(plugin.check(TABLE, inputs).getFailuresList()).isEmpty();
        assertThat(Answer.plain(plugin.previewCreate(TABLE, inputs))).containsEntry(property, Json.UNKNOWN);
    }

    @Test
    void partsMayBeUnknown() {
        Struct inputs = Fixtures.with(
                Fixtures.with(Fixtures.table("parts"), "tags", "{\"a\": \"b\", \"c\": " + UNKNOWN + "}"),
                "ttl",
                "{\"attributeName\": " + UNKNOWN + ", \"enabled\": true}");

        assertThat(plugin.check(TABLE, inputs).getFailuresList()).isEmpty();
        assertThat(Answer.plain(plugin.previewCreate(TABLE, inputs)))
                .containsEntry("tags", Json.UNKNOWN)
                .containsEntry("tagsAll", Json.UNKNOWN)
                .containsEntry("ttl", Map.of("attributeName", Json.UNKNOWN, "enabled", true));
    }

    @Test
    void anUnknownKeyLeavesTheAttributesUnchecked() {
        Struct inputs = Fixtures.with(Fixtures.table("keys"), "hashKey", UNKNOWN);
        Struct wrong = Fixtures.with(Fixtures.table("keys"), "hashKey", "\"other\"");

        assertThat(plugin.previewCreate(TABLE, inputs).getFieldsMap()).containsKey("hashKey");
        assertThatThrownBy(() -> plugin.previewCreate(TABLE, wrong))
                .hasMessageContaining("all attributes must be indexed. Unused attributes: [\"PK\"]")
                .hasMessageContaining("all indexes must match a defined attribute. Unmatched indexes: [\"other\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name", "metricName", "namespace", "period", "evaluationPeriods", "threshold", "alarmActions",
                "okActions", "dimensions", "statistic", "tags"
            })
    void anyPropertyOfAnAlarmMayBeUnknown(String property) {
        Struct inputs = Fixtures.with(Fixtures.alarm(), property, UNKNOWN);

        assertThat(plugin.check(ALARM, inputs).getFailuresList()).isEmpty();
        assertThat(Answer.plain(plugin.previewCreate(ALARM, inputs))).containsEntry(property, Json.UNKNOWN);
    }

    @Test
    void anUnknownTopicAndAddressPass() {
        Struct inputs = Json.struct("{\"topic\": %1$s, \"protocol\": \"email\", \"endpoint\": %1$s}".formatted(UNKNOWN));

        assertThat(plugin.check(SUBSCRIPTION, inputs).getFailuresList()).isEmpty();
        assertThat(Answer.plain(plugin.previewCreate(SUBSCRIPTION, inputs)))
                .containsEntry("topic", Json.UNKNOWN)
                .containsEntry("endpoint", Json.UNKNOWN);
    }

    @Test
    void anUnknownValueDiffersFromAKnownOne() {
        Struct inputs = Fixtures.alarm();
        Struct state = plugin.create(ALARM, inputs).getProperties();
        Struct news = Fixtures.with(
                Fixtures.with(inputs, "name", UNKNOWN), "alarmActions", "[" + UNKNOWN + "]");

        var diff = plugin.diff(ALARM, state, inputs, news);

        assertThat(diff.getDiffsList()).containsExactlyInAnyOrder("name", "alarmActions");
        assertThat(diff.getReplacesList()).containsExactly("name");
    }

    @Test
    void anUnknownValueStaysUnknownInThePreviewOfAnUpdate() {
        Struct inputs = Fixtures.alarm();
        Struct state = plugin.create(ALARM, inputs).getProperties();
        Struct news = Fixtures.with(inputs, "threshold", UNKNOWN);

        Struct planned = plugin.update(ALARM, "user-errors", state, inputs, news, true);

        assertThat(Answer.plain(planned))
                .containsEntry("threshold", Json.UNKNOWN)
                .containsEntry("arn", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:user-errors")
                .containsEntry("metricQueries", List.of());
    }
}
