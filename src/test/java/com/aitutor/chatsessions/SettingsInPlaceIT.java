package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.TableLayout.assertLaidOut;
import static com.pulumi.automation.OperationType.SAME;
import static com.pulumi.automation.OperationType.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that change on a stack that is up do so in place, and what follows finds nothing left to do. */
@TestInstance(Lifecycle.PER_CLASS)
class SettingsInPlaceIT {
    private LocalStack dev;

    @BeforeAll
    void bringUp() {
        dev = LocalStack.of("dev");
        dev.up();
    }

    @AfterAll
    void deleteTables() {
        dev.close();
    }

    @ParameterizedTest
    @CsvSource({
        "environment, staging, 3",
        "pointInTimeRecovery, false, 1",
        "recoveryWindowDays, 7, 1",
        "deletionProtection, true, 1",
        "systemErrorThreshold, 1, 1",
        "userErrorThreshold, 1, 1",
        "alarmPeriodSeconds, 60, 2",
        "alarmEvaluationPeriods, 3, 2",
        "alarmTopicArn, arn:aws:sns:us-east-1:123456789012:pager, 2",
        "maxReadRequestUnits, 100, 1",
        "maxWriteRequestUnits, 50, 1",
        "kmsKeyArn, arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, 1",
    })
    void changesInPlace(String key, String value, int updates) {
        String fullKey = "chat-sessions:" + key;

        dev.set(fullKey, value);
        assertThat(dev.up()).containsOnly(entry(UPDATE, updates), entry(SAME, 5 - updates));
        dev.previewWithoutChanges();
        assertLaidOut(LocalStack.dynamoDb("us-east-1"), "chat_sessions_dev", key.equals("deletionProtection"));

        Map<String, String> file = StackConfiguration.stackFile("dev");
        if (file.containsKey(fullKey)) {
            dev.set(fullKey, file.get(fullKey));
        } else {
            dev.remove(fullKey);
        }
        dev.up();
        dev.previewWithoutChanges();
    }
}
