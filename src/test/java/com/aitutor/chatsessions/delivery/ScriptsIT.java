package com.aitutor.chatsessions.delivery;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static java.util.stream.Collectors.joining;
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
import java.util.regex.Pattern;
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

    private static final String CHECKS = Stream.of(
                    "ubuntu-24.04, JDK 17", "ubuntu-24.04, JDK 25", "macos-15, JDK 17", "macos-15, JDK 25")
            .map(machine -> "{\"context\": \"Tests / " + machine + "\", \"app_id\": 15368}, ")
            .collect(joining("", "[", "{\"context\": \"Preview without credentials\", \"app_id\": 15368}]"));

    private static final String REVIEWS = """
            "required_pull_request_reviews": {"dismiss_stale_reviews": true, "require_code_owner_reviews": true, \
            "required_approving_review_count": 1, "require_last_push_approval": true}""";

    /** What the CLIs answer where all is as it should be. */
    private static final String ANSWERS = """
            aws s3api list-buckets*|{"Buckets": [{"Name": "states"}]}
            aws s3api get-bucket-versioning*|{"Status": "Enabled"}
            aws s3api get-public-access-block*|{"PublicAccessBlockConfiguration": {"BlockPublicAcls": true, \
            "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true}}
            aws sts get-caller-identity*|{"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/ann"}
            aws iam list-open-id-connect-providers*|{"OpenIDConnectProviderList": []}
            aws iam list-roles*|{"Roles": []}
            aws iam list-role-policies*-preview*|{"PolicyNames": ["preview", "state-read"]}
            aws iam list-role-policies*|{"PolicyNames": ["deployer", "never-delete-table", "state-read", "state-write"]}
            aws iam get-role*|{"Role": {"Arn": "arn:role"}}
            gh repo view*|tutor/infra
            gh api repos/tutor/infra/codeowners/errors|{"errors": []}
            gh api repos/tutor/infra/actions/permissions/workflow|{"default_workflow_permissions": "read", \
            "can_approve_pull_request_reviews": false}
            gh api repos/tutor/infra/branches/main/protection|{"required_status_checks": {"checks": CHECKS}, \
            REVIEWS, "enforce_admins": {"enabled": true}}
            gh api users/ann|{"id": 7}
            gh api *deployment-branch-policies|{"branch_policies": [{"name": "main"}]}
            gh api repos/tutor/infra/environments/*|{"protection_rules": [{"type": "required_reviewers", \
            "prevent_self_review": true, "reviewers": [{"reviewer": {"id": 7}}]}]}
            gh variable list*|[{"name": "PULUMI_BACKEND_URL", "value": "s3://states?region=eu-west-1"}]
            """.replace("CHECKS", CHECKS).replace("REVIEWS", REVIEWS);

    /** Python itself: a version manager's stand-in for it would put its own folder in front of ours. */
    private static final String PYTHON = Command.of("python3", "-c", "import sys; print(sys.executable)")
            .run()
            .successful()
            .strip();

    @TempDir
    private Path folder;

    private Path project;
    private Path calls;

    @BeforeEach
    void copyProject() throws IOException {
        calls = folder.resolve("calls");
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
        String printed = python("stacks.py", "", "list")
                .with("VARIABLES", variables)
                .run()
                .successful();
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
        String answers = """
                gh api graphql*environment=prod|{"data": {"repository": {"deployments": {"nodes": [KNOWN]}}}}
                gh api repos/tutor/infra/environments/prod|{"protection_rules": [KNOWN]}
                gh api repos/tutor/infra/compare/main...c2|{"status": "COMPARISON"}
                """.replace("KNOWN", known).replace("COMPARISON", String.valueOf(comparison));
        Result result = python("stacks.py", answers, question, "prod").run();
        assertThat(result.exitCode()).isEqualTo(answer.startsWith("::error::") ? 1 : 0);
        assertThat(result.output()).startsWith(answer);
    }

    @Test
    void stateIsKeptAndClosed() {
        assertThat(changes(ANSWERS, "state", "new", "eu-west-1")).isEqualTo("""
                aws s3api create-bucket --bucket new --region eu-west-1 \
                --create-bucket-configuration LocationConstraint=eu-west-1
                aws s3api put-bucket-versioning --bucket new --versioning-configuration Status=Enabled
                aws s3api put-public-access-block --bucket new --public-access-block-configuration {"BlockPublicAcls": true, \
                "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true}
                gh variable set PULUMI_BACKEND_URL --body s3://new?region=eu-west-1
                """);
    }

    @Test
    void mainIsProtected() {
        assertThat(changes(ANSWERS, "repository"))
                .isEqualTo("""
                gh api --method PUT repos/tutor/infra/actions/permissions/workflow --input -
                {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": false}
                gh api --method PUT repos/tutor/infra/branches/main/protection --input -
                {"required_status_checks": {"strict": true, "checks": CHECKS}, \
                REVIEWS, "enforce_admins": true, "restrictions": null}
                """.replace("CHECKS", CHECKS).replace("REVIEWS", REVIEWS));
    }

    @Test
    void protectedStackGetsItsReviewersBeforeItsRoles() {
        assertThat(changes(ANSWERS, "stack", "prod-eu", "ann")).isEqualTo("""
                gh api --method PUT repos/tutor/infra/environments/prod-eu --input -
                {"prevent_self_review": true, "reviewers": [{"type": "User", "id": 7}], \
                "deployment_branch_policy": {"protected_branches": false, "custom_branch_policies": true}}
                aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com \
                --client-id-list sts.amazonaws.com
                aws iam create-role --role-name chat-sessions-prod-eu-preview \
                for ["repo:tutor/infra:pull_request", "repo:tutor/infra:ref:refs/heads/main"]
                aws iam put-role-policy --role-name chat-sessions-prod-eu-preview --policy-name preview
                aws iam put-role-policy --role-name chat-sessions-prod-eu-preview --policy-name state-read
                gh variable set PROD_EU_PREVIEW_ROLE --body arn:role
                aws iam create-role --role-name chat-sessions-prod-eu-deploy for ["repo:tutor/infra:environment:prod-eu"]
                aws iam put-role-policy --role-name chat-sessions-prod-eu-deploy --policy-name deployer
                aws iam put-role-policy --role-name chat-sessions-prod-eu-deploy --policy-name state-read
                aws iam put-role-policy --role-name chat-sessions-prod-eu-deploy --policy-name state-write
                aws iam put-role-policy --role-name chat-sessions-prod-eu-deploy --policy-name never-delete-table
                gh variable set PROD_EU_DEPLOY_ROLE --body arn:role
                """);
    }

    @Test
    void roleLosesThePoliciesThatTheStackFileNoLongerAsksFor() {
        stackFile("prod-eu", "  chat-sessions:deletionProtection: false\n");
        String answers = ANSWERS.replace("\"protection_rules\": [", "\"protection_rules\": [], \"others\": [")
                .replace("\"Roles\": []", "\"Roles\": [{\"RoleName\": \"chat-sessions-prod-eu-deploy\"}]")
                .replace("never-delete-table", "state-write\", \"never-delete-table");
        assertThat(setUp(answers, "stack", "prod-eu").output()).contains("has other policies than");
        assertThat(read(calls))
                .contains("{\"prevent_self_review\": false, \"reviewers\": []")
                .contains(
                        "delete-role-policy --role-name chat-sessions-prod-eu-deploy --policy-name never-delete-table ")
                .contains("update-assume-role-policy --role-name chat-sessions-prod-eu-deploy ")
                .doesNotContain("create-role --role-name chat-sessions-prod-eu-deploy ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            state states us-east-1 | "IgnorePublicAcls": true | "IgnorePublicAcls": false | states is not closed to the public.
            state states us-east-1 | "Enabled" | "Suspended" | states keeps no old versions.
            repository | "errors": [] | "errors": ["Unknown owner"] | GitHub does not know an owner in .github/CODEOWNERS: ['Unknown owner']
            repository | "can_approve_pull_request_reviews": false | "can_approve_pull_request_reviews": true | A workflow may approve pull requests.
            repository | "app_id": 15368 | "app_id": null | main does not require the checks.
            repository | "require_last_push_approval": true | "require_last_push_approval": false | main does not require the reviews.
            repository | "enabled": true | "enabled": false | main does not require the reviews.
            stack prod-eu ann | "id": 7}}] | "id": 8}}] | GitHub did not keep the reviewers of prod-eu. Required reviewers are there for
            stack prod-eu ann | "prevent_self_review": true | "prevent_self_review": false | Reviewers of prod-eu may approve what they pushed.
            stack prod-eu ann | "name": "main" | "name": "other" | prod-eu is not deployed from main only
            stack prod-eu | `` | `` | prod-eu has deletion protection: name its reviewers. Required reviewers are there for
            stack dev | {"branch_policies": [{"name": "main"}]} | fails | Failed: gh api repos/tutor/infra/environments/dev/
            """)
    void setUpStopsAtTheFirstError(String arguments, String text, String other, String problem) {
        Result result = setUp(ANSWERS.replace(text, other), arguments.split(" "));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().replace('\n', ' ')).contains(problem);
        assertThat(read(calls)).doesNotContain(" variable set ", "create-", "put-role-policy");
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
    void summaryShowsWhatPulumiPrintsAsFarAsGitHubShowsIt() {
        String text = "::add-mask::dev\n````\n" + "too much".repeat(200_000) + "\n";
        ProjectFiles.write(folder.resolve("text"), text);
        ProjectFiles.writeExecutable(
                folder.resolve("bin/pulumi"), "#!/bin/sh\necho \"$*\" >&2\ncat \"$ANSWERS/text\"\nexit 7\n");
        String printed = "up --yes --stack tutor/dev --suppress-outputs --non-interactive --color=never\n" + text;
        Path summary = folder.resolve("summary");
        Result result = withStandIns(project.resolve(".github/scripts/run-pulumi"), "up", "--yes")
                .with("STACK", "tutor/dev")
                .with("GITHUB_STEP_SUMMARY", summary.toString())
                .run();
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output()).matches("::stop-commands::([0-9a-f]{32})\n" + Pattern.quote(printed) + "::\\1::\n");
        assertThat(summary).content().isEqualTo("""
                ## tutor/dev: pulumi up --yes, exit code 7

                **This is not all of it. The log is complete.**

                `````diff
                %s
                `````
                """.formatted(printed.substring(0, 1_000_000)));
    }

    /** pulumi/actions would download another one unless its version begins with a v. */
    @ParameterizedTest
    @CsvSource({"v3.274.1, v3.274.1 v3.274.1 Java", "3.274.1, ''"})
    void jobsWithARoleRunTheEngineThatTheRunBuilt(String version, String output) {
        ProjectFiles.writeExecutable(folder.resolve("bin/pulumi"), "#!/bin/sh\n");
        ProjectFiles.writeExecutable(folder.resolve("built/pulumi"), "#!/bin/sh\necho " + version + "\n");
        ProjectFiles.writeExecutable(folder.resolve("built/pulumi-language-java"), "#!/bin/sh\necho Java\n");
        ProjectFiles.writeExecutable(
                project.resolve("local/run"), "#!/bin/sh\n[ $1 = engine ] && ! pulumi && echo \"$ANSWERS/built\"\n");
        String steps = WorkflowsTest.script("stacks/list/steps/2") + ";" + WorkflowsTest.script("pulumi/runs/steps/2");
        Result result = withStandIns(
                        "bash",
                        "-e",
                        "-c",
                        steps + "; PATH=$(cat path):$PATH; pulumi version; \"$(cat path)/pulumi-language-java\"")
                .with("RUNNER_TEMP", project.toString())
                .with("GITHUB_PATH", "path")
                .run();
        assertThat(result.output().split("\\s")).containsExactly(output.split(" "));
    }

    /** The calls of a set-up that change something; of the documents only whom they trust. */
    private String changes(String answers, String... arguments) {
        setUp(answers, arguments).successful();
        assertThat(read(calls)).doesNotContain("${");
        return read(calls)
                .lines()
                .filter(call -> call.matches("\\{.*|.* (--method|variable set|create-|put-|update-|delete-).*"))
                .map(call -> call.replaceFirst(" --output json$", "")
                        .replaceFirst(" --policy-document .*", "")
                        .replaceFirst("--assume-role-policy-document .*:sub\": (\\[.*?]).*", "for $1"))
                .collect(joining("\n", "", "\n"));
    }

    private Result setUp(String answers, String... arguments) {
        return python("set_up.py", answers, arguments).run();
    }

    /** A script with its arguments, where the CLIs answer like this. */
    private Command python(String script, String answers, String... arguments) {
        ProjectFiles.write(folder.resolve("answers"), answers);
        ProjectFiles.write(calls, "");
        List<String> words = new ArrayList<>(List.of(arguments));
        words.add(0, project.resolve(".github/scripts").resolve(script).toString());
        return withStandIns(PYTHON, words.toArray(String[]::new))
                .with("GITHUB_REPOSITORY", "tutor/infra")
                .with("PYTHONDONTWRITEBYTECODE", "1");
    }

    private Command withStandIns(Object program, String... arguments) {
        return Command.of(program, arguments)
                .in(project)
                .with("ANSWERS", folder.toString())
                .with("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    }

    private void stackFile(String stack, String settings) {
        ProjectFiles.write(
                project.resolve("Pulumi." + stack + ".yaml"), "config:\n  aws:region: eu-west-1\n" + settings);
    }
}
