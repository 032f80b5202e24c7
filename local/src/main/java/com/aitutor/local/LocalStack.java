package com.aitutor.local;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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

    private final Folders folders;
    private final Database database;

    LocalStack(Folders folders) {
        this.folders = folders;
        this.database = new Database(folders);
    }

    /** The stack's settings: a file for people to edit. */
    Path settings() {
        return folders.local().resolve("Pulumi." + NAME + ".yaml");
    }

    /** The project, with the stack in its state, and with the endpoint that a database has or would have. */
    StackProject project(Engine engine) {
        Path data = Folders.createPrivate(folders.data());
        if (Files.notExists(settings())) {
            Folders.write(settings(), FIRST_SETTINGS);
        }
        StackProject project = StackProject.in(
                data,
                engine,
                folders,
                folders.root(),
                "stackConfigDir: " + StackProject.quoted(data.resolve("project").relativize(folders.local())));
        project.environment().put("PULUMI_STACK", NAME);
        project.environment().put("CHAT_SESSIONS_COMMAND", "./local/pulumi");
        project.environment().put("AWS_ENDPOINT_URL_DYNAMODB", database.expectedEndpoint());
        RunLock.during(data.resolve("stack.lock"), "another run makes the stack", () -> project.ensureStack(NAME));
        breakDeadLocks(project);
        return project;
    }

    /** Whether anything is deployed. */
    static boolean isDeployed(StackProject project) {
        return Folders.read(project.stateFile(NAME)).contains("\"resources\"");
    }

    /** Whether an earlier run was cut off while it made something. */
    static boolean isInterrupted(StackProject project) {
        return Folders.read(project.stateFile(NAME)).contains("\"pending_operations\"");
    }

    /** A killed Pulumi leaves the stack locked; the lock tells by which process. */
    private static void breakDeadLocks(StackProject project) {
        Path locks = project.state().resolve(".pulumi/locks/organization").resolve(project.name()).resolve(NAME);
        if (!Files.isDirectory(locks)) {
            return;
        }
        try (Stream<Path> files = Files.list(locks)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                JsonObject lock = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
                long process = lock.get("pid").getAsLong();
                if (lock.get("hostname").getAsString().equals(InetAddress.getLocalHost().getHostName())
                        && !isAlive(process, Instant.parse(lock.get("timestamp").getAsString()))) {
                    Console.say("Stack", "unlocked: process " + process + ", which was changing it, is gone");
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".attrs"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
    static List<String> appEnvironment(StackProject project) {
        String lines = Children.output(project.pulumi(List.of("stack", "output", "appEnvironment")));
        if (lines.isBlank()) {
            throw new LocalFailure("The stack has no lines for an .env file.", "Deploy it first: ./local/up");
        }
        return lines.lines().toList();
    }
}
