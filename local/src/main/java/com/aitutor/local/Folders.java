package com.aitutor.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are.
 *
 * @param local this folder of the repository, {@code local/}
 * @param build what local/run built
 * @param data tables, state and logs: everything that running the local stack leaves behind
 */
record Folders(Path local, Path build, Path data) {
    /** The folders that {@code local/jvm} and the user name. */
    static Folders current() {
        Path local = Path.of(System.getProperty("local.folder"));
        String chosen = System.getenv().getOrDefault("CHAT_SESSIONS_LOCAL_DATA", "");
        Path data = chosen.isEmpty() ? local.resolve(".data") : Path.of(chosen).toAbsolutePath().normalize();
        return new Folders(local, Path.of(System.getProperty("local.build")), data);
    }

    /** The repository. */
    Path root() {
        return local.getParent();
    }

    /** Creates a folder that its user alone can read. */
    static Path createPrivate(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return folder;
        } catch (IOException e) {
            throw new LocalFailure("The folder " + folder + " cannot be used: " + e);
        }
    }

    /** Deletes a file or folder with all that is in it, if it is there. */
    static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file; empty when there is none. */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file and the folder that it is in. */
    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
