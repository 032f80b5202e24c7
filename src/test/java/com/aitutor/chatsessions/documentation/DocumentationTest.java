package com.aitutor.chatsessions.documentation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.SettingsTable;
import com.aitutor.chatsessions.engine.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name exists, what the program names exists in the pages, and commands can be pasted into a shell. */
class DocumentationTest {
    private static final Page README = new Page(Path.of("README.md"));
    private static final Path PROGRAM = Path.of("src/main/java/com/aitutor/chatsessions");
    /** What a production stack registers, exactly: ProgramTest compares. */
    private static final Path EXPECTED = Path.of("src/test/resources/com/aitutor/chatsessions/expected.yaml");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern SETTING = Pattern.compile("\\bchat-sessions:[A-Za-z]\\w*");
    private static final Pattern FILE_OF_THE_ROOT =
            Pattern.compile("Pulumi(\\.(dev|prod))?\\.yaml|pom\\.xml|[A-Z]+\\.md");
    private static final Pattern SECTION_NAMED_BY_THE_PROGRAM =
            Pattern.compile("(docs/\\w+\\.md), \\\\\"([^\"\\\\]+)\\\\\"");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(find(LINK, page.prose().replaceAll("`[^`]+`", "")).map(link -> link.group(1)))
                .filteredOn(link -> !link.matches("[a-z]+:.*") && !page.reaches(link))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void settingsExist(Page page) {
        assertThat(find(SETTING, page.text()).map(MatchResult::group)).isSubsetOf(SettingsTable.fullKeys());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pathsExist(Page page) {
        // what begins like a path of this project; pages also name files of other projects
        Pattern ofThisProject = Pattern.compile(Page.files(Path.of(""))
                .filter(folder -> Files.isDirectory(folder) && !folder.equals(Path.of("target")))
                .map(folder -> Pattern.quote(folder.toString()))
                .collect(joining("|", FILE_OF_THE_ROOT + "|(\\./.+|(", ")/.*)")));
        assertThat(page.code())
                .map(code -> code.split(" ")[0])
                .filteredOn(path -> ofThisProject.matcher(path).matches() && Files.notExists(Path.of(path)))
                .isEmpty();
    }

    @Test
    void sectionsNamedByTheProgramExist() {
        assertThat(Page.files(PROGRAM)
                        .flatMap(file -> find(SECTION_NAMED_BY_THE_PROGRAM, new Page(file).text()))
                        .map(section -> section.group(1) + "#" + Page.anchor(section.group(2))))
                .isNotEmpty()
                .allMatch(README::reaches);
    }

    @Test
    void theReadmeHasTheSettings() {
        assertThat(README.section("Settings").lines().filter(line -> line.startsWith("| `")))
                .as("rows of README.md, \"Settings\"")
                .containsExactlyElementsOf(SettingsTable.readmeRows());
    }

    @Test
    void theReadmeHasTheOutputs() {
        String names = find(Pattern.compile("(?m)^\\|[^|]*"), README.section("Outputs"))
                .map(MatchResult::group)
                .collect(joining());
        assertThat(find(Pattern.compile("\\w+(?=`)"), names).map(MatchResult::group))
                .as("README.md, \"Outputs\", needs a row for each that App exports: | `name` | what it is |")
                .containsExactlyInAnyOrderElementsOf(
                        find(Pattern.compile("export\\(\\s*\"(\\w+)\""), new Page(PROGRAM.resolve("App.java")).text())
                                .map(export -> export.group(1))
                                .toList());
    }

    @Test
    void theReadmeNamesWhatTheLocalStackSeesOfTheEnvironment() {
        String code = new Page(Path.of("local/src/main/java/com/aitutor/local/KnownEnvironment.java")).text();
        String known = code.replaceFirst("(?s).* FROM_USER =.*?\\((\".*?\")\\).*", "$1")
                        .toUpperCase(Locale.ROOT) + " JAVA_HOME";
        String named = README.text().replaceFirst("(?s).*\nOf your shell's environment(.*?);.*", "$1");
        Pattern variable = Pattern.compile("[A-Z0-9_]{2,}");
        assertThat(find(variable, named).map(MatchResult::group))
                .containsExactlyInAnyOrderElementsOf(
                        find(variable, known).map(MatchResult::group).collect(toSet()));
    }

    @Test
    void thePagesKnowWhatTheAlarmsWatch() {
        String expected = new Page(EXPECTED).text();
        String watched = find(Pattern.compile("Operation: (\\w+)"), expected)
                .map(operation -> operation.group(1))
                .distinct()
                .collect(joining(" "));
        assertThat(new Page(Path.of("docs/operations.md")).text()).contains("for operation in " + watched + "; do");
        // AWS bills an alarm by its metrics
        long metrics = find(Pattern.compile("id: metric"), expected.split("chat-sessions-throttled-requests:")[0])
                .count();
        assertThat(new Page(Path.of("docs/cost-and-scale.md")).text())
                .containsPattern("The two alarms have " + metrics + " alarm\\s+metrics");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsCanBePastedIntoBashAndZsh(Page page) {
        for (String block : page.shellBlocks()) {
            assertThat(Command.of("bash", "-n", "-c", block).run().output())
                    .as(block)
                    .isEmpty();
            assertThat(block.replaceAll("'[^']*'|(?s)<<'END'.*", "''"))
                    .as("a comment, which an interactive zsh takes for arguments")
                    .doesNotContainPattern("(?m)(^|\\s)#")
                    .as("$name: without braces, which zsh takes for a modifier")
                    .doesNotContainPattern("\\$\\w+[:\\[]")
                    .as("<placeholder>, which the shell takes for a file")
                    .doesNotContainPattern("<[a-z]");
        }
    }

    private static Stream<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
