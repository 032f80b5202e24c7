package com.aitutor.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The DynamoDB Local of a data folder, from outside its process: see {@link DatabaseServer}. */
final class Database {
    private static final int FIRST_PORT = 8000;
    private static final int LAST_PORT = 8099;
    private static final int LARGEST_PORT = 65_535;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_STOP = Duration.ofSeconds(10);

    private final Folders folders;
    private final Path folder;

    Database(Folders folders) {
        this.folders = folders;
        this.folder = folders.data().resolve("database");
    }

    /**
     * Starts the database unless it runs, waits until it answers and returns its endpoint.
     *
     * @param asked the port that it has to have, 0 for any free one; without one it is that of the last time, or 8000,
     *     or another free one
     */
    String start(Optional<Integer> asked) {
        Folders.createPrivate(folders.data());
        Folders.createPrivate(folder);
        return RunLock.during(folder.resolve("start.lock"), "another run starts the database", () -> {
            int port = running().map(Running::port).orElseGet(() -> startOn(asked));
            if (asked.isPresent() && asked.get() != 0 && asked.get() != port) {
                throw new LocalFailure(
                        "The database runs already, on port " + port + ", and DYNAMODB_LOCAL_PORT asks for "
                                + asked.get() + ".",
                        "Stop it first: ./local/down");
            }
            if (!answers(port)) {
                throw new LocalFailure(
                        "DynamoDB Local runs on port " + port + " and does not answer.",
                        "Stop it and try again: ./local/down",
                        "Its log: " + log());
            }
            return endpoint(port);
        });
    }

    /** The endpoint it has, or would have. */
    String expectedEndpoint() {
        return endpoint(running().map(Running::port).or(this::rememberedPort).orElse(FIRST_PORT));
    }

    /** Stops the database and says so; its data stay. */
    void stop() {
        Console.say("Database", stopQuietly() ? "stopped; its data are kept" : "is not running");
    }

    /** Stops the database. Returns whether it was running. */
    boolean stopQuietly() {
        Optional<Running> running = running();
        running.flatMap(server -> ProcessHandle.of(server.process())).ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(PATIENCE_WITH_STOP.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                Console.say("Database", "process " + process.pid() + " does not end on request: killing it");
                process.destroyForcibly();
                process.onExit().join();
            }
        });
        return running.isPresent();
    }

    /** The port in DYNAMODB_LOCAL_PORT, if any. */
    static Optional<Integer> askedPort(Map<String, String> environment) {
        String asked = environment.getOrDefault("DYNAMODB_LOCAL_PORT", "");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (!asked.matches("\\d{1,5}") || Integer.parseInt(asked) > LARGEST_PORT) {
            throw new LocalFailure("DYNAMODB_LOCAL_PORT is not a port: " + asked);
        }
        return Optional.of(Integer.parseInt(asked));
    }

    private int startOn(Optional<Integer> asked) {
        int wanted = asked.or(this::rememberedPort).orElse(FIRST_PORT);
        Optional<Running> started = launch(wanted, wanted);
        if (started.isEmpty() && asked.isPresent()) {
            throw new LocalFailure(
                    "Port " + wanted + " is taken by another process.",
                    "Set DYNAMODB_LOCAL_PORT to another one, or leave it unset to have a free one chosen.");
        }
        if (started.isEmpty()) {
            Console.say("Database", "port " + wanted + " is taken by another process: choosing another");
            started = launch(FIRST_PORT + 1, LAST_PORT);
        }
        int port = started.map(Running::port)
                .orElseThrow(() -> new LocalFailure(
                        "No port from " + FIRST_PORT + " to " + LAST_PORT + " is free.",
                        "Set DYNAMODB_LOCAL_PORT to one that is."));
        if (port != wanted && rememberedPort().isPresent()) {
            Console.say("Database", "the port is now " + port + ", no longer " + wanted
                    + ": run ./local/env again for the files that have the old one");
        }
        Folders.write(folder.resolve("port"), port + "\n");
        Console.say("Database", "DynamoDB Local answers on " + endpoint(port));
        return port;
    }

    /** Starts a server on the first free port of a range; empty when there is none. */
    private Optional<Running> launch(int firstPort, int lastPort) {
        ProcessBuilder builder = KnownEnvironment.process(List.of(
                        // it outlives this command, so that Ctrl-C and a closed terminal are not meant for it
                        "sh",
                        "-c",
                        "trap '' INT HUP; exec \"$@\"",
                        "sh",
                        folders.local().resolve("jvm").toString(),
                        "database",
                        DatabaseServer.class.getName(),
                        folder.toString(),
                        Integer.toString(firstPort),
                        Integer.toString(lastPort)))
                .redirectInput(Children.nothing())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        try {
            Process process = builder.start();
            Instant last = Instant.now().plus(PATIENCE);
            while (running().isEmpty()) {
                if (!process.isAlive() && process.exitValue() == DatabaseServer.PORTS_TAKEN) {
                    return Optional.empty();
                }
                // left by a run that was killed, the folder's own database may be just starting
                boolean another = !process.isAlive() && process.exitValue() == DatabaseServer.FOLDER_IN_USE;
                if (!process.isAlive() && !another) {
                    throw failed("ended right after its start (exit code " + process.exitValue() + ")");
                }
                if (Instant.now().isAfter(last)) {
                    process.destroyForcibly();
                    throw failed("did not start within " + PATIENCE.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException e) {
            throw failed("could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return running();
    }

    private LocalFailure failed(String how) {
        List<String> lines = Folders.read(log()).lines().toList();
        lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(System.err::println);
        return new LocalFailure("DynamoDB Local " + how + ".", "Its log: " + log());
    }

    private record Running(long process, int port) {}

    /** The server of this folder. The lock tells that it runs: the process id alone may be somebody else's by now. */
    private Optional<Running> running() {
        String[] server = Folders.read(folder.resolve("server")).split(" ");
        return server.length == 2 && RunLock.isHeld(folder.resolve("lock"))
                ? Optional.of(new Running(Long.parseLong(server[0]), Integer.parseInt(server[1])))
                : Optional.empty();
    }

    private static boolean answers(int port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint(port)).toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout((int) PATIENCE_WITH_STOP.toMillis());
            connection.setReadTimeout((int) PATIENCE_WITH_STOP.toMillis());
            connection.getResponseCode();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Integer> rememberedPort() {
        return Optional.of(Folders.read(folder.resolve("port")).strip())
                .filter(port -> !port.isEmpty())
                .map(Integer::valueOf);
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static String endpoint(int port) {
        return "http://127.0.0.1:" + port;
    }
}
