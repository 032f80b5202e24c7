package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.CloudWatchAlarm.State.ALARM;
import static com.aitutor.chatsessions.CloudWatchAlarm.State.INSUFFICIENT_DATA;
import static com.aitutor.chatsessions.CloudWatchAlarm.State.OK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Given these failed requests, does this alarm go off? By default at 5 system or 20 user errors in 300 seconds. */
class ErrorAlarmsTest {
    private static final StackConfiguration PROD = StackConfiguration.from("prod");
    private static final CloudWatchAlarm SYSTEM_ERRORS = alarm("chat-sessions-system-errors", PROD);
    private static final CloudWatchAlarm USER_ERRORS = alarm("chat-sessions-user-errors", PROD);

    private static final String TABLE = "chat_sessions";

    /** Every operation on items there is. */
    private static final List<String> OPERATIONS = List.of(("GetItem BatchGetItem TransactGetItems Query Scan "
                    + "PutItem UpdateItem DeleteItem BatchWriteItem TransactWriteItems")
            .split(" "));

    private final DynamoDbMetrics metrics = new DynamoDbMetrics();

    @Nested
    class SystemErrors {
        @Test
        void nothingFailed() {
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @ParameterizedTest
        @FieldSource("com.aitutor.chatsessions.ErrorAlarmsTest#OPERATIONS")
        void belowTheThreshold(String operation) {
            metrics.systemErrors(TABLE, operation, 10, 4);
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @ParameterizedTest
        @FieldSource("com.aitutor.chatsessions.ErrorAlarmsTest#OPERATIONS")
        void atTheThreshold(String operation) {
            metrics.systemErrors(TABLE, operation, 10, 5);
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(ALARM);
        }

        @Test
        void oneFailureOfEachOfFourOperations() {
            OPERATIONS.subList(0, 4).forEach(operation -> metrics.systemErrors(TABLE, operation, 10, 1));
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @Test
        void oneFailureOfEachOfFiveOperations() {
            OPERATIONS.subList(5, 10).forEach(operation -> metrics.systemErrors(TABLE, operation, 10, 1));
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(ALARM);
        }

        @Test
        void spreadOverThePeriod() {
            List.of(0, 60, 120, 180, 299).forEach(second -> metrics.systemErrors(TABLE, "Query", second, 1));
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(ALARM);
        }

        @Test
        void spreadOverTwoPeriods() {
            metrics.systemErrors(TABLE, "Query", 299, 3).systemErrors(TABLE, "Query", 300, 2);
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
            assertThat(SYSTEM_ERRORS.stateAt(600, metrics)).isEqualTo(OK);
        }

        @Test
        void overOnceNothingFailsAnyMore() {
            metrics.systemErrors(TABLE, "Query", 10, 500);
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(ALARM);
            assertThat(SYSTEM_ERRORS.stateAt(600, metrics)).isEqualTo(OK);
        }

        @Test
        void anotherTablesFailures() {
            metrics.systemErrors("chat_sessions_dev", "Query", 10, 500);
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @Test
        void userErrors() {
            metrics.userErrors(10, 500);
            assertThat(SYSTEM_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @Test
        void followTheTablesName() {
            CloudWatchAlarm alarm =
                    alarm("chat-sessions-system-errors", PROD.with("chat-sessions:tableName", "tutor.sessions"));
            metrics.systemErrors("tutor.sessions", "Query", 10, 5);
            assertThat(alarm.stateAt(300, metrics)).isEqualTo(ALARM);
        }

        @Test
        void followThreshold() {
            CloudWatchAlarm alarm =
                    alarm("chat-sessions-system-errors", PROD.with("chat-sessions:systemErrorThreshold", "1"));
            metrics.systemErrors(TABLE, "Query", 10, 1);
            assertThat(alarm.stateAt(300, metrics)).isEqualTo(ALARM);
            assertThat(alarm.stateAt(600, metrics)).isEqualTo(OK);
        }

        @Test
        void followThePeriod() {
            CloudWatchAlarm alarm =
                    alarm("chat-sessions-system-errors", PROD.with("chat-sessions:alarmPeriodSeconds", "60"));
            metrics.systemErrors(TABLE, "Query", 10, 4).systemErrors(TABLE, "Query", 70, 5);
            assertThat(alarm.stateAt(60, metrics)).isEqualTo(OK);
            assertThat(alarm.stateAt(120, metrics)).isEqualTo(ALARM);
        }
    }

    @Nested
    class UserErrors {
        @Test
        void nothingRefused() {
            assertThat(USER_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @Test
        void belowTheThreshold() {
            metrics.userErrors(10, 10).userErrors(200, 9);
            assertThat(USER_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }

        @Test
        void atTheThreshold() {
            metrics.userErrors(10, 10).userErrors(200, 10);
            assertThat(USER_ERRORS.stateAt(300, metrics)).isEqualTo(ALARM);
            assertThat(USER_ERRORS.stateAt(600, metrics)).isEqualTo(OK);
        }

        @Test
        void systemErrors() {
            metrics.systemErrors(TABLE, "Query", 10, 500);
            assertThat(USER_ERRORS.stateAt(300, metrics)).isEqualTo(OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat-sessions-system-errors", "chat-sessions-user-errors"})
    void severalPeriodsHaveToFailInARow(String name) {
        CloudWatchAlarm alarm = alarm(name, PROD.with("chat-sessions:alarmEvaluationPeriods", "3"));
        // three periods, a quiet one, two periods
        List.of(0, 300, 600, 1200, 1500)
                .forEach(second -> metrics.userErrors(second, 500).systemErrors(TABLE, "Query", second, 500));
        assertThat(alarm.stateAt(300, metrics)).isEqualTo(OK);
        assertThat(alarm.stateAt(600, metrics)).isEqualTo(OK);
        assertThat(alarm.stateAt(900, metrics)).isEqualTo(ALARM);
        assertThat(alarm.stateAt(1200, metrics)).isEqualTo(OK);
        assertThat(alarm.stateAt(1500, metrics)).isEqualTo(OK);
        assertThat(alarm.stateAt(1800, metrics)).isEqualTo(OK);
    }

    /** Alarms that AWS accepts and that never go off, to show that the tests above would notice. */
    @Nested
    class WrongAlarms {
        WrongAlarms() {
            metrics.systemErrors(TABLE, "Query", 10, 500).userErrors(10, 500);
        }

        @Test
        void theRightOnesGoOff() {
            assertThat(List.of(SYSTEM_ERRORS.stateAt(300, metrics), USER_ERRORS.stateAt(300, metrics)))
                    .containsOnly(ALARM);
        }

        @Test
        void systemErrorsOfATableAlone() {
            assertSilent(changed(USER_ERRORS, "metricName", "SystemErrors", "dimensions", Map.of("TableName", TABLE)));
        }

        @Test
        void systemErrorsOfAnOperationThatDoesNotExist() {
            Map<String, String> dimensions = Map.of("TableName", TABLE, "Operation", "QueryItems");
            assertSilent(changed(USER_ERRORS, "metricName", "SystemErrors", "dimensions", dimensions));
        }

        @Test
        void userErrorsOfATable() {
            assertSilent(changed(USER_ERRORS, "dimensions", Map.of("TableName", TABLE)));
        }

        @Test
        void anotherNamespace() {
            assertSilent(changed(USER_ERRORS, "namespace", "DynamoDB"));
        }

        @Test
        void anAverage() {
            assertSilent(changed(USER_ERRORS, "statistic", "Average"));
        }

        @Test
        void aSumOverOperationsThatNeverFailed() {
            List<Object> queries = new ArrayList<>((List<?>) SYSTEM_ERRORS.properties().get("metricQueries"));
            queries.set(0, Map.of("id", "total", "expression", "SUM(METRICS())", "returnData", true));
            assertSilent(changed(SYSTEM_ERRORS, "metricQueries", queries));
        }

        @Test
        void noDataIsToldApartFromNoFailures() {
            CloudWatchAlarm wrong = changed(USER_ERRORS, "namespace", "DynamoDB", "treatMissingData", "missing");
            assertThat(wrong.stateAt(300, metrics)).isEqualTo(INSUFFICIENT_DATA);
        }

        private void assertSilent(CloudWatchAlarm alarm) {
            assertThat(alarm.stateAt(300, metrics)).isEqualTo(OK);
        }
    }

    private static CloudWatchAlarm alarm(String name, StackConfiguration configuration) {
        return new CloudWatchAlarm(StackRun.of(configuration).registration(name).inputs());
    }

    private static CloudWatchAlarm changed(CloudWatchAlarm alarm, Object... propertiesAndValues) {
        Map<String, Object> properties = new HashMap<>(alarm.properties());
        for (int i = 0; i < propertiesAndValues.length; i += 2) {
            properties.put((String) propertiesAndValues[i], propertiesAndValues[i + 1]);
        }
        return new CloudWatchAlarm(properties);
    }
}
