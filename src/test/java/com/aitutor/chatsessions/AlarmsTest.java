package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.CloudWatchAlarm.State.ALARM;
import static com.aitutor.chatsessions.CloudWatchAlarm.State.INSUFFICIENT_DATA;
import static com.aitutor.chatsessions.CloudWatchAlarm.State.OK;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.CloudWatchAlarm.MissingData;
import com.aitutor.chatsessions.CloudWatchAlarm.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Given these failed requests, does an alarm go off, and does it clear again? At thresholds of 5 system errors, 100
 * user errors and 10 throttles in 300 seconds, under either reading of AWS's texts on missing data.
 */
@ParameterizedClass
@EnumSource(MissingData.class)
class AlarmsTest {
    private static final StackRun RUN = StackRun.of(StackConfiguration.fixture());
    private static final CloudWatchAlarm SYSTEM_ERRORS = alarm("system-errors", "", "");
    private static final CloudWatchAlarm USER_ERRORS = alarm("user-errors", "", "");
    private static final CloudWatchAlarm THROTTLED_REQUESTS = alarm("throttled-requests", "", "");

    private static final String TABLE = "chat_sessions";
    private static final List<String> OPERATIONS =
            List.of("GetItem Query PutItem UpdateItem BatchWriteItem TransactGetItems TransactWriteItems".split(" "));

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
        assertThat(states(SYSTEM_ERRORS)).endsWith(quiet);
        assertThat(states(USER_ERRORS)).endsWith(quiet);
    }

    @Test
    void failuresOfMoreThanAPeriodDoNotAddUp() {
        metrics.systemErrors(TABLE, "Query", QUIET, 4).systemErrors(TABLE, "Query", QUIET + 360, 4);
        assertSilent(SYSTEM_ERRORS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 120, 180})
    void lateMetrics(int secondsLate) {
        metrics.userErrors(QUIET, 100);
        assertThat(USER_ERRORS.states(metrics, missingData, secondsLate))
                .contains(ALARM)
                .endsWith(OK);
    }

    /** The shortest period that is accepted still goes off; a minute, which is refused, would not. */
    @Test
    void theNewestMinuteIsUsuallyMissing() {
        metrics.userErrors(QUIET, 500);
        assertGoesOffAndClears(alarm("user-errors", "\"period\":300", "\"period\":120"));
        assertSilent(alarm("user-errors", "\"period\":300", "\"period\":60"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"system-errors", "user-errors", "throttled-requests"})
    void severalPeriodsMustAllReachTheThreshold(String name) {
        CloudWatchAlarm alarm = alarm(name, "\"evaluationPeriods\":1", "\"evaluationPeriods\":3");
        failEverything(QUIET, 6);
        assertSilent(alarm);
        failEverything(QUIET + 360, 6);
        assertGoesOffAndClears(alarm);
    }

    /** Alarms that AWS accepts and that never go off, to show that the tests above would notice. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            user-errors   | AWS/DynamoDB      | DynamoDB
            user-errors   | "dimensions":{}   | "dimensions":{"TableName":"chat_sessions"}
            system-errors | "Operation":      | "Operations":
            system-errors | FILL(METRICS(), 0) | METRICS()
            """)
    void wrongAlarms(String name, String text, String wrong) {
        failEverything(QUIET, 1);
        assertSilent(alarm(name, text, wrong));
    }

    @Test
    void withoutFillAnAlarmStaysOnWhereMissingDataIsIgnored() {
        failEverything(QUIET, 1);
        assertThat(states(alarm("user-errors", "FILL(METRICS(), 0)", "METRICS()")))
                .contains(ALARM)
                .endsWith(missingData == MissingData.AS_SET ? OK : ALARM);
    }

    private void failEverything(int second, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            metrics.userErrors(second + 60 * minute, 500)
                    .systemErrors(TABLE, "Query", second + 60 * minute, 500)
                    .throttledReads(TABLE, second + 60 * minute, 500);
        }
    }

    private List<State> states(CloudWatchAlarm alarm) {
        return alarm.states(metrics, missingData, 60);
    }

    private void assertSilent(CloudWatchAlarm alarm) {
        assertThat(states(alarm)).doesNotContain(ALARM);
    }

    private void assertGoesOffAndClears(CloudWatchAlarm alarm) {
        assertThat(states(alarm)).contains(ALARM).endsWith(OK);
    }

    private static CloudWatchAlarm alarm(String name, String text, String replacement) {
        return CloudWatchAlarm.of(RUN.inputs("chat-sessions-" + name), text, replacement);
    }
}
