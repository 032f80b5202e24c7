package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.DELETION_PROTECTION;
import static com.aitutor.chatsessions.StackSettings.ENVIRONMENT;
import static com.aitutor.chatsessions.StackSettings.POINT_IN_TIME_RECOVERY;
import static com.aitutor.chatsessions.StackSettings.REGION;
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

    /** Another value that each setting accepts, beside whatever the stack files say. */
    private static final Map<Setting<?>, String> OTHER_VALUES = Map.ofEntries(
            Map.entry(REGION, "eu-central-1"),
            Map.entry(ENVIRONMENT, "staging"),
            Map.entry(StackSettings.TABLE_NAME, "another-table"),
            Map.entry(StackSettings.SESSION_RETENTION_DAYS, "91"),
            Map.entry(POINT_IN_TIME_RECOVERY, "true"),
            Map.entry(StackSettings.RECOVERY_WINDOW_DAYS, "8"),
            Map.entry(DELETION_PROTECTION, "true"),
            Map.entry(StackSettings.SYSTEM_ERROR_THRESHOLD, "51"),
            Map.entry(StackSettings.USER_ERROR_THRESHOLD, "52"),
            Map.entry(StackSettings.THROTTLED_REQUEST_THRESHOLD, "53"),
            Map.entry(StackSettings.ALARM_PERIOD_SECONDS, "180"),
            Map.entry(StackSettings.ALARM_EVALUATION_PERIODS, "2"),
            Map.entry(StackSettings.ALARM_EMAIL, "team@example.com"),
            Map.entry(StackSettings.ALARM_TOPIC_ARN, "arn:aws:sns:us-east-1:123456789012:operations"),
            Map.entry(StackSettings.MAX_READ_REQUEST_UNITS, "401"),
            Map.entry(StackSettings.MAX_WRITE_REQUEST_UNITS, "402"),
            Map.entry(StackSettings.KMS_KEY_ARN, "arn:aws:kms:us-east-1:123456789012:key/1234abcd"),
            Map.entry(StackSettings.ADOPT_EXISTING_TABLE, "false"),
            Map.entry(StackSettings.DASHBOARD, "true"));

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
        assertThat(OTHER_VALUES).as("OTHER_VALUES of this test lack an accepted value").containsKey(setting);
        StackConfiguration changed = stack.with(setting, OTHER_VALUES.get(setting));
        if (setting == REGION || setting == StackSettings.ALARM_TOPIC_ARN) {
            changed = changed.with(StackSettings.ALARM_EMAIL, "none");
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
        if (settings.environment().startsWith("prod")) {
            assertThat(settings.get(DELETION_PROTECTION)).as("%s in %s", DELETION_PROTECTION, stack.stackName()).isTrue();
            assertThat(settings.get(POINT_IN_TIME_RECOVERY)).as("%s in %s", POINT_IN_TIME_RECOVERY, stack.stackName()).isTrue();
        }
        assertThat(StackRun.of(stack).result().exceptions()).isEmpty();
    }
}
