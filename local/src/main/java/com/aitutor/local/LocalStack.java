package com.aitutor.local;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The stack "local": the program on the real engine, its tables in DynamoDB Local. */
final class LocalStack {
    static final String NAME = "local";

    private static final String FIRST_SETTINGS = """
            # Settings of the stack "local", made by ./local/up; git ignores this file. What it may say: ./local/pulumi config
            config:
              aws:region: us-east-1
              chat-sessions:environment: local
              # so that ./local/pulumi destroy works
              chat-sessions:deletionProtection: "false"
            """;

    private LocalStack() {}

    /** The stack's settings: a file for people to edit. */
    static Path settings(Folders folders) {
        return folders.local().resolve("Pulumi." + NAME + ".yaml");
    }

    /** Does something that may change the stack, while no other command does. */
    static <T> T changing(Folders folders, RunLock.Work<T> work) throws IOException {
        Path data = Folders.createPrivate(folders.data());
        return RunLock.during(data.resolve("up.lock"), "another command changes the local stack", () -> {
            breakDeadLocks(data.resolve("state/.pulumi/locks/organization/chat-sessions")
                    .resolve(NAME));
            return work.run();
        });
    }

    /** The project, with the stack in its state. */
    static StackProject project(Folders folders, Engine engine) throws IOException {
        Path data = Folders.createPrivate(folders.data());
        StackProject project = new StackProject(data, engine);
        project.environment().put("PULUMI_STACK", NAME);
        project.environment().put("CHAT_SESSIONS_COMMAND", "./local/pulumi");
        return RunLock.during(data.resolve("stack.lock"), "another run makes the stack", () -> {
            if (Files.notExists(settings(folders))) {
                Folders.write(settings(folders), FIRST_SETTINGS);
            }
            project.write(
                    folders,
                    folders.root(),
                    "stackConfigDir: " + StackProject.quoted(project.folder().relativize(folders.local())));
            project.ensureStack(NAME);
            return project;
        });
    }

    /** A killed Pulumi leaves the stack locked; the lock tells by which process. */
    private static void breakDeadLocks(Path locks) throws IOException {
        if (!Files.isDirectory(locks)) {
            return;
        }
        try (Stream<Path> files = Files.list(locks)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                JsonObject lock = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
                long process = lock.get("pid").getAsLong();
                if (!isAlive(process, Instant.parse(lock.get("timestamp").getAsString()))) {
                    LocalCommand.say("Stack", "unlocked: process " + process + ", which was changing it, is gone");
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".attrs"));
                }
            }
        }
    }

    /** Whether the process that was there at a time is there still: its number may be another's by now. */
    private static boolean isAlive(long process, Instant at) {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start -> start.isBefore(at))
                .isPresent();
    }

    /** The stack's lines for the app's .env file. */
    static List<String> appEnvironment(StackProject project) throws IOException {
        String lines = Children.output(project.pulumi(List.of("stack", "output", "appEnvironment")));
        if (lines.isBlank()) {
            throw new LocalFailure("The stack has no lines for an .env file.", "Deploy it first: ./local/up");
        }
        return lines.lines().toList();
    }
}
