package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.ADOPT_EXISTING_TABLE;
import static com.aitutor.chatsessions.StackSettings.ALARM_EMAIL;
import static com.aitutor.chatsessions.StackSettings.ALARM_EVALUATION_PERIODS;
import static com.aitutor.chatsessions.StackSettings.ALARM_PERIOD_SECONDS;
import static com.aitutor.chatsessions.StackSettings.ALARM_TOPIC_ARN;
import static com.aitutor.chatsessions.StackSettings.DASHBOARD;
import static com.aitutor.chatsessions.StackSettings.DELETION_PROTECTION;
import static com.aitutor.chatsessions.StackSettings.ENVIRONMENT;
import static com.aitutor.chatsessions.StackSettings.KMS_KEY_ARN;
import static com.aitutor.chatsessions.StackSettings.MAX_READ_REQUEST_UNITS;
import static com.aitutor.chatsessions.StackSettings.MAX_WRITE_REQUEST_UNITS;
import static com.aitutor.chatsessions.StackSettings.POINT_IN_TIME_RECOVERY;
import static com.aitutor.chatsessions.StackSettings.RECOVERY_WINDOW_DAYS;
import static com.aitutor.chatsessions.StackSettings.REGION;
import static com.aitutor.chatsessions.StackSettings.SESSION_RETENTION_DAYS;
import static com.aitutor.chatsessions.StackSettings.SYSTEM_ERROR_THRESHOLD;
import static com.aitutor.chatsessions.StackSettings.TABLE_NAME;
import static com.aitutor.chatsessions.StackSettings.THROTTLED_REQUEST_THRESHOLD;
import static com.aitutor.chatsessions.StackSettings.USER_ERROR_THRESHOLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pulumi.yaml repeats the declared settings, and every stack file of the project keeps what must always hold. */
class DeclarationsTest {
    private static final List<StackConfiguration> STACKS = StackConfiguration.all();

    /** Another value of each setting; of those that a production stack must keep, for other stacks only. */
    private static final Map<Setting<?>, String> OTHER_VALUES = Map.ofEntries(
            Map.entry(REGION, "eu-central-1"),
            Map.entry(ENVIRONMENT, "staging"),
            Map.entry(TABLE_NAME, "another-table"),
            Map.entry(SESSION_RETENTION_DAYS, "91"),
            Map.entry(POINT_IN_TIME_RECOVERY, "false"),
            Map.entry(RECOVERY_WINDOW_DAYS, "8"),
            Map.entry(DELETION_PROTECTION, "false"),
            Map.entry(SYSTEM_ERROR_THRESHOLD, "51"),
            Map.entry(USER_ERROR_THRESHOLD, "52"),
            Map.entry(THROTTLED_REQUEST_THRESHOLD, "53"),
            Map.entry(ALARM_PERIOD_SECONDS, "180"),
            Map.entry(ALARM_EVALUATION_PERIODS, "2"),
            Map.entry(ALARM_EMAIL, "team@example.com"),
            Map.entry(ALARM_TOPIC_ARN, "arn:aws:sns:REGION:123456789012:others"),
            Map.entry(MAX_READ_REQUEST_UNITS, "401"),
            Map.entry(MAX_WRITE_REQUEST_UNITS, "402"),
            Map.entry(KMS_KEY_ARN, "arn:aws:kms:REGION:123456789012:key/1234abcd"),
            Map.entry(ADOPT_EXISTING_TABLE, "false"),
            Map.entry(DASHBOARD, "true"));

    /** What has to be left out where a setting has its other value. */
    private static final Map<Setting<?>, List<Setting<?>>> CONTRADICTIONS = Map.of(
            REGION, List.of(ALARM_TOPIC_ARN, KMS_KEY_ARN),
            ALARM_EMAIL, List.of(ALARM_TOPIC_ARN),
            ALARM_TOPIC_ARN, List.of(ALARM_EMAIL),
            POINT_IN_TIME_RECOVERY, List.of(RECOVERY_WINDOW_DAYS));

    @Test
    void pulumiYamlDeclaresTheSettings() throws IOException {
        String file = Files.readString(Path.of("Pulumi.yaml"));
        assertThat(file)
                .as("Pulumi.yaml must end with what StackSettings declares:%n%n%s", SettingsTable.pulumiYaml())
                .endsWith(SettingsTable.pulumiYaml());
    }

    @ParameterizedTest
    @FieldSource("STACKS")
    void everyStackFileKeepsWhatMustHold(StackConfiguration stack) {
        assertKeepsWhatMustHold(stack);
    }

    /** Changing a setting, which is what stack files are for, fails no test. */
    @ParameterizedTest
    @MethodSource
    void everySettingMayBeChanged(StackConfiguration stack, Setting<?> setting) {
        assertThat(OTHER_VALUES).as("the settings that this test knows another value of").containsKey(setting);
        boolean keeps = setting == DELETION_PROTECTION || setting == POINT_IN_TIME_RECOVERY;
        String value = OTHER_VALUES.get(setting).replace("REGION", stack.settings().region());
        StackConfiguration changed = stack.with(setting, keeps && isProduction(stack.settings()) ? "true" : value);
        for (Setting<?> contradiction : CONTRADICTIONS.getOrDefault(setting, List.of())) {
            changed = changed.with(contradiction, contradiction.defaultText());
        }
        assertKeepsWhatMustHold(changed);
    }

    static Stream<Object[]> everySettingMayBeChanged() {
        return STACKS.stream().flatMap(stack -> StackSettings.ALL.stream().map(setting -> new Object[] {stack, setting}));
    }

    @Test
    void stacksCanLiveInOneAccountAndRegion() {
        assertThat(STACKS.stream().map(StackConfiguration::settings).map(StackSettings::tableName))
                .as("tableName in %s", STACKS.stream().map(stack -> "Pulumi." + stack.stackName() + ".yaml").toList())
                .doesNotHaveDuplicates();
    }

    private static void assertKeepsWhatMustHold(StackConfiguration stack) {
        StackSettings settings = stack.settings();
        if (isProduction(settings)) {
            assertThat(settings.get(DELETION_PROTECTION)).as(DELETION_PROTECTION + " in " + stack).isTrue();
            assertThat(settings.get(POINT_IN_TIME_RECOVERY)).as(POINT_IN_TIME_RECOVERY + " in " + stack).isTrue();
        }
        assertThat(StackRun.of(stack).result().errors()).as("errors of %s", stack).isEmpty();
    }

    private static boolean isProduction(StackSettings settings) {
        return settings.environment().startsWith("prod");
    }
}
