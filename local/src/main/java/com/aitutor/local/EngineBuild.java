package com.aitutor.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds the engine from its Go modules. go.sum pins every one of them; go.mod names only the two that are wanted. */
final class EngineBuild {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(20);

    private final Engine.Modules modules;
    private final Path result;
    private final Path work;

    /**
     * A build.
     *
     * @param result the folder that the engine is put in when it is complete
     */
    EngineBuild(Engine.Modules modules, Path result) {
        this.modules = modules;
        this.result = result;
        this.work = result.resolveSibling(result.getFileName() + ".work");
    }

    void run() {
        Instant start = Instant.now();
        if (Engine.findOnPath("go").isEmpty()) {
            throw impossible("Go is not installed.");
        }
        try {
            // what a killed build left: no other is at work, the lock is ours
            Folders.delete(work);
            Folders.delete(result);
            Files.createDirectories(work);
            for (String file : List.of("go.mod", "go.sum")) {
                Files.copy(modules.folder().resolve(file), work.resolve(file));
            }
            build(start);
            Files.move(work.resolve("engine"), result);
            Folders.delete(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Console.say("Engine", "built in " + minutes(start)
                + "; Go's caches grew by up to 3 GB, go clean -cache -modcache empties them");
    }

    private void build(Instant start) throws IOException {
        Console.say("Engine", "building Pulumi " + modules.pulumi()
                + " from its Go modules: about 6 minutes on two cores, once");
        Console.say("Engine", "fetching the modules");
        Path packages = work.resolve("packages");
        if (Children.await(go(packages, "list", "-deps", "tool")) != 0) {
            throw impossible("The Go modules could not be fetched: " + lastLine(packages));
        }
        if (Files.mismatch(modules.folder().resolve("go.sum"), work.resolve("go.sum")) >= 0) {
            throw impossible("local/engine/go.sum does not pin all modules that are needed now.");
        }
        long total = lines(packages);
        Path log = work.resolve("log");
        Process build = go(
                log,
                "build",
                "-v",
                "-trimpath",
                "-ldflags",
                // as Pulumi's own releases are built, the version among it
                "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=" + modules.pulumi()
                        + " -X github.com/pulumi/pulumi-java/pkg/version.Version=" + modules.javaHost(),
                "-o",
                work.resolve("engine") + "/",
                "tool");
        try {
            while (!build.waitFor(BETWEEN_REPORTS.toSeconds(), TimeUnit.SECONDS)) {
                Console.say(
                        "Engine", "compiled %d of about %d packages, %s".formatted(lines(log), total, minutes(start)));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (build.exitValue() != 0) {
            throw impossible("go build failed: " + lastLine(log));
        }
    }

    /** Starts Go with the user's settings for fetching modules, and none of those that change what is built. */
    private Process go(Path output, String... arguments) {
        List<String> command = new ArrayList<>(List.of("go"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectInput(Children.nothing())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("GOOS", "GOARCH", "GOEXPERIMENT"));
        builder.environment().put("GOWORK", "off");
        builder.environment().put("GOFLAGS", "-mod=mod");
        builder.environment().put("CGO_ENABLED", "0");
        builder.environment().putIfAbsent("GOTOOLCHAIN", "auto");
        return Children.start(builder);
    }

    private LocalFailure impossible(String why) {
        return new LocalFailure(
                "There is no Pulumi engine on this machine, and none could be built.",
                why,
                "Install Pulumi " + modules.pulumi() + " or later with its Java language host (pulumi.com/docs/install),",
                "or Go " + modules.go() + " or later to have it built from source.");
    }

    private static String minutes(Instant start) {
        Duration time = Duration.between(start, Instant.now());
        return "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("go: ")).count();
        }
    }

    private static String lastLine(Path file) {
        return Folders.read(file).lines().reduce("", (earlier, line) -> line);
    }
}
