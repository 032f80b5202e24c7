package com.aitutor.chatsessions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What must always hold for the workflows. actionlint and zizmor check them too, in .ci/run. */
class WorkflowsTest {
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Path ACTIONS = Path.of(".github/actions");

    /** A released version by the commit it was made of, which nobody can move, and its name for people. */
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    @Test
    void jobsHaveThePermissionsThatTheyNeed() {
        Map<String, Object> permissions = new TreeMap<>();
        jobs().forEach((name, job) -> permissions.put(name, job.get("permissions")));
        assertThat(permissions)
                .isEqualTo(Map.ofEntries(
                        Map.entry("conformance/run", Map.of("contents", "read")),
                        Map.entry("deploy/protected", Map.of("actions", "read", "contents", "read", "id-token", "write")),
                        Map.entry("deploy/stacks", Map.of("contents", "read")),
                        Map.entry("deploy/tests", Map.of("contents", "read")),
                        Map.entry("deploy/unprotected", Map.of("actions", "read", "contents", "read", "id-token", "write")),
                        Map.entry("deploy-stack/deploy", Map.of("contents", "read", "id-token", "write")),
                        Map.entry("deploy-stack/plan", Map.of("actions", "read", "contents", "read", "id-token", "write")),
                        Map.entry("drift/drift", Map.of("contents", "read", "deployments", "read", "id-token", "write")),
                        Map.entry("drift/stacks", Map.of("contents", "read")),
                        Map.entry("preview/deployed", Map.of("contents", "read", "id-token", "write", "pull-requests", "write")),
                        Map.entry("preview/preview", Map.of("contents", "read")),
                        Map.entry("preview/stacks", Map.of("contents", "read")),
                        Map.entry("preview/tests", Map.of("contents", "read")),
                        Map.entry("stacks/list", Map.of("contents", "read")),
                        Map.entry("tests/run", Map.of("contents", "read"))));
        assertThat(yamlFiles(WORKFLOWS)).allSatisfy(file -> assertThat(read(file)).containsEntry("permissions", Map.of()));
    }

    @Test
    void actionsAreOurOwnOrPinned() {
        Stream<Path> files = Stream.of(WORKFLOWS, ACTIONS).flatMap(folder -> yamlFiles(folder).stream());
        assertThat(files.flatMap(WorkflowsTest::lines).filter(line -> line.contains("uses: "))
                        .map(line -> line.replaceFirst(".*uses: ", "")))
                .isNotEmpty()
                .allMatch(action -> action.startsWith("./.github/") || PINNED.matcher(action).matches());
    }

    @Test
    void noKeyIsStored() {
        assertThat(Stream.of(WORKFLOWS, ACTIONS).flatMap(folder -> yamlFiles(folder).stream()))
                .allSatisfy(file -> assertThat(file).content().doesNotContain("secrets", "pull_request_target", "workflow_run"));
    }

    @Test
    void commandsTakeNothingFromAnEvent() {
        assertThat(steps()).filteredOn(step -> step.containsKey("run")).isNotEmpty().allSatisfy(step -> {
            // an expression is put into the shell's text as it is: a branch's name would be code
            assertThat(step.get("run").toString()).doesNotContain("${{");
            assertThat(step.get("run").toString().lines()).as("longer commands are scripts").hasSizeLessThan(4);
        });
    }

    @Test
    void credentialsOfGitAreNotKept() {
        assertThat(steps())
                .filteredOn(step -> step.getOrDefault("uses", "").toString().startsWith("actions/checkout@"))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(map(step.get("with"))).containsEntry("persist-credentials", false));
    }

    @Test
    void jobsThatTakeARoleRestoreNoCache() {
        assertThat(jobs().values())
                .filteredOn(job -> map(job.get("permissions")).containsKey("id-token") && job.containsKey("steps"))
                .hasSize(4)
                .allSatisfy(job -> assertThat(steps(job).map(step -> step.getOrDefault("uses", "").toString()))
                        .contains("./.github/actions/pulumi")
                        .noneMatch(action -> action.contains("cache") || action.endsWith("/setup")));
        assertThat(steps(map(read(ACTIONS.resolve("pulumi/action.yml")).get("runs")))).allSatisfy(step -> {
            assertThat(step.getOrDefault("uses", "").toString()).doesNotContain("cache");
            assertThat(map(step.getOrDefault("with", Map.of()))).doesNotContainKey("cache");
        });
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
        assertThat(List.of(plan, deploy)).allSatisfy(job -> assertThat(job.get("concurrency"))
                .isEqualTo(Map.of("group", "stack-${{ inputs.stack }}", "cancel-in-progress", false)));
        assertThat(plan).doesNotContainKey("environment");
        assertThat(deploy).containsEntry("environment", "${{ inputs.stack }}").containsEntry("needs", "plan");
        assertThat(with(plan, "actions/upload-artifact"))
                .isEqualTo(Map.of(
                        "name", "plan-${{ inputs.stack }}",
                        "path", "${{ runner.temp }}/plan.json",
                        "if-no-files-found", "error",
                        "retention-days", 1));
        assertThat(with(deploy, "actions/download-artifact"))
                .isEqualTo(Map.of("name", "plan-${{ inputs.stack }}", "path", "${{ runner.temp }}/plan"));
        assertThat(with(plan, "./.github/actions/pulumi"))
                .containsEntry("command", "preview")
                .containsEntry("plan", "${{ runner.temp }}/plan.json")
                .containsEntry("role", "${{ inputs.preview-role }}");
        assertThat(with(deploy, "./.github/actions/pulumi"))
                .containsEntry("command", "up")
                .containsEntry("plan", "${{ runner.temp }}/plan/plan.json")
                .containsEntry("role", "${{ inputs.deploy-role }}");
    }

    @Test
    void driftChecksTheProgramThatIsDeployedWithTheScriptsOfMain() {
        List<Map<String, Object>> steps = steps(jobs().get("drift/drift")).toList();
        assertThat(steps.get(2).get("with"))
                .isEqualTo(Map.of(
                        "ref", "${{ steps.deployed.outputs.commit }}", "path", "deployed", "persist-credentials", false));
        assertThat(steps.get(4))
                .isEqualTo(Map.of(
                        "run", "../.github/scripts/expect-no-changes \"$STACK\" --refresh", "working-directory", "deployed"));
        assertThat(read(WORKFLOWS.resolve("drift.yml")).get("concurrency"))
                .isEqualTo(Map.of("group", "drift", "cancel-in-progress", false));
    }

    @Test
    void machinesOfEveryKindRunTheTests() {
        assertThat(map(map(jobs().get("tests/run").get("strategy")).get("matrix")))
                .isEqualTo(Map.of("os", List.of("ubuntu-24.04", "macos-15"), "jdk", List.of("17", "25")));
    }

    @Test
    void ownersApproveChangesToWhatGuardsTheRest() {
        assertThat(lines(Path.of(".github/CODEOWNERS")).filter(line -> !line.startsWith("#")).map(line -> line.split(" ")[0]))
                .containsExactly("/.ci/", "/.github/", "/docs/policies/", "/launch/");
    }

    private static Map<String, Object> with(Map<String, Object> job, String action) {
        return steps(job)
                .filter(step -> step.getOrDefault("uses", "").toString().startsWith(action))
                .map(step -> map(step.get("with")))
                .findFirst()
                .orElseThrow();
    }

    /** Every job, by workflow and job. */
    private static Map<String, Map<String, Object>> jobs() {
        Map<String, Map<String, Object>> jobs = new TreeMap<>();
        yamlFiles(WORKFLOWS).forEach(file -> map(read(file).get("jobs")).forEach((name, job) ->
                jobs.put(file.getFileName().toString().replace(".yml", "/") + name, map(job))));
        return jobs;
    }

    private static List<Map<String, Object>> steps() {
        Stream<Map<String, Object>> actions = yamlFiles(ACTIONS).stream().map(file -> map(read(file).get("runs")));
        return Stream.concat(jobs().values().stream(), actions).flatMap(WorkflowsTest::steps).toList();
    }

    private static Stream<Map<String, Object>> steps(Map<String, Object> job) {
        return ((List<?>) job.getOrDefault("steps", List.of())).stream().map(WorkflowsTest::map);
    }

    private static List<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        return text(file).lines();
    }

    private static Map<String, Object> read(Path file) {
        return map(new Yaml().load(text(file)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
