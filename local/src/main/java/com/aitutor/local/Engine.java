package com.aitutor.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private static final Pattern VERSION = Pattern.compile("(?m)^v?(\\d+)\\.(\\d+)\\.(\\d+)");

    /** Finds the engine, or builds it. */
    static Engine get(Folders folders) {
        Modules modules = Modules.of(folders.local().resolve("engine"));
        return onPath(modules).orElseGet(() -> {
            Path kept = cache().resolve("chat-sessions/engine").resolve(modules.key());
            return in(kept).orElseGet(() -> {
                Path lock = kept.resolveSibling(kept.getFileName() + ".lock");
                return RunLock.during(lock, "another run builds the Pulumi engine", () -> {
                    if (in(kept).isEmpty()) {
                        new EngineBuild(modules, kept).run();
                    }
                    return in(kept).orElseThrow();
                });
            });
        });
    }

    /** Whether {@link #get} would answer at once. */
    static boolean isThere(Folders folders) {
        Modules modules = Modules.of(folders.local().resolve("engine"));
        return findOnPath("pulumi").isPresent()
                || in(cache().resolve("chat-sessions/engine").resolve(modules.key())).isPresent();
    }

    /** The folder to put on PATH. */
    Path folder() {
        return pulumi.getParent();
    }

    /** Gives an engine's home the language host, which it does not look for beside itself. */
    void installLanguageHost(Path home) {
        Path plugin = home.resolve("plugins/language-java-v1.0.0").resolve(HOST);
        try {
            if (!Files.exists(plugin) || !Files.isSameFile(plugin, languageHost)) {
                Folders.delete(plugin.getParent());
                Files.deleteIfExists(plugin);
                Files.createDirectories(plugin.getParent());
                Files.createSymbolicLink(plugin, languageHost);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Engine> in(Path folder) {
        return Stream.of(new Engine(folder.resolve("pulumi"), folder.resolve(HOST)))
                .filter(engine -> Files.isExecutable(engine.pulumi) && Files.isExecutable(engine.languageHost))
                .findFirst();
    }

    private static Optional<Engine> onPath(Modules modules) {
        Optional<Path> pulumi = findOnPath("pulumi");
        if (pulumi.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> host = Optional.of(pulumi.get().resolveSibling(HOST))
                .filter(Files::isExecutable)
                .or(() -> findOnPath(HOST));
        String version = version(pulumi.get());
        if (!isAtLeast(version, modules.pulumi())) {
            Console.say("Engine", pulumi.get() + " is version " + (version.isEmpty() ? "unknown" : version)
                    + ": not used, " + modules.pulumi() + " or later is needed");
        } else if (host.isEmpty()) {
            Console.say("Engine", pulumi.get() + " has no Java language host (" + HOST + "): not used");
        } else {
            return Optional.of(new Engine(pulumi.get(), host.get()));
        }
        return Optional.empty();
    }

    static Optional<Path> findOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath().resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** MAJOR.MINOR.PATCH, without what development builds add to it; empty when it does not run. */
    private static String version(Path pulumi) {
        Path home = Children.temporaryFolder();
        ProcessBuilder builder = KnownEnvironment.process(List.of(pulumi.toString(), "version"));
        builder.environment().putAll(KnownEnvironment.ofEngine(home, home));
        Matcher version = VERSION.matcher(Children.output(builder.redirectError(ProcessBuilder.Redirect.DISCARD)));
        return version.find() ? version.group().replaceFirst("^v", "") : "";
    }

    /** Whether a version is the wanted one or a later one that is compatible with it. */
    static boolean isAtLeast(String version, String wanted) {
        Matcher found = VERSION.matcher(version);
        Matcher least = VERSION.matcher(wanted);
        if (!found.find() || !least.find() || !found.group(1).equals(least.group(1))) {
            return false;
        }
        int minor = Integer.parseInt(found.group(2)) - Integer.parseInt(least.group(2));
        return minor > 0 || minor == 0 && Integer.parseInt(found.group(3)) >= Integer.parseInt(least.group(3));
    }

    private static Path cache() {
        String chosen = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return chosen.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(chosen).toAbsolutePath();
    }

    /**
     * What the engine is built from.
     *
     * @param folder of go.mod and go.sum
     * @param pulumi version of the engine
     * @param javaHost version of the Java language host
     * @param go least version of Go
     */
    record Modules(Path folder, String pulumi, String javaHost, String go) {
        static Modules of(Path folder) {
            String file = Folders.read(folder.resolve("go.mod"));
            return new Modules(
                    folder,
                    version(file, "github.com/pulumi/pulumi/pkg/v3 v"),
                    version(file, "github.com/pulumi/pulumi-java v"),
                    version(file, "go "));
        }

        private static String version(String file, String before) {
            Matcher line = Pattern.compile("(?m)^\\s*" + Pattern.quote(before) + "(\\S+)").matcher(file);
            if (!line.find()) {
                throw new LocalFailure("local/engine/go.mod has no line \"" + before + "...\"");
            }
            return line.group(1);
        }

        /** Names an engine by all that it is built from and for. */
        String key() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(Files.readAllBytes(folder.resolve("go.mod")));
                digest.update(Files.readAllBytes(folder.resolve("go.sum")));
                return "%s-%s-%s-%s".formatted(
                        pulumi,
                        System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).replace("mac os x", "darwin"),
                        System.getProperty("os.arch"),
                        HexFormat.of().formatHex(digest.digest()).substring(0, 12));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
