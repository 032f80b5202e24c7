package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.CloudWatchAlarm.State.ALARM;
import static com.aitutor.chatsessions.CloudWatchAlarm.State.INSUFFICIENT_DATA;
import static com.aitutor.chatsessions.CloudWatchAlarm.State.OK;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.CloudWatchAlarm.MissingData;
import com.aitutor.chatsessions.CloudWatchAlarm.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Given these failed requests, does an alarm go off, and does it clear again? At thresholds of 5 system errors, 100 user
 * errors and 10 throttles in 300 seconds, under either reading of AWS's texts on missing data.
 */
@ParameterizedClass
@EnumSource(MissingData.class)
class AlarmsTest {
    private static final StackConfiguration STACK = StackConfiguration.fixture()
            .with(StackSettings.THROTTLED_REQUEST_THRESHOLD, 10);
    private static final CloudWatchAlarm SYSTEM_ERRORS = alarm("system-errors", STACK);
    private static final CloudWatchAlarm USER_ERRORS = alarm("user-errors", STACK);
    private static final CloudWatchAlarm THROTTLED_REQUESTS = alarm("throttled-requests", STACK);

    private static final String TABLE = "chat_sessions";
    private static final List<String> OPERATIONS = List.of(
            ("GetItem Query PutItem UpdateItem BatchWriteItem TransactGetItems TransactWriteItems").split(" "));

    /** A minute in which nothing failed yet. */
    private static final int QUIET = 1_800;

    @Parameter
    private MissingData missingData;

    private final DynamoDbMetrics metrics = new DynamoDbMetrics();

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void systemErrorsOfEachOperationOfTheApp(String operation) {
        metrics.systemErrors(TABLE, operation, QUIET, 4);
        assertSilent(SYSTEM_ERRORS);
        metrics.systemErrors(TABLE, operation, QUIET + 1, 1);
        assertGoesOffAndClears(SYSTEM_ERRORS);
        assertSilent(USER_ERRORS);
        assertSilent(THROTTLED_REQUESTS);
    }

    @Test
    void systemErrorsOfSeveralOperationsAddUp() {
        OPERATIONS.subList(2, 7).forEach(operation -> metrics.systemErrors(TABLE, operation, QUIET, 1));
        assertGoesOffAndClears(SYSTEM_ERRORS);
    }

    @Test
    void anotherTablesFailures() {
        metrics.systemErrors("chat_sessions_dev", "Query", QUIET, 500).throttledReads("chat_sessions_dev", QUIET, 500);
        assertSilent(SYSTEM_ERRORS);
        assertSilent(THROTTLED_REQUESTS);
    }

    @Test
    void userErrors() {
        metrics.userErrors(QUIET, 99);
        assertSilent(USER_ERRORS);
        metrics.userErrors(QUIET + 60, 1);
        assertGoesOffAndClears(USER_ERRORS);
        assertSilent(SYSTEM_ERRORS);
    }

    @Test
    void throttlesOfTableAndIndexAddUp() {
        metrics.throttledReads(TABLE, QUIET, 5).throttledWritesOfIndex(TABLE, "UserSessionsIndex", QUIET, 4);
        assertSilent(THROTTLED_REQUESTS);
        metrics.throttledReads(TABLE, QUIET + 60, 1);
        assertGoesOffAndClears(THROTTLED_REQUESTS);
        assertSilent(USER_ERRORS);
    }

    @Test
    void nothingEverFailed() {
        State quiet = missingData == MissingData.AS_SET ? OK : INSUFFICIENT_DATA;
        assertThat(states(SYSTEM_ERRORS, 60)).containsOnly(quiet);
        assertThat(states(USER_ERRORS, 60)).containsOnly(quiet);
    }

    /** Windows slide, so no border of two windows hides a burst. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60, 120, 180, 240})
    void aBurstAcrossTwoMinutesWhereverTheyLie(int second) {
        metrics.systemErrors(TABLE, "Query", QUIET + second + 59, 3).systemErrors(TABLE, "Query", QUIET + second + 61, 2);
        assertGoesOffAndClears(SYSTEM_ERRORS);
    }

    @Test
    void failuresOfMoreThanAPeriodDoNotAddUp() {
        metrics.systemErrors(TABLE, "Query", QUIET, 4).systemErrors(TABLE, "Query", QUIET + 360, 4);
        assertSilent(SYSTEM_ERRORS);
    }

    @Test
    void aSingleErrorThatIsEnoughClearsAgain() {
        metrics.systemErrors(TABLE, "Query", QUIET, 1);
        assertGoesOffAndClears(alarm("system-errors", STACK.with(StackSettings.SYSTEM_ERROR_THRESHOLD, 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 120, 180})
    void lateMetrics(int secondsLate) {
        metrics.userErrors(QUIET, 100);
        assertThat(USER_ERRORS.states(metrics, missingData, secondsLate, 90)).contains(ALARM).endsWith(OK);
    }

    /** The shortest period that is accepted still goes off; a minute, which is refused, would not. */
    @Test
    void theNewestMinuteIsUsuallyMissing() {
        metrics.userErrors(QUIET, 500);
        assertGoesOffAndClears(alarm("user-errors", STACK.with(StackSettings.ALARM_PERIOD_SECONDS, 120)));
        assertSilent(changed(USER_ERRORS, "metricQueries", withPeriod(60.0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"system-errors", "user-errors", "throttled-requests"})
    void severalPeriodsMustAllReachTheThreshold(String name) {
        CloudWatchAlarm alarm = alarm(name, STACK.with(StackSettings.ALARM_EVALUATION_PERIODS, 3));
        for (int minute = 0; minute < 6; minute++) {
            failEverything(QUIET + 60 * minute);
        }
        assertSilent(alarm);
        for (int minute = 6; minute < 12; minute++) {
            failEverything(QUIET + 60 * minute);
        }
        assertGoesOffAndClears(alarm);
    }

    /** Alarms that AWS accepts and that never go off or never clear, to show that the tests above would notice. */
    @Nested
    class WrongAlarms {
        private final CloudWatchAlarm single = new CloudWatchAlarm(Map.of(
                "namespace", "AWS/DynamoDB",
                "metricName", "UserErrors",
                "statistic", "Sum",
                "period", 300.0,
                "threshold", 100.0,
                "comparisonOperator", "GreaterThanOrEqualToThreshold",
                "evaluationPeriods", 1.0,
                "treatMissingData", "notBreaching"));

        WrongAlarms() {
            failEverything(QUIET);
        }

        @Test
        void withoutFillStaysOnWhereMissingDataIsIgnored() {
            assertThat(states(single, 90)).contains(ALARM).endsWith(missingData == MissingData.AS_SET ? OK : ALARM);
        }

        @Test
        void systemErrorsOfATableAlone() {
            assertSilent(changed(single, "metricName", "SystemErrors", "dimensions", Map.of("TableName", TABLE)));
        }

        @Test
        void userErrorsOfATable() {
            assertSilent(changed(single, "dimensions", Map.of("TableName", TABLE)));
        }

        @Test
        void anotherNamespace() {
            assertSilent(changed(single, "namespace", "DynamoDB"));
        }

        @Test
        void anAverage() {
            assertSilent(changed(single, "statistic", "Average"));
        }

        @Test
        void aSumOverOperationsThatNeverFailed() {
            List<Object> queries = new ArrayList<>((List<?>) SYSTEM_ERRORS.properties().get("metricQueries"));
            queries.set(0, Map.of("id", "total", "expression", "SUM(METRICS())", "returnData", true));
            assertSilent(changed(SYSTEM_ERRORS, "metricQueries", queries));
        }
    }

    private void failEverything(int second) {
        metrics.userErrors(second, 500).systemErrors(TABLE, "Query", second, 500).throttledReads(TABLE, second, 500);
    }

    private List<State> states(CloudWatchAlarm alarm, int minutes) {
        return alarm.states(metrics, missingData, 60, minutes);
    }

    private void assertSilent(CloudWatchAlarm alarm) {
        assertThat(states(alarm, 90)).doesNotContain(ALARM);
    }

    private void assertGoesOffAndClears(CloudWatchAlarm alarm) {
        assertThat(states(alarm, 90)).contains(ALARM).endsWith(OK);
    }

    private static CloudWatchAlarm alarm(String name, StackConfiguration stack) {
        return new CloudWatchAlarm(StackRun.of(stack).registration("chat-sessions-" + name).inputs());
    }

    private static List<Object> withPeriod(double seconds) {
        Map<String, Object> metric = Map.of(
                "namespace", "AWS/DynamoDB", "metricName", "UserErrors", "dimensions", Map.of(), "period", seconds, "stat", "Sum");
        Map<String, Object> total = Map.of("id", "total", "expression", "SUM(FILL(METRICS(), 0))", "returnData", true);
        return List.of(total, Map.of("id", "metric1", "metric", metric));
    }

    private static CloudWatchAlarm changed(CloudWatchAlarm alarm, Object... propertiesAndValues) {
        Map<String, Object> properties = new HashMap<>(alarm.properties());
        for (int i = 0; i < propertiesAndValues.length; i += 2) {
            properties.put((String) propertiesAndValues[i], propertiesAndValues[i + 1]);
        }
        return new CloudWatchAlarm(properties);
    }
}
