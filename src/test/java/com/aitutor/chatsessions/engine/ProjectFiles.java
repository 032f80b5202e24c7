package com.aitutor.chatsessions.engine;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of this project, copied and changed. */
public final class ProjectFiles {
    /** What the tests of this JVM keep from class to class; another one runs beside it. */
    static final Path WORK =
            Path.of("target/tests" + System.getProperty("fork", "")).toAbsolutePath();

    private ProjectFiles() {}

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, and the folders that lead to it. */
    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void writeExecutable(Path file, String text) {
        if (!write(file, text).toFile().setExecutable(true)) {
            throw new IllegalStateException(file + " cannot be made executable");
        }
    }

    /** Copies files and folders of the project, named from its root, to the same places in another folder. */
    public static void copy(List<String> parts, Path folder) throws IOException {
        for (String part : parts) {
            try (Stream<Path> paths = Files.walk(Path.of(part))) {
                for (Path path : paths.toList()) {
                    Path copied = folder.resolve(path.toString());
                    Files.createDirectories(Files.isDirectory(path) ? copied : copied.getParent());
                    if (Files.isRegularFile(path)) {
                        Files.copy(path, copied, REPLACE_EXISTING, COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }

    /** Copies everything but what git ignores. */
    static void copyAll(Path folder) throws IOException {
        String files = git(
                Path.of(""), "-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard");
        copy(files.lines().filter(file -> Files.exists(Path.of(file))).toList(), folder);
    }

    /** Commits everything in a folder, which becomes a repository of its own. */
    public static void commit(Path folder) {
        git(folder, "init", "--quiet");
        git(folder, "add", "--all");
        git(folder, "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "commit", "--quiet", "-mall");
    }

    static String git(Path folder, String... arguments) {
        return Command.of("git", arguments).in(folder).run().successful();
    }

    /** Writes a file with a text of another one replaced, which has to have it. */
    static void replace(Path from, String text, String replacement, Path to) {
        String before = read(from);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(from.getFileName() + " has no text " + text);
        }
        write(to, before.replace(text, replacement));
    }
}
