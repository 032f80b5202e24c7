package com.aitutor.chatsessions;

import com.aitutor.chatsessions.engine.Command;
import com.aitutor.chatsessions.engine.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the project in a git repository of its own, in which {@code local/preview} is run. */
final class PreviewProject {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Path folder;

    private PreviewProject(Path folder) {
        this.folder = folder;
    }

    /** A copy with everything that a preview needs; what Maven built for local/ is shared with the project itself. */
    static PreviewProject copy() {
        try {
            // a space, as users have it in their paths
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(PROJECT.resolve("target/preview projects")), "project");
            PreviewProject project = new PreviewProject(folder);
            ProjectFiles.copy(
                    List.of(
                            ".github/scripts",
                            ".gitignore",
                            "launch",
                            "local/lib",
                            "local/preview",
                            "pom.xml",
                            "src/main",
                            "Pulumi.yaml",
                            "Pulumi.dev.yaml",
                            "Pulumi.prod.yaml"),
                    folder);
            for (String part : List.of("database", "engine", "plugin", "report")) {
                Files.createSymbolicLink(
                        folder.resolve("local").resolve(part),
                        PROJECT.resolve("local").resolve(part));
            }
            project.git("init", "--quiet");
            return project;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text in a file. */
    PreviewProject replace(String file, String text, String replacement) {
        try {
            ProjectFiles.replace(folder.resolve(file), text, replacement, folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stack file outside the project, with a text replaced. */
    String changedStackFile(String file, String text, String replacement) {
        try {
            Path changed = Files.createTempDirectory(
                            Files.createDirectories(folder.resolveSibling("stack files")), "settings")
                    .resolve(file);
            ProjectFiles.replace(folder.resolve(file), text, replacement, changed);
            return changed.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits some files, as they are. */
    PreviewProject commit(String... files) {
        List<String> add = new ArrayList<>(List.of("add", "--"));
        add.addAll(List.of(files));
        git(add.toArray(String[]::new));
        git("commit", "--quiet", "--allow-empty", "--message=a state of the project");
        return this;
    }

    /** What git says has changed since the last commit. */
    String uncommitted() {
        return git("status", "--porcelain", "--ignored")
                .lines()
                // what the build keeps
                .filter(line -> !line.equals("!! target/") && !line.equals("!! local/target/"))
                .reduce("", (lines, line) -> lines + line + "\n");
    }

    private String git(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"));
        command.addAll(List.of(arguments));
        Command.Result result =
                Command.of("git", command.toArray(String[]::new)).in(folder).run();
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
        return result.output();
    }

    /**
     * What a run left.
     *
     * @param exitCode its exit code
     * @param text on standard output
     * @param errors on standard error
     * @param markdown that it wrote
     * @param json that it wrote
     * @param leftBehind files in its folder for temporary ones, and processes that work there
     */
    record Run(int exitCode, String text, String errors, String markdown, String json, List<String> leftBehind) {}

    /** The exit code of a preview that was interrupted. */
    static int exitCodeOfInterrupted() {
        return heedsCtrlC() ? 130 : 143;
    }

    /** Whether Ctrl-C ends what is started here: what a script has started in the background ignores it. */
    private static boolean heedsCtrlC() {
        return Command.of("sh", "-c", "trap 'echo heeded' INT; kill -INT $$")
                .run()
                .output()
                .contains("heeded");
    }

    /** Runs a preview to its end. */
    Run preview(String... arguments) {
        return started(arguments).await();
    }

    /** Starts a preview. */
    Started started(String... arguments) {
        try {
            Path output = Files.createTempDirectory(Files.createDirectories(folder.resolveSibling("output")), "run");
            Path temporary = Files.createDirectory(output.resolve("temporary"));
            List<String> command =
                    new ArrayList<>(List.of(folder.resolve("local/preview").toString()));
            command.addAll(List.of(arguments));
            command.add("--markdown=" + output.resolve("markdown"));
            command.add("--json=" + output.resolve("json"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    // from any folder
                    .directory(output.toFile())
                    .redirectOutput(output.resolve("text").toFile())
                    .redirectError(output.resolve("errors").toFile());
            builder.environment().put("TMPDIR", temporary.toString());
            return new Started(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A preview under way.
     *
     * @param process that runs it
     * @param output the folder of all that it writes
     */
    record Started(Process process, Path output) {
        private static final int PATIENCE_SECONDS = 300;

        /** Waits until it says something on standard error, or ends. */
        void awaitSaying(String text) {
            try {
                while (process.isAlive() && !read("errors").contains(text)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Does what a user does with Ctrl-C, where that is heeded. */
        void interrupt() {
            Command.of("kill", heedsCtrlC() ? "-INT" : "-TERM", Long.toString(process.pid()))
                    .run();
        }

        Run await() {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroy();
                    throw new IllegalStateException("The preview did not end: " + read("errors"));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Run(
                    process.exitValue(), read("text"), read("errors"), read("markdown"), read("json"), leftBehind());
        }

        private List<String> leftBehind() {
            Path temporary = output.resolve("temporary");
            try (Stream<Path> files = Files.list(temporary)) {
                return Stream.concat(
                                files.map(Path::toString).filter(name -> !name.contains("hsperfdata")),
                                ProcessHandle.allProcesses()
                                        .map(handle ->
                                                handle.info().commandLine().orElse(""))
                                        .filter(command -> command.contains(temporary.toString())))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String read(String file) {
            try {
                Path path = output.resolve(file);
                return Files.exists(path) ? Files.readString(path) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
