package com.aitutor.chatsessions.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Files of this project, copied and changed. */
public final class ProjectFiles {
    private ProjectFiles() {}

    /** Copies files and folders of the project, named from its root, to the same places in another folder. */
    public static void copy(List<String> parts, Path folder) throws IOException {
        for (String part : parts) {
            try (Stream<Path> paths = Files.walk(Path.of(part))) {
                for (Path path : paths.toList()) {
                    Path copied = folder.resolve(path.toString());
                    Files.createDirectories(Files.isDirectory(path) ? copied : copied.getParent());
                    if (Files.isRegularFile(path)) {
                        Files.copy(path, copied, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }

    /** Writes a file with a text of another one replaced, which has to have it. */
    public static void replace(Path from, String text, String replacement, Path to) throws IOException {
        String before = Files.readString(from);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(from.getFileName() + " has no text " + text);
        }
        Files.writeString(to, before.replace(text, replacement));
    }

    /** A copy of the program with a developer's mistake: one text of one source file is replaced. */
    static Path programWith(String sourceFile, String text, String replacement) {
        try {
            Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target/programs")), "program")
                    .toAbsolutePath();
            copy(List.of("pom.xml", "src/main", "launch"), copy);
            Path source = copy.resolve("src/main/java/com/aitutor/chatsessions").resolve(sourceFile);
            replace(source, text, replacement, source);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
