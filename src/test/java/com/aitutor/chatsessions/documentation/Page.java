package com.aitutor.chatsessions.documentation;

import static java.util.stream.Collectors.toSet;

import com.aitutor.chatsessions.engine.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of Markdown in this project. */
record Page(Path path) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");
    private static final Set<String> SHELL = Set.of("bash", "console", "sh");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** All pages for people who use or change this project. */
    static List<Page> all() {
        return Stream.of(Path.of(""), Path.of("bench"), Path.of("docs"))
                .flatMap(Page::files)
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .map(Page::new)
                .toList();
    }

    String text() {
        return ProjectFiles.read(path);
    }

    /** What stands between a heading of the second level and the next. */
    String section(String heading) {
        return text().split("\n## " + heading + "\n", 2)[1].split("(?m)^## ", 2)[0];
    }

    /** The page without its blocks of code. */
    String prose() {
        return FENCED.matcher(text()).replaceAll("");
    }

    /** What stands between backquotes in the prose, each in one line. */
    List<String> code() {
        return CODE.matcher(prose())
                .results()
                .map(code -> code.group(1).replaceAll("\\s+", " "))
                .toList();
    }

    /** The blocks of shell commands. */
    List<String> shellBlocks() {
        return FENCED.matcher(text())
                .results()
                .filter(block -> SHELL.contains(block.group(2)))
                .map(block -> block.group(3).replaceAll("(?m)^" + block.group(1) + "(\\$ )?", ""))
                .toList();
    }

    /** The anchors that GitHub gives the headings, where no two are the same. */
    Set<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> anchor(heading.group(1)))
                .collect(toSet());
    }

    /** Whether a link of this page leads to a file, and to a heading of it where it names one. */
    boolean reaches(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || new Page(target).anchors().contains(parts[1]));
    }

    static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
