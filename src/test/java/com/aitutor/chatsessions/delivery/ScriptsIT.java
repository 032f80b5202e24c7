package com.aitutor.chatsessions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command;
import com.aitutor.chatsessions.engine.Command.Result;
import com.aitutor.chatsessions.engine.ProjectFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the workflows and of the set-up, on a copy of the project, with stand-ins for the CLIs that they call. */
class ScriptsIT {
    /** Writes down how it was called, and answers as the file says: a pattern for the call, an exit code, an answer. */
    private static final String STAND_IN = """
            #!/usr/bin/env bash
            call="${0##*/} $*"
            printf '%s\\n' "$call" >>"$ANSWERS/calls"
            case " $* " in *' --input - '*) cat >>"$ANSWERS/calls" && echo >>"$ANSWERS/calls" ;; esac
            while IFS='|' read -r pattern exit_code answer; do
                case $call in $pattern) printf '%s\\n' "$answer" && exit "$exit_code" ;; esac
            done <"$ANSWERS/answers"
            """;

    private static final String SECURE_BUCKET = "{\"PublicAccessBlockConfiguration\": {\"BlockPublicAcls\": true, "
            + "\"IgnorePublicAcls\": true, \"BlockPublicPolicy\": true, \"RestrictPublicBuckets\": true}}";

    /** Python itself: a version manager's stand-in for it would put its own folder in front of ours. */
    private static final String PYTHON =
            Command.of("python3", "-c", "import sys; print(sys.executable)").run().successful().strip();

    @TempDir
    private Path folder;

    private Path project;
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void copyProject() throws IOException {
        project = Files.createDirectory(folder.resolve("a project"));
        ProjectFiles.copy(List.of(".github/scripts", "docs/policies"), project);
        stackFile("dev", "  chat-sessions:deletionProtection: false\n");
        stackFile("prod-eu", "  chat-sessions:tableName: \"chat_sessions\"  # the app's\n");
        for (String name : List.of("gh", "aws")) {
            executable(folder.resolve("bin").resolve(name), STAND_IN);
        }
    }

    @Test
    void stacksAreThoseOfTheStackFilesThatHaveRoles() {
        Result result = python("stacks.py").with("VARIABLES", """
                {"DEV_PREVIEW_ROLE": "p", "PROD_EU_PREVIEW_ROLE": "r", "PROD_EU_DEPLOY_ROLE": "d"}""").run();
        String production = "[{\"stack\": \"prod-eu\", \"region\": \"eu-west-1\", \"protected\": true, "
                + "\"preview_role\": \"r\", \"deploy_role\": \"d\"}]\n";
        assertThat(result.successful().lines().sorted())
                .containsExactly(
                        "::notice::dev is left alone: a role is missing. See docs/delivery.md.",
                        "all=" + production.strip(),
                        "protected=" + production.strip(),
                        "unprotected=[]");
    }

    @Test
    void nothingReadsPulumiCloudWithoutATeam() {
        String variables = "{\"DEV_PREVIEW_ROLE\": \"p\", \"DEV_DEPLOY_ROLE\": \"d\", \"PULUMI_ORGANIZATION\": \"o\"%s}";
        assertThat(python("stacks.py").with("VARIABLES", variables.formatted("")).run().successful()).contains("all=[]\n");
        assertThat(python("stacks.py").with("VARIABLES", variables.formatted(", \"PULUMI_PREVIEW_TEAM\": \"t\"")).run()
                        .successful())
                .contains("unprotected=[{\"stack\": \"dev\"");
    }

    @Test
    void deployedCommitIsTheActiveOneOfMain() throws IOException {
        answer("gh api graphql*environment=prod", """
                {"data": {"repository": {"deployments": {"nodes": [{"commitOid": "c3", "state": "WAITING"}, \
                {"commitOid": "c2", "state": "ACTIVE"}, {"commitOid": "c1", "state": "ACTIVE"}]}}}}""");
        answer("gh api repos/tutor/infra/compare/main...c2", "{\"status\": \"behind\"}");
        assertThat(environment("deployed", "prod")).isEqualTo(new Result(0, "commit=c2\n"));
    }

    @Test
    void commitThatIsNotOnMainIsNotRun() throws IOException {
        answer("gh api graphql*", """
                {"data": {"repository": {"deployments": {"nodes": [{"commitOid": "c2", "state": "ACTIVE"}]}}}}""");
        answer("gh api repos/*", "{\"status\": \"diverged\"}");
        assertThat(environment("deployed", "prod"))
                .isEqualTo(new Result(1, "::error::prod was deployed from c2, which is not on main. See docs/delivery.md.\n"));
    }

    @Test
    void stackWithoutDeploymentIsAnError() throws IOException {
        answer("gh api graphql*", """
                {"data": {"repository": {"deployments": {"nodes": [{"commitOid": "c2", "state": "INACTIVE"}]}}}}""");
        assertThat(environment("deployed", "prod"))
                .isEqualTo(new Result(1, "::error::prod has roles, but nothing is deployed to it. See docs/delivery.md.\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | {\"protection_rules\": [{\"type\": \"branch_policy\"}]}",
        "1 | {\"protection_rules\": [{\"type\": \"required_reviewers\", \"reviewers\": []}]}",
        "0 | {\"protection_rules\": [{\"type\": \"required_reviewers\", \"reviewers\": [{}]}]}"
    })
    void protectedEnvironmentHasReviewers(int exitCode, String answer) throws IOException {
        answer("gh api repos/tutor/infra/environments/prod", answer);
        assertThat(environment("protected", "prod").exitCode()).isEqualTo(exitCode);
    }

    @Test
    void stateIsKeptAndClosed() throws IOException {
        answer("aws s3api list-buckets*", "{\"Buckets\": []}");
        answer("aws s3api get-bucket-versioning*", "{\"Status\": \"Enabled\"}");
        answer("aws s3api get-public-access-block*", SECURE_BUCKET);
        setUp("state", "states", "eu-west-1").successful();
        assertThat(calls()).contains(
                "aws s3api create-bucket --bucket states --region eu-west-1 --create-bucket-configuration "
                        + "LocationConstraint=eu-west-1 --output json",
                "gh variable set PULUMI_BACKEND_URL --body s3://states?region=eu-west-1");
    }

    @Test
    void openStateIsNotUsed() throws IOException {
        answer("aws s3api list-buckets*", "{\"Buckets\": [{\"Name\": \"states\"}]}");
        answer("aws s3api get-bucket-versioning*", "{\"Status\": \"Enabled\"}");
        answer("aws s3api get-public-access-block*", SECURE_BUCKET.replaceFirst("true", "false"));
        assertThat(setUp("state", "states", "us-east-1")).isEqualTo(new Result(1, "states is not closed to the public.\n"));
        assertThat(calls()).noneMatch(call -> call.contains("create-bucket") || call.startsWith("gh"));
    }

    @Test
    void protectedStackGetsItsReviewersBeforeItsRoles() throws IOException {
        answerForStack(true);
        assertThat(setUp("stack", "prod-eu", "ann").exitCode()).isZero();
        assertThat(calls())
                .contains(
                        "{\"prevent_self_review\": true, \"reviewers\": [{\"type\": \"User\", \"id\": 7}], "
                                + "\"deployment_branch_policy\": {\"protected_branches\": false, \"custom_branch_policies\": true}}",
                        "gh variable set PROD_EU_PREVIEW_ROLE --body arn:role",
                        "gh variable set PROD_EU_DEPLOY_ROLE --body arn:role")
                .filteredOn(call -> call.contains("create-role"))
                .satisfiesExactly(
                        preview -> assertThat(preview)
                                .contains("chat-sessions-prod-eu-preview")
                                .contains("\"repo:tutor/infra:pull_request\", \"repo:tutor/infra:ref:refs/heads/main\""),
                        deploy -> assertThat(deploy)
                                .contains("chat-sessions-prod-eu-deploy")
                                .contains(":sub\": [\"repo:tutor/infra:environment:prod-eu\"]"));
        assertThat(calls())
                .filteredOn(call -> call.contains("put-role-policy"))
                .noneMatch(call -> call.contains("${"))
                .extracting(call -> call.replaceFirst(".*--role-name (\\S+) --policy-name (\\S+) .*", "$1 $2"))
                .containsExactly(
                        "chat-sessions-prod-eu-preview preview",
                        "chat-sessions-prod-eu-preview state-read",
                        "chat-sessions-prod-eu-deploy deployer",
                        "chat-sessions-prod-eu-deploy state-read",
                        "chat-sessions-prod-eu-deploy state-write",
                        "chat-sessions-prod-eu-deploy never-delete-table");
    }

    @Test
    void protectedStackWithoutReviewersGetsNoRole() throws IOException {
        assertThat(setUp("stack", "prod-eu").output()).startsWith("prod-eu has deletion protection: name its reviewers.");
        answerForStack(false);
        assertThat(setUp("stack", "prod-eu", "ann").output())
                .contains("GitHub did not keep the reviewers of prod-eu.", "for private ones with GitHub Enterprise only");
        assertThat(calls()).noneMatch(call -> call.startsWith("aws") || call.contains("variable set"));
    }

    @Test
    void firstErrorEndsTheSetUp() throws IOException {
        answers.add("gh api --method PUT repos/*/environments/*|1|");
        answerForStack(true);
        assertThat(setUp("stack", "dev")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).isEqualTo("Failed: gh api --method PUT repos/tutor/infra/environments/dev --input ...\n");
        });
        assertThat(calls()).hasSize(3).last().asString().startsWith("{\"prevent_self_review\": false, \"reviewers\": []");
    }

    @Test
    void mainIsProtected() throws IOException {
        String checks = """
                {"context": "Tests / ubuntu-24.04, JDK 17", "app_id": 15368}, {"context": "Tests / ubuntu-24.04, JDK 25", \
                "app_id": 15368}, {"context": "Tests / macos-15, JDK 17", "app_id": 15368}, {"context": "Tests / macos-15, JDK 25", \
                "app_id": 15368}, {"context": "Preview without credentials", "app_id": 15368}""";
        String reviews = "\"required_pull_request_reviews\": {\"dismiss_stale_reviews\": true, "
                + "\"require_code_owner_reviews\": true, \"required_approving_review_count\": 1, \"require_last_push_approval\": true}";
        answer("gh repo view*", "tutor/infra");
        answer("gh api --method GET repos/tutor/infra/codeowners/errors", "{\"errors\": []}");
        answer("gh api --method GET repos/tutor/infra/actions/permissions/workflow",
                "{\"default_workflow_permissions\": \"read\", \"can_approve_pull_request_reviews\": false}");
        answer("gh api --method GET repos/tutor/infra/branches/main/protection",
                "{\"required_status_checks\": {\"checks\": [" + checks + "]}, " + reviews + ", \"enforce_admins\": {\"enabled\": true}}");
        setUp("repository").successful();
        assertThat(calls()).contains("{\"required_status_checks\": {\"strict\": true, \"checks\": [" + checks + "]}, " + reviews
                + ", \"enforce_admins\": true, \"restrictions\": null}");
    }

    @Test
    void previewsOfAllStacksGoIntoTheSummary() throws IOException {
        executable(project.resolve("local/preview"), """
                #!/usr/bin/env bash
                if [ "$1" = dev ]; then printf '%s\\n' "$*" | sed 's/=.*//' >"${4#*=}" && exit 3; fi
                exit 4
                """);
        stackFile("old", "");
        git("init", "--quiet");
        git("add", ".");
        git("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "--quiet", "-m", "base");
        Files.delete(project.resolve("Pulumi.old.yaml"));
        Path summary = folder.resolve("summary");
        Command previews = Command.of(project.resolve(".github/scripts/preview-stacks"), "HEAD")
                .with("GITHUB_STEP_SUMMARY", summary.toString());
        assertThat(previews.run()).isEqualTo(new Result(1, ""));
        assertThat(summary).hasContent("""
                dev --against HEAD --markdown

                ### prod-eu

                There is no preview. See the log of this run.

                `Pulumi.old.yaml` is removed. Its stack stays in AWS until somebody destroys it.
                """);
        Files.delete(project.resolve("Pulumi.prod-eu.yaml"));
        assertThat(previews.run()).as("a lost table is for the reviewers to judge").isEqualTo(new Result(0, ""));
    }

    @Test
    void engineOfTheWorkflowsIsTheOneThatIsTested() throws IOException {
        String command = Files.readString(Path.of(".github/actions/pulumi/action.yml")).lines()
                .filter(line -> line.contains("run: sed"))
                .map(line -> line.replaceFirst(" *run: ", "").replaceFirst(" >>.*", ""))
                .findFirst()
                .orElseThrow();
        String version = Files.readString(Path.of("local/engine/go.mod")).replaceFirst("(?s).*pulumi/pkg/v3 v(\\S+).*", "$1");
        assertThat(Command.of("bash", "-c", command).run()).isEqualTo(new Result(0, "version=" + version + "\n"));
    }

    private void answerForStack(boolean withReviewers) throws IOException {
        answer("gh repo view*", "tutor/infra");
        answer("gh api --method GET users/ann", "{\"id\": 7}");
        answer("gh api --method GET *deployment-branch-policies", "{\"branch_policies\": [{\"name\": \"main\"}]}");
        answer("gh api --method GET */environments/*", "{\"protection_rules\": [" + (withReviewers
                ? "{\"type\": \"required_reviewers\", \"prevent_self_review\": true, \"reviewers\": [{\"reviewer\": {\"id\": 7}}]}"
                : "") + "]}");
        answer("gh variable list*", "[{\"name\": \"PULUMI_BACKEND_URL\", \"value\": \"s3://states?region=eu-west-1\"}]");
        answer("aws sts get-caller-identity*", "{\"Account\": \"123456789012\", \"Arn\": \"arn:aws:iam::123456789012:user/ann\"}");
        answer("aws iam list-open-id-connect-providers*", "{\"OpenIDConnectProviderList\": []}");
        answer("aws iam list-roles*", "{\"Roles\": []}");
        answer("aws iam list-role-policies*-preview*", "{\"PolicyNames\": [\"preview\", \"state-read\"]}");
        answer("aws iam list-role-policies*", "{\"PolicyNames\": [\"deployer\", \"never-delete-table\", \"state-read\", \"state-write\"]}");
        answer("aws iam get-role*", "{\"Role\": {\"Arn\": \"arn:role\"}}");
    }

    private void answer(String call, String answer) throws IOException {
        answers.add(call + "|0|" + answer);
    }

    private Result environment(String... arguments) throws IOException {
        return run(python("environment.py", arguments).with("REPOSITORY", "tutor/infra"));
    }

    private Result setUp(String... arguments) throws IOException {
        return run(python("set_up.py", arguments));
    }

    private Result run(Command command) throws IOException {
        Files.write(folder.resolve("answers"), answers);
        return command.run();
    }

    private Command python(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of(project.resolve(".github/scripts").resolve(script).toString()));
        words.addAll(List.of(arguments));
        return Command.of(PYTHON, words.toArray(String[]::new))
                .in(project)
                .with("ANSWERS", folder.toString())
                .with("PYTHONDONTWRITEBYTECODE", "1")
                .with("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private void stackFile(String stack, String settings) throws IOException {
        Files.writeString(project.resolve("Pulumi." + stack + ".yaml"), "config:\n  aws:region: eu-west-1\n" + settings);
    }

    private void git(String... arguments) {
        Command.of("git", arguments).in(project).run().successful();
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
