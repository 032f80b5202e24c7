package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Pulumi.yaml repeats the settings, and every stack file of the project keeps what must always hold. */
class DeclarationsTest {
    private static final List<StackConfiguration> STACKS = StackConfiguration.all();

    private static final Map<String, List<?>> ACCEPTED =
            StackConfiguration.<Map<String, List<?>>>fixture("settings.yaml").get("accepted");

    /** What may contradict another setting, unless it has its default. */
    private static final List<Setting> SENSITIVE =
            List.of(Setting.ALARM_EMAIL, Setting.ALARM_TOPIC_ARN, Setting.KMS_KEY_ARN, Setting.RECOVERY_WINDOW_DAYS);

    @Test
    void pulumiYamlDeclaresTheSettings() {
        assertThat(SettingsTable.declared().keySet())
                .containsExactlyElementsOf(
                        SettingsTable.settings().map(setting -> setting.key).toList());
        SettingsTable.settings().forEach(setting -> {
            Map<String, Object> declared = SettingsTable.declared().get(setting.key);
            assertThat(declared)
                    .as("%s without a type, for which Pulumi stops at the first value of another", setting)
                    .containsOnlyKeys("default", "description");
            assertThat(declared.get("default")).as("default of %s", setting).hasToString(setting.defaultText);
            assertThat(declared.get("description").toString())
                    .as("<what is accepted>. <what it is for>")
                    .matches(Pattern.quote(setting.accepted) + "\\. [A-Z](?s).*");
        });
    }

    @ParameterizedTest
    @FieldSource("STACKS")
    void everyStackFileKeepsWhatMustHold(StackConfiguration stack) {
        assertKeepsWhatMustHold(stack);
    }

    /** Changing a setting, which is what stack files are for, fails no test. */
    @ParameterizedTest
    @EnumSource
    void everySettingMayBeChanged(Setting setting) {
        List<?> values = ACCEPTED.get(setting.toString());
        for (StackConfiguration stack : STACKS) {
            boolean kept = setting == Setting.DELETION_PROTECTION || setting == Setting.POINT_IN_TIME_RECOVERY;
            Object value = kept && isProduction(stack.settings()) ? "true" : values.get(values.size() - 1);
            String region = stack.settings().region();
            String text = value.toString()
                    .replace("arn:aws:", "arn:" + Arn.partitionOf(region) + ":")
                    .replace("us-east-1", region);
            for (Setting other : SENSITIVE) {
                stack = stack.with(other, other.defaultText);
            }
            assertKeepsWhatMustHold(stack.with(setting, text));
        }
    }

    @Test
    void stacksCanLiveInOneAccountAndRegion() {
        assertThat(STACKS.stream().map(StackConfiguration::settings).map(StackSettings::tableName))
                .as("tableName in %s", STACKS)
                .doesNotHaveDuplicates();
    }

    private static void assertKeepsWhatMustHold(StackConfiguration stack) {
        StackSettings settings = stack.settings();
        if (isProduction(settings)) {
            assertThat(List.of(Setting.DELETION_PROTECTION, Setting.POINT_IN_TIME_RECOVERY))
                    .as("settings of %s", stack)
                    .allMatch(settings::isTrue);
        }
        assertThat(StackRun.of(stack).result().errors())
                .as("errors of %s", stack)
                .isEmpty();
    }

    private static boolean isProduction(StackSettings settings) {
        return settings.environment().startsWith("prod");
    }
}
