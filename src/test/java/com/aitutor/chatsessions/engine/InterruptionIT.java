package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The engine killed in the middle of its work, and two at work at once. Afterwards the commands of
 * docs/operations.md ("Pending operations") lead to where the killed command was going.
 */
class InterruptionIT {
    private final DynamoDbClient dynamoDb = LocalStack.dynamoDb("us-east-1");
    private LocalStack stack;

    @AfterEach
    void deleteTables() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Table chat-sessions-table creating",
        "MetricAlarm chat-sessions-system-errors creating",
    })
    void firstUpdateKilled(String moment) {
        stack = LocalStack.of("prod");
        killAt(moment, "up", "--yes", "--skip-preview");

        assertSucceeds("cancel", "--yes");
        assertSucceeds("refresh", "--yes", "--clear-pending-creates");
        Result up = stack.pulumi("up", "--yes");
        if (up.exitCode() != 0) {
            assertThat(up.output()).contains("pulumi config set chat-sessions:adoptExistingTable true");
            stack.set("chat-sessions:adoptExistingTable", "true").up();
        }
        stack.previewWithoutChanges();
        TableLayout.assertLaidOut(dynamoDb, "chat_sessions", true);
    }

    @Test
    void laterUpdateKilled() {
        stack = LocalStack.of("prod");
        stack.up();
        Transcripts transcripts = Transcripts.writtenTo(dynamoDb, "chat_sessions");
        stack.set("chat-sessions:recoveryWindowDays", "7").set("chat-sessions:environment", "production");
        killAt("Table chat-sessions-table updating", "up", "--yes", "--skip-preview");

        assertSucceeds("cancel", "--yes");
        assertSucceeds("up", "--yes");
        stack.previewWithoutChanges();
        transcripts.assertIntact();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "MetricAlarm chat-sessions-user-errors deleting",
        "Table chat-sessions-table deleting",
    })
    void destroyKilled(String moment) {
        stack = LocalStack.of("dev");
        stack.up();
        killAt(moment, "destroy", "--yes", "--skip-preview");

        assertSucceeds("cancel", "--yes");
        assertSucceeds("refresh", "--yes");
        assertSucceeds("destroy", "--yes");
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();
    }

    @Test
    void secondUpdateIsRefusedWhileTheFirstRuns() throws IOException, InterruptedException {
        stack = LocalStack.of("prod");
        Process first = stack.command("up", "--yes", "--skip-preview").start();
        BufferedReader screen = first.inputReader();
        awaitLine(screen, "Table chat-sessions-table creating");

        Result second = stack.pulumi("up", "--yes", "--skip-preview");
        assertThat(second.exitCode()).isNotZero();
        assertThat(second.output()).contains("the stack is currently locked");

        screen.transferTo(Writer.nullWriter());
        assertThat(first.waitFor()).isZero();
        stack.previewWithoutChanges();
    }

    private void killAt(String moment, String... command) {
        Process engine = stack.command(command).start();
        try {
            awaitLine(engine.inputReader(), moment);
            engine.destroyForcibly().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLine(BufferedReader screen, String text) throws IOException {
        for (String line = screen.readLine(); line != null; line = screen.readLine()) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("the command ended before: " + text);
    }

    private void assertSucceeds(String... command) {
        Result result = stack.pulumi(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
