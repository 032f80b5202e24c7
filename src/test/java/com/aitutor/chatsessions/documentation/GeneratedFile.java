package com.aitutor.chatsessions.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file in docs/ that is generated, or has generated sections between HTML comments. A test fails when it is not as it
 * would be generated; run with {@code -Ddocs=rewrite}, it is written instead.
 */
public record GeneratedFile(Path path) {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("docs"));

    public static GeneratedFile of(String path) {
        return new GeneratedFile(Path.of(path));
    }

    /** The file's text. */
    public String text() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails when the file does not have this text. */
    public void assertText(String expected) {
        if (REWRITE) {
            write(expected);
        }
        assertThat(path).as("%s, which -Ddocs=rewrite writes anew", path).hasContent(expected);
    }

    /** Fails when a section of the file does not have this text. */
    public void assertSection(String name, String expected) {
        String text = text();
        String begin = "<!-- begin %s -->\n".formatted(name);
        String end = "<!-- end %s -->\n".formatted(name);
        assertThat(text).as("%s, section %s", path, name).containsOnlyOnce(begin).containsOnlyOnce(end);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        if (REWRITE) {
            write(text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("%s, section %s, which -Ddocs=rewrite writes anew", path, name)
                    .isEqualTo(expected);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
