package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The DynamoDB Local of a data folder, from outside its process: see {@link DatabaseServer}. */
final class Database {
    /** The variable by which the AWS SDKs are sent to the database. */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    static final int ANY_PORT = 0;

    private static final String PORT_VARIABLE = "DYNAMODB_LOCAL_PORT";
    private static final int FIRST_PORT = 8000;
    private static final int LARGEST_PORT = 65_535;
    private static final int PATIENCE_SECONDS = 60;
    private static final int PATIENCE_WITH_STOP_SECONDS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Folders folders;
    private final Path folder;

    Database(Folders folders) {
        this.folders = folders;
        this.folder = folders.data().resolve("database");
    }

    /** Starts the database with the port that the user asks for: see {@link #start(Optional)}. */
    String start() throws IOException {
        String asked = System.getenv().getOrDefault(PORT_VARIABLE, "");
        if (!asked.matches("\\d{0,5}") || !asked.isEmpty() && Integer.parseInt(asked) > LARGEST_PORT) {
            throw new LocalFailure(PORT_VARIABLE + " is not a port: " + asked);
        }
        return start(asked.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(asked)));
    }

    /**
     * Starts the database unless it runs, waits until it answers and returns its endpoint.
     *
     * @param asked the port that it has to have, 0 for any free one; without one it is that of the last time, or 8000,
     *     or another free one
     */
    String start(Optional<Integer> asked) throws IOException {
        Folders.createPrivate(folder);
        return RunLock.during(folder.resolve("start.lock"), "another run starts the database", () -> {
            Optional<Running> running = running();
            int port = running.isPresent() ? running.get().port() : startOn(asked);
            if (asked.isPresent() && asked.get() != ANY_PORT && asked.get() != port) {
                throw new LocalFailure(
                        "The database runs already, on port " + port + ", and " + PORT_VARIABLE + " asks for "
                                + asked.get() + ".",
                        "Stop it first: ./local/down");
            }
            return endpoint(port);
        });
    }

    /** Stops the database; its data stay. */
    void stop() throws IOException {
        LocalCommand.say("Database", stopQuietly() ? "stopped; its data are kept" : "is not running");
    }

    /** Stops the database. Returns whether it was running. */
    boolean stopQuietly() throws IOException {
        Optional<ProcessHandle> server = running().flatMap(running -> ProcessHandle.of(running.process()));
        server.ifPresent(process -> {
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, PATIENCE_WITH_STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
            process.destroyForcibly();
            process.onExit().join();
        });
        return server.isPresent();
    }

    private int startOn(Optional<Integer> asked) throws IOException {
        String remembered = Folders.read(folder.resolve("port")).strip();
        int wanted = asked.orElse(remembered.isEmpty() ? FIRST_PORT : Integer.parseInt(remembered));
        int port = launch(wanted, asked.orElse(ANY_PORT));
        if (port != wanted && wanted != ANY_PORT) {
            LocalCommand.say("Database", "port " + wanted + " is taken by another process: chose another");
        }
        if (!remembered.isEmpty() && Integer.parseInt(remembered) != port) {
            LocalCommand.say(
                    "Database",
                    "the port is now " + port + ", no longer " + remembered
                            + ": run ./local/env again for the files that have the old one");
        }
        Folders.write(folder.resolve("port"), port + "\n");
        LocalCommand.say("Database", "DynamoDB Local answers on " + endpoint(port));
        return port;
    }

    /** Starts a server on the first of two ports that is free, and returns that. */
    private int launch(int port, int elsePort) throws IOException {
        Process process = KnownEnvironment.process(List.of(
                        // it outlives this command, so that Ctrl-C and a closed terminal are not meant for it
                        "sh",
                        "-c",
                        "trap '' INT HUP; exec \"$@\"",
                        "sh",
                        folders.local().resolve("jvm").toString(),
                        "database",
                        DatabaseServer.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        Integer.toString(elsePort)))
                .redirectInput(Children.NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        Instant last = Instant.now().plus(Duration.ofSeconds(PATIENCE_SECONDS));
        while (running().isEmpty()) {
            int exitCode = process.isAlive() ? DatabaseServer.FOLDER_IN_USE : process.exitValue();
            if (exitCode == DatabaseServer.PORT_TAKEN) {
                throw new LocalFailure(
                        "Port " + port + " is taken by another process.",
                        "Set " + PORT_VARIABLE + " to another one, or leave it unset to have a free one chosen.");
            }
            // left by a run that was killed, the folder's own database may be just starting
            if (exitCode != DatabaseServer.FOLDER_IN_USE) {
                throw failed("ended right after its start (exit code " + exitCode + ")");
            }
            if (Instant.now().isAfter(last)) {
                process.destroyForcibly();
                throw failed("did not start within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return running().orElseThrow().port();
    }

    private LocalFailure failed(String how) throws IOException {
        List<String> lines = Folders.read(log()).lines().toList();
        lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(System.err::println);
        return new LocalFailure("DynamoDB Local " + how + ".", "Its log: " + log());
    }

    private record Running(long process, int port) {}

    /** The server of this folder. The lock tells that it runs: the process id alone may be somebody else's by now. */
    private Optional<Running> running() throws IOException {
        String[] server = Folders.read(folder.resolve("server")).split(" ");
        return server.length == 2 && RunLock.isHeld(folder.resolve("lock"))
                ? Optional.of(new Running(Long.parseLong(server[0]), Integer.parseInt(server[1])))
                : Optional.empty();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static String endpoint(int port) {
        return "http://127.0.0.1:" + port;
    }
}
