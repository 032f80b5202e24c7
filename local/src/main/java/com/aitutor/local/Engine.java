package com.aitutor.local;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Pulumi engine: the {@code pulumi} on PATH when it is new enough, else one built from the Go modules that
 * {@code local/engine} pins, kept in the user's cache folder.
 *
 * @param pulumi its command line
 * @param languageHost what runs Java programs for it
 */
record Engine(Path pulumi, Path languageHost) {
    private static final String HOST = "pulumi-language-java";
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    /** Finds the engine, or builds it. */
    static Engine get(Folders folders) throws IOException {
        EngineBuild build = EngineBuild.of(folders.local().resolve("engine"));
        Optional<Engine> onPath = onPath(build.pulumi());
        if (onPath.isPresent()) {
            return onPath.get();
        }
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path kept = Path.of(cache.isEmpty() ? System.getProperty("user.home") + "/.cache" : cache)
                .resolve("chat-sessions/engine")
                .resolve(build.key())
                .toAbsolutePath();
        if (in(kept).isEmpty()) {
            Path lock = kept.resolveSibling(kept.getFileName() + ".lock");
            RunLock.during(lock, "another run builds the Pulumi engine", () -> {
                if (in(kept).isEmpty()) {
                    build.into(kept);
                }
                return kept;
            });
        }
        return in(kept).orElseThrow();
    }

    /** Gives an engine's home the language host, which it does not look for beside itself. */
    void installLanguageHost(Path home) throws IOException {
        Path plugin = home.resolve("plugins/language-java-v1.0.0").resolve(HOST);
        if (!Files.exists(plugin) || !Files.isSameFile(plugin, languageHost)) {
            Files.createDirectories(plugin.getParent());
            Files.deleteIfExists(plugin);
            Files.createSymbolicLink(plugin, languageHost);
        }
    }

    /** Finds a program where the user's shell would. */
    static Optional<Path> findOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath().resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Optional<Engine> in(Path folder) {
        Engine engine = new Engine(folder.resolve("pulumi"), folder.resolve(HOST));
        return Files.isExecutable(engine.pulumi) && Files.isExecutable(engine.languageHost)
                ? Optional.of(engine)
                : Optional.empty();
    }

    private static Optional<Engine> onPath(String wanted) throws IOException {
        Optional<Path> pulumi = findOnPath("pulumi");
        if (pulumi.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> host = Optional.of(pulumi.get().resolveSibling(HOST))
                .filter(Files::isExecutable)
                .or(() -> findOnPath(HOST));
        String version = version(pulumi.get());
        if (!isAtLeast(version, wanted)) {
            LocalCommand.say(
                    "Engine",
                    pulumi.get() + " is version " + (version.isEmpty() ? "unknown" : version) + ": not used, " + wanted
                            + " or later is needed");
        } else if (host.isEmpty()) {
            LocalCommand.say("Engine", pulumi.get() + " has no Java language host (" + HOST + "): not used");
        } else {
            return Optional.of(new Engine(pulumi.get(), host.get()));
        }
        return Optional.empty();
    }

    /** MAJOR.MINOR.PATCH, without what development builds add to it; empty when it does not run. */
    private static String version(Path pulumi) throws IOException {
        Path home = Children.temporaryFolder();
        Matcher version = VERSION.matcher(
                Children.output(KnownEnvironment.engine(List.of(pulumi.toString(), "version"), home, home)
                        .redirectError(Redirect.DISCARD)));
        return version.find() ? version.group() : "";
    }

    /** Whether a version is the wanted one or a later one that is compatible with it. */
    static boolean isAtLeast(String version, String wanted) {
        String major = wanted.substring(0, wanted.indexOf('.') + 1);
        return version.startsWith(major) && Version.parse(version).compareTo(Version.parse(wanted)) >= 0;
    }
}
