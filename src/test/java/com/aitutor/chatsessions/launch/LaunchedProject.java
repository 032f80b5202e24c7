package com.aitutor.chatsessions.launch;

import com.aitutor.chatsessions.engine.Command;
import com.aitutor.chatsessions.engine.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A small project of its own, in a folder with a space in its name, started by a copy of the project's launcher. */
final class LaunchedProject {
    /** The arguments with which Pulumi's Java language host runs a program. */
    static final List<String> RUN =
            List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "--no-transfer-progress", "compile", "exec:java");

    /** The arguments with which it asks for the plugins that a program needs. */
    static final List<String> DISCOVERY = List.of(
            "-Dorg.slf4j.simpleLogger.logFile=System.err",
            "--no-transfer-progress",
            "compile",
            "exec:java",
            "-DmainClass=com.pulumi.bootstrap.internal.Main",
            "-DmainArgs=packages");

    private static final Set<String> JVM_OPTIONS = Set.of("MAVEN_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

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
    static LaunchedProject withMaven(Path root) throws IOException {
        LaunchedProject project = new LaunchedProject(root);
        ProjectFiles.copy(List.of("pom.xml", "launch", ".mvn"), project.folder);
        return project;
    }

    /** The same with a stand-in for Maven, which is quick and notes its calls, and one dependency. */
    static LaunchedProject withStandIn(Path root) throws IOException {
        LaunchedProject project = withMaven(root);
        ProjectFiles.copy(List.of("src/test/resources/launch/mvn"), root);
        project.environment.put("PATH", root.resolve("src/test/resources/launch") + ":" + System.getenv("PATH"));
        project.environment.put("HOME", root.toString());
        project.environment.put("MAVEN_CALLS", project.calls().toString());
        project.environment.put("DEPENDENCY", project.dependency().toString());
        new JarOutputStream(Files.newOutputStream(project.dependency())).close();
        return project;
    }

    /** Sets a variable of the environment for the calls that follow. */
    LaunchedProject with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    void write(String file, String content) {
        ProjectFiles.write(folder.resolve(file), content);
    }

    /** Has the program be one that does what the Java statements say. */
    void writeProgram(String statements) {
        write("src/main/java/com/aitutor/chatsessions/App.java", """
                package com.aitutor.chatsessions;

                public final class App {
                    public static void main(String[] arguments) throws Exception {
                        %s
                    }
                }
                """.formatted(statements));
    }

    Path dependency() {
        return root.resolve("dependency.jar");
    }

    /** The file in which the stand-in notes its calls. */
    Path calls() {
        return root.resolve("calls");
    }

    long mavenCalls() {
        return ProjectFiles.read(calls()).lines().count();
    }

    /** The launcher's files with this in their names. */
    List<Path> built(String name) throws IOException {
        try (Stream<Path> paths = Files.list(folder.resolve("target/launch"))) {
            return paths.filter(path -> path.getFileName().toString().contains(name))
                    .toList();
        }
    }

    /** Calls the launcher as the language host does, and waits for it. */
    Outcome launch(List<String> arguments) throws IOException {
        return call(folder.resolve("launch/mvn").toString(), arguments);
    }

    /** Calls a command in the project's folder, and waits for it. */
    Outcome call(String program, List<String> arguments) throws IOException {
        Path errors = Files.createTempFile(root, "errors", "");
        Command.Result result = command(program, arguments).errorsTo(errors).run();
        return new Outcome(result.exitCode(), result.output(), ProjectFiles.read(errors));
    }

    /** Calls the launcher and does not wait. */
    Process start(List<String> arguments) {
        return command(folder.resolve("launch/mvn").toString(), arguments).start();
    }

    private Command command(String program, List<String> arguments) {
        return Command.of(program, arguments.toArray(String[]::new))
                .in(folder)
                .without(name -> name.startsWith("PULUMI_") || JVM_OPTIONS.contains(name))
                .with(environment);
    }
}
