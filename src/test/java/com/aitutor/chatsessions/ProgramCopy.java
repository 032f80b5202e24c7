package com.aitutor.chatsessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the program, as a developer's mistake leaves it. */
final class ProgramCopy {
    private ProgramCopy() {}

    /** The folder of a copy in which one text of one source file is replaced. */
    static Path with(String sourceFile, String text, String replacement) {
        try {
            Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target/programs")), "program")
                    .toAbsolutePath();
            for (String part : List.of("pom.xml", "src/main", "launch")) {
                copy(Path.of(part), copy);
            }
            Path source = copy.resolve("src/main/java/com/aitutor/chatsessions").resolve(sourceFile);
            String before = Files.readString(source);
            if (!before.contains(text)) {
                throw new IllegalArgumentException(sourceFile + " has no text " + text);
            }
            Files.writeString(source, before.replace(text, replacement));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path part, Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(part)) {
            for (Path path : paths.toList()) {
                Path copied = target.resolve(path.toString());
                Files.createDirectories(Files.isDirectory(path) ? copied : copied.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, copied, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
