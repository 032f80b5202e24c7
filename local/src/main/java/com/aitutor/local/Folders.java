package com.aitutor.local;

import java.io.IOException;
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
 * @param data tables, state and logs: everything that running the local stack leaves behind
 */
record Folders(Path local, Path data) {
    /** The folders that {@code local/jvm} and the user name. */
    static Folders current() {
        Path local = Path.of(System.getProperty("local.folder"));
        String chosen = System.getenv().getOrDefault("CHAT_SESSIONS_LOCAL_DATA", "");
        return new Folders(
                local,
                chosen.isEmpty()
                        ? local.resolve(".data")
                        : Path.of(chosen).toAbsolutePath().normalize());
    }

    /** The repository. */
    Path root() {
        return local.getParent();
    }

    /** The stack files of the program, in the order of their names. */
    List<Path> stackFiles() throws IOException {
        try (Stream<Path> files = Files.list(root())) {
            return files.filter(file -> file.getFileName().toString().matches("Pulumi\\..+\\.yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Creates a folder that its user alone can read. One that is there stays as it is. */
    static Path createPrivate(Path folder) throws IOException {
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Deletes a file or folder with all that is in it, if it is there. */
    static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> inside = Files.walk(path)) {
                List<Path> deepestFirst =
                        inside.sorted(Comparator.reverseOrder()).toList();
                for (Path each : deepestFirst) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /** The text of a file; empty when there is none. */
    static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Writes a file and the folder that it is in. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
