package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Settings of a stack that is up change it in place, one after the other. What one update left undone would show in the
 * next one's count.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SettingsInPlaceIT {
    private LocalStack dev;

    @BeforeAll
    void bringUp() {
        dev = LocalStack.of("dev");
        dev.up();
    }

    @AfterAll
    void nothingIsLeftToDo() {
        dev.previewWithoutChanges();
        dev.close();
    }

    @ParameterizedTest
    @CsvSource({
        "environment, staging, 3",
        "recoveryWindowDays, 7, 1",
        "recoveryWindowDays, 35, 1",
        "pointInTimeRecovery, false, 1",
        "systemErrorThreshold, 1, 1",
        "userErrorThreshold, 1, 1",
        "alarmPeriodSeconds, 60, 2",
        "alarmEvaluationPeriods, 3, 2",
        "alarmTopicArn, arn:aws:sns:us-east-1:123456789012:pager, 2",
        "maxReadRequestUnits, 100, 1",
        "maxReadRequestUnits, -1, 1",
        "maxWriteRequestUnits, 50, 1",
        "kmsKeyArn, arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, 1",
        "kmsKeyArn, none, 1",
        "deletionProtection, true, 1",
        "deletionProtection, false, 1",
    })
    void changesInPlace(String key, String value, int updates) {
        dev.set("chat-sessions:" + key, value);

        assertThat(dev.up()).containsOnly(entry("update", updates), entry("same", 5 - updates));
        assertLaidOut(
                LocalStack.dynamoDb("us-east-1"),
                "chat_sessions_dev",
                key.equals("deletionProtection") && value.equals("true"));
    }
}
