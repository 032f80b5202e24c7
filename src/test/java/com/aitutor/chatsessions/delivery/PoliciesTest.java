package com.aitutor.chatsessions.delivery;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.delivery.IamPolicy.Statement;
import com.aitutor.chatsessions.engine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies against docs/permissions.md. That AWS knows their actions and conditions is parliament's to check. */
class PoliciesTest {
    private static final Path PAGE = Path.of("docs/permissions.md");
    private static final String ARN = "arn:${Partition}:";
    private static final String TABLE = ARN + "dynamodb:${Region}:${Account}:table/${TableName}";
    private static final String TOPIC = ARN + "sns:${Region}:${Account}:${TopicName}";
    private static final String ALARM = ARN + "cloudwatch:${Region}:${Account}:alarm:${TableName}-";
    private static final String STATE = ARN + "s3:::${Bucket}/.pulumi/";

    /** What the page calls the resources. */
    private static final Map<String, List<String>> RESOURCES = Map.of(
            "any", List.of("*"),
            "table", List.of(TABLE),
            "source table", List.of(ARN + "dynamodb:${Region}:${Account}:table/${SourceTableName}"),
            "backups", List.of(ARN + "dynamodb:${Region}:${Account}:table/${SourceTableName}/backup/*"),
            "alarms", List.of(ALARM + "system-errors", ALARM + "user-errors", ALARM + "throttled-requests"),
            "every alarm", List.of(ARN + "cloudwatch:${Region}:${Account}:alarm:*"),
            "dashboard", List.of(ARN + "cloudwatch::${Account}:dashboard/${TableName}-${Region}"),
            "topic", List.of(TOPIC),
            "key", List.of(ARN + "kms:${Region}:${Account}:key/${KeyId}"));

    @ParameterizedTest
    @ValueSource(strings = {"customer-managed-key", "deployer", "on-call", "preview", "restore"})
    void allowsWhatThePageSaysAndNothingElse(String document) {
        List<String> allowed = IamPolicy.of(document).statements().stream().flatMap(PoliciesTest::permissions).toList();
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(permissionsOnThePage(document));
    }

    @Test
    void thePageKnowsEveryDocument() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs/policies"))) {
            assertThat(files).allSatisfy(file -> assertThat(PAGE).content().contains(file.getFileName().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployer", "on-call", "preview"})
    void whatIsOnNoResourceIsLimitedToTheRegion(String document) {
        assertThat(IamPolicy.of(document).statements())
                .filteredOn(statement -> statement.resources().contains("*"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.conditions())
                        .isEqualTo(Map.of("StringEquals", Map.of("aws:RequestedRegion", List.of("${Region}")))));
    }

    @Test
    void alarmsNotifyTheTopicOnly() {
        IamPolicy deployer = IamPolicy.of("deployer");
        String key = "cloudwatch:AlarmActions";
        String alarm = ALARM + "user-errors";
        assertThat(deployer.allows("cloudwatch:PutMetricAlarm", alarm, Map.of(key, List.of("${AlarmTopicArn}")))).isTrue();
        assertThat(deployer.allows("cloudwatch:PutMetricAlarm", alarm, Map.of())).isTrue();
        assertThat(deployer.allows("cloudwatch:PutMetricAlarm", alarm, Map.of(key, List.of("${AlarmTopicArn}", "else"))))
                .isFalse();
    }

    @Test
    void subscriptionsAreByEmailOnly() {
        IamPolicy deployer = IamPolicy.of("deployer");
        assertThat(deployer.allows("sns:Subscribe", TOPIC, Map.of("sns:Protocol", List.of("email")))).isTrue();
        assertThat(deployer.allows("sns:Subscribe", TOPIC, Map.of("sns:Protocol", List.of("https")))).isFalse();
    }

    @Test
    void protectedTableIsNotDeletedWhateverElseIsAttached() {
        assertThat(IamPolicy.of("deployer").allows("dynamodb:DeleteTable", TABLE, Map.of())).isTrue();
        IamPolicy protectedStack = IamPolicy.of("deployer", "never-delete-table");
        assertThat(protectedStack.allows("dynamodb:UpdateTable", TABLE, Map.of())).isTrue();
        assertThat(protectedStack.allows("dynamodb:DeleteTable", TABLE, Map.of())).isFalse();
    }

    @Test
    void keyIsUsedThroughDynamoDbOnly() {
        IamPolicy policy = IamPolicy.of("customer-managed-key");
        String key = RESOURCES.get("key").get(0);
        assertThat(policy.allows("kms:Decrypt", key, through("dynamodb"))).isTrue();
        assertThat(policy.allows("kms:Decrypt", key, through("s3"))).isFalse();
        assertThat(policy.allows("kms:Decrypt", key, Map.of())).isFalse();
    }

    private static Map<String, List<String>> through(String service) {
        return Map.of("kms:ViaService", List.of(service + ".${Region}.amazonaws.com"));
    }

    /** Which files Pulumi reads and writes was measured on its S3 backend. */
    @Test
    void stateOfThisProjectIsReadAndThatOfTheStackWritten() {
        IamPolicy preview = IamPolicy.of("state-read");
        IamPolicy deploy = IamPolicy.of("state-read", "state-write");
        assertThat(List.of(preview, deploy)).allSatisfy(policy -> {
            assertThat(policy.allows("s3:GetObject", STATE + "meta.yaml", Map.of())).isTrue();
            assertThat(policy.allows("s3:GetObject", STATE + "stacks/chat-sessions/dev.json", Map.of())).isTrue();
            assertThat(policy.allows("s3:GetObject", STATE + "stacks/another/dev.json", Map.of())).isFalse();
            assertThat(policy.allows("s3:PutObject", STATE + "meta.yaml", Map.of())).isFalse();
            assertThat(policy.allows("s3:PutObject", STATE + "stacks/chat-sessions/another.json", Map.of())).isFalse();
            assertThat(lists(policy, ".pulumi/stacks/chat-sessions/dev.json")).isTrue();
            assertThat(lists(policy, ".pulumi/locks/organization/chat-sessions/dev/")).isTrue();
            assertThat(lists(policy, ".pulumi/stacks/another/")).isFalse();
        });
        List<String> written = List.of(
                "backups/chat-sessions/${Stack}/1.json",
                "history/chat-sessions/${Stack}/1.json",
                "locks/organization/chat-sessions/${Stack}/1.json",
                "stacks/chat-sessions/${Stack}.json.bak");
        assertThat(written).allSatisfy(file -> {
            assertThat(preview.allows("s3:PutObject", STATE + file, Map.of())).isFalse();
            assertThat(deploy.allows("s3:PutObject", STATE + file, Map.of())).isTrue();
        });
        assertThat(deploy.statements()).flatExtracting(Statement::actions)
                .containsOnly("s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject");
    }

    private static boolean lists(IamPolicy policy, String prefix) {
        return policy.allows("s3:ListBucket", ARN + "s3:::${Bucket}", Map.of("s3:prefix", List.of(prefix)));
    }

    @Test
    void theRunbookIsPermitted() {
        String page = IamPolicy.read(Path.of("docs/operations.md"));
        Set<String> permitted = IamPolicy.of("on-call", "restore", "deployer").statements().stream()
                .flatMap(statement -> statement.actions().stream())
                .collect(toSet());
        Set<String> typed = Pattern.compile("\\baws (dynamodb|cloudwatch|sns) ([a-z-]+)").matcher(page).results()
                .map(call -> call.group(1) + ":" + action(call.group(2)))
                .collect(toSet());
        assertThat(typed).isNotEmpty().isSubsetOf(permitted);
    }

    /** The permission for a command of the AWS CLI. */
    private static String action(String command) {
        return command.equals("wait")
                ? "DescribeTable"
                : Stream.of(command.split("-"))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .reduce("", String::concat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer-managed-key", "deployer", "never-delete-table", "on-call", "preview", "restore"})
    void isFilledInByTheDocumentedCommand(String document) {
        String command = IamPolicy.read(PAGE).lines().filter(line -> line.startsWith("sed ")).findFirst().orElseThrow();
        String filledIn = Command.of("sh", "-c", command.replace("deployer", document)).run().successful();
        assertThat(filledIn).doesNotContain("$");
        assertThat(IamPolicy.from(filledIn).statements())
                .flatExtracting(Statement::resources)
                .allMatch(resource -> resource.matches("\\*|arn:aws:[a-z]+:(us-east-1)?:123456789012:[A-Za-z0-9:/_*-]+"));
    }

    private static Stream<String> permissions(Statement statement) {
        return statement.actions().stream()
                .flatMap(action -> statement.resources().stream().map(resource -> action + " on " + resource));
    }

    private static List<String> permissionsOnThePage(String document) {
        List<String> permissions = new ArrayList<>();
        IamPolicy.read(PAGE).lines().filter(line -> line.startsWith("| `")).map(line -> line.split(" *\\| *")).forEach(row -> {
            if (List.of(row[3].split(", ")).contains(document)) {
                for (String action : row[1].replace("`", "").split(" ")) {
                    for (String on : row[2].split(", ")) {
                        RESOURCES.get(on).forEach(resource -> permissions.add(action + " on " + resource));
                    }
                }
            }
        });
        return permissions;
    }
}
