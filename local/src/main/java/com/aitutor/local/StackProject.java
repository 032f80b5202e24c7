package com.aitutor.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Pulumi project of this repository's program with the local AWS plugin, in a folder and with a state of its own.
 *
 * @param folder of Pulumi.yaml
 * @param state folder of the state
 * @param home folder of the engine's own files
 * @param engine what runs it
 * @param environment what the engine sees beside the known environment
 */
record StackProject(Path folder, Path state, Path home, Engine engine, Map<String, String> environment) {
    /**
     * A project below a folder.
     *
     * @param program folder of the program and its Pulumi.yaml
     * @param extraLines of Pulumi.yaml
     */
    static StackProject in(Path place, Engine engine, Folders folders, Path program, String... extraLines) {
        StackProject project = new StackProject(
                place.resolve("project"), place.resolve("state"), place.resolve("pulumi"), engine, new TreeMap<>());
        List<String> lines = new ArrayList<>();
        lines.add(Folders.read(program.resolve("Pulumi.yaml")));
        lines.add("main: " + quoted(program));
        lines.addAll(List.of(extraLines));
        lines.add("plugins:");
        lines.add("  providers:");
        lines.add("    - name: aws");
        lines.add("      path: " + quoted(folders.local().resolve("plugin")));
        Folders.write(project.folder.resolve("Pulumi.yaml"), String.join("\n", lines) + "\n");
        Folders.createPrivate(project.state);
        engine.installLanguageHost(project.home);
        return project;
    }

    /** A Pulumi command on this project. */
    ProcessBuilder pulumi(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(engine.pulumi().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = KnownEnvironment.process(command).directory(folder.toFile());
        builder.environment().putAll(KnownEnvironment.ofEngine(home, state));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Makes a stack in the state, unless it is there. */
    StackProject ensureStack(String stack) {
        Path log = state.resolve("init.log");
        if (Files.notExists(stateFile(stack))
                && Children.run(pulumi(List.of("stack", "init", stack, "--non-interactive")), log) != 0) {
            throw new LocalFailure("The stack could not be made.", Folders.read(log).strip());
        }
        return this;
    }

    /** The file with a stack's state. */
    Path stateFile(String stack) {
        return state.resolve(".pulumi/stacks").resolve(name()).resolve(stack + ".json");
    }

    /** The project's name. */
    String name() {
        return Folders.read(folder.resolve("Pulumi.yaml"))
                .lines()
                .filter(line -> line.startsWith("name:"))
                .map(line -> line.substring("name:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** As a YAML scalar. */
    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }
}
