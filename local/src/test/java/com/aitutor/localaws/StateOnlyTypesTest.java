package com.aitutor.localaws;

import static com.aitutor.localaws.SampleInputs.json;
import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.DASHBOARD;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms, dashboards and topics beyond the recorded cases. */
class StateOnlyTypesTest {
    private static final String METRIC =
            "{\"metricName\": \"m\", \"namespace\": \"n\", \"period\": 60, \"stat\": \"Sum\"}";

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"id\": \"a\", \"metric\": METRIC, \"returnData\": true}] |",
                "[{\"id\": \"A\", \"metric\": METRIC, \"returnData\": true}] | expected each id of metricQueries once, a lower-case letter and then letters, digits and underscores, got \"A\"",
                "[{\"id\": \"a\", \"metric\": METRIC, \"returnData\": true}, {\"id\": \"a\", \"metric\": METRIC}] | expected each id of metricQueries once, a lower-case letter and then letters, digits and underscores, got \"a\"",
                "[{\"id\": \"a\", \"returnData\": true}] | expected either a metric or an expression in metric query \"a\"",
                "[{\"id\": \"a\", \"expression\": \"1\", \"metric\": METRIC, \"returnData\": true}] | expected either a metric or an expression in metric query \"a\"",
                "[{\"id\": \"a\", \"metric\": METRIC}] | expected exactly one of metricQueries with returnData, got 0",
                "[{\"id\": \"a\", \"metric\": METRIC, \"returnData\": true}, {\"id\": \"b\", \"metric\": METRIC, \"returnData\": true}] | expected exactly one of metricQueries with returnData, got 2"
            })
    void queriesOfAnAlarm(String queries, String failure) {
        assertFailure(
                plugin.check(
                        ALARM, SampleInputs.alarm().with("metricQueries", json(queries.replace("METRIC", METRIC)))),
                failure,
                "metricQueries");
    }

    @ParameterizedTest(name = "{0} metrics")
    @CsvSource({"10, ", "11, 'expected at most 10 metrics in one alarm, got 11'"})
    void atMostTenMetricsInAnAlarm(int count, String failure) {
        String metrics = IntStream.range(0, count)
                .mapToObj(index -> "{\"id\": \"m" + index + "\", \"metric\": " + METRIC + "}")
                .collect(Collectors.joining(", "));
        PropertyValue queries =
                json("[{\"id\": \"total\", \"expression\": \"1\", \"returnData\": true}, " + metrics + "]");

        assertFailure(
                plugin.check(ALARM, SampleInputs.alarm().with("metricQueries", queries)), failure, "metricQueries");
    }

    @Test
    void theOrderOfActionsIsNoDifferenceAndEveryOtherChangeIsOneAlone() {
        String a = "arn:aws:sns:us-east-1:000000000000:a";
        String b = "arn:aws:sns:us-east-1:000000000000:b";
        PropertyValue alarm = SampleInputs.alarm().with("alarmActions", List.of(a, b));
        PropertyValue state = plugin.create(ALARM, alarm);

        assertThat(plugin.differences(ALARM, state, alarm.with("alarmActions", List.of(b, a))))
                .isEmpty();
        assertThat(plugin.differences(ALARM, state, alarm.with("alarmActions", List.of(b))))
                .containsExactly("alarmActions");
        assertThat(plugin.differences(ALARM, state, alarm.with("threshold", 2))).containsExactly("threshold");
        assertThat(plugin.differences(
                        ALARM,
                        state,
                        alarm.with(
                                "metricQueries",
                                alarm.get("metricQueries").elements().subList(0, 2))))
                .containsExactly("metricQueries");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"widgets\": [{\"type\": \"text\"}]} | expected a type and properties in each widget of dashboardBody",
                "{\"widgets\": [{\"properties\": {\"a\": 1}}]} | expected a type and properties in each widget of dashboardBody",
                "{\"widgets\": [{\"type\": \"text\", \"properties\": {\"a\": 1}, \"x\": 13, \"width\": 12}]} | expected x and width of a widget to be at most 24 together, got 13 and 12",
                "{\"widgets\": [{\"type\": \"text\", \"properties\": {\"a\": 1}, \"x\": 12, \"width\": 12}]} |"
            })
    void bodiesOfADashboard(String body, String failure) {
        assertFailure(
                plugin.check(DASHBOARD, SampleInputs.dashboard().with("dashboardBody", body)),
                failure,
                "dashboardBody");
    }

    @Test
    void aDashboardIsKeptUnderItsNameAndComparedAsJson() {
        PropertyValue inputs = SampleInputs.dashboard();

        PropertyValue state = plugin.create(DASHBOARD, inputs);

        assertThat(state).isEqualTo(inputs.with("dashboardArn", "arn:aws:cloudwatch::000000000000:dashboard/sessions"));
        String body = inputs.get("dashboardBody").text();
        assertThat(plugin.differences(DASHBOARD, state, inputs.with("dashboardBody", body.replace(" ", ""))))
                .isEmpty();
        assertThat(plugin.differences(DASHBOARD, state, inputs.with("dashboardBody", body.replace("12", "11"))))
                .containsExactly("dashboardBody");
        PropertyValue renamed = plugin.diff(DASHBOARD, state, inputs.with("dashboardName", "other"));
        assertThat(renamed.get("replaces")).isEqualTo(PropertyValue.of(List.of("dashboardName")));
        assertThat(renamed.get("deleteBeforeReplace").bool()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b"})
    void namesThatAwsRefuses(String name) {
        assertFailure(
                plugin.check(DASHBOARD, SampleInputs.dashboard().with("dashboardName", name)),
                "\"dashboard_name\" doesn't comply with restrictions (\"^[0-9A-Za-z_-]+$\"): \"" + name + "\"",
                "dashboardName");
        assertFailure(
                plugin.check(TOPIC, PropertyValue.EMPTY.with("name", name)), "invalid topic name: " + name, "name");
    }

    @Test
    void whatIsKeptInTheStateIsReadAsItIsAndNotImported() {
        PropertyValue inputs = SampleInputs.alarm();
        PropertyValue state = plugin.create(ALARM, inputs);

        assertThat(plugin.read(ALARM, "system-errors", state, inputs))
                .isEqualTo(PropertyValue.of(Map.of("id", "system-errors", "properties", state, "inputs", inputs)));
        assertThat(plugin.read(ALARM, "system-errors", PropertyValue.EMPTY, PropertyValue.EMPTY))
                .isEqualTo(PropertyValue.EMPTY);
    }

    private static void assertFailure(List<String> failures, String expected, String property) {
        assertThat(failures)
                .isEqualTo(
                        expected == null || expected.isEmpty()
                                ? List.of()
                                : List.of(expected + ". Examine values at 'resource." + property + "'."));
    }
}
