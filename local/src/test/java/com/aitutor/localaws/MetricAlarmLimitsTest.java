package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.ALARM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulumirpc.Provider.CheckFailure;

class MetricAlarmLimitsTest {

    private static final String METRIC =
            "{\"metricName\": \"m\", \"namespace\": \"n\", \"period\": 60, \"stat\": \"Sum\"}";

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name | \"\" | expected length of alarm_name to be in the range (1 - 255), got ",
                "period | 10 |",
                "period | 20 |",
                "period | 30 |",
                "period | 60 |",
                "period | 0 | expected period to be 10, 20, 30 or a multiple of 60, got 0",
                "period | -60 | expected period to be 10, 20, 30 or a multiple of 60, got -60",
                "period | 5 | expected period to be one of [10 20 30], got 5; expected period to be divisible by 60, got: 5",
                "period | 3600 |",
                "evaluationPeriods | 288 |",
                "evaluationPeriods | 289 | expected evaluationPeriods times period to be at most 86400 seconds (one day) for periods under one hour, got 289 times 300",
                "evaluationPeriods | 0 | expected evaluation_periods to be at least (1), got 0",
                "datapointsToAlarm | 1 |",
                "datapointsToAlarm | 2 | expected datapointsToAlarm to be at most evaluationPeriods, got 2 of 1",
                "datapointsToAlarm | 0 | expected datapoints_to_alarm to be at least (1), got 0",
                "statistic | \"p90\" | expected statistic to be one of [\"SampleCount\" \"Average\" \"Sum\" \"Minimum\" \"Maximum\"], got p90",
                "treatMissingData | \"missing\" |",
                "unit | \"Count\" |",
                "unit | \"Counts\" | expected unit to be one of",
                "alarmActions | [\"arn:aws:sns:us-east-1:000000000000:t\"] |",
                "alarmActions | [\"arn:aws:automate:us-east-1:ec2:stop\"] |",
                "alarmActions | [\"arn:aws:sns:us-west-2:000000000000:t\"] | expected a topic of the alarm's region us-east-1, got arn:aws:sns:us-west-2:000000000000:t",
                "okActions | [\"arn:aws:sns\"] | \"ok_actions.0\" (arn:aws:sns) is an invalid ARN: arn: not enough sections",
                "dimensions | {\"TableName\": \"t\"} |",
                "dimensions | {\":TableName\": \"t\"} | expected names of dimensions to have 1 to 255 characters and not to begin with a colon, got \":TableName\"",
                "dimensions | {\"TableName\": \"\"} | expected the value of dimension \"TableName\" to have 1 to 1024 characters, got 0",
                "thresholdMetricId | \"m0\" | Conflicting configuration arguments. \"threshold\": conflicts with threshold_metric_id",
                "metricQueries | [] | Conflicting configuration arguments"
            })
    void oneProperty(String property, String value, String failure) {
        assertFailure(Fixtures.with(Fixtures.alarm(), property, value), failure);
    }

    @ParameterizedTest(name = "without {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "period | period must be set together with metricName",
                "namespace | namespace must be set together with metricName",
                "threshold | one of threshold or thresholdMetricId must be set",
                "metricName | one of metricName or metricQueries must be set",
                "treatMissingData |",
                "comparisonOperator | Missing required argument. The argument \"comparison_operator\" is required"
            })
    void oneLeftOut(String property, String failure) {
        assertFailure(Fixtures.without(Fixtures.alarm(), property), failure);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"id\": \"a\", \"metric\": METRIC, \"returnData\": true}] |",
                "[{\"id\": \"A\", \"metric\": METRIC, \"returnData\": true}] | expected ids of metricQueries to begin with a lower-case letter",
                "[{\"id\": \"a-b\", \"metric\": METRIC, \"returnData\": true}] | expected ids of metricQueries to begin with a lower-case letter",
                "[{\"id\": \"a\", \"returnData\": true}] | metric query \"a\" needs a metric or an expression",
                "[{\"id\": \"a\", \"metric\": METRIC}] | expected exactly one of metricQueries with returnData, got 0",
                "[{\"id\": \"a\", \"metric\": METRIC, \"returnData\": true}, {\"id\": \"b\", \"metric\": METRIC, \"returnData\": true}] | expected exactly one of metricQueries with returnData, got 2",
                "[{\"id\": \"a\", \"metric\": METRIC, \"returnData\": true}, {\"id\": \"a\", \"metric\": METRIC}] | expected each id of metricQueries once, got \"a\" again",
                "[{\"id\": \"a\", \"metric\": {\"metricName\": \"m\", \"period\": 0, \"stat\": \"Sum\"}, \"returnData\": true}] | expected the period of metric query \"a\" to be above 0, got 0",
                "[{\"id\": \"a\", \"metric\": {\"metricName\": \"m\", \"period\": 90, \"stat\": \"Sum\"}, \"returnData\": true}] | expected period to be one of [1 5 10 20 30], got 90",
                "[{\"id\": \"a\", \"metric\": {\"metricName\": \"m\", \"period\": 60, \"stat\": \"Total\"}, \"returnData\": true}] | invalid statistic",
                "[{\"id\": \"a\", \"metric\": {\"metricName\": \"m\", \"period\": 60, \"stat\": \"p99.9\"}, \"returnData\": true}] |"
            })
    void queries(String queries, String failure) {
        assertFailure(
                Fixtures.with(Fixtures.mathAlarm(), "metricQueries", queries.replace("METRIC", METRIC)), failure);
    }

    @ParameterizedTest(name = "{0} metrics")
    @CsvSource({"10, ''", "11, 'expected at most 10 metrics in one alarm, got 11'"})
    void atMostTenMetrics(int count, String failure) {
        String metrics = IntStream.range(0, count)
                .mapToObj(index -> "{\"id\": \"m" + index + "\", \"metric\": " + METRIC + "}")
                .collect(Collectors.joining(", "));
        assertFailure(
                Fixtures.with(
                        Fixtures.mathAlarm(),
                        "metricQueries",
                        "[{\"id\": \"total\", \"expression\": \"1\", \"returnData\": true}, " + metrics + "]"),
                failure);
    }

    @ParameterizedTest(name = "{0} times {1} s")
    @CsvSource({
        "1440, 60, ''",
        "1441, 60, 'at most 86400 seconds (one day)'",
        "168, 3600, ''",
        "169, 3600, 'at most 604800 seconds (seven days)'",
        "7, 86400, ''",
        "8, 86400, 'at most 604800 seconds (seven days)'"
    })
    void oneEvaluationLooksBackADayOrAWeek(int periods, int seconds, String failure) {
        assertFailure(
                Fixtures.with(
                        Fixtures.with(Fixtures.alarm(), "evaluationPeriods", Integer.toString(periods)),
                        "period",
                        Integer.toString(seconds)),
                failure);
        String metric = METRIC.replace("60", Integer.toString(seconds));
        assertFailure(
                Fixtures.with(
                        Fixtures.with(Fixtures.mathAlarm(), "evaluationPeriods", Integer.toString(periods)),
                        "metricQueries",
                        "[{\"id\": \"a\", \"metric\": " + metric + ", \"returnData\": true}]"),
                failure);
    }

    @ParameterizedTest(name = "{0} dimensions")
    @CsvSource({"30, ''", "31, 'expected at most 30 dimensions, got 31'"})
    void atMostThirtyDimensions(int count, String failure) {
        String dimensions = IntStream.range(0, count)
                .mapToObj(index -> "\"d" + index + "\": \"v\"")
                .collect(Collectors.joining(", ", "{", "}"));
        assertFailure(Fixtures.with(Fixtures.alarm(), "dimensions", dimensions), failure);
    }

    @ParameterizedTest(name = "{1} {0}")
    @CsvSource({
        "alarmActions, 5, ''",
        "alarmActions, 6, 'expected at most 5 alarmActions, got 6'",
        "okActions, 6, 'expected at most 5 okActions, got 6'",
        "insufficientDataActions, 6, 'expected at most 5 insufficientDataActions, got 6'"
    })
    void atMostFiveActionsForAState(String property, int count, String failure) {
        String actions = IntStream.range(0, count)
                .mapToObj(index -> "\"arn:aws:sns:us-east-1:000000000000:t" + index + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        assertFailure(Fixtures.with(Fixtures.alarm(), property, actions), failure);
    }

    @ParameterizedTest(name = "name of {0}")
    @CsvSource({"1, ''", "255, ''", "256, 'expected length of alarm_name to be in the range (1 - 255)'"})
    void theNameHasUpTo255Characters(int length, String failure) {
        assertFailure(Fixtures.with(Fixtures.alarm(), "name", '"' + "x".repeat(length) + '"'), failure);
    }

    @Test
    void aThresholdMetricMustBeAQuery() {
        Struct alarm = Fixtures.without(Fixtures.mathAlarm(), "threshold");

        assertFailure(Fixtures.with(alarm, "thresholdMetricId", "\"m0\""), "");
        assertFailure(
                Fixtures.with(alarm, "thresholdMetricId", "\"m7\""),
                "expected thresholdMetricId to be the id of one of metricQueries, got m7");
    }

    @Test
    void whatTheOfficialProviderRefusesInItsPlan() {
        assertThatThrownBy(() -> plugin.previewCreate(ALARM, Fixtures.without(Fixtures.alarm(), "statistic")))
                .hasMessageContaining("One of `statistic` or `extended_statistic` must be set");
        Struct both = Fixtures.with(
                Fixtures.mathAlarm(),
                "metricQueries",
                "[{\"id\": \"a\", \"expression\": \"1\", \"metric\": " + METRIC + ", \"returnData\": true}]");
        assertThatThrownBy(() -> plugin.previewCreate(ALARM, both))
                .hasMessageContaining("No metric_query may have both `expression` and a `metric` specified");
    }

    @Test
    void theFixturesAreFine() {
        assertFailure(Fixtures.alarm(), "");
        assertFailure(Fixtures.mathAlarm(), "");
    }

    /** Expects failures that contain these texts, separated by a semicolon; none for an empty one. */
    private static void assertFailure(Struct alarm, String expected) {
        var reasons = plugin.check(ALARM, alarm).getFailuresList().stream()
                .map(CheckFailure::getReason)
                .toList();
        if (expected == null || expected.isEmpty()) {
            assertThat(reasons).isEmpty();
        } else {
            assertThat(reasons).isNotEmpty();
            Arrays.stream(expected.split("; ")).forEach(text -> assertThat(reasons)
                    .anySatisfy(reason -> assertThat(reason).contains(text)));
        }
    }
}
