package com.aitutor.chatsessions;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {
    private static final String KMS_KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
    private static final String ALARM_TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:operations";

    private static final Map<String, String> ACCEPTED = Map.ofEntries(
            entry("aws:region", "an AWS region such as us-east-1"),
            entry("chat-sessions:environment", "a-z, then at most 31 of a-z, 0-9 and -, or none"),
            entry("chat-sessions:tableName", "3 to 255 of the characters A-Z, a-z, 0-9, _, . and -"),
            entry("chat-sessions:sessionRetentionDays", "an integer from 1 to 3650"),
            entry("chat-sessions:pointInTimeRecovery", "true or false"),
            entry("chat-sessions:recoveryWindowDays", "an integer from 1 to 35"),
            entry("chat-sessions:deletionProtection", "true or false"),
            entry("chat-sessions:systemErrorThreshold", "an integer, at least 1"),
            entry("chat-sessions:userErrorThreshold", "an integer, at least 1"),
            entry("chat-sessions:alarmPeriodSeconds", "60 or a multiple of it, at most 604800"),
            entry("chat-sessions:alarmEvaluationPeriods", "an integer from 1 to 1440"),
            entry("chat-sessions:alarmEmail", "an e-mail address, or none"),
            entry("chat-sessions:alarmTopicArn", "the ARN of a standard SNS topic, or none"),
            entry("chat-sessions:maxReadRequestUnits", "an integer, at least 1, or -1, or none"),
            entry("chat-sessions:maxWriteRequestUnits", "an integer, at least 1, or -1, or none"),
            entry("chat-sessions:kmsKeyArn", "the ARN of a KMS key, or none"),
            entry("chat-sessions:adoptExistingTable", "true or false"),
            entry("chat-sessions:restoreSourceTable", "3 to 255 of the characters A-Z, a-z, 0-9, _, . and -, or none"),
            entry("chat-sessions:restoreDateTime", "a past UTC time such as 2026-01-31T09:30:00Z, or latest"));

    /** The least that a stack file must say. */
    private static final Map<String, String> REGION = Map.of("aws:region", "us-east-1");

    @Test
    void defaults() {
        assertThat(settings(REGION))
                .isEqualTo(new StackSettings(
                        "us-east-1",
                        "prod",
                        "chat_sessions",
                        30,
                        true,
                        35,
                        true,
                        5,
                        20,
                        300,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void everythingSet() {
        Map<String, String> values = new HashMap<>();
        values.put("aws:region", "eu-central-1");
        values.put("chat-sessions:environment", "staging");
        values.put("chat-sessions:tableName", "tutor.sessions-2");
        values.put("chat-sessions:sessionRetentionDays", "90");
        values.put("chat-sessions:pointInTimeRecovery", "true");
        values.put("chat-sessions:recoveryWindowDays", "7");
        values.put("chat-sessions:deletionProtection", "false");
        values.put("chat-sessions:systemErrorThreshold", "6");
        values.put("chat-sessions:userErrorThreshold", "21");
        values.put("chat-sessions:alarmPeriodSeconds", "60");
        values.put("chat-sessions:alarmEvaluationPeriods", "3");
        values.put("chat-sessions:alarmTopicArn", "arn:aws:sns:eu-central-1:123456789012:operations");
        values.put("chat-sessions:maxReadRequestUnits", "400");
        values.put("chat-sessions:maxWriteRequestUnits", "100");
        values.put("chat-sessions:kmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/1234abcd");
        values.put("chat-sessions:adoptExistingTable", "false");
        values.put("chat-sessions:restoreSourceTable", "chat_sessions");
        values.put("chat-sessions:restoreDateTime", "2024-01-31T09:30:00Z");
        StackSettings expected = new StackSettings(
                "eu-central-1",
                "staging",
                "tutor.sessions-2",
                90,
                true,
                7,
                false,
                6,
                21,
                60,
                3,
                Optional.empty(),
                Optional.of("arn:aws:sns:eu-central-1:123456789012:operations"),
                Optional.of(400),
                Optional.of(100),
                Optional.of("arn:aws:kms:eu-central-1:123456789012:key/1234abcd"),
                false,
                Optional.of("chat_sessions"),
                Optional.of(Instant.parse("2024-01-31T09:30:00Z")));
        assertThat(settings(values)).isEqualTo(expected);
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
            alarmPeriodSeconds     | 60
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
            restoreSourceTable     | abc
            """)
    void accepts(String key, String value) {
        assertThat(component(settings(with(key, value)), key)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alarmEmail", "alarmTopicArn", "maxReadRequestUnits", "maxWriteRequestUnits", "kmsKeyArn", "restoreSourceTable"
    })
    void noneIsWithout(String key) {
        assertThat(component(settings(with(key, "none")), key)).isEqualTo("none");
    }

    @Test
    void noneOfAnEnvironmentIsTheStacksName() {
        assertThat(settings(with("environment", "none")).environment()).isEqualTo("prod");
    }

    @Test
    void acceptsATableNameOf255Characters() {
        String name = "a".repeat(255);
        assertThat(settings(with("tableName", name)).tableName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-10-21T07:28:00Z", "2015-10-21T07:28:00.500Z"})
    void acceptsAMomentToRestore(String time) {
        assertThat(settings(with("restoreSourceTable", "before", "restoreDateTime", time)).restoreDateTime())
                .contains(Instant.parse(time));
    }

    @Test
    void acceptsTheLatestMomentToRestore() {
        assertThat(settings(with("restoreSourceTable", "before", "restoreDateTime", "latest")).restoreDateTime())
                .isEmpty();
    }

    @Test
    void acceptsAMomentToRestoreUntilNow() {
        String justNow = Instant.now().minus(Duration.ofSeconds(1)).toString();
        assertThat(settings(with("restoreSourceTable", "before", "restoreDateTime", justNow)).restoreDateTime())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ap-southeast-4", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"})
    void acceptsRegionsOfEveryPartition(String region) {
        assertThat(settings(Map.of("aws:region", region)).region()).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({"cn-north-1, aws-cn", "us-gov-west-1, aws-us-gov", "us-iso-east-1, aws-iso"})
    void acceptsArnsOfEveryPartition(String region, String partition) {
        String topic = "arn:%s:sns:%s:123456789012:operations".formatted(partition, region);
        String key = "arn:%s:kms:%s:123456789012:key/1234abcd".formatted(partition, region);
        Map<String, String> values = with("alarmTopicArn", topic, "kmsKeyArn", key);
        values.put("aws:region", region);
        StackSettings settings = settings(values);
        assertThat(settings.alarmTopicArn()).contains(topic);
        assertThat(settings.kmsKeyArn()).contains(key);
    }

    @ParameterizedTest
    @CsvSource({"60, 1440", "300, 288", "3540, 24", "3600, 168", "604800, 1"})
    void acceptsWhatCloudWatchLooksBack(String period, String periods) {
        StackSettings settings = settings(with("alarmPeriodSeconds", period, "alarmEvaluationPeriods", periods));
        assertThat(component(settings, "alarmPeriodSeconds")).isEqualTo(period);
        assertThat(component(settings, "alarmEvaluationPeriods")).isEqualTo(periods);
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
            chat-sessions:alarmPeriodSeconds     | 30
            chat-sessions:alarmPeriodSeconds     | 90
            chat-sessions:alarmPeriodSeconds     | 604860
            chat-sessions:alarmEvaluationPeriods | 0
            chat-sessions:alarmEvaluationPeriods | 1441
            chat-sessions:alarmEmail             | ''
            chat-sessions:alarmEmail             | someone
            chat-sessions:alarmEmail             | someone@example
            chat-sessions:alarmEmail             | @example.com
            chat-sessions:alarmEmail             | some one@example.com
            chat-sessions:alarmEmail             | ["someone@example.com"]
            chat-sessions:alarmEmail             | a@example.com,b@example.com
            chat-sessions:alarmTopicArn          | operations
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
            chat-sessions:restoreSourceTable     | ab
            chat-sessions:restoreSourceTable     | arn:aws:dynamodb:us-east-1:123456789012:table/before
            chat-sessions:restoreDateTime        | yesterday
            chat-sessions:restoreDateTime        | 2026-01-31
            chat-sessions:restoreDateTime        | 2026-01-31T09:30:00
            chat-sessions:restoreDateTime        | 2026-01-31T09:30:00+01:00
            chat-sessions:restoreDateTime        | 2026-02-30T09:30:00Z
            chat-sessions:restoreDateTime        | 2999-01-01T00:00:00Z
            """)
    void refuses(String fullKey, String value) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put(fullKey, value);
        assertRefused(values, problem(fullKey, value));
    }

    @Test
    void refusesATableNameOf256Characters() {
        String name = "a".repeat(256);
        assertRefused(with("tableName", name), problem("chat-sessions:tableName", name));
    }

    @Test
    void refusesAMissingRegion() {
        StackFile withoutConfiguration = StackFile.from("prod", Map.of());
        assertThatThrownBy(() -> StackSettings.from(withoutConfiguration)).isInstanceOf(RunException.class).hasMessage("""
                Settings of stack prod are not accepted, nothing was changed:
                aws:region is missing
                    accepted: an AWS region such as us-east-1
                    fix:      pulumi config set aws:region <value> --stack prod""");
    }

    @Test
    void refusesAStackNameThatCannotTagAnything() {
        StackFile file = new StackFile("Prod_1", with("environment", "none"), Set.of());
        assertThatThrownBy(() -> StackSettings.from(file)).isInstanceOf(RunException.class).hasMessage("""
                Settings of stack Prod_1 are not accepted, nothing was changed:
                chat-sessions:environment is "none"
                    accepted: a-z, then at most 31 of a-z, 0-9 and -, or none; the stack's name, Prod_1, is not
                    fix:      pulumi config set chat-sessions:environment <value> --stack Prod_1""");
    }

    @Test
    void refusesARecoveryWindowWithoutRecovery() {
        assertRefused(
                with("pointInTimeRecovery", "false", "recoveryWindowDays", "7"),
                problem(
                        "chat-sessions:recoveryWindowDays",
                        "7",
                        "no window while chat-sessions:pointInTimeRecovery is false"));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 721, 86400, 720",
        "300, 289, 86400, 288",
        "3540, 25, 86400, 24",
        "3600, 169, 604800, 168",
        "604800, 2, 604800, 1",
        // more than an int holds
        "604800, 1440, 604800, 1"
    })
    void refusesMoreThanCloudWatchLooksBack(String period, String periods, int longest, int most) {
        assertRefused(
                with("alarmPeriodSeconds", period, "alarmEvaluationPeriods", periods),
                problem(
                        "chat-sessions:alarmEvaluationPeriods",
                        periods,
                        "at most %d with chat-sessions:alarmPeriodSeconds at %s: CloudWatch looks back %d seconds"
                                .formatted(most, period, longest)));
    }

    @Test
    void refusesTwoPlacesToSendAlarmsTo() {
        assertRefused(
                with("alarmEmail", "someone@example.com", "alarmTopicArn", ALARM_TOPIC_ARN),
                problem(
                        "chat-sessions:alarmEmail",
                        "someone@example.com",
                        "none while chat-sessions:alarmTopicArn is set"));
    }

    @Test
    void refusesArnsOfAnotherRegion() {
        Map<String, String> values = with("alarmTopicArn", ALARM_TOPIC_ARN, "kmsKeyArn", KMS_KEY_ARN);
        values.put("aws:region", "eu-central-1");
        assertRefused(
                values,
                problem(
                        "chat-sessions:alarmTopicArn",
                        ALARM_TOPIC_ARN,
                        "an ARN of the table's region, eu-central-1"),
                problem(
                        "chat-sessions:kmsKeyArn",
                        KMS_KEY_ARN,
                        "an ARN of the table's region, eu-central-1"));
    }

    @Test
    void refusesAMomentToRestoreWithoutATable() {
        assertRefused(
                with("restoreDateTime", "2024-01-31T09:30:00Z"),
                problem(
                        "chat-sessions:restoreDateTime",
                        "2024-01-31T09:30:00Z",
                        "latest unless chat-sessions:restoreSourceTable is set"));
    }

    @Test
    void refusesToAdoptAndRestore() {
        assertRefused(
                with("restoreSourceTable", "before", "adoptExistingTable", "true"),
                problem(
                        "chat-sessions:adoptExistingTable",
                        "true",
                        "false while chat-sessions:restoreSourceTable is set"));
    }

    @Test
    void refusesToRestoreATableOverItself() {
        assertRefused(
                with("restoreSourceTable", "chat_sessions"),
                problem(
                        "chat-sessions:restoreSourceTable",
                        "chat_sessions",
                        "another table than chat-sessions:tableName: AWS restores beside"));
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
    void refusesUnknownKeys(String key, String nearest) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put(key, "true");
        assertRefused(values, """
                %s is not a setting
                    accepted: a key such as %s, which is nearest
                    fix:      pulumi config rm %s --stack prod""".formatted(key, nearest, key));
    }

    @Test
    void leavesTheSettingsOfProviderAndEngineAlone() {
        Map<String, String> values = new HashMap<>(REGION);
        values.put("aws:profile", "tutor");
        values.put("pulumi:disable-default-providers", "[]");
        assertThat(settings(values)).isEqualTo(settings(REGION));
    }

    @Test
    void reportsEveryProblemAtOnceByKey() {
        Map<String, String> values = with("tableName", "ab", "sessionRetentionDays", "0", "tableNmae", "other");
        values.remove("aws:region");
        assertThatThrownBy(() -> settings(values)).isInstanceOf(RunException.class).hasMessage("""
                Settings of stack prod are not accepted, nothing was changed:
                aws:region is missing
                    accepted: an AWS region such as us-east-1
                    fix:      pulumi config set aws:region <value> --stack prod
                chat-sessions:sessionRetentionDays is "0"
                    accepted: an integer from 1 to 3650
                    fix:      pulumi config set chat-sessions:sessionRetentionDays <value> --stack prod
                chat-sessions:tableName is "ab"
                    accepted: 3 to 255 of the characters A-Z, a-z, 0-9, _, . and -
                    fix:      pulumi config set chat-sessions:tableName <value> --stack prod
                chat-sessions:tableNmae is not a setting
                    accepted: a key such as chat-sessions:tableName, which is nearest
                    fix:      pulumi config rm chat-sessions:tableNmae --stack prod""");
    }

    /** What would only be wrong beside the default that stands in for a refused setting. */
    @Test
    void reportsNothingThatFollowsFromAnotherProblem() {
        Map<String, String> values = with(
                "alarmPeriodSeconds", "90",
                "alarmEvaluationPeriods", "1440",
                "alarmTopicArn", "arn:aws:sns:eu-central-1:123456789012:operations");
        values.put("aws:region", "");
        values.put("chat-sessions:tableName", "ab");
        values.put("chat-sessions:restoreSourceTable", "chat_sessions");
        assertRefused(
                values,
                problem("aws:region", ""),
                problem("chat-sessions:alarmPeriodSeconds", "90"),
                problem("chat-sessions:tableName", "ab"));
        assertRefused(
                with("restoreSourceTable", "ab", "restoreDateTime", "2024-01-31T09:30:00Z"),
                problem("chat-sessions:restoreSourceTable", "ab"));
    }

    @ParameterizedTest
    @FieldSource("com.aitutor.chatsessions.StackSettings#ALL")
    void refusesASecretWithoutShowingIt(Setting setting) {
        Map<String, String> values = new HashMap<>(REGION);
        values.put(setting.fullKey(), "s3cret");
        // the stack's name is refused as an environment, too: that must not show the secret either
        StackFile file = new StackFile("Prod_1", values, Set.of(setting.fullKey()));
        assertThatThrownBy(() -> StackSettings.from(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("""
                        %s is a secret
                            accepted: a plain value: %s
                            fix:      pulumi config set --plaintext %s <value> --stack Prod_1"""
                        .formatted(setting.fullKey(), setting.accepts(), setting.fullKey()))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesASecretOfAnAcceptedValue() {
        StackFile file = new StackFile("prod", with("tableName", "acceptable"), Set.of("chat-sessions:tableName"));
        assertThatThrownBy(() -> StackSettings.from(file))
                .hasMessageContaining("chat-sessions:tableName is a secret")
                .hasMessageNotContaining("acceptable");
    }

    @Test
    void warnsOfNothingByDefault() {
        assertThat(settings(REGION).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prod, 1", "production, 1", "prod-eu, 1", "dev, 0", "preprod, 0"})
    void warnsOfAMissingDeletionProtectionInProduction(String environment, int warnings) {
        assertThat(settings(with("environment", environment, "deletionProtection", "false")).warnings())
                .hasSize(warnings);
    }

    private static Map<String, String> with(String... keysAndValues) {
        Map<String, String> values = new HashMap<>(REGION);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put("chat-sessions:" + keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }

    private static StackSettings settings(Map<String, String> values) {
        return StackSettings.from(new StackFile("prod", values, Set.of()));
    }

    /** The text of a component, which is named as its key is. */
    private static String component(StackSettings settings, String key) {
        return Stream.of(StackSettings.class.getRecordComponents())
                .filter(component -> component.getName().equals(key))
                .map(component -> value(component, settings))
                .map(value -> value instanceof Optional<?> optional && optional.isEmpty() ? "none" : value)
                .map(value -> value instanceof Optional<?> optional ? optional.get() : value)
                .map(Object::toString)
                .findFirst()
                .orElseThrow();
    }

    private static Object value(RecordComponent component, StackSettings settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String problem(String fullKey, String value) {
        return problem(fullKey, value, ACCEPTED.get(fullKey));
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
                        "Settings of stack prod are not accepted, nothing was changed:\n%s",
                        String.join("\n", problems));
    }
}
