package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code local/preview} in a repository of its own: verdicts, exit codes, and that nothing is left behind. */
class PreviewIT {
    private static final String SOURCE = "src/main/java/com/aitutor/chatsessions/TableMetrics.java";

    @TempDir
    private static Path folder;

    /** Two commits: the program with another name for a metric, and as it is. A space, as users have it in paths. */
    private static Path project;

    private static Path temporary;

    @BeforeAll
    static void commitProject() throws IOException {
        project = folder.resolve("a project");
        temporary = Files.createDirectory(folder.resolve("temporary"));
        ProjectFiles.copyAll(project);
        copyBuildOfLocal();
        replaceStackFiles();
        replace("\"SystemErrors\"", "\"SystemErrorsOnce\"");
        ProjectFiles.commit(project);
        replace("\"SystemErrorsOnce\"", "\"SystemErrors\"");
        ProjectFiles.commit(project);
    }

    /** What local/run has built for the project itself: the same sources have the same key. */
    private static void copyBuildOfLocal() throws IOException {
        Path builds = Path.of("local/target/run");
        Path build = builds.resolve(Files.readString(builds.resolve("current")).strip());
        for (String file : List.of("local.jar", "classpath", "java-home")) {
            ProjectFiles.copy(List.of(build.resolve(file).toString()), project);
        }
    }

    /** The project's own change every day. */
    private static void replaceStackFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(project, "Pulumi.*.yaml")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        for (String file : List.of("Pulumi.dev.yaml", "Pulumi.prod.yaml")) {
            Files.copy(TestStack.STACK_FILES.resolve(file), project.resolve(file));
        }
    }

    private static void replace(String text, String replacement) {
        ProjectFiles.replace(project.resolve(SOURCE), text, replacement, project.resolve(SOURCE));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> !file.toString().contains("hsperfdata")))
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(command -> command.contains(temporary.toString())))
                .isEmpty();
        assertThat(ProjectFiles.git(project, "status", "--porcelain")).isEmpty();
    }

    @Test
    void fromNothingEverythingIsCreated() throws IOException {
        Path markdown = folder.resolve("markdown");
        Result run = preview("prod", "--markdown=" + markdown);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .startsWith("Stack prod: everything is created, from nothing.\nwarning: Nobody is told of an alarm")
                .contains("\n        + aws:dynamodb/table:Table: (create) chat-sessions-table 🔒\n")
                .endsWith("\nResources:\n    + 5 to create\n");
        assertThat(Files.readString(markdown))
                .startsWith("### Stack prod: everything is created, from nothing.\n\n```diff\nwarning: Nobody")
                .contains("\n+         aws:dynamodb/table:Table: (create) chat-sessions-table 🔒\n");
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            dev  | HEAD   |                          |                               | 0 | Stack dev against HEAD (*): nothing changes.
            prod | HEAD~1 | recoveryWindowDays: 35   | recoveryWindowDays: 7         | 0 | ~ metricName: "SystemErrorsOnce" => "SystemErrors" & PROTECTION WEAKENED: the recovery window would be shorter
            dev  | HEAD   | tableName: chat_sessions | tableName: conversations      | 3 | TABLE LOST: table chat_sessions_dev would be replaced
            prod | HEAD   | tableName: chat_sessions | tableName: conversations      | 4 | error: Table chat_sessions is to be replaced by conversations
            dev  |        | chat_sessions_dev        | chat_sessions                 | 0 | note: Pulumi.prod.yaml has the same table name, chat_sessions
            prod |        | config:                  | config: {chat-sessions:x: 1   | 4 | REFUSED: this cannot be deployed.
            prod |        | recoveryWindowDays: 35   | recoveryWindowDays: 36        | 4 | chat-sessions:recoveryWindowDays is "36"
            prod |        | config:                  | config: {'aws:token': {secure: v1:xy}}\\nold: | 4 | note: encrypted values are not known here
            """)
    void verdict(String stack, String reference, String text, String replacement, int exitCode, String expected) {
        Path file = folder.resolve("settings/Pulumi." + stack + ".yaml");
        String from = text == null ? "config:" : text;
        String to = text == null ? from : replacement.replace("\\n", "\n");
        ProjectFiles.replace(project.resolve(file.getFileName()), from, to, file);
        Result run = reference == null ? preview(file.toString()) : preview(file.toString(), "--against", reference);
        assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
        assertThat(run.output().replaceAll("\\([0-9a-f]{8}\\)", "(*)")).contains(expected.split(" & "));
    }

    @Test
    void programThatDoesNotCompile() {
        replace("\"SystemErrors\"", "SystemErrors");
        try {
            Result run = preview("dev");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(5);
            assertThat(run.output())
                    .startsWith("Stack dev: BROKEN: the program does not compile or run.\nerror: COMPILATION ERROR")
                    .contains("TableMetrics.java", "cannot find symbol");
        } finally {
            ProjectFiles.git(project, "checkout", "--quiet", ".");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            staging               | there is no stack staging; there are: dev, prod
            dev --against         | Missing required parameter for option '--against' (REF)
            dev --against nowhere | git knows no nowhere; there are:
            nowhere/Pulumi.x.yaml | there is no file nowhere/Pulumi.x.yaml
            """)
    void wrongUsage(String arguments, String expected) {
        Result run = preview(arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).startsWith("error: " + expected);
    }

    @Test
    void interrupted() throws IOException, InterruptedException {
        Process preview = command("prod", "--against", "HEAD").start();
        BufferedReader output = preview.inputReader();
        while (!output.readLine().contains("bringing up")) {
            assertThat(preview.isAlive()).isTrue();
        }
        preview.destroy();
        assertThat(preview.waitFor()).isEqualTo(143);
    }

    private static Result preview(String... arguments) {
        return command(arguments).run();
    }

    private static Command command(String... arguments) {
        return Command.of(project.resolve("local/preview"), arguments)
                .in(folder)
                .with("TMPDIR", temporary.toString());
    }
}
