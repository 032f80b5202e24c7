package com.aitutor.chatsessions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command;
import com.aitutor.chatsessions.engine.Command.Result;
import com.aitutor.chatsessions.engine.ProjectFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the workflows and of the set-up, on a copy of the project, with stand-ins for the CLIs that they call. */
class ScriptsIT {
    /** Writes down how it was called, and answers as the file says: a pattern for the call, and an answer; none fails. */
    private static final String STAND_IN = """
            #!/usr/bin/env bash
            call="${0##*/} $*"
            printf '%s\\n' "$call" >>"$ANSWERS/calls"
            case " $* " in *' --input - '*) cat >>"$ANSWERS/calls" && echo >>"$ANSWERS/calls" ;; esac
            while IFS='|' read -r pattern answer; do
                case $call in $pattern) [ "$answer" != fails ] && printf '%s\\n' "$answer"; exit ;; esac
            done <"$ANSWERS/answers"
            """;

    private static final String STATE_IS_SAFE = """
            aws s3api list-buckets*|{"Buckets": []}
            aws s3api get-bucket-versioning*|{"Status": "Enabled"}
            aws s3api get-public-access-block*|{"PublicAccessBlockConfiguration": {"BlockPublicAcls": true, \
            "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true}}
            """;

    private static final String CHECKS = "["
            + Stream.of("ubuntu-24.04, JDK 17", "ubuntu-24.04, JDK 25", "macos-15, JDK 17", "macos-15, JDK 25")
                    .map(machine -> "{\"context\": \"Tests / " + machine + "\", \"app_id\": 15368}, ")
                    .reduce("", String::concat)
            + "{\"context\": \"Preview without credentials\", \"app_id\": 15368}]";

    private static final String REVIEWS = """
            "required_pull_request_reviews": {"dismiss_stale_reviews": true, "require_code_owner_reviews": true, \
            "required_approving_review_count": 1, "require_last_push_approval": true}""";

    private static final String MAIN_IS_PROTECTED =
            """
            gh repo view*|tutor/infra
            gh api repos/tutor/infra/codeowners/errors|{"errors": []}
            gh api repos/tutor/infra/actions/permissions/workflow|{"default_workflow_permissions": "read", \
            "can_approve_pull_request_reviews": false}
            gh api repos/tutor/infra/branches/main/protection|{"required_status_checks": {"checks": CHECKS}, \
            REVIEWS, "enforce_admins": {"enabled": true}}
            """.replace("CHECKS", CHECKS).replace("REVIEWS", REVIEWS);

    private static final String STACK_IS_SET_UP = """
            gh repo view*|tutor/infra
            gh api users/ann|{"id": 7}
            gh api *deployment-branch-policies|{"branch_policies": [{"name": "main"}]}
            gh api repos/tutor/infra/environments/*|{"protection_rules": [{"type": "required_reviewers", \
            "prevent_self_review": true, "reviewers": [{"reviewer": {"id": 7}}]}]}
            gh variable list*|[{"name": "PULUMI_BACKEND_URL", "value": "s3://states?region=eu-west-1"}]
            aws sts get-caller-identity*|{"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/ann"}
            aws iam list-open-id-connect-providers*|{"OpenIDConnectProviderList": []}
            aws iam list-roles*|{"Roles": []}
            aws iam list-role-policies*-preview*|{"PolicyNames": ["preview", "state-read"]}
            aws iam list-role-policies*|{"PolicyNames": ["deployer", "never-delete-table", "state-read", "state-write"]}
            aws iam get-role*|{"Role": {"Arn": "arn:role"}}
            """;

    /** Python itself: a version manager's stand-in for it would put its own folder in front of ours. */
    private static final String PYTHON = Command.of("python3", "-c", "import sys; print(sys.executable)")
            .run()
            .successful()
            .strip();

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void copyProject() throws IOException {
        project = Files.createDirectory(folder.resolve("a project"));
        ProjectFiles.copy(List.of(".github/scripts", "docs/policies"), project);
        stackFile("dev", "  chat-sessions:deletionProtection: false\n");
        stackFile("prod-eu", "  chat-sessions:tableName: \"chat_sessions\"  # the app's\n");
        for (String name : List.of("gh", "aws")) {
            ProjectFiles.writeExecutable(folder.resolve("bin").resolve(name), STAND_IN);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"PROD_EU_PREVIEW_ROLE": "r", "PROD_EU_DEPLOY_ROLE": "d"} \
            | dev is left alone: no DEV_PREVIEW_ROLE, DEV_DEPLOY_ROLE. | protected=[{"name": "prod-eu", "stack": "prod-eu", \
            "organization": "", "region": "eu-west-1", "protected": true, "preview": {"role": "r"}, "deploy": {"role": "d"}}]
            {"DEV_PREVIEW_ROLE": "r", "DEV_DEPLOY_ROLE": "d", "PULUMI_ORGANIZATION": "o", "PULUMI_DEPLOY_TEAM": "w"} \
            | dev is left alone: no PULUMI_PREVIEW_TEAM. | protected=[]
            {"DEV_PREVIEW_ROLE": "r", "DEV_DEPLOY_ROLE": "d", "PULUMI_ORGANIZATION": "o", "PULUMI_DEPLOY_TEAM": "w", \
            "PULUMI_PREVIEW_TEAM": "t"} \
            | prod-eu is left alone: no PROD_EU_PREVIEW_ROLE, PROD_EU_DEPLOY_ROLE. | unprotected=[{"name": "dev", \
            "stack": "o/dev", "organization": "o", "region": "eu-west-1", "protected": false, \
            "preview": {"role": "r", "team": "t"}, "deploy": {"role": "d", "team": "w"}}]
            """)
    void stacksAreThoseOfTheStackFilesThatHaveWhatTheyNeed(String variables, String notice, String line)
            throws IOException {
        String printed =
                python("stacks.py", "list").with("VARIABLES", variables).run().successful();
        assertThat(printed.lines())
                .contains(
                        "::notice::" + notice + " See docs/delivery.md.", line, "all=" + line.replaceFirst(".*?=", ""))
                .filteredOn(printedLine -> printedLine.endsWith("=[]"))
                .hasSize(line.endsWith("[]") ? 3 : 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            deployed | {"commitOid": "c3", "state": "WAITING"}, {"commitOid": "c2", "state": "ACTIVE"} | behind | commit=c2
            deployed | {"commitOid": "c2", "state": "ACTIVE"}, {"commitOid": "c1", "state": "ACTIVE"} | identical | commit=c2
            deployed | {"commitOid": "c2", "state": "ACTIVE"} | diverged | ::error::prod was deployed from c2, which is not on main.
            deployed | {"commitOid": "c2", "state": "INACTIVE"} | | ::error::prod has roles, but nothing is deployed to it.
            reviewed | {"type": "branch_policy"} | | ::error::The environment prod has no required reviewers.
            reviewed | {"type": "required_reviewers", "reviewers": []} | | ::error::The environment prod has no required reviewers.
            reviewed | {"type": "required_reviewers", "reviewers": [{}]} | | ``
            """)
    void environmentIsJudgedByWhatGitHubKnowsOfIt(String question, String known, String comparison, String answer)
            throws IOException {
        Result result = answered(
                """
                gh api graphql*environment=prod|{"data": {"repository": {"deployments": {"nodes": [KNOWN]}}}}
                gh api repos/tutor/infra/environments/prod|{"protection_rules": [KNOWN]}
                gh api repos/tutor/infra/compare/main...c2|{"status": "COMPARISON"}
                """.replace("KNOWN", known).replace("COMPARISON", String.valueOf(comparison)),
                "stacks.py",
                question,
                "prod");
        boolean isError = answer.startsWith("::error::");
        assertThat(result)
                .isEqualTo(new Result(
                        isError ? 1 : 0,
                        answer + (isError ? " See docs/delivery.md." : "") + (answer.isEmpty() ? "" : "\n")));
    }

    @Test
    void stateIsKeptAndClosed() throws IOException {
        answered(STATE_IS_SAFE, "set_up.py", "state", "states", "eu-west-1").successful();
        assertThat(calls())
                .contains(
                        "aws s3api create-bucket --bucket states --region eu-west-1 --create-bucket-configuration "
                                + "LocationConstraint=eu-west-1 --output json",
                        "aws s3api put-bucket-versioning --bucket states --versioning-configuration Status=Enabled --output json",
                        "gh variable set PULUMI_BACKEND_URL --body s3://states?region=eu-west-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "IgnorePublicAcls": true | "IgnorePublicAcls": false | states is not closed to the public.
            "Enabled" | "Suspended" | states keeps no old versions.
            """)
    void openStateIsNotUsed(String safe, String open, String problem) throws IOException {
        String answers = STATE_IS_SAFE.replace(safe, open).replace("[]", "[{\"Name\": \"states\"}]");
        assertThat(answered(answers, "set_up.py", "state", "states", "us-east-1"))
                .isEqualTo(new Result(1, problem + "\n"));
        assertThat(calls()).noneMatch(call -> call.contains("create-bucket") || call.startsWith("gh"));
    }

    @Test
    void protectedStackGetsItsReviewersBeforeItsRoles() throws IOException {
        answered(STACK_IS_SET_UP, "set_up.py", "stack", "prod-eu", "ann").successful();
        assertThat(calls())
                .contains(
                        "{\"prevent_self_review\": true, \"reviewers\": [{\"type\": \"User\", \"id\": 7}], "
                                + "\"deployment_branch_policy\": {\"protected_branches\": false, \"custom_branch_policies\": true}}",
                        "gh variable set PROD_EU_PREVIEW_ROLE --body arn:role",
                        "gh variable set PROD_EU_DEPLOY_ROLE --body arn:role")
                .noneMatch(call -> call.contains("${"));
        assertThat(calls())
                .filteredOn(call -> call.contains("create-role"))
                .extracting(call -> call.replaceFirst(".*(--role-name \\S+) .*:sub\": (\\[.*?]).*", "$1 $2"))
                .containsExactly(
                        "--role-name chat-sessions-prod-eu-preview "
                                + "[\"repo:tutor/infra:pull_request\", \"repo:tutor/infra:ref:refs/heads/main\"]",
                        "--role-name chat-sessions-prod-eu-deploy [\"repo:tutor/infra:environment:prod-eu\"]");
        assertThat(calls())
                .filteredOn(call -> call.contains("role-policy "))
                .extracting(call ->
                        call.replaceFirst(".*iam (\\S+) --role-name (\\S+) --policy-name (\\S+) .*", "$1 $2 $3"))
                .containsExactly(
                        "put-role-policy chat-sessions-prod-eu-preview preview",
                        "put-role-policy chat-sessions-prod-eu-preview state-read",
                        "put-role-policy chat-sessions-prod-eu-deploy deployer",
                        "put-role-policy chat-sessions-prod-eu-deploy state-read",
                        "put-role-policy chat-sessions-prod-eu-deploy state-write",
                        "put-role-policy chat-sessions-prod-eu-deploy never-delete-table");
    }

    @Test
    void roleLosesThePoliciesThatTheStackFileNoLongerAsksFor() throws IOException {
        stackFile("prod-eu", "  chat-sessions:deletionProtection: false\n");
        String answers = STACK_IS_SET_UP.replace(
                "\"Roles\": []", "\"Roles\": [{\"RoleName\": \"chat-sessions-prod-eu-deploy\"}]");
        assertThat(answered(answers, "set_up.py", "stack", "prod-eu", "ann").output())
                .contains("has other policies than");
        assertThat(calls())
                .contains("aws iam delete-role-policy --role-name chat-sessions-prod-eu-deploy "
                        + "--policy-name never-delete-table --output json")
                .noneMatch(call -> call.contains("create-role --role-name chat-sessions-prod-eu-deploy"))
                .anyMatch(call -> call.contains("update-assume-role-policy --role-name chat-sessions-prod-eu-deploy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "id": 7}}] | "id": 8}}] | prod-eu ann | GitHub did not keep the reviewers of prod-eu.
            "prevent_self_review": true | "prevent_self_review": false | prod-eu ann | Reviewers of prod-eu may approve what they pushed.
            "name": "main" | "name": "other" | prod-eu ann | prod-eu is not deployed from main only
            "id": 7 | "id": 7 | prod-eu | prod-eu has deletion protection: name its reviewers.
            """)
    void protectedStackWithoutReviewersGetsNoRole(String text, String other, String arguments, String problem)
            throws IOException {
        String answers = STACK_IS_SET_UP.replace(text, other);
        Result result = answered(answers, "set_up.py", ("stack " + arguments).split(" "));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains(problem, "for private ones with GitHub Enterprise only");
        assertThat(calls()).noneMatch(call -> call.startsWith("aws") || call.contains("variable set"));
    }

    @Test
    void firstErrorEndsTheSetUp() throws IOException {
        assertThat(answered(
                        "gh api --method PUT repos/*/environments/*|fails\n" + STACK_IS_SET_UP,
                        "set_up.py",
                        "stack",
                        "dev"))
                .isEqualTo(
                        new Result(1, "Failed: gh api --method PUT repos/tutor/infra/environments/dev --input ...\n"));
        assertThat(calls())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("{\"prevent_self_review\": false, \"reviewers\": []");
    }

    @Test
    void mainIsProtected() throws IOException {
        answered(MAIN_IS_PROTECTED, "set_up.py", "repository").successful();
        assertThat(calls())
                .contains("{\"required_status_checks\": {\"strict\": true, \"checks\": " + CHECKS + "}, " + REVIEWS
                        + ", \"enforce_admins\": true, \"restrictions\": null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "errors": [] | "errors": ["Unknown owner"] | GitHub does not know an owner in .github/CODEOWNERS: ['Unknown owner']
            "can_approve_pull_request_reviews": false | "can_approve_pull_request_reviews": true | A workflow may approve pull requests.
            "app_id": 15368 | "app_id": null | main does not require the checks.
            "require_last_push_approval": true | "require_last_push_approval": false | main does not require the reviews.
            "enabled": true | "enabled": false | main does not require the reviews.
            """)
    void whatGitHubDidNotKeepIsAnError(String text, String other, String problem) throws IOException {
        assertThat(answered(MAIN_IS_PROTECTED.replace(text, other), "set_up.py", "repository"))
                .isEqualTo(new Result(1, problem + "\n"));
    }

    @Test
    void previewsOfAllStacksGoIntoTheSummary() throws IOException {
        ProjectFiles.writeExecutable(project.resolve("local/preview"), """
                #!/usr/bin/env bash
                if [ "$1" = dev ]; then printf '%s\\n' "$*" | sed 's/=.*//' >"${4#*=}" && exit 3; fi
                exit 4
                """);
        stackFile("old", "");
        ProjectFiles.commit(project);
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
        assertThat(previews.run())
                .as("a lost table is for the reviewers to judge")
                .isEqualTo(new Result(0, ""));
    }

    @Test
    void engineOfTheWorkflowsIsTheOneThatIsTested() throws IOException {
        String command = Files.readString(Path.of(".github/actions/pulumi/action.yml"))
                .replaceFirst("(?s).*run: (sed .*?) >>.*", "$1");
        String version =
                Files.readString(Path.of("local/engine/go.mod")).replaceFirst("(?s).*pulumi/pkg/v3 v(\\S+).*", "$1");
        assertThat(Command.of("bash", "-c", command).run()).isEqualTo(new Result(0, "version=" + version + "\n"));
    }

    /** What a script does where the CLIs answer like this. */
    private Result answered(String answers, String script, String... arguments) {
        ProjectFiles.write(folder.resolve("answers"), answers);
        return python(script, arguments).run();
    }

    private Command python(String script, String... arguments) {
        Path file = project.resolve(".github/scripts").resolve(script);
        return Command.of(
                        PYTHON,
                        Stream.concat(Stream.of(file.toString()), Stream.of(arguments))
                                .toArray(String[]::new))
                .in(project)
                .with("ANSWERS", folder.toString())
                .with("GITHUB_REPOSITORY", "tutor/infra")
                .with("PYTHONDONTWRITEBYTECODE", "1")
                .with("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    }

    private List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private void stackFile(String stack, String settings) {
        ProjectFiles.write(
                project.resolve("Pulumi." + stack + ".yaml"), "config:\n  aws:region: eu-west-1\n" + settings);
    }
}
