package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The workflows: what actionlint checks, and what it does not. */
class WorkflowsIT {
    private static final Path GITHUB = Path.of(".github").toAbsolutePath();
    private static final int LONGEST_RUN_BLOCK = 3;

    /** A released version by the commit it was made of, which nobody can move, and its name for people. */
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    @Test
    void actionlintFindsNothing() {
        assertThat(Command.of(GITHUB.resolve("lint")).run()).isEqualTo(new Command.Result(0, ""));
    }

    @Test
    void actionlintFindsMistakes(@TempDir Path folder) throws IOException {
        Path copy = folder.resolve("a copy/.github");
        for (String file : List.of("lint", "tools/ensure", "tools/go.mod", "tools/go.sum", "workflows/drift.yml")) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(GITHUB.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(copy.resolveSibling("local/lib"));
        Files.copy(Path.of("local/lib/common.sh"), copy.resolveSibling("local/lib/common.sh"));
        Path workflow = copy.resolve("workflows/drift.yml");
        Files.writeString(workflow, Files.readString(workflow).replace("steps.deployed.", "steps.deployd."));

        Command.Result result = Command.of(copy.resolve("lint")).run();

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("property \"deployd\" is not defined");
    }

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void jobsHaveTheirOwnPermissionsAndATimeout(Path file) {
        Map<String, Object> workflow = read(file);
        assertThat(workflow).containsEntry("permissions", Map.of());
        map(workflow.get("jobs")).forEach((name, job) -> {
            assertThat(map(job)).as(name).containsKeys("permissions", "timeout-minutes", "runs-on");
            map(map(job).get("permissions")).forEach((permission, access) -> assertThat(permission + ": " + access)
                    .as(name)
                    .isIn("actions: read", "contents: read", "deployments: read", "id-token: write", "pull-requests: write"));
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void actionsArePinned(Path file) throws IOException {
        List<String> uses = new ArrayList<>();
        try (Stream<Path> files = Stream.concat(Stream.of(file), Files.walk(GITHUB.resolve("actions")))) {
            files.filter(Files::isRegularFile).flatMap(WorkflowsIT::lines).forEach(line -> {
                Matcher matcher = Pattern.compile("uses: (?!\\./)(.*)").matcher(line);
                if (matcher.find()) {
                    uses.add(matcher.group(1));
                }
            });
        }
        assertThat(uses).isNotEmpty().allMatch(PINNED.asMatchPredicate());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void runBlocksAreShortAndTakeNothingFromAnEvent(Path file) {
        steps(read(file)).filter(step -> step.containsKey("run")).forEach(step -> {
            String run = step.get("run").toString();
            assertThat(run.lines()).as(run).hasSizeLessThanOrEqualTo(LONGEST_RUN_BLOCK);
            // an expression is put into the shell's text as it is: whoever names a branch would write code
            assertThat(run).doesNotContain("${{");
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void noKeysAreStored(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContain("secrets.", "pull_request_target");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void credentialsOfGitAreNotKept(Path file) {
        steps(read(file))
                .filter(step -> step.getOrDefault("uses", "").toString().startsWith("actions/checkout@"))
                .forEach(step -> assertThat(map(step.get("with"))).containsEntry("persist-credentials", false));
    }

    @Test
    void whoeverMayCommentRunsNothingOfAPullRequest() {
        List<Map<String, Object>> jobs = new ArrayList<>();
        map(read(GITHUB.resolve("workflows/comment.yml")).get("jobs")).values().forEach(job -> jobs.add(map(job)));
        assertThat(jobs).singleElement().satisfies(job -> {
            assertThat(map(job.get("permissions"))).doesNotContainKey("id-token");
            assertThat(steps(job).filter(step -> step.getOrDefault("uses", "").toString().startsWith("actions/checkout@")))
                    .singleElement()
                    .satisfies(step -> assertThat(map(step.get("with"))).doesNotContainKeys("ref", "repository"));
        });
    }

    @Test
    void deploymentsOfAStackWaitForOneAnother() {
        Map<String, Object> jobs = map(read(GITHUB.resolve("workflows/deploy.yml")).get("jobs"));
        for (String job : List.of("dev", "plan-prod", "prod")) {
            assertThat(map(jobs.get(job)).get("concurrency"))
                    .isEqualTo(Map.of("group", job.endsWith("prod") ? "stack-prod" : "stack-dev", "cancel-in-progress", false));
        }
        assertThat(map(jobs.get("prod"))).containsEntry("environment", "prod").containsEntry("needs", "plan-prod");
    }

    @Test
    void engineIsTheOneThatIsTested() throws IOException {
        Matcher version = Pattern.compile("github.com/pulumi/pulumi/pkg/v3 v(\\S+)")
                .matcher(Files.readString(Path.of("local/engine/go.mod")));
        assertThat(version.find()).isTrue();
        List<Object> versions = workflows()
                .flatMap(file -> steps(read(file)))
                .filter(step -> step.getOrDefault("uses", "").toString().startsWith("pulumi/actions@"))
                .map(step -> map(step.get("with")).get("pulumi-version"))
                .toList();
        assertThat(versions).hasSizeGreaterThan(3).containsOnly(version.group(1));
    }

    private static Stream<Map<String, Object>> steps(Map<String, Object> workflowOrJob) {
        if (workflowOrJob.get("steps") instanceof List<?> steps) {
            return steps.stream().map(WorkflowsIT::map);
        }
        return map(workflowOrJob.get("jobs")).values().stream().flatMap(job -> steps(map(job)));
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> read(Path file) {
        try {
            return map(new Yaml().load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
