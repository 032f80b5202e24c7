package com.aitutor.chatsessions.delivery;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies against docs/permissions.md. That AWS knows their actions and conditions is parliament's to check. */
class PoliciesTest {
    private static final Path PAGE = Path.of("docs/permissions.md");
    private static final String ARN = "arn:${Partition}:";
    private static final String TABLE = ARN + "dynamodb:${Region}:${Account}:table/${TableName}";
    private static final String SOURCE_TABLE = ARN + "dynamodb:${Region}:${Account}:table/${SourceTableName}";
    private static final String ALARM = ARN + "cloudwatch:${Region}:${Account}:alarm:";

    /** What the page calls the resources. */
    private static final Map<String, List<String>> RESOURCES = Map.of(
            "any", List.of("*"),
            "table", List.of(TABLE),
            "source table", List.of(SOURCE_TABLE),
            "backups", List.of(SOURCE_TABLE + "/backup/*"),
            "alarms",
                    Stream.of("system-errors", "user-errors", "throttled-requests")
                            .map(alarm -> ALARM + "${TableName}-" + alarm)
                            .toList(),
            "every alarm", List.of(ALARM + "*"),
            "dashboard", List.of(ARN + "cloudwatch::${Account}:dashboard/${TableName}-${Region}"),
            "topic", List.of(ARN + "sns:${Region}:${Account}:${TopicName}"),
            "key", List.of(ARN + "kms:${Region}:${Account}:key/${KeyId}"));

    private record Statement(
            String document, String effect, List<String> actions, List<String> resources, JsonElement condition) {
        Stream<String> permissions() {
            return actions.stream()
                    .flatMap(action -> resources.stream().map(resource -> effect + " " + action + " on " + resource));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer-managed-key", "deployer", "on-call", "preview", "restore"})
    void allowsWhatThePageSaysAndNothingElse(String document) {
        assertThat(statements(document).flatMap(Statement::permissions))
                .containsExactlyInAnyOrderElementsOf(permissionsOnThePage(document));
    }

    /** Which files of the state Pulumi reads and writes was measured on its S3 backend. */
    @Test
    void protectedTableIsNeverDeletedAndOnlyTheStacksOwnStateWritten() {
        assertThat(Stream.of("never-delete-table", "state-read", "state-write")
                        .flatMap(PoliciesTest::statements)
                        .flatMap(Statement::permissions))
                .containsExactlyInAnyOrder("""
                        Deny dynamodb:DeleteTable on arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}
                        Allow s3:ListBucket on arn:${Partition}:s3:::${Bucket}
                        Allow s3:GetObject on STATE/meta.yaml
                        Allow s3:GetObject on STATE/stacks/chat-sessions/*
                        Allow s3:DeleteObject on STATE/backups/chat-sessions/${Stack}/*
                        Allow s3:DeleteObject on STATE/history/chat-sessions/${Stack}/*
                        Allow s3:DeleteObject on STATE/locks/organization/chat-sessions/${Stack}/*
                        Allow s3:DeleteObject on STATE/stacks/chat-sessions/${Stack}.json*
                        Allow s3:PutObject on STATE/backups/chat-sessions/${Stack}/*
                        Allow s3:PutObject on STATE/history/chat-sessions/${Stack}/*
                        Allow s3:PutObject on STATE/locks/organization/chat-sessions/${Stack}/*
                        Allow s3:PutObject on STATE/stacks/chat-sessions/${Stack}.json*
                        """.replace("STATE", "arn:${Partition}:s3:::${Bucket}/.pulumi")
                        .split("\n"));
    }

    @Test
    void conditionsLimitWhatIsAllowed() {
        assertThat(documents().flatMap(PoliciesTest::statements).filter(statement -> statement.condition() != null))
                .extracting(statement -> statement.document() + " " + String.join(" ", statement.actions()) + " "
                        + statement.condition().toString().replace("token.actions.githubusercontent.com", "GITHUB"))
                .containsExactlyInAnyOrder("""
                        customer-managed-key kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey \
                        kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo \
                        {"StringLike":{"kms:ViaService":"dynamodb.${Region}.*"}}
                        deployer cloudwatch:PutMetricAlarm \
                        {"ForAllValues:StringEquals":{"cloudwatch:AlarmActions":"${AlarmTopicArn}"}}
                        deployer sns:Subscribe {"StringEquals":{"sns:Protocol":"email"}}
                        deployer dynamodb:ListTables sns:GetSubscriptionAttributes sns:Unsubscribe \
                        {"StringEquals":{"aws:RequestedRegion":"${Region}"}}
                        on-call cloudwatch:GetMetricData cloudwatch:GetMetricStatistics cloudwatch:ListMetrics \
                        dynamodb:ListBackups {"StringEquals":{"aws:RequestedRegion":"${Region}"}}
                        preview dynamodb:ListTables sns:GetSubscriptionAttributes \
                        {"StringEquals":{"aws:RequestedRegion":"${Region}"}}
                        state-read s3:ListBucket {"StringLike":{"s3:prefix":\
                        [".pulumi/locks/organization/chat-sessions/*",".pulumi/stacks/",".pulumi/stacks/chat-sessions/*"]}}
                        trust-github sts:AssumeRoleWithWebIdentity \
                        {"StringEquals":{"GITHUB:aud":"sts.amazonaws.com","GITHUB:sub":["${Subjects}"]}}
                        """.lines().toArray(String[]::new));
    }

    @Test
    void thePageKnowsEveryDocument() {
        assertThat(documents()).allSatisfy(document -> assertThat(read(PAGE)).contains(document + ".json"));
    }

    @ParameterizedTest
    @CsvSource({"(?s).*## An alarm went off(.*?)## Test the way.*, on-call", "(?s)(.*), on-call restore deployer"})
    void theRunbookIsPermitted(String section, String documents) {
        String text = read(Path.of("docs/operations.md")).replaceFirst(section, "$1");
        assertThat(Pattern.compile("\\baws (dynamodb|cloudwatch|sns) ([a-z-]+)")
                        .matcher(text)
                        .results())
                .extracting(call -> call.group(1) + ":" + action(call.group(2)))
                .isNotEmpty()
                .isSubsetOf(Stream.of(documents.split(" "))
                        .flatMap(PoliciesTest::statements)
                        .flatMap(statement -> statement.actions().stream())
                        .toList());
    }

    /** The permission for a command of the AWS CLI. */
    private static String action(String command) {
        return Stream.of(command.replace("wait", "describe-table").split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer-managed-key", "deployer", "never-delete-table", "on-call", "preview", "restore"})
    void isFilledInByTheDocumentedCommand(String document) {
        String command = read(PAGE).replaceFirst("(?s).*\n(sed \\V*).*", "$1");
        String filledIn = Command.of("sh", "-c", command.replace("deployer", document))
                .run()
                .successful();
        assertThat(filledIn).doesNotContain("$");
        assertThat(statements(document, filledIn).flatMap(statement -> statement.resources().stream()))
                .allMatch(
                        resource -> resource.matches("\\*|arn:aws:[a-z]+:(us-east-1)?:123456789012:[A-Za-z0-9:/_*-]+"));
    }

    private static List<String> permissionsOnThePage(String document) {
        return read(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" *\\| *"))
                .filter(row -> List.of(row[3].split(", ")).contains(document))
                .flatMap(row -> Stream.of(row[1].replace("`", "").split(" "))
                        .flatMap(action -> Stream.of(row[2].split(", "))
                                .flatMap(on -> RESOURCES.get(on).stream())
                                .map(resource -> "Allow " + action + " on " + resource)))
                .toList();
    }

    private static Stream<String> documents() {
        return Stream.of(Path.of("docs/policies").toFile().list()).map(file -> file.replace(".json", ""));
    }

    private static Stream<Statement> statements(String document) {
        return statements(document, read(Path.of("docs/policies", document + ".json")));
    }

    private static Stream<Statement> statements(String document, String json) {
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("Statement").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(statement -> new Statement(
                        document,
                        statement.get("Effect").getAsString(),
                        strings(statement.get("Action")),
                        strings(statement.get("Resource")),
                        statement.get("Condition")));
    }

    /** A text, several or none. */
    private static List<String> strings(JsonElement element) {
        return Pattern.compile("[^\"\\[,\\]]+")
                .matcher(element == null ? "" : element.toString())
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
