package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A stack file with mistakes, as its author sees it in the output. */
@TestInstance(Lifecycle.PER_CLASS)
class RefusedSettingsIT {
    private TestStack dev;

    @BeforeAll
    void writeMistakes() {
        dev = TestStack.of("dev");
        dev.set("chat-sessions:recoveryWindowDays", "36")
                .set("chat-sessions:pointInTimeRecovery", "yes")
                .set("chat-sessions:tableNmae", "conversations")
                .remove("aws:region");
        dev.pulumi("config", "set", "chat-sessions:alarmEmail", "--secret", "team@example.com");
        dev.pulumi("config", "set", "--path", "chat-sessions:tableName[0]", "chat_sessions");
    }

    @AfterAll
    void deleteTables() {
        dev.close();
    }

    @Test
    void allAreReportedAtOnceAndLast() {
        Result result = dev.pulumi("up", "--yes", "--skip-preview");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output())
                .contains("Settings of stack dev are not accepted, nothing was changed:")
                .contains("aws:region is missing")
                .contains("chat-sessions:alarmEmail is a secret")
                .contains("chat-sessions:pointInTimeRecovery is \"yes\"")
                .contains("chat-sessions:recoveryWindowDays is \"36\"")
                .contains("chat-sessions:tableName is \"[\"chat_sessions\"]\"")
                .contains("chat-sessions:tableNmae is not a setting")
                .doesNotContain("team@example.com", "Exception", "\tat ");
        String afterMessage = result.output().substring(result.output().lastIndexOf("tableNmae --stack dev"));
        assertThat(afterMessage.lines().skip(1).filter(line -> !line.isBlank()).map(String::strip))
                .as("behind the message only the language host's line and the engine's count of resources")
                .allMatch(line ->
                        line.matches("error: an unhandled error occurred: .*|Resources:|Duration:.*|.*\\d+ \\w+"));
        assertThat(TestStack.dynamoDb().listTables().tableNames()).isEmpty();
    }

    @Test
    void theLauncherLearnsTheExitCode(@TempDir Path folder) {
        Path exitCode = folder.resolve("exit-code");
        // Maven passes the variable on; the launcher would set it anew
        dev.command("preview")
                .with(Map.of("CHAT_SESSIONS_LAUNCH", "stock", "CHAT_SESSIONS_EXIT_CODE", exitCode.toString()))
                .run();
        assertThat(exitCode).hasContent("32");
    }
}
