package com.aitutor.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
    @Test
    void lossOfTheTableStandsAtTheTop() {
        Preview preview = preview(new EventLines()
                .alarm("update", "{\"threshold\":5}", "{\"threshold\":6}")
                .table("delete", "{\"name\":\"chats_[a](b)\"}", "", "")
                .succeeded());

        assertThat(preview.outcome()).isEqualTo(Outcome.TABLE_LOST);
        assertThat(TextReport.of(preview)).isEqualTo("""
                Stack dev: what changes from main

                !! The table would be deleted: every chat session in chats_[a](b) would be lost.

                ~   MetricAlarm errors
                        threshold: 5 => 6
                -   Table sessions-table (chats_[a](b))

                1 to change, 1 to delete
                """);
        assertThat(MarkdownReport.of(preview)).isEqualTo("""
                <!-- chat-sessions preview: dev -->
                ### Stack dev: what changes from main

                > [!CAUTION]
                > **The table would be deleted: every chat session in chats_\\[a\\](b) would be lost.**

                ```diff
                !   MetricAlarm errors
                        threshold: 5 => 6
                -   Table sessions-table (chats_[a](b))
                ```

                1 to change, 1 to delete.
                """);
        JsonObject json = JsonParser.parseString(JsonReport.of(preview)).getAsJsonObject();
        assertThat(json.get("outcome").getAsString()).isEqualTo("table-lost");
        assertThat(json.get("exitCode").getAsInt()).isEqualTo(3);
        assertThat(json.getAsJsonArray("losses")).hasSize(1);
        assertThat(json.getAsJsonArray("changes").get(0)).isEqualTo(JsonParser.parseString("""
                {"operation": "update", "type": "aws:cloudwatch/metricAlarm:MetricAlarm", "name": "errors",
                 "physicalName": "", "properties": [{"path": "threshold", "before": 5, "after": 6, "replaces": false}]}"""));
        assertThat(json.getAsJsonObject("count").get("delete").getAsInt()).isEqualTo(1);
    }

    @Test
    void protectionTakenAwayIsWarnedOf() {
        Preview preview = preview(new EventLines()
                .table(
                        "update",
                        """
                        {"deletionProtectionEnabled":true,"pointInTimeRecovery":{"enabled":true,"recoveryPeriodInDays":35}}""",
                        """
                        {"deletionProtectionEnabled":false,"pointInTimeRecovery":{"enabled":false,"recoveryPeriodInDays":7}}""",
                        "")
                .succeeded());

        assertThat(preview.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(preview.weakenings()).hasSize(3);
        assertThat(TextReport.of(preview)).contains("!! Deletion protection would be switched off");
        assertThat(MarkdownReport.of(preview)).contains("> [!WARNING]\n> **Deletion protection would be switched off");
    }

    @Test
    void protectionAddedIsNotWarnedOf() {
        Preview preview = preview(new EventLines()
                .table(
                        "update",
                        """
                        {"deletionProtectionEnabled":false,"pointInTimeRecovery":{"enabled":false,"recoveryPeriodInDays":7}}""",
                        """
                        {"deletionProtectionEnabled":true,"pointInTimeRecovery":{"enabled":true,"recoveryPeriodInDays":35}}""",
                        "")
                .succeeded());

        assertThat(preview.weakenings()).isEmpty();
    }

    @Test
    void nothingToChangeIsSaid() {
        Preview preview = preview(new EventLines().table("same", "{}", "{}", "").succeeded());

        assertThat(preview.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(TextReport.of(preview)).endsWith("\n\nNothing changes (1 unchanged).\n");
        assertThat(MarkdownReport.of(preview)).endsWith("\n\nNothing changes (1 unchanged).\n");
    }

    @Test
    void changedOutputAloneIsAChange() {
        Preview preview = preview(new EventLines().stackOutputs("{\"days\":30}", "{\"days\":60}").succeeded());

        assertThat(preview.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(TextReport.of(preview)).contains("Outputs of the stack\n        days: 30 => 60\n\n0 unchanged\n");
    }

    @Test
    void refusalIsShownAndThatTheProgramEndedIsNot() {
        Preview preview = preview(new EventLines()
                .message("error", "Table a is to be replaced by b.\n    go back: ```")
                .message("error", "an unhandled error occurred: 'mvn' exited with non-zero exit code: 32")
                .failed());

        assertThat(preview.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(TextReport.of(preview)).endsWith("""
                !! Refused: this cannot be deployed, and nothing would be changed.
                error:
                  Table a is to be replaced by b.
                      go back: ```

                """);
        assertThat(MarkdownReport.of(preview)).contains("````text\nerror: Table a is").endsWith("go back: ```\n````\n\n");
    }

    @Test
    void exceptionMakesItABrokenProgram() {
        Preview preview = preview(new EventLines()
                .message("error", "java.lang.IllegalStateException\n\tat com.aitutor.App.main(App.java:1)")
                .failed());

        assertThat(preview.outcome()).isEqualTo(Outcome.PROGRAM_BROKEN);
    }

    @Test
    void whatTheEngineCannotReadIsTheStackFilesFault() {
        assertThat(Verdict.ofScreen("error: getting stack configuration: invalid YAML file")).isEqualTo(Outcome.REFUSED);
        assertThat(Verdict.ofScreen("error: no such host")).isEqualTo(Outcome.FAILED);
    }

    @Test
    void sameChangeOfNeighboursIsOneLine() {
        Preview preview = preview(new EventLines()
                .alarm("update", "{\"q\":[{\"t\":1},{\"t\":1},{\"t\":3}]}", "{\"q\":[{\"t\":2},{\"t\":2},{\"t\":4}]}")
                .succeeded());

        assertThat(TextReport.of(preview)).contains("        q[0,1].t: 1 => 2\n        q[2].t: 3 => 4\n");
    }

    @Test
    void longTextsAreComparedLineByLine() {
        Preview preview = preview(new EventLines()
                .stackOutputs("{\"env\":\"A=1\\nB=2\",\"arn\":\"x\"}", "{\"env\":\"A=1\\nB=3\",\"arn\":\"" + unknown() + "\"}")
                .succeeded());

        assertThat(TextReport.of(preview)).contains("""
                        env:
                -         B=2
                +         B=3
                        arn: (known after the deployment)
                """);
        assertThat(JsonReport.of(preview)).contains("(known after the deployment)").doesNotContain(unknown());
    }

    private static String unknown() {
        return "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    }

    private static Preview preview(EngineEvents events) {
        return Preview.from(events, "dev", Optional.of("main"), List.of());
    }
}
