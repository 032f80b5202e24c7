package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Pulumi project of this repository's program with the local AWS plugin, in a folder and with a state of its own.
 *
 * @param place the folder that holds project, state and the engine's own files
 * @param engine what runs it
 * @param environment what the engine sees beside the known environment
 */
record StackProject(Path place, Engine engine, Map<String, String> environment) {
    StackProject(Path place, Engine engine) {
        this(place, engine, new TreeMap<>());
    }

    /** Writes Pulumi.yaml: the program's own, with the local AWS plugin and further lines. */
    void write(Folders folders, Path program, String... extraLines) throws IOException {
        List<String> lines = new ArrayList<>(List.of(extraLines));
        lines.add(0, Folders.read(program.resolve("Pulumi.yaml")));
        lines.add("main: " + quoted(program));
        lines.add("plugins: {providers: [{name: aws, path: "
                + quoted(folders.local().resolve("plugin")) + "}]}");
        Folders.write(folder().resolve("Pulumi.yaml"), String.join("\n", lines) + "\n");
        Folders.createPrivate(state());
        engine.installLanguageHost(home());
    }

    ProcessBuilder pulumi(List<String> arguments) {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, engine.pulumi().toString());
        ProcessBuilder builder =
                KnownEnvironment.engine(command, home(), state()).directory(folder().toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Makes a stack in the state, unless it is there. */
    void ensureStack(String stack) throws IOException {
        Path log = state().resolve("init.log");
        if (stateOf(stack).isEmpty()
                && Children.run(pulumi(List.of("stack", "init", stack, "--non-interactive")), log) != 0) {
            throw new LocalFailure(
                    "The stack could not be made.", Folders.read(log).strip());
        }
    }

    /** A stack's state, as JSON; empty when there is no such stack. */
    String stateOf(String stack) throws IOException {
        return Folders.read(state().resolve(".pulumi/stacks/chat-sessions").resolve(stack + ".json"));
    }

    /** The folder of Pulumi.yaml. */
    Path folder() {
        return place.resolve("project");
    }

    Path state() {
        return place.resolve("state");
    }

    private Path home() {
        return place.resolve("pulumi");
    }

    /** As a YAML scalar. */
    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }
}
