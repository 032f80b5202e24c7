package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The engine killed in the middle of its work, and two at work at once. Afterwards the commands of
 * docs/operations.md ("Pending operations") lead to where the killed command was going.
 */
@Tag(TestCloud.CONFORMANCE)
class InterruptionIT {
    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();
    private TestStack stack;

    @AfterEach
    void deleteTables() {
        TestCloud.clear();
    }

    @Test
    void firstUpdateKilledAtTheTable() {
        stack = TestStack.of("prod");
        killAt("Table chat-sessions-table creating", "up", "--yes", "--skip-preview");
        stack.pulumi("refresh", "--yes", "--clear-pending-creates").successful();
        Result up = stack.pulumi("up", "--yes");
        if (up.exitCode() != 0) {
            assertThat(up.output()).contains("pulumi config set chat-sessions:adoptExistingTable true");
            stack.set("chat-sessions:adoptExistingTable", "true").up();
        }
        stack.previewWithoutChanges();
        TableLayout.assertLaidOut("chat_sessions", true);
    }

    @Test
    void firstUpdateKilledAfterTheTable() {
        stack = TestStack.of("prod");
        killAt("MetricAlarm chat-sessions-system-errors creating", "up", "--yes", "--skip-preview");
        Transcripts transcripts = Transcripts.writtenTo("chat_sessions");
        stack.pulumi("refresh", "--yes", "--clear-pending-creates").successful();

        // the stack has a table, though it has no outputs
        stack.set("aws:region", "eu-west-1");
        stack.tryUp().assertRefused("aws:region is eu-west-1, but this stack's table is in us-east-1");

        stack.reset().up();
        stack.previewWithoutChanges();
        TableLayout.assertLaidOut("chat_sessions", true);
        transcripts.assertIntact();
    }

    @Test
    void laterUpdateKilled() {
        stack = TestStack.of("prod");
        stack.up();
        Transcripts transcripts = Transcripts.writtenTo("chat_sessions");
        stack.set("chat-sessions:recoveryWindowDays", "7").set("chat-sessions:environment", "production");
        killAt("Table chat-sessions-table updating", "up", "--yes", "--skip-preview");
        stack.pulumi("up", "--yes").successful();
        stack.previewWithoutChanges();
        transcripts.assertIntact();
    }

    @Test
    void destroyKilled() {
        stack = TestStack.of("dev");
        stack.up();
        killAt("Table chat-sessions-table deleting", "destroy", "--yes", "--skip-preview");
        stack.pulumi("refresh", "--yes").successful();
        stack.pulumi("destroy", "--yes").successful();
        assertThat(dynamoDb.listTables().tableNames()).isEmpty();
    }

    @Test
    void secondUpdateIsRefusedWhileTheFirstRuns() throws IOException, InterruptedException {
        stack = TestStack.of("prod");
        Process first = stack.command("up", "--yes", "--skip-preview").start();
        BufferedReader output = first.inputReader();
        awaitLine(output, "Table chat-sessions-table creating");

        stack.tryUp().assertRefused("the stack is currently locked");

        output.transferTo(Writer.nullWriter());
        assertThat(first.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // as a JVM that refuses its options; and one that ends when the engine has found its port already
                "echo 'Multiple garbage collectors selected' >&2; exit 1",
                "echo 4; exit 1"
            })
    void providerThatEndsAtItsStartIsAnErrorAndNoHang(String script, @TempDir Path folder) {
        stack = TestStack.of("dev");
        ProjectFiles.writeExecutable(folder.resolve("pulumi-resource-aws"), "#!/bin/sh\n" + script);
        stack.runs(TestStack.PROJECT, Optional.of(folder));
        stack.command("up", "--yes", "--skip-preview")
                .within(Duration.ofMinutes(1))
                .run()
                .assertFailed("error: Detected that " + folder + "/pulumi-resource-aws exited prematurely");
    }

    /** Kills the engine at a moment of a command, and takes back the lock that it leaves. */
    private void killAt(String moment, String... command) {
        Process engine = stack.command(command).start();
        try {
            awaitLine(engine.inputReader(), moment);
            engine.destroyForcibly().waitFor();
            stack.pulumi("cancel", "--yes").successful();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLine(BufferedReader output, String text) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError("the command ended before: " + text);
    }
}
