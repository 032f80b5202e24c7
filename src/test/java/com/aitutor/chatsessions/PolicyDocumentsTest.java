package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.documentation.GeneratedFile;
import com.aitutor.chatsessions.IamPolicy.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies in docs/policies against the calls that the AWS provider makes. */
class PolicyDocumentsTest {
    private static final Path FOLDER = Path.of("docs/policies");
    private static final GeneratedFile PAGE = GeneratedFile.of("docs/permissions.md");

    /** Which calls each document is for. */
    private static final Map<String, Set<String>> DOCUMENTS = Map.of(
            "deployer.json", Set.of(ProviderCall.READ, ProviderCall.WRITE, ProviderCall.DELETE_TABLE),
            "deployer-without-delete.json", Set.of(ProviderCall.READ, ProviderCall.WRITE),
            "preview.json", Set.of(ProviderCall.READ),
            "restore.json", Set.of(ProviderCall.RESTORE),
            "customer-managed-key.json", Set.of(ProviderCall.KEY));

    /** The actions for which AWS knows no resource (AWS service authorization reference, DynamoDB and SNS). */
    private static final Set<String> WITHOUT_RESOURCE_LEVEL_PERMISSION =
            Set.of("dynamodb:ListTables", "sns:GetSubscriptionAttributes", "sns:Unsubscribe");

    /** How a call looks to IAM that DynamoDB, CloudWatch, SNS and KMS receive in the course of a deployment. */
    private static final Map<String, String> CONTEXT =
            Map.of("aws:RequestedRegion", "${Region}", "kms:ViaService", "dynamodb.${Region}.amazonaws.com");

    @Test
    void knowsEveryDocument() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(DOCUMENTS.keySet());
        }
    }

    @Test
    void knowsWhatEachCallIsForAndWhereItIsSeen() {
        assertThat(ProviderCall.all()).isNotEmpty().doesNotHaveDuplicates().allSatisfy(call -> {
            assertThat(call.action()).matches("(dynamodb|cloudwatch|sns|kms):[A-Z][A-Za-z]+");
            assertThat(call.neededBy()).isIn(DOCUMENTS.values().stream().flatMap(Set::stream).toList());
            assertThat(call.resources()).isNotEmpty();
            assertThat(call.why()).isNotBlank();
            assertThat(call.source()).isNotBlank();
        });
        assertThat(ProviderCall.all())
                .filteredOn(call -> call.on().equals("*"))
                .extracting(ProviderCall::action)
                .containsExactlyInAnyOrderElementsOf(WITHOUT_RESOURCE_LEVEL_PERMISSION);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void hasTheFormOfAPolicy(String document) throws IOException {
        String text = Files.readString(FOLDER.resolve(document));
        IamPolicy policy = IamPolicy.from(text);

        assertThat(policy.version()).isEqualTo("2012-10-17");
        assertThat(policy.statements())
                .extracting(Statement::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Za-z0-9]+"));
        assertThat(policy.statements()).extracting(Statement::effect).isSubsetOf("Allow", "Deny");
        assertThat(policy.statements()).allSatisfy(statement -> {
            assertThat(statement.actions()).isSorted().doesNotHaveDuplicates();
            assertThat(statement.resources()).doesNotHaveDuplicates();
        });
        // the limit on a managed policy, without white space (IAM user guide, "IAM and AWS STS quotas")
        assertThat(text.replaceAll("\\s", "")).hasSizeLessThan(6_144);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void hasNoWildcardButWhereAwsKnowsNoResource(String document) throws IOException {
        assertThat(policy(document).statements()).allSatisfy(statement -> {
            assertThat(statement.actions()).noneMatch(action -> action.contains("*"));
            if (statement.resources().contains("*")) {
                assertThat(statement.resources()).containsExactly("*");
                assertThat(statement.actions()).isSubsetOf(WITHOUT_RESOURCE_LEVEL_PERMISSION);
                assertThat(statement.conditions())
                        .isEqualTo(Map.of("StringEquals", Map.of("aws:RequestedRegion", List.of("${Region}"))));
            } else {
                assertThat(statement.resources()).noneMatch(resource -> resource.contains("*"));
                assertThat(statement.resources()).allMatch(resource -> resource.contains(":${Region}:${Account}:"));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void allowsEveryCallThatItIsForAndNoOther(String document) throws IOException {
        IamPolicy policy = policy(document);
        Set<String> purposes = DOCUMENTS.get(document);
        assertThat(ProviderCall.all()).allSatisfy(call -> assertThat(call.resources())
                .allSatisfy(resource -> assertThat(policy.allows(call.action(), resource, CONTEXT))
                        .as("%s on %s", call.action(), resource)
                        .isEqualTo(purposes.contains(call.neededBy()))));

        Set<String> needed = ProviderCall.all().stream()
                .filter(call -> purposes.contains(call.neededBy()))
                .flatMap(call -> call.resources().stream().map(resource -> call.action() + " on " + resource))
                .collect(toSet());
        assertThat(policy.statements().stream()
                        .filter(statement -> statement.effect().equals("Allow"))
                        .flatMap(statement -> statement.actions().stream().flatMap(action ->
                                statement.resources().stream().map(resource -> action + " on " + resource))))
                .containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void deniesToDeleteTheTableWhateverElseIsAttached() throws IOException {
        IamPolicy withoutDelete = policy("deployer-without-delete.json");
        IamPolicy both = new IamPolicy(
                "2012-10-17",
                Stream.of(withoutDelete, policy("deployer.json"))
                        .flatMap(policy -> policy.statements().stream())
                        .toList());
        String table = "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}";
        assertThat(both.allows("dynamodb:UpdateTable", table, CONTEXT)).isTrue();
        assertThat(both.allows("dynamodb:DeleteTable", table, CONTEXT)).isFalse();
    }

    @Test
    void lendsTheKeyThroughDynamoDbOnly() throws IOException {
        IamPolicy policy = policy("customer-managed-key.json");
        String key = "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}";
        assertThat(policy.allows("kms:Decrypt", key, CONTEXT)).isTrue();
        assertThat(policy.allows("kms:Decrypt", key, Map.of())).isFalse();
        assertThat(policy.allows("kms:Decrypt", key, Map.of("kms:ViaService", "s3.${Region}.amazonaws.com"))).isFalse();
    }

    /** The names in the documents against what the program registers. */
    @Test
    void coversWhatTheProgramRegisters() throws IOException {
        StackRun run =
                StackRun.of(StackConfiguration.from("prod").with("chat-sessions:alarmEmail", "team@example.com"));
        List<String> names = run.registrations().values().stream()
                .filter(registration -> registration.inputs().containsKey("name"))
                .map(registration -> registration.inputs().get("name").toString())
                .toList();
        assertThat(names).hasSize(4);
        String deployer = filledIn("deployer.json");
        assertThat(names).allSatisfy(name -> assertThat(deployer).containsPattern("[:/]" + name + "\""));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isFilledInByTheDocumentedCommand(String document) throws IOException {
        String filledIn = filledIn(document);
        assertThat(filledIn).doesNotContain("$");
        assertThat(IamPolicy.from(filledIn).statements())
                .flatExtracting(Statement::resources)
                .allMatch(resource -> resource.matches("\\*|arn:aws:[a-z]+:us-east-1:123456789012:[A-Za-z0-9:/_-]+"));
    }

    @Test
    void thePageListsTheCalls() {
        Stream<String> purposes = Stream.of(
                ProviderCall.READ,
                ProviderCall.WRITE,
                ProviderCall.DELETE_TABLE,
                ProviderCall.RESTORE,
                ProviderCall.KEY);
        PAGE.assertSection("calls", purposes
                .flatMap(purpose -> ProviderCall.all().stream().filter(call -> call.neededBy().equals(purpose)))
                .map(call -> "| `%s` | %s | %s | %s | %s |\n".formatted(
                        call.action(), call.on().replace("*", "\\*"), call.neededBy(), call.why(), call.source()))
                .collect(joining("", """

                        | Permission | On | Needed to | For | Seen in |
                        |---|---|---|---|---|
                        """, "\n")));
    }

    private static Stream<String> documents() {
        return DOCUMENTS.keySet().stream().sorted();
    }

    private static IamPolicy policy(String document) throws IOException {
        return IamPolicy.from(Files.readString(FOLDER.resolve(document)));
    }

    /** A document as the command on the page prints it. */
    private static String filledIn(String document) throws IOException {
        List<String> commands = PAGE.text().lines().filter(line -> line.startsWith("sed ")).toList();
        assertThat(commands).hasSize(1);
        Process process = new ProcessBuilder("sh", "-c", commands.get(0).replace("deployer.json", document))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            return output.lines().collect(joining("\n"));
        }
    }
}
