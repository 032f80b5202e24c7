package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that put a pull request's previews together and post them, with a stand-in for the GitHub CLI. */
class PullRequestScriptsIT {
    private static final Path SCRIPTS = Path.of(".github/scripts").toAbsolutePath();
    private static final String MARKER = "<!-- chat-sessions preview -->";
    private static final String HEAD = "0123456789abcdef0123456789abcdef01234567";
    private static final String GAP = "\u200b";

    private static String tools;

    @TempDir
    private Path folder;

    private Path answers;

    @BeforeAll
    static void buildTools() {
        Command.Result built = Command.of(Path.of(".github/tools/ensure").toAbsolutePath()).run();
        assertThat(built.exitCode()).as(built.output()).isZero();
        tools = built.output().lines().reduce("", (first, second) -> second);
    }

    @BeforeEach
    void answerAsGitHub() throws IOException {
        answers = Files.createDirectory(folder.resolve("answers"));
        answer("pulls", """
                [{"number": 7, "head": {"sha": "%s"}, "base": {"ref": "main"}}]""".formatted(HEAD));
        answer("comments", "[]");
        answer("posted", "{\"html_url\": \"https://example.com/comment\"}");
    }

    @Test
    void firstPreviewIsANewComment() throws IOException {
        Command.Result result = post("### Stack dev\n\n```diff\n!   MetricAlarm errors\n```\n");

        assertThat(result).isEqualTo(new Command.Result(0, "https://example.com/comment\n"));
        assertThat(calls())
                .containsExactly(
                        "GET repos/tutor/infrastructure/pulls state=open head=somebody:fix $(id) per_page=100",
                        "GET repos/tutor/infrastructure/issues/7/comments?per_page=100 ",
                        "POST repos/tutor/infrastructure/issues/7/comments ");
        assertThat(posted())
                .startsWith(MARKER + "\n_What this says was worked out by the code of the pull request itself, at 01234567,")
                .endsWith("\n\n### Stack dev\n\n```diff\n!   MetricAlarm errors\n```\n");
    }

    @Test
    void laterPreviewTakesItsPlace() throws IOException {
        answer("comments", """
                [{"id": 1, "user": {"login": "somebody"}, "body": "%1$s\\nmine"},
                 {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "something else %1$s"},
                 {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "%1$s\\nolder"}]""".formatted(MARKER));

        assertThat(post("newer").exitCode()).isZero();

        assertThat(calls()).last().isEqualTo("PATCH repos/tutor/infrastructure/issues/comments/3 ");
    }

    @Test
    void previewOfAnOlderCommitIsNotPosted() throws IOException {
        answer("pulls", """
                [{"number": 7, "head": {"sha": "ffff"}, "base": {"ref": "main"}},
                 {"number": 8, "head": {"sha": "%s"}, "base": {"ref": "release"}}]""".formatted(HEAD));

        Command.Result result = post("late");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).startsWith("::notice::No open pull request has " + HEAD);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void runWithoutPreviewPostsNothing() throws IOException {
        assertThat(post(folder.resolve("absent")).output()).startsWith("::notice::");
        Path link = Files.createSymbolicLink(folder.resolve("link"), answers.resolve("comments.json"));
        assertThat(post(link).output()).startsWith("::notice::");
        assertThat(answers.resolve("calls")).doesNotExist();
    }

    @Test
    void whatAPullRequestWritesReachesNobodyAndLinksNowhere() throws IOException {
        assertThat(post("""
                        @everyone <img src="https://example.com/x.png"> ![x](http://example.com) [y](javascript:z)
                        fixes #12, GH-12, [z][1] www.example.com
                        [1]: //example.com
                        <!-- chat-sessions preview: dev -->
                        %s
                        \u202ereversed\u0007
                        """.formatted(MARKER)).exitCode())
                .isZero();

        assertThat(posted().lines().skip(3)).containsExactly(
                "@_everyone <_img src=\"https:_//example.com/x.png\"> ![x]_(http:_//example.com) [y]_(javascript:z)"
                        .replace("_", GAP),
                "fixes #_12, GH-_12, [z]_[1] www._example.com".replace("_", GAP),
                "[1]_: //example.com".replace("_", GAP),
                "reversed");
    }

    @Test
    void tooLongAPreviewIsCut() throws IOException {
        assertThat(post("<@#1\n".repeat(30_000)).exitCode()).isZero();

        assertThat(posted()).contains("**It is too long for a comment").hasSizeLessThan(65_536);
        assertThat(answers.resolve("posted-body")).satisfies(body -> assertThat(Files.size(body)).isLessThan(65_536));
    }

    @Test
    void lastSuccessfulDeploymentIsWhatIsDeployed() throws IOException {
        answer("deployments", """
                {"data": {"repository": {"deployments": {"nodes": [
                  {"commitOid": "c4", "latestStatus": {"state": "WAITING"}},
                  {"commitOid": "c3", "latestStatus": null},
                  {"commitOid": "c2", "latestStatus": {"state": "SUCCESS"}},
                  {"commitOid": "c1", "latestStatus": {"state": "SUCCESS"}}]}}}}""");
        assertThat(script("deployed-commit", "prod")).isEqualTo(new Command.Result(0, "commit=c2\n"));
        assertThat(Files.readString(answers.resolve("calls"))).contains("owner=tutor name=infrastructure environment=prod");

        answer("deployments", "{\"data\": {\"repository\": {\"deployments\": {\"nodes\": []}}}}");
        assertThat(script("deployed-commit", "prod")).isEqualTo(new Command.Result(0, "commit=\n"));
    }

    @Test
    void previewsOfAllStacksAreOneCommentWorstFirst() throws IOException {
        Path project = project(Map.of("dev", 0, "prod", 4, "staging", 3));
        Path summary = folder.resolve("summary");

        Command.Result result = previews(project, summary);

        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(project.resolve("out/comment.md")).content().isEqualTo("""
                ## Preview

                Made without credentials, from what the base branch and this pull request say. What is deployed may differ.

                `Pulumi.old.yaml` is removed. What its stack made stays in AWS until somebody destroys it.

                prod against HEAD

                staging against HEAD

                dev against HEAD
                """);
        assertThat(summary).hasSameTextualContentAs(project.resolve("out/comment.md"));
    }

    @Test
    void lossOfTheTableIsForTheReviewersToJudge() throws IOException {
        assertThat(previews(project(Map.of("dev", 3, "prod", 0)), folder.resolve("summary")).exitCode()).isZero();
    }

    @Test
    void previewThatFailedIsSaid() throws IOException {
        Path project = project(Map.of("dev", 0, "prod", 1));

        assertThat(previews(project, folder.resolve("summary")).exitCode()).isEqualTo(1);

        assertThat(project.resolve("out/comment.md")).content().contains("### Stack prod\n\nThere is no preview: it failed");
    }

    /** A project in git with stack files, one of them removed, and a local/preview that ends with given exit codes. */
    private Path project(Map<String, Integer> exitCodes) throws IOException {
        Path project = Files.createDirectory(folder.resolve("a project"));
        for (String file : List.of(".github/scripts/preview-pull-request", "local/lib/common.sh")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(Path.of(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        StringBuilder codes = new StringBuilder();
        for (Map.Entry<String, Integer> stack : exitCodes.entrySet()) {
            Files.writeString(project.resolve("Pulumi." + stack.getKey() + ".yaml"), "config:\n");
            codes.append(stack.getKey()).append(") exit ").append(stack.getValue()).append(" ;;\n");
        }
        Path preview = project.resolve("local/preview");
        Files.writeString(preview, """
                #!/usr/bin/env bash
                printf '%%s against %%s\\n' "$1" "$3" >"${4#--markdown=}"
                echo '{}' >"${5#--json=}"
                case $1 in
                %s
                esac
                """.formatted(codes));
        assertThat(preview.toFile().setExecutable(true)).isTrue();
        Files.writeString(project.resolve("Pulumi.old.yaml"), "config:\n");
        git(project, "init", "--quiet");
        git(project, "add", ".");
        git(project, "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "commit", "--quiet", "-mbase");
        Files.delete(project.resolve("Pulumi.old.yaml"));
        return project;
    }

    private static void git(Path project, String... arguments) {
        assertThat(Command.of("git", arguments).in(project).run()).isEqualTo(new Command.Result(0, ""));
    }

    private Command.Result previews(Path project, Path summary) {
        return Command.of(
                        project.resolve(".github/scripts/preview-pull-request"),
                        "HEAD",
                        project.resolve("out").toString())
                .in(folder)
                .with("GITHUB_STEP_SUMMARY", summary.toString())
                .run();
    }

    private Command.Result post(String preview) throws IOException {
        return post(Files.writeString(folder.resolve("comment.md"), preview));
    }

    private Command.Result post(Path preview) {
        return script("post-comment", preview.toString());
    }

    private Command.Result script(String name, String argument) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "REPOSITORY", "tutor/infrastructure",
                "BASE_BRANCH", "main",
                "HEAD_OWNER", "somebody",
                "HEAD_BRANCH", "fix $(id)",
                "HEAD_SHA", HEAD,
                "RUN_URL", "https://example.com/run",
                "GITHUB_ANSWERS", answers.toString()));
        environment.put("PATH", String.join(
                File.pathSeparator,
                Path.of("src/test/resources/workflows").toAbsolutePath().toString(),
                tools,
                System.getenv("PATH")));
        return Command.of(SCRIPTS.resolve(name), argument).in(folder).with(environment).run();
    }

    private void answer(String question, String json) throws IOException {
        Files.writeString(answers.resolve(question + ".json"), json);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(answers.resolve("calls"));
    }

    private String posted() throws IOException {
        return Files.readString(answers.resolve("posted-body"));
    }
}
