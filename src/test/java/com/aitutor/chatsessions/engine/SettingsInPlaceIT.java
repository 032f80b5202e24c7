package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Settings of a stack that is up change it in place, several in one update, so that each resource has changes of its
 * own. What one update left undone would show in the next one's count.
 */
@Tag(TestCloud.CONFORMANCE)
@TestInstance(Lifecycle.PER_CLASS)
class SettingsInPlaceIT {
    private TestStack dev;

    @BeforeAll
    void bringUp() {
        dev = TestStack.of("dev");
        dev.up();
    }

    @AfterAll
    void deleteTables() {
        dev.close();
    }

    @Test
    void ofTableAndAlarms() {
        changesInPlace(2, "recoveryWindowDays", "7", "systemErrorThreshold", "1");
        changesInPlace(2, "pointInTimeRecovery", "false", "recoveryWindowDays", "35", "userErrorThreshold", "1");
        changesInPlace(3, "deletionProtection", "true", "alarmPeriodSeconds", "120", "alarmEvaluationPeriods", "3");
        String topic = "arn:aws:sns:us-east-1:%s:pager".formatted(TestCloud.account());
        changesInPlace(3, "deletionProtection", "false", "pointInTimeRecovery", "true", "alarmTopicArn", topic);
        changesInPlace(3, "environment", "staging");
    }

    @Test
    @DisabledIfSystemProperty(
            named = TestCloud.ENDPOINT,
            matches = ".+",
            disabledReason = "moto keeps no caps, and a key only from a table's creation")
    void ofCapsAndKey() {
        changesInPlace(1, "maxReadRequestUnits", "100", "maxWriteRequestUnits", "50");
        changesInPlace(1, "maxReadRequestUnits", "-1");
        changesInPlace(1, "kmsKeyArn", "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        changesInPlace(1, "kmsKeyArn", "none");
    }

    private void changesInPlace(int updates, String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dev.set("chat-sessions:" + keysAndValues[i], keysAndValues[i + 1]);
        }
        assertThat(dev.up())
                .as(String.join(" ", keysAndValues))
                .containsOnly(entry("update", updates), entry("same", 5 - updates));
        boolean deletionProtection = String.join(" ", keysAndValues).contains("deletionProtection true");
        assertLaidOut("chat_sessions_dev", deletionProtection);
    }
}
