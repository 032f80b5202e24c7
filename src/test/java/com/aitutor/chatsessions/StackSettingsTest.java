package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stack file may say. The cases are in settings.yaml. */
class StackSettingsTest {
    private static final Map<String, Map<String, Object>> CASES = StackConfiguration.fixture("settings.yaml");

    @ParameterizedTest
    @EnumSource
    void acceptsAndRefuses(Setting setting) {
        String key = setting.toString();
        values("accepted", key)
                .forEach(value ->
                        assertThat(settings(Map.of(key, value)).text(setting)).isEqualTo(value));
        values("refused", key)
                .forEach(value -> assertRefused(Map.of(key, value), problem(key, value, setting.accepted)));
    }

    @ParameterizedTest
    @MethodSource
    void contradictions(String given, Map<String, Object> accepted) {
        Map<String, String> values = values(given);
        List<String> problems = new ArrayList<>();
        accepted.forEach(
                (key, words) -> problems.add(problem(fullKey(key), values.get(fullKey(key)), words.toString())));
        assertRefused(values, problems.toArray(String[]::new));
    }

    static Stream<Arguments> contradictions() {
        return CASES.get("contradictions").entrySet().stream()
                .map(entry -> arguments(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @CsvSource({"180, 480, 86400", "3540, 24, 86400", "3600, 168, 604800", "604800, 1, 604800"})
    void alarmsLookBackAsFarAsCloudWatchDoes(int period, int most, int longest) {
        String given = "alarmPeriodSeconds=" + period + " alarmEvaluationPeriods=";
        assertThat(settings(values(given + most)).integer(Setting.ALARM_EVALUATION_PERIODS))
                .isEqualTo(most);
        String accepted = "at most %d with chat-sessions:alarmPeriodSeconds at %d: CloudWatch looks back %d seconds";
        String problem = problem(
                "chat-sessions:alarmEvaluationPeriods",
                String.valueOf(most + 1),
                accepted.formatted(most, period, longest));
        assertRefused(values(given + (most + 1)), problem);
    }

    @ParameterizedTest
    @CsvSource({"us-isob-east-1, aws-iso-b", "eu-isoe-west-1, aws-iso-e", "us-isof-south-1, aws-iso-f"})
    void arnsAreOfTheRegionsPartition(String region, String partition) {
        String topic = "arn:%s:sns:%s:123456789012:operations".formatted(partition, region);
        Map<String, String> values = values("aws:region=" + region + " alarmTopicArn=" + topic);
        assertThat(settings(values).optional(Setting.ALARM_TOPIC_ARN)).contains(topic);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REGION")
    void everyDefaultIsUsed(Setting setting) {
        assertThat(settings(Map.of()).text(setting)).isEqualTo(setting.defaultText);
    }

    @Test
    void theRegionHasNoDefault() {
        Map<String, String> values = new HashMap<>();
        values.put("aws:region", null);
        assertRefused(values, problem("aws:region", null, "an AWS region such as us-east-1"));
    }

    @Test
    void aTableNameThatIsTooLongForItsAlarms() {
        String name = "a".repeat(236);
        assertThat(settings(values("tableName=" + name)).tableName()).isEqualTo(name);
        assertRefused(
                values("tableName=a" + name),
                problem("chat-sessions:tableName", "a" + name, Setting.TABLE_NAME.accepted));
    }

    @ParameterizedTest
    @CsvSource({
        "chat-sessions:tableNmae, chat-sessions:tableName",
        "chat-sessions:tablename, chat-sessions:tableName",
        "chat-sessions:retentionDays, chat-sessions:sessionRetentionDays",
        "chat-sessions:userErrorsThreshold, chat-sessions:userErrorThreshold",
        "chat-sessions:region, aws:region",
        "chat-sessions:alarmXXXXX, chat-sessions:alarmEmail",
        "chat_sessions:deletionProtection, chat-sessions:deletionProtection"
    })
    void aMisspeltKeyKeepsItsValue(String key, String nearest) {
        assertRefused(Map.of(key, "true"), """
                %1$s is not a setting
                    accepted: %2$s, which is nearest
                    fix:      pulumi config set %2$s true --stack prod
                              pulumi config rm %1$s --stack prod""".formatted(key, nearest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "-1", "$HOME", "it's", ""})
    void aMisspeltKeyDoesNotShowAValueThatAShellReadsDifferently(String value) {
        assertThatThrownBy(() -> settings(Map.of("chat-sessions:tableNmae", value)))
                .hasMessageContaining("pulumi config set chat-sessions:tableName <value> --stack prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "timeout", "billing", "x"})
    void aKeyThatIsNearNone(String key) {
        assertRefused(values(key + "=1"), """
                chat-sessions:%1$s is not a setting
                    accepted: a key of the README's table of settings
                    fix:      pulumi config rm chat-sessions:%1$s --stack prod""".formatted(key));
    }

    @ParameterizedTest
    @CsvSource({"chat-sessions, tableName", "aws, region"})
    void aBlockOfKeys(String block, String example) {
        assertRefused(values(block + "={\"" + example + "\":\"x\"}"), """
                chat-sessions:%s is a block of keys
                    accepted: a line for each key, such as aws:region or chat-sessions:tableName
                    fix:      write its keys as such lines of Pulumi.prod.yaml""".formatted(block));
    }

    /** The stack's name is refused as an environment, too: that must not show the secret either. */
    @ParameterizedTest
    @EnumSource
    void aSecretIsNotShown(Setting setting) {
        Map<String, String> values = Map.of(setting.toString(), "s3cret", "chat-sessions:tableNmae", "s3cret");
        assertThatThrownBy(() ->
                        stack("Prod_1", values, Set.copyOf(values.keySet())).settings())
                .hasMessageContaining("""
                        %1$s is a secret
                            accepted: a plain value: %2$s
                            fix:      pulumi config set --plaintext %1$s <value> --stack Prod_1""", setting, setting.accepted)
                .hasMessageContaining("pulumi config set chat-sessions:tableName <value> --stack Prod_1")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SESSION_RETENTION_DAYS | 030     | 24
            SESSION_RETENTION_DAYS | 0x20    | 32
            SESSION_RETENTION_DAYS | 1_0     | 10
            SESSION_RETENTION_DAYS | 3e1     | 30
            SESSION_RETENTION_DAYS | +30     | 30
            TABLE_NAME             | 2026_01 | 202601
            TABLE_NAME             | 007     | 7
            ENVIRONMENT            | null    | none
            DELETION_PROTECTION    | True    | true
            """)
    void whatYamlReadsDifferentlyIsRefused(Setting setting, String written, String received, @TempDir Path folder)
            throws IOException {
        for (String line : List.of("  %s: %s # comment", "  chat-sessions:%s: %s", "    'chat-sessions:%s': %s  ")) {
            Files.writeString(folder.resolve("Pulumi.yaml"), line.contains("#") ? "stackConfigDir: 'stacks'\n" : "");
            assertThatThrownBy(() -> settings(folder, line.formatted(setting.key, written), setting, received))
                    .as(line)
                    .hasMessage("""
                            Settings of stack prod are not accepted, nothing was changed:
                            %s is "%s" to YAML, but Pulumi.prod.yaml says %s
                                accepted: %s
                                fix:      write what is meant in Pulumi.prod.yaml, in quotes""", setting, received, written, setting.accepted);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SESSION_RETENTION_DAYS | 30            | 30
            SESSION_RETENTION_DAYS | 45            | 30
            TABLE_NAME             | "2026_01"     | 2026_01
            TABLE_NAME             | '007'         | 007
            TABLE_NAME             | chat_sessions | other
            TABLE_NAME             | 12abc         | 12abc
            DELETION_PROTECTION    | true          | false
            """)
    void whatYamlReadsAsItIsWrittenIsTaken(Setting setting, String written, String received, @TempDir Path folder)
            throws IOException {
        StackSettings settings = settings(folder, "  " + setting + ": " + written, setting, received);
        assertThat(settings.text(setting)).isEqualTo(received);
    }

    @ParameterizedTest
    @CsvSource({"prod, 2", "production, 2", "prod-eu, 2", "dev, 0", "preprod, 0"})
    void productionIsWhateverBeginsWithProd(String environment, int warnings) {
        assertThat(settings(values("deletionProtection=false environment=" + environment))
                        .warnings())
                .hasSize(warnings);
    }

    /** A stack with the least that its file must say. */
    private static StackConfiguration stack(String name, Map<String, String> values, Set<String> secretKeys) {
        Map<String, String> all = new HashMap<>(Map.of("aws:region", "us-east-1"));
        all.putAll(values);
        return new StackConfiguration(name, all, secretKeys);
    }

    private static StackSettings settings(Map<String, String> values) {
        return stack("prod", values, Set.of()).settings();
    }

    /** The settings with a line of the stack's file, and what YAML makes of its value. */
    private static StackSettings settings(Path folder, String line, Setting setting, String received)
            throws IOException {
        Path stacks = line.contains("#") ? Files.createDirectories(folder.resolve("stacks")) : folder;
        Files.writeString(stacks.resolve("Pulumi.prod.yaml"), "config:\n  aws:region: us-east-1\n" + line + "\n");
        StackConfiguration stack = stack("prod", Map.of(setting.toString(), received), Set.of());
        Map<String, String> environment = new HashMap<>(stack.processEnvironment());
        environment.put("PULUMI_ROOT_DIRECTORY", folder.toString());
        return new StackSettings("prod", environment);
    }

    /** From "key=value key=value", where a key without a namespace is one of the program's. */
    private static Map<String, String> values(String given) {
        Map<String, String> values = new HashMap<>();
        for (String keyAndValue : given.split(" ")) {
            values.put(fullKey(keyAndValue.split("=")[0]), keyAndValue.split("=")[1]);
        }
        return values;
    }

    private static String fullKey(String key) {
        return key.contains(":") ? key : "chat-sessions:" + key;
    }

    private static Stream<String> values(String cases, String key) {
        return ((List<?>) CASES.get(cases).get(key)).stream().map(Object::toString);
    }

    private static String problem(String fullKey, String value, String accepted) {
        return """
                %s is %s
                    accepted: %s
                    fix:      pulumi config set %s <value> --stack prod""".formatted(fullKey, value == null ? "missing" : "\"" + value + "\"", accepted, fullKey);
    }

    private static void assertRefused(Map<String, String> values, String... problems) {
        assertThatThrownBy(() -> settings(values))
                .isInstanceOf(RunException.class)
                .hasMessage(
                        "Settings of stack prod are not accepted, nothing was changed:\n%s",
                        String.join("\n", problems));
    }
}
