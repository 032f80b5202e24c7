package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README.md and the pages in docs/ point to exists: pages, headings, settings, files; and what points to them. */
class DocumentationTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern SETTING = Pattern.compile("\\b" + Setting.NAMESPACE + ":[A-Za-z]\\w*");
    private static final Pattern FILE_OF_THE_ROOT = Pattern.compile("Pulumi(\\.[a-z-]+)?\\.yaml|pom\\.xml|\\w+\\.md");
    private static final Pattern SECTION_NAMED_BY_THE_PROGRAM =
            Pattern.compile("(docs/\\w+\\.md), \\\\\"([^\"\\\\]+)\\\\\"");

    static List<Path> pages() {
        return Stream.concat(Stream.of(Path.of("README.md")), list(Path.of("docs")).filter(DocumentationTest::isPage))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) {
        List<String> broken = find(LINK, CODE.matcher(prose(page)).replaceAll(""))
                .map(link -> link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .filter(link -> !leadsSomewhere(page, link))
                .toList();
        assertThat(broken).as("links of %s", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void settingsExist(Path page) {
        Set<String> settings = Set.copyOf(SettingsTable.fullKeys());
        assertThat(find(SETTING, text(page)).map(MatchResult::group))
                .as("settings named in %s", page)
                .isSubsetOf(settings);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pathsExist(Path page) {
        // what begins like a path of this repository; pages also name files of other projects
        Pattern inRepository = Pattern.compile(list(Path.of(""))
                .filter(folder -> Files.isDirectory(folder) && !folder.equals(Path.of("target")))
                .map(folder -> Pattern.quote(folder.toString()))
                .collect(joining("|", "(\\./.+|(", ")/.*)")));
        List<String> missing = find(CODE, prose(page))
                .map(code -> code.group(1).split("\\s")[0])
                .filter(path -> inRepository.matcher(path).matches()
                        || FILE_OF_THE_ROOT.matcher(path).matches())
                .filter(path -> !Files.exists(Path.of(path)))
                .toList();
        assertThat(missing).as("paths named in %s", page).isEmpty();
    }

    @Test
    void sectionsNamedByTheProgramExist() throws IOException {
        List<String> named = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                find(SECTION_NAMED_BY_THE_PROGRAM, text(file))
                        .map(section -> "../" + section.group(1) + "#" + anchor(section.group(2)))
                        .forEach(named::add);
            }
        }
        assertThat(named).isNotEmpty().allMatch(section -> leadsSomewhere(Path.of("docs/operations.md"), section));
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The anchors that GitHub gives a page's headings. */
    private static Set<String> anchors(Path page) {
        Map<String, Integer> timesSeen = new HashMap<>();
        return find(HEADING, prose(page))
                .map(heading -> anchor(heading.group(1)))
                .map(anchor -> {
                    int before = timesSeen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(toSet());
    }

    private static String anchor(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
    }

    /** A page without its blocks of code. */
    private static String prose(Path page) {
        return FENCE.matcher(text(page)).replaceAll("");
    }

    private static Stream<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
