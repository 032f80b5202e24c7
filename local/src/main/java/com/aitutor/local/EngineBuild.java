package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Builds the engine from its Go modules. go.mod names only the two that are wanted; go.sum pins every one of them.
 *
 * @param modules folder of go.mod and go.sum
 * @param pulumi version of the engine
 * @param javaHost version of the Java language host
 */
record EngineBuild(Path modules, String pulumi, String javaHost) {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(20);

    static EngineBuild of(Path modules) throws IOException {
        String file = Folders.read(modules.resolve("go.mod"));
        return new EngineBuild(
                modules,
                version(file, "github.com/pulumi/pulumi/pkg/v3 v"),
                version(file, "github.com/pulumi/pulumi-java v"));
    }

    private static String version(String file, String before) {
        return file.replaceFirst("(?s).*\\s" + before + "(\\S+).*", "$1");
    }

    /** Names an engine by all that it is built from and for. */
    String key() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(modules.resolve("go.mod")));
            digest.update(Files.readAllBytes(modules.resolve("go.sum")));
            String system =
                    System.getProperty("os.name").toLowerCase(Locale.ROOT).replace("mac os x", "darwin");
            String hash = HexFormat.of().formatHex(digest.digest()).substring(0, 12);
            return String.join("-", pulumi, system, System.getProperty("os.arch"), hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Builds an engine into a folder, which is there when it is complete. No other run may build it meanwhile. */
    void into(Path folder) throws IOException {
        Instant start = Instant.now();
        Path work = folder.resolveSibling(folder.getFileName() + ".work");
        // what a killed build left
        Folders.delete(work);
        Folders.delete(folder);
        Files.createDirectories(work);
        for (String file : List.of("go.mod", "go.sum")) {
            Files.copy(modules.resolve(file), work.resolve(file));
        }
        LocalCommand.say(
                "Engine", "building Pulumi " + pulumi + " from its Go modules: about 6 minutes on two cores, once");
        LocalCommand.say("Engine", "fetching the modules");
        Path packages = work.resolve("packages");
        if (Children.await(start(work, packages, "list", "-deps", "tool")) != 0) {
            throw impossible("The Go modules could not be fetched: " + lastLine(packages));
        }
        if (Files.mismatch(modules.resolve("go.sum"), work.resolve("go.sum")) >= 0) {
            throw impossible("local/engine/go.sum does not pin all modules that are needed now.");
        }
        Path log = work.resolve("log");
        // as Pulumi's own releases are built, the version among it
        String flags = "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v" + pulumi
                + " -X github.com/pulumi/pulumi-java/pkg/version.Version=" + javaHost;
        Process build = start(work, log, "build", "-v", "-trimpath", "-ldflags", flags, "-o", "engine/", "tool");
        Instant nextReport = start.plus(BETWEEN_REPORTS);
        while (build.isAlive()) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            if (Instant.now().isAfter(nextReport)) {
                nextReport = nextReport.plus(BETWEEN_REPORTS);
                LocalCommand.say("Engine", "compiled " + lines(log) + " of about " + lines(packages) + " packages");
            }
        }
        if (build.exitValue() != 0) {
            throw impossible("go build failed: " + lastLine(log));
        }
        Files.move(work.resolve("engine"), folder);
        Folders.delete(work);
        Duration time = Duration.between(start, Instant.now());
        LocalCommand.say(
                "Engine",
                "built in " + time.toMinutes() + " min " + time.toSecondsPart()
                        + " s; Go's caches grew by up to 3 GB, go clean -cache -modcache empties them");
    }

    /** Starts Go with the user's settings for fetching modules, and none of those that change what is built. */
    private Process start(Path work, Path output, String... arguments) throws IOException {
        if (Engine.findOnPath("go").isEmpty()) {
            throw impossible("Go is not installed.");
        }
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, "go");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("GOOS", "GOARCH", "GOEXPERIMENT"));
        environment.putAll(Map.of("GOWORK", "off", "GOFLAGS", "-mod=mod", "CGO_ENABLED", "0"));
        environment.putIfAbsent("GOTOOLCHAIN", "auto");
        return Children.start(builder);
    }

    private LocalFailure impossible(String why) {
        return new LocalFailure(
                "There is no Pulumi engine on this machine, and none could be built.",
                why,
                "Install Pulumi " + pulumi + " or later with its Java language host (pulumi.com/docs/install),",
                "or Go 1.21 or later to have it built from source.");
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("go: ")).count();
        }
    }

    private static String lastLine(Path file) throws IOException {
        return Folders.read(file).lines().reduce("", (earlier, line) -> line);
    }
}
