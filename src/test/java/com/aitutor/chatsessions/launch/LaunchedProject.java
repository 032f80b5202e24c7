package com.aitutor.chatsessions.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A small project of its own, in a folder with a space in its name, started by a copy of the project's launcher. */
final class LaunchedProject {
    /** The arguments with which Pulumi's Java language host runs a program. */
    static final List<String> RUN = List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "--no-transfer-progress", "compile", "exec:java");

    /** The arguments with which it asks for the plugins that a program needs. */
    static final List<String> DISCOVERY = List.of(
            "-Dorg.slf4j.simpleLogger.logFile=System.err",
            "--no-transfer-progress",
            "compile",
            "exec:java",
            "-DmainClass=com.pulumi.bootstrap.internal.Main",
            "-DmainArgs=packages");

    private static final Set<String> JVM_OPTIONS = Set.of("MAVEN_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    private static final long LONGEST_SECONDS = 120;

    /** The project's folder. */
    final Path folder;

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    /** What a call ended with. */
    record Outcome(int exitCode, String output, String errors) {}

    private LaunchedProject(Path root) {
        this.root = root;
        this.folder = root.resolve("the project");
    }

    /** A project with the pom and the launcher of this one, and the Maven on PATH. */
    static LaunchedProject withMaven(Path root) {
        LaunchedProject project = new LaunchedProject(root);
        project.copy(Path.of("pom.xml"), project.folder.resolve("pom.xml"));
        for (String file : List.of("mvn", "build.sh", "archive.sh")) {
            project.copy(Path.of("launch", file), project.folder.resolve("launch").resolve(file));
        }
        return project;
    }

    /** The same with a stand-in for Maven, which is quick and notes its calls, and one dependency. */
    static LaunchedProject withStandIn(Path root) {
        LaunchedProject project = withMaven(root);
        project.copy(Path.of("src/test/resources/launch/mvn"), root.resolve("bin/mvn"));
        project.environment.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        project.environment.put("HOME", root.toString());
        project.environment.put("MAVEN_CALLS", project.calls().toString());
        project.environment.put("DEPENDENCY", project.dependency().toString());
        project.pack("dependency.txt", "of the dependency");
        return project;
    }

    /** Sets a variable of the environment for the calls that follow. */
    LaunchedProject with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes a file of the project. */
    void write(String file, String content) {
        run(() -> {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        });
    }

    /** Has the program be one that does what the Java statements say. */
    void writeProgram(String statements) {
        write("src/main/java/com/aitutor/chatsessions/App.java", """
                package com.aitutor.chatsessions;

                /** A program. */
                public final class App {
                    private App() {}

                    /**
                     * Runs it.
                     *
                     * @param arguments none
                     * @throws Exception whatever happens
                     */
                    public static void main(String[] arguments) throws Exception {
                        %s
                    }
                }
                """.formatted(statements));
    }

    /** Makes the dependency a jar of one file. */
    void pack(String file, String content) {
        run(() -> {
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(dependency()))) {
                jar.putNextEntry(new ZipEntry(file));
                jar.write(content.getBytes(UTF_8));
            }
        });
    }

    /** The dependency's jar. */
    Path dependency() {
        return root.resolve("dependency.jar");
    }

    /** The file in which the stand-in notes its calls. */
    Path calls() {
        return root.resolve("calls");
    }

    /** How often Maven was called. */
    long mavenCalls() {
        return Files.exists(calls()) ? run(() -> Files.readAllLines(calls())).size() : 0;
    }

    /** The files and folders of the launcher's store that start with a name. */
    List<Path> stored(String name) {
        return run(() -> {
            try (Stream<Path> paths = Files.list(folder.resolve("target/launch"))) {
                return paths.filter(path -> path.getFileName().toString().startsWith(name)).toList();
            }
        });
    }

    /** Calls the launcher as the language host does, and waits for it. */
    Outcome launch(List<String> arguments) {
        return await(start(arguments));
    }

    /** Calls the launcher and does not wait. */
    Process start(List<String> arguments) {
        return start(folder.resolve("launch/mvn").toString(), arguments);
    }

    /** Calls a command in the project's folder, and waits for it. */
    Outcome call(String command, List<String> arguments) {
        return await(start(command, arguments));
    }

    /** Waits for a call to end. */
    Outcome await(Process process) {
        return run(() -> {
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Outcome(process.waitFor(), output, Files.readString(errors(process)));
        });
    }

    private Process start(String command, List<String> arguments) {
        return run(() -> {
            List<String> line = new ArrayList<>(List.of(command));
            line.addAll(arguments);
            Path errors = Files.createTempFile(root, "errors", "");
            ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PULUMI_") || JVM_OPTIONS.contains(name));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Files.move(errors, errors(process));
            return process;
        });
    }

    private Path errors(Process process) {
        return root.resolve("errors-" + process.pid());
    }

    private void copy(Path from, Path to) {
        run(() -> {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
            to.toFile().setExecutable(true);
        });
    }

    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private static void run(Action action) {
        run(() -> {
            action.run();
            return null;
        });
    }

    private static <T> T run(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
