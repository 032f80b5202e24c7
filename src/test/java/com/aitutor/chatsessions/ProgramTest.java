package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.StackRun.Registration;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What the program registers and exports: for Pulumi.prod.yaml every property, by the resource prod.yaml; for
 * everything else exactly what is different then.
 */
class ProgramTest {
    private static final StackConfiguration PROD = StackConfiguration.from("prod");
    private static final StackRun PROD_RUN = StackRun.of(PROD);

    private static final String TABLE = "chat-sessions-table";
    private static final String TABLE_INPUTS = TABLE + ".inputs.";
    private static final String SYSTEM_ERRORS = "chat-sessions-system-errors.inputs.";
    private static final String USER_ERRORS = "chat-sessions-user-errors.inputs.";

    @Test
    void prod() throws IOException {
        Map<String, Object> expected = new TreeMap<>();
        try (InputStream yaml = ProgramTest.class.getResourceAsStream("prod.yaml")) {
            new Yaml().<Map<String, Object>>load(yaml)
                    .forEach((name, attributes) -> expected.putAll(PropertyPaths.of(attributes, name)));
        }
        assertThat(PROD_RUN.properties()).isEqualTo(expected);
        assertSucceeded(PROD_RUN);
    }

    @Test
    void devHasATableOfItsOwnThatMayBeThrownAway() {
        Map<String, Object> changes = tableNamed("chat_sessions_dev");
        changes.putAll(taggedWithEnvironment("dev"));
        changes.put(TABLE_INPUTS + "deletionProtectionEnabled", false);
        changes.put(TABLE + ".protect", false);
        StackRun dev = StackRun.of(StackConfiguration.from("dev"));
        assertThat(PROD_RUN.changesTo(dev)).isEqualTo(changes);
        assertSucceeded(dev);
    }

    @Test
    void environment() {
        assertChanges("environment", "staging", taggedWithEnvironment("staging"));
    }

    @Test
    void environmentIsTheStacksNameByDefault() {
        StackRun run = StackRun.of(new StackConfiguration("pilot", PROD.values(), PROD.secretKeys()));
        assertThat(PROD_RUN.changesTo(run)).isEqualTo(taggedWithEnvironment("pilot"));
    }

    @Test
    void tableName() {
        assertChanges("tableName", "other", tableNamed("other"));
    }

    @Test
    void longestTableNameWithDots() {
        String name = "a.".repeat(127) + "z";
        StackRun run = StackRun.of(with("tableName", name).with("chat-sessions:alarmEmail", "someone@example.com"));
        assertThat(run.properties())
                .containsEntry(TABLE_INPUTS + "name", name)
                .containsEntry(SYSTEM_ERRORS + "name", "a.".repeat(120) + "a-system-errors")
                .containsEntry(USER_ERRORS + "name", "a.".repeat(121) + "a-user-errors")
                .containsEntry("chat-sessions-alarms.inputs.name", "a-".repeat(124) + "-alarms");
        // as long as they may be: Amazon CloudWatch API reference, PutMetricAlarm
        assertThat(text(run, SYSTEM_ERRORS + "name")).hasSize(255);
        assertThat(text(run, USER_ERRORS + "name")).hasSize(255);
        assertThat(text(run, SYSTEM_ERRORS + "alarmDescription")).hasSizeLessThanOrEqualTo(1024);
        assertThat(text(run, USER_ERRORS + "alarmDescription")).hasSizeLessThanOrEqualTo(1024);
        // Amazon SNS API reference, CreateTopic
        assertThat(text(run, "chat-sessions-alarms.inputs.name")).matches("[A-Za-z0-9_-]{1,256}");
        assertSucceeded(run);
    }

    @Test
    void region() {
        assertChanges(
                PROD.with("aws:region", "eu-central-1"),
                Map.of(
                        SYSTEM_ERRORS + "alarmDescription", systemErrorsDescription("chat_sessions", "eu-central-1"),
                        USER_ERRORS + "alarmDescription", userErrorsDescription("chat_sessions", "eu-central-1"),
                        "outputs.region", "eu-central-1",
                        "outputs.appEnvironment", appEnvironment("chat_sessions", "eu-central-1", 30)));
    }

    @Test
    void sessionRetentionDays() {
        assertChanges(
                "sessionRetentionDays",
                "90",
                Map.of(
                        "outputs.sessionRetentionDays", 90,
                        "outputs.appEnvironment", appEnvironment("chat_sessions", "us-east-1", 90)));
    }

    @Test
    void pointInTimeRecoveryOffIsWrittenAsOffAndWarnedOf() {
        assertChanges(
                "pointInTimeRecovery",
                "false",
                Map.of(
                        TABLE_INPUTS + "pointInTimeRecovery.enabled", false,
                        TABLE_INPUTS + "pointInTimeRecovery.recoveryPeriodInDays", StackRun.ABSENT),
                "chat-sessions:pointInTimeRecovery is false: what is deleted or overwritten in table chat_sessions by "
                        + "mistake cannot be brought back.");
    }

    @Test
    void recoveryWindowDays() {
        assertChanges(
                "recoveryWindowDays", "7", Map.of(TABLE_INPUTS + "pointInTimeRecovery.recoveryPeriodInDays", 7));
    }

    @Test
    void deletionProtectionOffUnprotectsInAwsAndInPulumiAndIsWarnedOf() {
        assertChanges(
                "deletionProtection",
                "false",
                Map.of(TABLE_INPUTS + "deletionProtectionEnabled", false, TABLE + ".protect", false),
                "chat-sessions:deletionProtection is false in environment prod: a destroy or rename deletes table "
                        + "chat_sessions with every chat session.");
    }

    @Test
    void systemErrorThreshold() {
        assertChanges("systemErrorThreshold", "50", Map.of(SYSTEM_ERRORS + "threshold", 50));
    }

    @Test
    void userErrorThreshold() {
        assertChanges("userErrorThreshold", "50", Map.of(USER_ERRORS + "threshold", 50));
    }

    @Test
    void alarmPeriodSeconds() {
        Map<String, Object> changes = ofEachSystemErrorsMetric("period", 60);
        changes.put(USER_ERRORS + "period", 60);
        assertChanges("alarmPeriodSeconds", "60", changes);
    }

    @Test
    void alarmEvaluationPeriods() {
        assertChanges(
                "alarmEvaluationPeriods",
                "3",
                Map.of(SYSTEM_ERRORS + "evaluationPeriods", 3, USER_ERRORS + "evaluationPeriods", 3));
    }

    @Test
    void alarmEmailMakesATopicWithASubscription() {
        String arn = "arn:aws:sns:us-east-1:123456789012:chat_sessions-alarms";
        Map<String, Object> changes = alarmsSentTo(arn);
        changes.putAll(newResource(
                "chat-sessions-alarms",
                "aws:sns/topic:Topic",
                Map.of("name", "chat_sessions-alarms", "tags", tags("prod"))));
        changes.putAll(newResource(
                "chat-sessions-alarms-email",
                "aws:sns/topicSubscription:TopicSubscription",
                Map.of("topic", arn, "protocol", "email", "endpoint", "someone@example.com")));
        assertChanges("alarmEmail", "someone@example.com", changes);
    }

    @Test
    void alarmTopicArn() {
        String arn = "arn:aws:sns:us-east-1:123456789012:operations";
        assertChanges("alarmTopicArn", arn, alarmsSentTo(arn));
    }

    @Test
    void throughputCaps() {
        assertChanges(
                with("maxReadRequestUnits", "400").with("chat-sessions:maxWriteRequestUnits", "100"),
                throughputCaps(400, 100));
    }

    @Test
    void readCapAloneLeavesWritesWithout() {
        assertChanges("maxReadRequestUnits", "400", throughputCaps(400, -1));
    }

    @Test
    void writeCapAloneLeavesReadsWithout() {
        assertChanges("maxWriteRequestUnits", "100", throughputCaps(-1, 100));
    }

    @Test
    void minusOneLiftsACap() {
        assertChanges("maxReadRequestUnits", "-1", throughputCaps(-1, -1));
    }

    @Test
    void kmsKeyArn() {
        String arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
        assertChanges(
                "kmsKeyArn",
                arn,
                Map.of(
                        TABLE_INPUTS + "serverSideEncryption.enabled", true,
                        TABLE_INPUTS + "serverSideEncryption.kmsKeyArn", arn,
                        "outputs.appAccessPolicy", AppAccessPolicy.json(tableArn("chat_sessions"), Optional.of(arn))));
    }

    @Test
    void adoptExistingTable() {
        StackRun run = StackRun.of(
                with("adoptExistingTable", "true"),
                new FakeTables().with(FakeTables.table("chat_sessions").build()));
        assertThat(PROD_RUN.changesTo(run)).isEqualTo(Map.of(TABLE + ".importId", "chat_sessions"));
        assertSucceeded(run);
    }

    @Test
    void restoreToTheLatestPossibleTime() {
        assertChanges(
                "restoreSourceTable",
                "chat_sessions_before",
                Map.of(
                        TABLE_INPUTS + "restoreSourceName", "chat_sessions_before",
                        TABLE_INPUTS + "restoreToLatestTime", true));
    }

    @Test
    void restoreToAMoment() {
        String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
        assertChanges(
                with("restoreSourceTable", "chat_sessions_before").with("chat-sessions:restoreDateTime", yesterday),
                Map.of(
                        TABLE_INPUTS + "restoreSourceName", "chat_sessions_before",
                        TABLE_INPUTS + "restoreDateTime", yesterday));
    }

    @Test
    void anotherEndpointOnlyConcernsTheApp() {
        Map<String, String> environment = Map.of("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000");
        StackRun run = StackRun.of(PROD, new FakeTables(), environment);
        assertThat(PROD_RUN.changesTo(run)).isEqualTo(Map.of(
                "outputs.appEnvironment",
                appEnvironment("chat_sessions", "us-east-1", 30) + """

                        AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000
                        AWS_ACCESS_KEY_ID=local
                        AWS_SECRET_ACCESS_KEY=local"""));
    }

    @Test
    void refusedSettingsRegisterNothing() {
        assertRefused(StackRun.of(with("recoveryWindowDays", "36")), """
                Settings of stack prod are not accepted, nothing was changed:
                chat-sessions:recoveryWindowDays is "36"
                    accepted: an integer from 1 to 35
                    fix:      pulumi config set chat-sessions:recoveryWindowDays <value> --stack prod""");
    }

    @Test
    void refusedSettingsRegisterNothingAndShowNoSecret() {
        assertRefused(StackRun.of(PROD.withSecret("chat-sessions:tableName")), """
                Settings of stack prod are not accepted, nothing was changed:
                chat-sessions:tableName is a secret
                    accepted: a plain value: 3 to 255 of the characters A-Z, a-z, 0-9, _, . and -
                    fix:      pulumi config set --plaintext chat-sessions:tableName <value> --stack prod""");
    }

    @Test
    void aRefusedDeploymentRegistersNothing() {
        assertRefused(StackRun.of(PROD, new FakeTables().deployed("chat_sessions", "us-east-1")), """
                Table chat_sessions, which this stack made, is no longer in us-east-1. Nothing was changed.
                    at risk: every chat session in it; AWS keeps a backup of a deleted table for 35 days
                    go back: docs/operations.md, "Restore"
                    go on:   pulumi refresh and pulumi destroy, then pulumi up makes a new, empty table""");
    }

    @Test
    void whatADeploymentWouldLoseIsWarnedOf() {
        StackRun run = StackRun.of(PROD, new FakeTables().with(FakeTables.table("chat_sessions").build()));
        assertThat(PROD_RUN.changesTo(run)).isEmpty();
        assertSucceeded(
                run,
                "Table chat_sessions already exists in us-east-1. If this stack did not make it, pulumi up will fail; "
                        + "to take it over: pulumi config set chat-sessions:adoptExistingTable true");
    }

    private static StackConfiguration with(String key, String value) {
        return PROD.with("chat-sessions:" + key, value);
    }

    private static String text(StackRun run, String path) {
        return (String) run.properties().get(path);
    }

    private static void assertChanges(String key, String value, Map<String, Object> changes, String... warnings) {
        assertChanges(with(key, value), changes, warnings);
    }

    private static void assertChanges(StackConfiguration stack, Map<String, Object> changes, String... warnings) {
        StackRun run = StackRun.of(stack);
        assertThat(PROD_RUN.changesTo(run)).isEqualTo(changes);
        assertSucceeded(run, warnings);
    }

    private static void assertSucceeded(StackRun run, String... warnings) {
        assertThat(run.result().errors()).isEmpty();
        assertThat(run.result().exceptions()).isEmpty();
        assertThat(run.result().exitCode()).isZero();
        assertThat(run.warnings()).containsExactly(warnings);
    }

    private static void assertRefused(StackRun run, String message) {
        assertThat(run.result().errors()).containsExactly(message);
        assertThat(run.result().exitCode()).isNotZero();
        assertThat(run.registrations()).isEmpty();
        assertThat(run.outputs()).isEmpty();
    }

    private static Map<String, Object> tableNamed(String name) {
        Map<String, Object> changes = ofEachSystemErrorsMetric("dimensions.TableName", name);
        changes.put(TABLE_INPUTS + "name", name);
        changes.put(SYSTEM_ERRORS + "name", name + "-system-errors");
        changes.put(SYSTEM_ERRORS + "alarmDescription", systemErrorsDescription(name, "us-east-1"));
        changes.put(USER_ERRORS + "name", name + "-user-errors");
        changes.put(USER_ERRORS + "alarmDescription", userErrorsDescription(name, "us-east-1"));
        changes.put("outputs.tableName", name);
        changes.put("outputs.tableArn", tableArn(name));
        changes.put("outputs.systemErrorsAlarmArn", alarmArn(name + "-system-errors"));
        changes.put("outputs.userErrorsAlarmArn", alarmArn(name + "-user-errors"));
        changes.put("outputs.appEnvironment", appEnvironment(name, "us-east-1", 30));
        changes.put("outputs.appAccessPolicy", AppAccessPolicy.json(tableArn(name), Optional.empty()));
        return changes;
    }

    private static String tableArn(String name) {
        return "arn:aws:dynamodb:us-east-1:123456789012:table/" + name;
    }

    private static String alarmArn(String name) {
        return "arn:aws:cloudwatch:us-east-1:123456789012:alarm:" + name;
    }

    private static String systemErrorsDescription(String tableName, String region) {
        return ("Requests to table %s failed inside DynamoDB (HTTP 500). AWS SDKs retry these, so users may have seen "
                        + "nothing. First: look for DynamoDB in %s on the AWS Health Dashboard, then for requests that "
                        + "failed after all retries in the app's log.")
                .formatted(tableName, region);
    }

    private static String userErrorsDescription(String tableName, String region) {
        return ("DynamoDB refused requests (HTTP 400) somewhere in this account in %s: the metric does not tell tables "
                        + "apart, so the cause may lie outside %s. First: look for ValidationException and "
                        + "AccessDeniedException in the app's log, and at what was deployed last.")
                .formatted(region, tableName);
    }

    private static String appEnvironment(String tableName, String region, int sessionRetentionDays) {
        return """
                USE_DYNAMODB=true
                DYNAMODB_TABLE_NAME=%s
                DYNAMODB_REGION=%s
                DYNAMODB_USER_SESSIONS_INDEX_NAME=UserSessionsIndex
                DYNAMODB_TTL_ATTRIBUTE_NAME=ttl
                DYNAMODB_SESSION_RETENTION_DAYS=%d"""
                .formatted(tableName, region, sessionRetentionDays);
    }

    private static Map<String, Object> ofEachSystemErrorsMetric(String property, Object value) {
        Map<String, Object> changes = new TreeMap<>();
        IntStream.rangeClosed(1, 10).forEach(
                i -> changes.put(SYSTEM_ERRORS + "metricQueries[" + i + "].metric." + property, value));
        return changes;
    }

    private static Map<String, Object> taggedWithEnvironment(String environment) {
        return Map.of(
                TABLE_INPUTS + "tags.Environment", environment,
                SYSTEM_ERRORS + "tags.Environment", environment,
                USER_ERRORS + "tags.Environment", environment);
    }

    private static Map<String, String> tags(String environment) {
        return Map.of("Project", "ai-tutor", "Environment", environment, "ManagedBy", "pulumi");
    }

    private static Map<String, Object> alarmsSentTo(String topicArn) {
        return new TreeMap<>(Map.of(
                SYSTEM_ERRORS + "alarmActions[0]", topicArn,
                SYSTEM_ERRORS + "okActions[0]", topicArn,
                USER_ERRORS + "alarmActions[0]", topicArn,
                USER_ERRORS + "okActions[0]", topicArn,
                "outputs.alarmTopicArn", topicArn));
    }

    private static Map<String, Object> throughputCaps(int maxReadRequestUnits, int maxWriteRequestUnits) {
        return Map.of(
                TABLE_INPUTS + "onDemandThroughput.maxReadRequestUnits", maxReadRequestUnits,
                TABLE_INPUTS + "onDemandThroughput.maxWriteRequestUnits", maxWriteRequestUnits);
    }

    private static Map<String, Object> newResource(String name, String type, Map<String, Object> inputs) {
        Registration registration =
                new Registration(type, inputs, "chat-sessions", List.of(TABLE), false, List.of(), "");
        return PropertyPaths.of(registration.attributes(), name);
    }
}
