package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.PreviewProject.Run;
import com.aitutor.chatsessions.PreviewProject.Started;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * {@code local/preview} on the real engine: each kind of change, as text, Markdown and JSON, with its exit code.
 *
 * <p>All runs are started at once, two of them side by side at any time: that they do not meet is part of the test.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PreviewIT {
    private static final String ALARMS = "src/main/java/com/aitutor/chatsessions/ErrorAlarms.java";

    /** Three commits: nothing of the program yet; another wording in an alarm; the project as it is. */
    private final PreviewProject project = PreviewProject.copy()
            .commit(".gitignore")
            .replace(ALARMS, "failed inside DynamoDB (HTTP 500)", "were answered with HTTP 500")
            .commit(".")
            .replace(ALARMS, "were answered with HTTP 500", "failed inside DynamoDB (HTTP 500)")
            .commit(".");

    private final PreviewProject unbuildable = PreviewProject.copy()
            .replace(ALARMS, "\"UserErrors\"", "UserErrors")
            .commit(".");

    private final ExecutorService runner = Executors.newFixedThreadPool(2);
    private final List<Future<Run>> runs = new ArrayList<>();

    private final Future<Run> fromNothing = start("prod");
    private final Future<Run> fromBeforeTheProgram = start("dev", "--against", "HEAD~2");
    private final Future<Run> unchanged = start("dev", "--against", "HEAD");
    private final Future<Run> otherProgram = start("prod", "--against=HEAD~1");
    private final Future<Run> otherThreshold = start(
            project.changedStackFile("Pulumi.dev.yaml", "config:", "config:\n  chat-sessions:systemErrorThreshold: 10"),
            "--against",
            "HEAD");
    private final Future<Run> renamedDev = start(
            project.changedStackFile("Pulumi.dev.yaml", "chat_sessions_dev", "conversations"), "--against", "HEAD");
    private final Future<Run> renamedProd = start(
            project.changedStackFile("Pulumi.prod.yaml", "tableName: chat_sessions", "tableName: conversations"),
            "--against",
            "HEAD");
    private final Future<Run> brokenStackFile = start(project.changedStackFile(
            "Pulumi.prod.yaml", "recoveryWindowDays: 35", "recoveryWindowDays: 36\n  chat-sessions:colour: red"));
    private final Future<Run> unreadableStackFile =
            start(project.changedStackFile("Pulumi.prod.yaml", "config:", "config: ["));
    private final Future<Run> unbuildableProgram = start(() -> unbuildable.preview("dev"));
    private final Future<Run> interrupted = start(() -> {
        Started started = project.started("prod", "--against", "HEAD");
        started.awaitSaying("bringing up");
        started.interrupt();
        return started.await();
    });

    private Future<Run> start(String... arguments) {
        return start(() -> project.preview(arguments));
    }

    private Future<Run> start(Callable<Run> preview) {
        Future<Run> run = runner.submit(preview);
        runs.add(run);
        return run;
    }

    @AfterAll
    void end() {
        runner.shutdownNow();
    }

    @Test
    void fromNothingEverythingIsCreated() throws Exception {
        Run run = ended(fromNothing, 0);
        assertThat(run.text())
                .startsWith("Stack prod: everything it creates, from nothing\n\n+   ChatSessionStore chat-sessions\n")
                .contains("+   Table chat-sessions-table\n", "        name: chat_sessions\n")
                .contains("        pointInTimeRecovery: {enabled: true, recoveryPeriodInDays: 35}\n")
                .contains("        sessionRetentionDays: 30\n")
                .endsWith("\n4 to create\n");
        assertThat(run.markdown())
                .startsWith(
                        "<!-- chat-sessions preview: prod -->\n### Stack prod: everything it creates, from nothing\n")
                .contains("```diff\n+   ChatSessionStore chat-sessions\n");
        JsonObject json = json(run, "changed");
        assertThat(json.get("against").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("count").get("create").getAsInt()).isEqualTo(4);
        assertThat(change(json, "chat-sessions-table").get("operation").getAsString())
                .isEqualTo("create");
    }

    @Test
    void whatTheOtherSideDoesNotHaveIsCreated() throws Exception {
        Run run = ended(fromBeforeTheProgram, 0);
        assertThat(run.text())
                .startsWith("Stack dev: everything it creates, from nothing\nnote: HEAD~2 (")
                .contains(") has no Pulumi.dev.yaml: shown is everything that is created, from nothing\n")
                .endsWith("\n4 to create\n");
    }

    @Test
    void noChange() throws Exception {
        Run run = ended(unchanged, 0);
        assertThat(run.text())
                .startsWith("Stack dev: what changes from HEAD (")
                .endsWith("\n\nNothing changes (4 unchanged).\n");
        assertThat(run.markdown()).endsWith("\n\nNothing changes (4 unchanged).\n");
        JsonObject json = json(run, "unchanged");
        assertThat(json.get("against").getAsString()).startsWith("HEAD (");
        assertThat(json.getAsJsonArray("changes")).isEmpty();
        assertThat(json.getAsJsonArray("outputs")).isEmpty();
    }

    @Test
    void harmlessChangeOfTheProgram() throws Exception {
        Run run = ended(otherProgram, 0);
        assertThat(run.text())
                .contains("\n\n~   MetricAlarm chat-sessions-system-errors\n        alarmDescription:\n")
                .contains("-         Requests to table chat_sessions were answered with HTTP 500.")
                .contains("+         Requests to table chat_sessions failed inside DynamoDB (HTTP 500).")
                .endsWith("\n\n1 to change, 3 unchanged\n");
        assertThat(run.markdown())
                .contains("```diff\n!   MetricAlarm chat-sessions-system-errors\n")
                .doesNotContain("[!");
        assertThat(json(run, "changed").getAsJsonArray("changes")).hasSize(1);
    }

    @Test
    void changedThreshold() throws Exception {
        Run run = ended(otherThreshold, 0);
        assertThat(run.text())
                .endsWith(
                        "\n\n~   MetricAlarm chat-sessions-system-errors\n        threshold: 5 => 10\n\n1 to change, 3 unchanged\n");
        assertThat(run.markdown())
                .contains("```diff\n!   MetricAlarm chat-sessions-system-errors\n        threshold: 5 => 10\n```");
        JsonObject property = change(json(run, "changed"), "chat-sessions-system-errors")
                .getAsJsonArray("properties")
                .get(0)
                .getAsJsonObject();
        assertThat(property)
                .isEqualTo(JsonParser.parseString(
                        "{\"path\": \"threshold\", \"before\": 5, \"after\": 10, \"replaces\": false}"));
    }

    @Test
    void replacementOfTheTableStandsAtTheTop() throws Exception {
        String loss = "The table would be replaced: every chat session in chat_sessions_dev would be lost.";
        Run run = ended(renamedDev, 3);
        assertThat(run.text().lines().skip(2).findFirst()).contains("!! " + loss);
        assertThat(run.text())
                .contains(
                        "\n+/- Table chat-sessions-table\n        name (why it is replaced): chat_sessions_dev => conversations\n");
        assertThat(run.markdown().lines().skip(3).limit(2)).containsExactly("> [!CAUTION]", "> **" + loss + "**");
        JsonObject json = json(run, "table-lost");
        assertThat(json.getAsJsonArray("losses")).hasSize(1);
        assertThat(change(json, "chat-sessions-table").get("operation").getAsString())
                .isEqualTo("replace");
    }

    @Test
    void refusalBySafeguardsStandsAtTheTop() throws Exception {
        Run run = ended(renamedProd, 4);
        assertThat(run.text().lines().skip(2).limit(4))
                .containsExactly(
                        "!! Refused: this cannot be deployed, and nothing would be changed.",
                        "error:",
                        "  Table chat_sessions is to be replaced by conversations. Nothing was changed.",
                        "      at risk: every chat session in table chat_sessions");
        assertThat(run.markdown())
                .contains("> [!CAUTION]", "error: Table chat_sessions is to be replaced by conversations.");
        assertThat(json(run, "refused").getAsJsonArray("messages")).hasSize(1);
    }

    @Test
    void everyProblemOfAStackFileIsShown() throws Exception {
        Run run = ended(brokenStackFile, 4);
        assertThat(run.text())
                .contains(
                        "!! Refused",
                        "chat-sessions:colour is not a setting",
                        "chat-sessions:recoveryWindowDays is \"36\"")
                .doesNotContain("exit code");
        assertThat(run.markdown()).contains("> [!CAUTION]", "chat-sessions:colour is not a setting");
        assertThat(json(run, "refused").getAsJsonArray("changes")).isEmpty();
    }

    @Test
    void stackFileThatIsNoYamlIsRefused() throws Exception {
        Run run = ended(unreadableStackFile, 4);
        assertThat(run.text()).contains("!! Refused", "invalid YAML file");
        json(run, "refused");
    }

    @Test
    void compileErrorIsShown() throws Exception {
        Run run = ended(unbuildableProgram, 5);
        assertThat(run.text())
                .contains(
                        "!! The program does not compile, or does not run.", "ErrorAlarms.java", "cannot find symbol");
        assertThat(run.markdown()).contains("> [!CAUTION]", "cannot find symbol");
        json(run, "program-broken");
    }

    @Test
    void interruptedItCleansUp() throws Exception {
        Run run = ended(interrupted, PreviewProject.exitCodeOfInterrupted());
        assertThat(run.text()).isEmpty();
    }

    @Test
    void nothingIsLeftInTheTree() throws Exception {
        for (Future<Run> run : runs) {
            run.get();
        }
        assertThat(project.uncommitted()).isEmpty();
        assertThat(unbuildable.uncommitted()).isEmpty();
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(project.preview("staging")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains("there is no stack file", "usage: ./local/preview");
        });
        assertThat(project.preview("dev", "--against", "nowhere")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains("git knows no commit nowhere");
        });
    }

    private static Run ended(Future<Run> future, int exitCode) throws Exception {
        Run run = future.get();
        assertThat(run.exitCode()).as(run.text() + run.errors()).isEqualTo(exitCode);
        assertThat(run.leftBehind()).isEmpty();
        return run;
    }

    private static JsonObject json(Run run, String outcome) {
        JsonObject json = JsonParser.parseString(run.json()).getAsJsonObject();
        assertThat(json.get("outcome").getAsString()).isEqualTo(outcome);
        assertThat(json.get("exitCode").getAsInt()).isEqualTo(run.exitCode());
        return json;
    }

    private static JsonObject change(JsonObject json, String name) {
        JsonArray changes = json.getAsJsonArray("changes");
        return StreamSupport.stream(changes.spliterator(), false)
                .map(change -> change.getAsJsonObject())
                .filter(change -> change.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
