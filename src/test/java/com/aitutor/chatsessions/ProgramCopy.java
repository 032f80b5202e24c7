package com.aitutor.chatsessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of the program, as a developer's mistake leaves it. */
final class ProgramCopy {
    private ProgramCopy() {}

    /** The folder of a copy in which one text of one source file is replaced. */
    static Path with(String sourceFile, String text, String replacement) {
        try {
            Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target/programs")), "program")
                    .toAbsolutePath();
            ProjectFiles.copy(List.of("pom.xml", "src/main", "launch"), copy);
            Path source = copy.resolve("src/main/java/com/aitutor/chatsessions").resolve(sourceFile);
            ProjectFiles.replace(source, text, replacement, source);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
