package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.PropertyPaths.differences;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.StackRun.Registration;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What the program registers and exports: for the tests' own stack file every property, by the resource expected.yaml; for
 * everything else exactly what is different then.
 */
class ProgramTest {
    private static final StackConfiguration STACK = StackConfiguration.fixture();
    private static final StackRun RUN = StackRun.of(STACK);

    private static final String TABLE = "chat-sessions-table";
    private static final String TABLE_INPUTS = TABLE + ".inputs.";
    private static final String SYSTEM_ERRORS = "chat-sessions-system-errors.inputs.";
    private static final String USER_ERRORS = "chat-sessions-user-errors.inputs.";

    private static final String CAP_WITHOUT_ALARM = "Table chat_sessions has a throughput cap, and no alarm sees requests that "
            + "are throttled: set chat-sessions:throttledRequestThreshold.";

    @Test
    void everything() throws IOException {
        Map<String, Object> expected = new TreeMap<>();
        try (InputStream yaml = ProgramTest.class.getResourceAsStream("expected.yaml")) {
            new Yaml().<Map<String, Object>>load(yaml)
                    .forEach((name, attributes) -> expected.putAll(PropertyPaths.of(attributes, name)));
        }
        assertThat(differences(expected, RUN.properties()))
                .as("what the program registers, against src/test/resources/com/aitutor/chatsessions/expected.yaml")
                .isEmpty();
        assertSucceeded(RUN);
    }

    @Test
    void environment() {
        assertChanges("environment", "staging", taggedWithEnvironment("staging"));
    }

    @Test
    void environmentIsTheStacksNameByDefault() {
        StackRun run = StackRun.of(new StackConfiguration("pilot", STACK.values(), STACK.secretKeys()), new FakeAws("pilot"));
        assertSame(taggedWithEnvironment("pilot"), RUN.changesTo(run));
    }

    @Test
    void tableName() {
        assertChanges("tableName", "other", tableNamed("other"));
    }

    /** As long as names may be: Amazon CloudWatch API reference, PutMetricAlarm and PutDashboard; SNS, CreateTopic. */
    @Test
    void namesOfTheLongestTableName() {
        StackRun run = StackRun.of(with("tableName", "a".repeat(236))
                .with(StackSettings.THROTTLED_REQUEST_THRESHOLD, 10)
                .with(StackSettings.DASHBOARD, true)
                .with(StackSettings.ALARM_TOPIC_ARN, "none")
                .with(StackSettings.ALARM_EMAIL, "someone@example.com"));
        assertThat(List.of("system-errors", "user-errors", "throttled-requests")).allSatisfy(alarm -> {
            Map<String, Object> inputs = run.registration("chat-sessions-" + alarm).inputs();
            assertThat(inputs.get("name")).isEqualTo("a".repeat(236) + "-" + alarm);
            assertThat(inputs.get("name").toString()).hasSizeLessThanOrEqualTo(255);
            assertThat(inputs.get("alarmDescription").toString()).hasSizeLessThanOrEqualTo(1024);
        });
        assertThat(run.registration("chat-sessions-alarms").inputs().get("name").toString()).matches("[A-Za-z0-9_-]{1,256}");
        assertThat(run.registration("chat-sessions-dashboard").inputs().get("dashboardName").toString())
                .matches("[A-Za-z0-9_-]{1,255}");
        assertSucceeded(run);
    }

    @Test
    void region() {
        StackConfiguration moved = STACK.with("aws:region", "eu-central-1").with(StackSettings.ALARM_TOPIC_ARN, "none");
        Map<String, Object> changes = new TreeMap<>();
        RUN.properties().forEach((path, value) -> {
            if (value.toString().contains("us-east-1")) {
                changes.put(path, value.toString().replace("us-east-1", "eu-central-1"));
            }
        });
        RUN.properties().keySet().stream().filter(path -> path.matches(".*(Actions\\[0]|alarmTopicArn)"))
                .forEach(path -> changes.put(path, StackRun.ABSENT));
        StackRun run = StackRun.of(moved);
        assertSame(changes, RUN.changesTo(run));
        assertSucceeded(
                run,
                "Nobody is told of an alarm in environment prod: set chat-sessions:alarmEmail or chat-sessions:alarmTopicArn.");
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
                Map.of(
                        TABLE_INPUTS + "deletionProtectionEnabled", false,
                        TABLE + ".protect", false,
                        "outputs.deletionProtection", false),
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
    void throttledRequestThresholdMakesAThirdAlarm() {
        Map<String, Object> changes = new TreeMap<>();
        Map<String, Object> inputs = new TreeMap<>(RUN.registration("chat-sessions-user-errors").inputs());
        inputs.put("name", "chat_sessions-throttled-requests");
        inputs.put("alarmDescription", """
                DynamoDB throttled reads or writes of table chat_sessions or of its index in us-east-1. AWS SDKs retry these; \
                users wait or see errors when it lasts. First: compare the consumed units with the caps maxReadRequestUnits \
                and maxWriteRequestUnits, then look for one session that takes most of the requests.""");
        inputs.put("threshold", 10);
        Map<String, Object> ofTable = Map.of("TableName", "chat_sessions");
        Map<String, Object> ofIndex = Map.of("TableName", "chat_sessions", "GlobalSecondaryIndexName", "UserSessionsIndex");
        inputs.put("metricQueries", List.of(
                Map.of(
                        "id", "total",
                        "label", "ReadThrottleEvents",
                        "expression", "SUM(FILL(METRICS(), 0))",
                        "returnData", true),
                throttles("metric1", "ReadThrottleEvents", ofTable),
                throttles("metric2", "ReadThrottleEvents", ofIndex),
                throttles("metric3", "WriteThrottleEvents", ofTable),
                throttles("metric4", "WriteThrottleEvents", ofIndex)));
        changes.putAll(newResource("chat-sessions-throttled-requests", "aws:cloudwatch/metricAlarm:MetricAlarm", inputs));
        changes.put("outputs.throttledRequestsAlarmArn", alarmArn("chat_sessions-throttled-requests"));
        assertChanges("throttledRequestThreshold", "10", changes);
    }

    @Test
    void alarmPeriodSeconds() {
        Map<String, Object> changes = ofEachMetric("period", 120);
        assertChanges("alarmPeriodSeconds", "120", changes);
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
        assertChanges(
                STACK.with(StackSettings.ALARM_TOPIC_ARN, "none").with(StackSettings.ALARM_EMAIL, "someone@example.com"),
                changes);
    }

    @Test
    void alarmTopicArn() {
        String arn = "arn:aws:sns:us-east-1:123456789012:others";
        assertChanges("alarmTopicArn", arn, alarmsSentTo(arn));
    }

    @Test
    void throughputCaps() {
        assertChanges(
                with("maxReadRequestUnits", "400")
                        .with("chat-sessions:maxWriteRequestUnits", "100")
                        .with(StackSettings.DASHBOARD, false),
                throughputCaps(400, 100),
                CAP_WITHOUT_ALARM);
    }

    @Test
    void readCapAloneLeavesWritesWithout() {
        assertChanges("maxReadRequestUnits", "400", throughputCaps(400, -1), CAP_WITHOUT_ALARM);
    }

    @Test
    void writeCapAloneLeavesReadsWithout() {
        assertChanges("maxWriteRequestUnits", "1", throughputCaps(-1, 1), CAP_WITHOUT_ALARM);
    }

    @Test
    void minusOneLiftsACap() {
        assertChanges("maxReadRequestUnits", "-1", throughputCaps(-1, -1));
    }

    @Test
    void aCapWithItsAlarmIsNotWarnedOf() {
        assertSucceeded(StackRun.of(
                with("maxReadRequestUnits", "400").with(StackSettings.THROTTLED_REQUEST_THRESHOLD, 10)));
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
        StackRun run = StackRun.of(with("adoptExistingTable", "true"), new FakeAws().with(FakeAws.table("chat_sessions")));
        assertSame(Map.of(TABLE + ".importId", "chat_sessions"), RUN.changesTo(run));
        assertSucceeded(run);
    }

    @Test
    void dashboardShowsMetricsAsTheyExist() {
        StackRun run = StackRun.of(with("dashboard", "true")
                .with(StackSettings.MAX_READ_REQUEST_UNITS, 400)
                .with(StackSettings.MAX_WRITE_REQUEST_UNITS, -1)
                .with(StackSettings.THROTTLED_REQUEST_THRESHOLD, 10));
        Registration dashboard = run.registration("chat-sessions-dashboard");
        assertThat(dashboard.inputs()).containsEntry("dashboardName", "chat_sessions-us-east-1");
        assertThat(run.outputs())
                .containsEntry("dashboardUrl", "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1"
                        + "#dashboards/dashboard/chat_sessions-us-east-1");
        List<JsonObject> widgets = elements(JsonParser.parseString((String) dashboard.inputs().get("dashboardBody"))
                        .getAsJsonObject().get("widgets"))
                .stream().map(JsonElement::getAsJsonObject).toList();
        assertThat(texts(widgets.get(0).getAsJsonObject("properties").get("alarms"))).containsExactly(
                alarmArn("chat_sessions-system-errors"),
                alarmArn("chat_sessions-user-errors"),
                alarmArn("chat_sessions-throttled-requests"));
        List<JsonObject> graphs = widgets.stream().skip(1).map(widget -> widget.getAsJsonObject("properties")).toList();
        assertThat(graphs.stream().map(graph -> texts(graph.get("metrics")))).containsExactly(
                byOperation("SystemErrors"),
                List.of(metric("UserErrors")),
                List.of(
                        metric("ReadThrottleEvents", "TableName", "chat_sessions"),
                        ofIndex("ReadThrottleEvents"),
                        metric("WriteThrottleEvents", "TableName", "chat_sessions"),
                        ofIndex("WriteThrottleEvents")),
                List.of(
                        metric("ConsumedReadCapacityUnits", "TableName", "chat_sessions"),
                        ofIndex("ConsumedReadCapacityUnits")),
                List.of(
                        metric("ConsumedWriteCapacityUnits", "TableName", "chat_sessions"),
                        ofIndex("ConsumedWriteCapacityUnits")),
                byOperation("SuccessfulRequestLatency"));
        assertThat(graphs.stream().map(graph -> "%s %s %s %s".formatted(
                        graph.get("region"), graph.get("stat"), graph.get("period"), graph.get("annotations"))))
                .containsExactly(
                        "\"us-east-1\" \"Sum\" 60 {\"horizontal\":[]}",
                        "\"us-east-1\" \"Sum\" 60 {\"horizontal\":[]}",
                        "\"us-east-1\" \"Sum\" 60 {\"horizontal\":[]}",
                        "\"us-east-1\" \"Sum\" 60 {\"horizontal\":[{\"label\":\"cap\",\"value\":24000}]}",
                        "\"us-east-1\" \"Sum\" 60 {\"horizontal\":[]}",
                        "\"us-east-1\" \"p99\" 60 {\"horizontal\":[]}");
        assertSucceeded(run);
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, us-east-1.console.aws.amazon.com",
        "cn-north-1, cn-north-1.console.amazonaws.cn",
        "us-gov-west-1, us-gov-west-1.console.amazonaws-us-gov.com"
    })
    void dashboardUrlOfThePartition(String region, String host) {
        assertThat(TableDashboard.url("d", region))
                .isEqualTo("https://" + host + "/cloudwatch/home?region=" + region + "#dashboards/dashboard/d");
    }

    @Test
    void anotherEndpointConcernsTheAppAndIsWarnedOf() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000", "AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        StackRun run = StackRun.of(STACK, new FakeAws(), environment);
        assertSame(
                Map.of(
                        "outputs.appEnvironment",
                        appEnvironment("chat_sessions", "us-east-1", 30)
                                + "\nAWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000"),
                RUN.changesTo(run));
        assertSucceeded(
                run,
                "AWS_ENDPOINT_URL_DYNAMODB is set: this stack goes to http://127.0.0.1:8000, not to AWS.",
                "AWS_ENDPOINT_URL is set: this stack goes to http://127.0.0.1:1, not to AWS.");
    }

    @Test
    void theLocalStacksEndpointIsNotWarnedOf() {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000", "CHAT_SESSIONS_COMMAND", "./local/pulumi");
        assertSucceeded(StackRun.of(STACK, new FakeAws(), environment));
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
    void refusedSettingsShowNoSecret() {
        assertRefused(StackRun.of(STACK.withSecret("chat-sessions:deletionProtection")), """
                Settings of stack prod are not accepted, nothing was changed:
                chat-sessions:deletionProtection is a secret
                    accepted: a plain value: true or false
                    fix:      pulumi config set --plaintext chat-sessions:deletionProtection <value> --stack prod""");
    }

    @Test
    void aRenamedProjectIsOneSentence() {
        assertRefused(
                StackRun.of(STACK, new FakeAws(), Map.of("PULUMI_PROJECT", "tutor")),
                "Pulumi.yaml names the project tutor, but its settings and state belong to chat-sessions. Nothing was "
                        + "changed. Set `name: chat-sessions` again.");
    }

    @Test
    void aRefusedDeploymentRegistersNothing() {
        StackRun run = StackRun.of(STACK, new FakeAws().deployed("chat_sessions", true));
        assertThat(run.result().errors()).hasSize(1);
        assertThat(run.registrations()).isEmpty();
        assertThat(run.outputs()).isEmpty();
    }

    private static StackConfiguration with(String key, String value) {
        return STACK.with("chat-sessions:" + key, value);
    }

    private static Map<String, Object> throttles(String id, String metricName, Map<String, Object> dimensions) {
        return Map.of("id", id, "metric", Map.of(
                "namespace", "AWS/DynamoDB",
                "metricName", metricName,
                "dimensions", dimensions,
                "period", 300,
                "stat", "Sum"));
    }

    private static List<String> byOperation(String name) {
        return Stream.of("BatchWriteItem GetItem PutItem Query UpdateItem TransactGetItems TransactWriteItems".split(" "))
                .map(operation -> metric(name, "Operation", operation, "TableName", "chat_sessions"))
                .toList();
    }

    private static String ofIndex(String name) {
        return metric(name, "GlobalSecondaryIndexName", "UserSessionsIndex", "TableName", "chat_sessions");
    }

    /** A metric as a dashboard writes it. */
    private static String metric(String name, String... dimensions) {
        return Stream.concat(Stream.of("AWS/DynamoDB", name), Stream.of(dimensions))
                .collect(joining("\",\"", "[\"", "\"]"));
    }

    private static List<String> texts(JsonElement array) {
        return elements(array).stream()
                .map(element -> element.isJsonPrimitive() ? element.getAsString() : element.toString())
                .toList();
    }

    private static List<JsonElement> elements(JsonElement array) {
        JsonArray elements = array.getAsJsonArray();
        return StreamSupport.stream(elements.spliterator(), false).toList();
    }

    private static void assertSame(Map<String, Object> expected, Map<String, Object> found) {
        assertThat(differences(expected, found)).as("what differs from the fixture, against this test").isEmpty();
    }

    private static void assertChanges(String key, String value, Map<String, Object> changes, String... warnings) {
        assertChanges(with(key, value), changes, warnings);
    }

    private static void assertChanges(StackConfiguration stack, Map<String, Object> changes, String... warnings) {
        StackRun run = StackRun.of(stack);
        assertSame(changes, RUN.changesTo(run));
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
        Map<String, Object> changes = new TreeMap<>();
        IntStream.rangeClosed(1, 7).forEach(i -> changes.put(metric(SYSTEM_ERRORS, i) + "dimensions.TableName", name));
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
        return ("DynamoDB refused requests (HTTP 400) somewhere in this account: the metric does not tell tables apart, so "
                        + "the cause may lie outside %s in %s. First: look for ValidationException and "
                        + "AccessDeniedException in the app's log, and at what was deployed last.")
                .formatted(tableName, region);
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

    private static Map<String, Object> ofEachMetric(String property, Object value) {
        Map<String, Object> changes = new TreeMap<>();
        IntStream.rangeClosed(1, 7).forEach(i -> changes.put(metric(SYSTEM_ERRORS, i) + property, value));
        changes.put(metric(USER_ERRORS, 1) + property, value);
        return changes;
    }

    private static String metric(String alarm, int number) {
        return alarm + "metricQueries[" + number + "].metric.";
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
