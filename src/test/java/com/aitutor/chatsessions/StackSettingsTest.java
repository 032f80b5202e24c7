package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.ALARM_TOPIC_ARN;
import static com.aitutor.chatsessions.StackSettings.KMS_KEY_ARN;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {
    private static final String KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:operations";

    /** The least that a stack file must say. */
    private static final Map<String, String> REGION = Map.of("aws:region", "us-east-1");

    @Test
    void defaultsAndWhatIsAccepted() {
        Map<String, String> declared = StackSettings.ALL.stream()
                .collect(toMap(Setting::key, setting -> setting.defaultText() + ": " + setting.accepted().words()));
        assertThat(declared).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("region", "none: an AWS region such as us-east-1"),
                Map.entry("environment", "none: a-z, then at most 31 of a-z, 0-9 and -, or none"),
                Map.entry("tableName", "chat_sessions: 3 to 236 of the characters A-Z, a-z, 0-9, _, . and -"),
                Map.entry("sessionRetentionDays", "30: an integer from 1 to 3650"),
                Map.entry("pointInTimeRecovery", "true: true or false"),
                Map.entry("recoveryWindowDays", "35: an integer from 1 to 35"),
                Map.entry("deletionProtection", "true: true or false"),
                Map.entry("systemErrorThreshold", "5: an integer, at least 1"),
                Map.entry("userErrorThreshold", "100: an integer, at least 1"),
                Map.entry("throttledRequestThreshold", "none: an integer, at least 1, or none"),
                Map.entry("alarmPeriodSeconds", "300: 120 or a longer multiple of 60, at most 604800"),
                Map.entry("alarmEvaluationPeriods", "1: an integer from 1 to 720"),
                Map.entry("alarmEmail", "none: an e-mail address, or none"),
                Map.entry("alarmTopicArn", "none: the ARN of a standard SNS topic, or none"),
                Map.entry("maxReadRequestUnits", "none: an integer, at least 1, or -1, or none"),
                Map.entry("maxWriteRequestUnits", "none: an integer, at least 1, or -1, or none"),
                Map.entry("kmsKeyArn", "none: the ARN of a KMS key, or none"),
                Map.entry("adoptExistingTable", "false: true or false"),
                Map.entry("dashboard", "false: true or false")));
    }

    @ParameterizedTest
    @FieldSource("com.aitutor.chatsessions.StackSettings#ALL")
    void everyDefaultIsUsed(Setting<?> setting) {
        if (setting != StackSettings.REGION) {
            assertThat(text(settings(REGION).get(setting))).isEqualTo(setting.defaultText());
        }
    }

    @Test
    void theEnvironmentIsTheStacksNameByDefault() {
        assertThat(settings(REGION).environment()).isEqualTo("prod");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            environment            | p
            environment            | abcdefghijklmnopqrstuvwxyz-01234
            tableName              | abc
            tableName              | ...
            tableName              | -_-
            tableName              | ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-
            sessionRetentionDays   | 1
            sessionRetentionDays   | 3650
            pointInTimeRecovery    | true
            pointInTimeRecovery    | false
            recoveryWindowDays     | 1
            recoveryWindowDays     | 35
            deletionProtection     | true
            deletionProtection     | false
            systemErrorThreshold   | 1
            systemErrorThreshold   | 2147483647
            userErrorThreshold     | 1
            userErrorThreshold     | 2147483647
            alarmPeriodSeconds     | 120
            alarmPeriodSeconds     | 3660
            alarmPeriodSeconds     | 604800
            alarmEvaluationPeriods | 288
            alarmEmail             | first.last+alarms@mail.example.com
            alarmTopicArn          | arn:aws:sns:us-east-1:123456789012:Alarms_of-the-tutor
            maxReadRequestUnits    | 1
            maxReadRequestUnits    | 2147483647
            maxReadRequestUnits    | -1
            maxWriteRequestUnits   | 1
            maxWriteRequestUnits   | 2147483647
            maxWriteRequestUnits   | -1
            kmsKeyArn              | arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab
            kmsKeyArn              | arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
            adoptExistingTable     | true
            adoptExistingTable     | false
            throttledRequestThreshold | 1
            dashboard              | true
            """)
    void accepts(String key, String value) {
        assertThat(text(settings(with(key, value)).get(setting(key)))).isEqualTo(value);
    }

    @Test
    void acceptsATableNameOf236Characters() {
        String name = "a".repeat(236);
        assertThat(settings(with("tableName", name)).tableName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ap-southeast-4", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"})
    void acceptsRegionsOfEveryPartition(String region) {
        assertThat(settings(Map.of("aws:region", region)).region()).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, aws",
        "cn-north-1, aws-cn",
        "us-gov-west-1, aws-us-gov",
        "us-iso-east-1, aws-iso",
        "us-isob-east-1, aws-iso-b",
        "eu-isoe-west-1, aws-iso-e",
        "us-isof-south-1, aws-iso-f",
        "eusc-de-east-1, aws-eusc"
    })
    void acceptsArnsOfTheRegionsPartitionOnly(String region, String partition) {
        String topic = "arn:%s:sns:%s:123456789012:operations".formatted(partition, region);
        String key = "arn:%s:kms:%s:123456789012:key/1234abcd".formatted(partition, region);
        Map<String, String> values = with("alarmTopicArn", topic, "kmsKeyArn", key);
        values.put("aws:region", region);
        assertThat(settings(values).get(ALARM_TOPIC_ARN)).contains(topic);
        assertThat(settings(values).get(KMS_KEY_ARN)).contains(key);
        String elsewhere = partition.equals("aws") ? "aws-cn" : "aws";
        values.put("chat-sessions:alarmTopicArn", topic.replace("arn:" + partition + ":", "arn:" + elsewhere + ":"));
        assertRefused(values, problem(
                "chat-sessions:alarmTopicArn",
                values.get("chat-sessions:alarmTopicArn"),
                "an ARN of the table's region, arn:%s:...:%s:...".formatted(partition, region)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:sns:us-west-2:1", "arn:aws:sns:us-east-2:1", "arn:aws-:sns:us-east-1:1"})
    void refusesArnsOfNeighbours(String beginning) {
        String topic = beginning + "23456789012:operations";
        assertRefused(with("alarmTopicArn", topic), problem(
                "chat-sessions:alarmTopicArn", topic, "an ARN of the table's region, arn:aws:...:us-east-1:..."));
        String key = topic.replace("sns", "kms").replace("operations", "key/1234abcd");
        assertRefused(with("kmsKeyArn", key), problem(
                "chat-sessions:kmsKeyArn", key, "an ARN of the table's region, arn:aws:...:us-east-1:..."));
    }

    @ParameterizedTest
    @CsvSource({"120, 720", "300, 288", "3540, 24", "3600, 168", "604800, 1"})
    void acceptsWhatCloudWatchLooksBack(String period, String periods) {
        StackSettings settings = settings(with("alarmPeriodSeconds", period, "alarmEvaluationPeriods", periods));
        assertThat(settings.get(StackSettings.ALARM_PERIOD_SECONDS)).hasToString(period);
        assertThat(settings.get(StackSettings.ALARM_EVALUATION_PERIODS)).hasToString(periods);
    }

    /** Lists and objects come as the engine hands them over: as JSON text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws:region                           | ''
            aws:region                           | none
            aws:region                           | us-east
            aws:region                           | us-east-1a
            aws:region                           | US-EAST-1
            aws:region                           | 'us-east-1 '
            chat-sessions:environment            | ''
            chat-sessions:environment            | Prod
            chat-sessions:environment            | 1st
            chat-sessions:environment            | pre_prod
            chat-sessions:environment            | abcdefghijklmnopqrstuvwxyz-012345
            chat-sessions:tableName              | ''
            chat-sessions:tableName              | ab
            chat-sessions:tableName              | '   '
            chat-sessions:tableName              | 'chat_sessions '
            chat-sessions:tableName              | chat sessions
            chat-sessions:tableName              | чат_сессии
            chat-sessions:tableName              | ["chat_sessions"]
            chat-sessions:tableName              | {"name":"chat_sessions"}
            chat-sessions:sessionRetentionDays   | ''
            chat-sessions:sessionRetentionDays   | '  '
            chat-sessions:sessionRetentionDays   | thirty
            chat-sessions:sessionRetentionDays   | 35.5
            chat-sessions:sessionRetentionDays   | 30.0
            chat-sessions:sessionRetentionDays   | 1e3
            chat-sessions:sessionRetentionDays   | 0x1E
            chat-sessions:sessionRetentionDays   | 030
            chat-sessions:sessionRetentionDays   | +30
            chat-sessions:sessionRetentionDays   | -30
            chat-sessions:sessionRetentionDays   | '30 '
            chat-sessions:sessionRetentionDays   | ' 30'
            chat-sessions:sessionRetentionDays   | 30 days
            chat-sessions:sessionRetentionDays   | 1,000
            chat-sessions:sessionRetentionDays   | ٣٠
            chat-sessions:sessionRetentionDays   | ３０
            chat-sessions:sessionRetentionDays   | [30]
            chat-sessions:sessionRetentionDays   | {"days":30}
            chat-sessions:sessionRetentionDays   | 0
            chat-sessions:sessionRetentionDays   | 3651
            chat-sessions:sessionRetentionDays   | 2147483648
            chat-sessions:sessionRetentionDays   | 9223372036854775808
            chat-sessions:pointInTimeRecovery    | ''
            chat-sessions:pointInTimeRecovery    | yes
            chat-sessions:pointInTimeRecovery    | on
            chat-sessions:pointInTimeRecovery    | 1
            chat-sessions:pointInTimeRecovery    | True
            chat-sessions:pointInTimeRecovery    | 'true '
            chat-sessions:recoveryWindowDays     | 0
            chat-sessions:recoveryWindowDays     | 36
            chat-sessions:deletionProtection     | no
            chat-sessions:systemErrorThreshold   | 0
            chat-sessions:systemErrorThreshold   | 2147483648
            chat-sessions:userErrorThreshold     | -5
            chat-sessions:userErrorThreshold     | 0.5
            chat-sessions:alarmPeriodSeconds     | 0
            chat-sessions:alarmPeriodSeconds     | 60
            chat-sessions:alarmPeriodSeconds     | 90
            chat-sessions:alarmPeriodSeconds     | 604860
            chat-sessions:alarmEvaluationPeriods | 0
            chat-sessions:alarmEvaluationPeriods | 721
            chat-sessions:alarmEmail             | ''
            chat-sessions:alarmEmail             | someone
            chat-sessions:alarmEmail             | someone@example
            chat-sessions:alarmEmail             | @example.com
            chat-sessions:alarmEmail             | some one@example.com
            chat-sessions:alarmEmail             | ["someone@example.com"]
            chat-sessions:alarmEmail             | a@example.com,b@example.com
            chat-sessions:alarmTopicArn          | operations
            chat-sessions:alarmTopicArn          | arn:AWS:sns:us-east-1:123456789012:operations
            chat-sessions:alarmTopicArn          | arn:aws:sqs:us-east-1:123456789012:queue
            chat-sessions:alarmTopicArn          | arn:aws:sns:us-east-1:1234:operations
            chat-sessions:alarmTopicArn          | arn:aws:sns:us-east-1:123456789012:operations.fifo
            chat-sessions:alarmTopicArn          | arn:aws:sns:us-east-1:123456789012:operations:1234
            chat-sessions:maxReadRequestUnits    | 0
            chat-sessions:maxReadRequestUnits    | -2
            chat-sessions:maxWriteRequestUnits   | unlimited
            chat-sessions:maxWriteRequestUnits   | 2147483648
            chat-sessions:kmsKeyArn              | alias/aws/dynamodb
            chat-sessions:kmsKeyArn              | arn:aws:kms:us-east-1:123456789012:alias/chat
            chat-sessions:adoptExistingTable     | maybe
            chat-sessions:throttledRequestThreshold | 0
            chat-sessions:dashboard              | yes
            """)
    void refuses(String fullKey, String value) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put(fullKey, value);
        assertRefused(values, problem(fullKey, value));
    }

    @Test
    void refusesATableNameOf237Characters() {
        String name = "a".repeat(237);
        assertRefused(with("tableName", name), problem(
                "chat-sessions:tableName",
                name,
                "3 to 236 of the characters A-Z, a-z, 0-9, _, . and -, since the names of its alarms must fit into "
                        + "CloudWatch's 255; a table with a longer name cannot be renamed: docs/operations.md, \"Rename "
                        + "safely\""));
    }

    @Test
    void refusesAMissingRegion() {
        StackFile nothing = StackFile.from("prod", Map.of());
        assertThatThrownBy(() -> StackSettings.from(nothing, PulumiCommand.of("prod", Map.of())))
                .isInstanceOf(RunException.class)
                .hasMessage("""
                        Settings of stack prod are not accepted, nothing was changed:
                        aws:region is missing
                            accepted: an AWS region such as us-east-1
                            fix:      pulumi config set aws:region <value> --stack prod""");
    }

    @Test
    void refusesAStackNameThatCannotTagAnything() {
        StackFile file = new StackFile("Prod_1", with("environment", "none"), Set.of(), "");
        assertThatThrownBy(() -> StackSettings.from(file, PulumiCommand.of("Prod_1", Map.of())))
                .isInstanceOf(RunException.class)
                .hasMessage("""
                        Settings of stack Prod_1 are not accepted, nothing was changed:
                        chat-sessions:environment is "none"
                            accepted: a-z, then at most 31 of a-z, 0-9 and -, or none; the stack's name, Prod_1, is not
                            fix:      pulumi config set chat-sessions:environment <value> --stack Prod_1""");
    }

    @Test
    void refusesARecoveryWindowWithoutRecovery() {
        assertRefused(with("pointInTimeRecovery", "false", "recoveryWindowDays", "7"), problem(
                "chat-sessions:recoveryWindowDays", "7", "no window while chat-sessions:pointInTimeRecovery is false"));
    }

    @ParameterizedTest
    @CsvSource({
        "180, 481, 86400, 480",
        "300, 289, 86400, 288",
        "3540, 25, 86400, 24",
        "3600, 169, 604800, 168",
        "604800, 2, 604800, 1",
        "604800, 720, 604800, 1"
    })
    void refusesMoreThanCloudWatchLooksBack(String period, String periods, int longest, int most) {
        assertRefused(with("alarmPeriodSeconds", period, "alarmEvaluationPeriods", periods), problem(
                "chat-sessions:alarmEvaluationPeriods",
                periods,
                "at most %d with chat-sessions:alarmPeriodSeconds at %s: CloudWatch looks back %d seconds"
                        .formatted(most, period, longest)));
    }

    @Test
    void refusesTwoPlacesToSendAlarmsTo() {
        assertRefused(with("alarmEmail", "someone@example.com", "alarmTopicArn", TOPIC), problem(
                "chat-sessions:alarmEmail", "someone@example.com", "none while chat-sessions:alarmTopicArn is set"));
    }

    /** A topic and a dashboard of table a.b could only have the name of those of table a-b. */
    @Test
    void refusesNamesThatAnotherTableMayHave() {
        assertRefused(
                with("tableName", "a.b", "alarmEmail", "someone@example.com", "dashboard", "true"),
                problem(
                        "chat-sessions:alarmEmail",
                        "someone@example.com",
                        "none while chat-sessions:tableName has a dot; use chat-sessions:alarmTopicArn"),
                problem("chat-sessions:dashboard", "true", "false while chat-sessions:tableName has a dot"));
        assertThat(settings(with("tableName", "a.b", "alarmTopicArn", TOPIC)).tableName()).isEqualTo("a.b");
    }

    @ParameterizedTest
    @CsvSource({
        "chat-sessions:tableNmae, chat-sessions:tableName",
        "chat-sessions:tablename, chat-sessions:tableName",
        "chat-sessions:retentionDays, chat-sessions:sessionRetentionDays",
        "chat-sessions:userErrorsThreshold, chat-sessions:userErrorThreshold",
        "chat-sessions:region, aws:region",
        "chat_sessions:deletionProtection, chat-sessions:deletionProtection"
    })
    void keepsTheValueOfAMisspeltKey(String key, String nearest) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put(key, "true");
        assertRefused(values, """
                %s is not a setting
                    accepted: %s, which is nearest
                    fix:      pulumi config set %s true --stack prod
                              pulumi config rm %s --stack prod""".formatted(key, nearest, nearest, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "-1", "$HOME", "it's", ""})
    void showsNoValueThatAShellReadsDifferently(String value) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put("chat-sessions:tableNmae", value);
        assertThatThrownBy(() -> settings(values))
                .hasMessageContaining("pulumi config set chat-sessions:tableName <value> --stack prod");
    }

    @Test
    void showsNoSecretOfAMisspeltKey() {
        StackFile file = new StackFile("prod", with("tableNmae", "s3cret"), Set.of("chat-sessions:tableNmae"), "");
        assertThatThrownBy(() -> StackSettings.from(file, PulumiCommand.of("prod", Map.of())))
                .hasMessageContaining("config set chat-sessions:tableName <value>")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "timeout", "billing", "x"})
    void proposesNothingWhereNothingIsNear(String key) {
        assertRefused(with(key, "1"), """
                chat-sessions:%1$s is not a setting
                    accepted: a key of the README's table of settings
                    fix:      pulumi config rm chat-sessions:%1$s --stack prod""".formatted(key));
    }

    @ParameterizedTest
    @CsvSource({"chat-sessions, tableName", "aws, region"})
    void namesABlockOfKeys(String block, String example) {
        assertRefused(with(block, "{\"" + example + "\":\"x\"}"), """
                chat-sessions:%1$s is a block "%1$s:" in Pulumi.prod.yaml, with keys below it
                    accepted: a line for each key, such as %1$s:%2$s
                    fix:      write the keys as such lines and delete the block""".formatted(block, example));
    }

    @Test
    void leavesTheSettingsOfProviderAndEngineAlone() {
        Map<String, String> values = new HashMap<>(REGION);
        values.put("aws:profile", "tutor");
        values.put("pulumi:disable-default-providers", "[]");
        assertThat(settings(values).region()).isEqualTo("us-east-1");
    }

    @Test
    void reportsEveryProblemAtOnceByKey() {
        Map<String, String> values = with("tableName", "ab", "sessionRetentionDays", "0");
        values.remove("aws:region");
        assertRefused(
                values,
                """
                aws:region is missing
                    accepted: an AWS region such as us-east-1
                    fix:      pulumi config set aws:region <value> --stack prod""",
                problem("chat-sessions:sessionRetentionDays", "0"),
                problem("chat-sessions:tableName", "ab"));
    }

    /** What would only be wrong beside the default that stands in for a refused setting. */
    @Test
    void reportsNothingThatFollowsFromAnotherProblem() {
        Map<String, String> values = with("alarmPeriodSeconds", "90", "alarmEvaluationPeriods", "720", "alarmTopicArn", TOPIC);
        values.put("aws:region", "");
        assertRefused(values, problem("aws:region", ""), problem("chat-sessions:alarmPeriodSeconds", "90"));
    }

    @ParameterizedTest
    @FieldSource("com.aitutor.chatsessions.StackSettings#ALL")
    void refusesASecretWithoutShowingIt(Setting<?> setting) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put(setting.fullKey(), "s3cret");
        // the stack's name is refused as an environment, too: that must not show the secret either
        StackFile file = new StackFile("Prod_1", values, Set.of(setting.fullKey()), "");
        assertThatThrownBy(() -> StackSettings.from(file, PulumiCommand.of("Prod_1", Map.of())))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("""
                        %1$s is a secret
                            accepted: a plain value: %2$s
                            fix:      pulumi config set --plaintext %1$s <value> --stack Prod_1"""
                        .formatted(setting.fullKey(), setting.accepted().words()))
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sessionRetentionDays | 030       | 24
            sessionRetentionDays | 0x20      | 32
            sessionRetentionDays | 1_0       | 10
            sessionRetentionDays | 3e1       | 30
            sessionRetentionDays | +30       | 30
            tableName            | 2026_01   | 202601
            tableName            | 007       | 7
            environment          | null      | none
            deletionProtection   | True      | true
            """)
    void refusesWhatYamlReadsDifferently(String key, String written, String received, @TempDir Path folder)
            throws IOException {
        String refusal = """
                chat-sessions:%1$s is "%2$s" to YAML, but Pulumi.prod.yaml says %3$s
                    accepted: %4$s
                    fix:      write it in quotes in Pulumi.prod.yaml: "%3$s\""""
                .formatted(key, received, written, setting(key).accepted().words());
        for (String line : new String[] {"  chat-sessions:%s: %s", "  %s: %s # comment", "    'chat-sessions:%s': %s  "}) {
            assertThatThrownBy(() -> settings(folder, line.formatted(key, written), with(key, received)))
                    .as(line)
                    .hasMessage("Settings of stack prod are not accepted, nothing was changed:\n" + refusal);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sessionRetentionDays | 30              | 30
            sessionRetentionDays | 45              | 30
            tableName            | "2026_01"       | 2026_01
            tableName            | '007'           | 007
            tableName            | chat_sessions   | other
            tableName            | 12abc           | 12abc
            deletionProtection   | true            | false
            """)
    void takesWhatYamlReadsAsItIsWritten(String key, String written, String received, @TempDir Path folder)
            throws IOException {
        String line = "  chat-sessions:" + key + ": " + written;
        assertThat(text(settings(folder, line, with(key, received)).get(setting(key)))).isEqualTo(received);
    }

    @Test
    void aStackFileThatCannotBeReadIsNotCompared() {
        Map<String, String> environment =
                Map.of("PULUMI_CONFIG", "{\"aws:region\":\"us-east-1\"}", "PULUMI_ROOT_DIRECTORY", "/does/not/exist");
        assertThat(StackFile.from("prod", environment).text()).isEmpty();
    }

    @Test
    void theLocalStacksCommandIsProposedWhereItIsNamed() {
        StackFile file = new StackFile("local", with("tableName", "ab"), Set.of(), "");
        PulumiCommand command = PulumiCommand.of("local", Map.of("CHAT_SESSIONS_COMMAND", "./local/pulumi"));
        assertThatThrownBy(() -> StackSettings.from(file, command)).hasMessageEndingWith("""
                    fix:      ./local/pulumi config set chat-sessions:tableName <value>""");
    }

    @ParameterizedTest
    @CsvSource({"prod, 2", "production, 2", "prod-eu, 2", "dev, 0", "preprod, 0"})
    void warnsOfProductionWithoutProtectionAndWithoutAnyoneToTell(String environment, int warnings) {
        assertThat(settings(with("environment", environment, "deletionProtection", "false")).warnings())
                .hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource({"alarmEmail, team@example.com", "alarmTopicArn, " + TOPIC})
    void warnsOfNothingWhereSomebodyIsTold(String key, String value) {
        assertThat(settings(with(key, value)).warnings()).isEmpty();
    }

    private static Map<String, String> with(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(REGION);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put("chat-sessions:" + keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }

    private static StackSettings settings(Map<String, String> values) {
        return StackSettings.from(new StackFile("prod", values, Set.of(), ""), PulumiCommand.of("prod", Map.of()));
    }

    private static StackSettings settings(Path folder, String line, Map<String, String> values) throws IOException {
        Files.writeString(folder.resolve("Pulumi.prod.yaml"), "config:\n  aws:region: us-east-1\n" + line + "\n");
        Map<String, String> environment = new HashMap<>(new StackConfiguration("prod", values, Set.of()).processEnvironment());
        environment.put("PULUMI_ROOT_DIRECTORY", folder.toString());
        return StackSettings.from(StackFile.from("prod", environment), PulumiCommand.of("prod", Map.of()));
    }

    private static Setting<?> setting(String key) {
        return StackSettings.ALL.stream().filter(setting -> setting.key().equals(key)).findFirst().orElseThrow();
    }

    private static String text(Object value) {
        return value instanceof Optional<?> optional ? optional.map(Object::toString).orElse("none") : value.toString();
    }

    private static String problem(String fullKey, String value) {
        String key = fullKey.substring(fullKey.indexOf(':') + 1);
        return problem(fullKey, value, setting(key).accepted().words());
    }

    private static String problem(String fullKey, String value, String accepted) {
        return """
                %s is "%s"
                    accepted: %s
                    fix:      pulumi config set %s <value> --stack prod""".formatted(fullKey, value, accepted, fullKey);
    }

    private static void assertRefused(Map<String, String> values, String... problems) {
        assertThatThrownBy(() -> settings(values))
                .isInstanceOf(RunException.class)
                .hasMessage(
                        "Settings of stack prod are not accepted, nothing was changed:\n%s", String.join("\n", problems));
    }
}
