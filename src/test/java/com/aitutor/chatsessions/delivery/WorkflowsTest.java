package com.aitutor.chatsessions.delivery;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What must always hold for the workflows; that actions are pinned, and more, zizmor and actionlint check in .ci/run. */
class WorkflowsTest {
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Path ACTIONS = Path.of(".github/actions");

    @Test
    void jobsHaveThePermissionsThatTheyNeed() {
        Map<String, Object> permissions = new TreeMap<>();
        jobs().forEach((name, job) -> permissions.put(name, job.get("permissions")));
        assertThat(permissions).isEqualTo(yaml("""
                conformance/run: {contents: read}
                deploy/protected: {actions: read, contents: read, id-token: write}
                deploy/stacks: {contents: read}
                deploy/tests: {contents: read}
                deploy/unprotected: {actions: read, contents: read, id-token: write}
                deploy-stack/deploy: {contents: read, id-token: write}
                deploy-stack/plan: {actions: read, contents: read, id-token: write}
                drift/drift: {contents: read, deployments: read, id-token: write}
                drift/stacks: {contents: read}
                preview/deployed: {contents: read, id-token: write, pull-requests: write}
                preview/preview: {contents: read}
                preview/stacks: {contents: read}
                preview/tests: {contents: read}
                stacks/list: {contents: read}
                tests/run: {contents: read}
                """));
        assertThat(files(WORKFLOWS))
                .allSatisfy(file -> assertThat(yaml(read(file))).containsEntry("permissions", Map.of()));
    }

    @Test
    void noKeyIsStored() {
        assertThat(files(WORKFLOWS, ACTIONS))
                .allSatisfy(file ->
                        assertThat(file).content().doesNotContain("secrets", "pull_request_target", "workflow_run"));
    }

    @Test
    void commandsTakeNothingFromAnEvent() {
        assertThat(steps())
                .filteredOn(step -> step.containsKey("run"))
                .isNotEmpty()
                .allSatisfy(step -> {
                    // an expression is put into the shell's text as it is: a branch's name would be code
                    assertThat(step.get("run").toString()).doesNotContain("${{");
                    assertThat(step.get("run").toString().lines())
                            .as("longer commands are scripts")
                            .hasSizeLessThan(4);
                });
    }

    @Test
    void credentialsOfGitAreNotKept() {
        assertThat(steps())
                .filteredOn(step -> uses(step).startsWith("actions/checkout@"))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(map(step.get("with"))).containsEntry("persist-credentials", false));
    }

    @Test
    void jobsThatTakeARoleRestoreNoCache() {
        assertThat(jobs().values())
                .filteredOn(job -> map(job.get("permissions")).containsKey("id-token") && job.containsKey("steps"))
                .hasSize(4)
                .allSatisfy(job -> assertThat(steps(job).map(WorkflowsTest::uses))
                        .contains("./.github/actions/pulumi")
                        .noneMatch(action -> action.contains("cache") || action.endsWith("/setup")));
        assertThat(read(ACTIONS.resolve("pulumi/action.yml"))).doesNotContain("cache:", "actions/cache");
    }

    @Test
    void forksTakeNoRole() {
        assertThat(jobs().get("preview/stacks"))
                .containsEntry("if", "github.event.pull_request.head.repo.full_name == github.repository");
        assertThat(jobs().get("preview/deployed")).containsEntry("needs", "stacks");
    }

    @Test
    void stackIsDeployedByItsPlanInItsEnvironmentOneAtATime() {
        Map<String, Object> plan = jobs().get("deploy-stack/plan");
        Map<String, Object> deploy = jobs().get("deploy-stack/deploy");
        assertThat(List.of(plan, deploy))
                .extracting(job -> job.get("concurrency"))
                .containsOnly(yaml("{group: 'stack-${{ fromJSON(inputs.stack).name }}', cancel-in-progress: false}"));
        assertThat(plan).doesNotContainKey("environment");
        assertThat(deploy)
                .containsEntry("environment", "${{ fromJSON(inputs.stack).name }}")
                .containsEntry("needs", "plan");
        assertThat(steps(plan).toList().get(1))
                .containsEntry("if", "fromJSON(inputs.stack).protected")
                .containsEntry("run", "python3 .github/scripts/stacks.py reviewed \"$STACK\"");
        assertThat(with(plan, "actions/upload-artifact")).isEqualTo(yaml("""
                name: plan-${{ fromJSON(inputs.stack).name }}
                path: ${{ runner.temp }}/plan.json
                if-no-files-found: error
                retention-days: 1
                """));
        assertThat(with(deploy, "actions/download-artifact")).isEqualTo(yaml("""
                name: plan-${{ fromJSON(inputs.stack).name }}
                path: ${{ runner.temp }}
                """));
        String pulumi = "{stack: '${{ inputs.stack }}', role: %s, command: %s, plan: '${{ runner.temp }}/plan.json'}";
        assertThat(with(plan, "./.github/actions/pulumi")).isEqualTo(yaml(pulumi.formatted("preview", "preview")));
        assertThat(with(deploy, "./.github/actions/pulumi")).isEqualTo(yaml(pulumi.formatted("deploy", "up")));
        assertThat(steps(deploy).toList().get(3)).isEqualTo(yaml("""
                run: .github/scripts/expect-no-changes "$STACK"
                env: {STACK: '${{ fromJSON(inputs.stack).stack }}'}
                """));
    }

    @Test
    void protectedStacksAreDeployedAfterTheOthers() {
        assertThat(jobs().get("deploy/unprotected")).containsEntry("needs", List.of("tests", "stacks"));
        assertThat(jobs().get("deploy/protected"))
                .containsEntry("needs", List.of("tests", "stacks", "unprotected"))
                .extractingByKey("if")
                .asString()
                .contains("needs.tests.result == 'success'", "needs.unprotected.result != 'failure'");
    }

    @Test
    void pulumiTakesTheRoleAndTheTokenThatTheJobNames() {
        Map<String, Object> action =
                map(yaml(read(ACTIONS.resolve("pulumi/action.yml"))).get("runs"));
        assertThat(with(action, "aws-actions/configure-aws-credentials")).isEqualTo(yaml("""
                role-to-assume: ${{ fromJSON(inputs.stack)[inputs.role].role }}
                aws-region: ${{ fromJSON(inputs.stack).region }}
                mask-aws-account-id: true
                """));
        assertThat(with(action, "pulumi/auth-actions")).isEqualTo(yaml("""
                organization: ${{ fromJSON(inputs.stack).organization }}
                requested-token-type: urn:pulumi:token-type:access_token:team
                scope: team:${{ fromJSON(inputs.stack)[inputs.role].team }}
                """));
        assertThat(with(action, "pulumi/actions@"))
                .containsEntry("plan", "${{ inputs.plan }}")
                .containsEntry("suppress-outputs", true);
        for (String job : List.of("preview/deployed", "drift/drift")) {
            assertThat(with(jobs().get(job), "./.github/actions/pulumi"))
                    .as(job)
                    .containsEntry("role", "preview");
        }
    }

    @Test
    void driftChecksTheProgramThatIsDeployedWithTheScriptsOfMain() {
        List<Map<String, Object>> steps = steps(jobs().get("drift/drift")).toList();
        assertThat(steps.get(2).get("with")).isEqualTo(yaml("""
                {ref: '${{ steps.deployed.outputs.commit }}', path: deployed, persist-credentials: false}"""));
        assertThat(steps.get(4)).isEqualTo(yaml("""
                run: ../.github/scripts/expect-no-changes "$STACK" --refresh
                working-directory: deployed
                env: {STACK: '${{ matrix.stack }}'}
                """));
        assertThat(yaml(read(WORKFLOWS.resolve("drift.yml"))))
                .containsEntry("concurrency", yaml("{group: drift, cancel-in-progress: false}"));
    }

    @Test
    void machinesOfEveryKindRunTheTests() {
        assertThat(map(jobs().get("tests/run").get("strategy")))
                .containsEntry("matrix", yaml("{os: [ubuntu-24.04, macos-15], jdk: ['17', '25']}"));
    }

    @Test
    void ownersApproveChangesToWhatGuardsTheRest() {
        assertThat(read(Path.of(".github/CODEOWNERS")).lines().filter(line -> !line.startsWith("#")))
                .extracting(line -> line.split(" ")[0])
                .containsExactly("/.ci/", "/.github/", "/docs/policies/", "/launch/");
    }

    @Test
    void dependabotReadsItsFile() {
        // https://github.com/dependabot/dependabot-core/issues/1582
        assertThat(read(Path.of(".github/dependabot.yml"))).doesNotContainPattern("[&*]\\w");
    }

    private static Map<String, Object> with(Map<String, Object> job, String action) {
        return steps(job)
                .filter(step -> uses(step).startsWith(action))
                .map(step -> map(step.get("with")))
                .findFirst()
                .orElseThrow();
    }

    /** Every job, by workflow and job. */
    private static Map<String, Map<String, Object>> jobs() {
        Map<String, Map<String, Object>> jobs = new TreeMap<>();
        files(WORKFLOWS)
                .forEach(file -> map(yaml(read(file)).get("jobs"))
                        .forEach((name, job) ->
                                jobs.put(file.getFileName().toString().replace(".yml", "/") + name, map(job))));
        return jobs;
    }

    private static List<Map<String, Object>> steps() {
        Stream<Map<String, Object>> actions =
                files(ACTIONS).map(file -> map(yaml(read(file)).get("runs")));
        return Stream.concat(jobs().values().stream(), actions)
                .flatMap(WorkflowsTest::steps)
                .toList();
    }

    private static Stream<Map<String, Object>> steps(Map<String, Object> job) {
        return ((List<?>) job.getOrDefault("steps", List.of())).stream().map(WorkflowsTest::map);
    }

    private static String uses(Map<String, Object> step) {
        return step.getOrDefault("uses", "").toString();
    }

    private static Stream<Path> files(Path... folders) {
        return Stream.of(folders).flatMap(folder -> {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> file.toString().endsWith(".yml")).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml().load(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
