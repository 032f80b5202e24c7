package com.aitutor.chatsessions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import com.aitutor.chatsessions.engine.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the workflows do to a stack that is deployed: apply a plan, show that nothing is left to do, find drift. */
class DeliveryIT {
    private static final Path SCRIPT =
            Path.of(".github/scripts/expect-no-changes").toAbsolutePath();

    private static TestStack dev;

    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();
    private Path summary;

    @BeforeAll
    static void bringUp() {
        dev = TestStack.of("dev");
        dev.up();
    }

    @BeforeEach
    void emptySummary() throws IOException {
        summary = Files.createTempFile(dev.folder(), "summary", ".md");
    }

    @AfterEach
    void undo() {
        protect(false);
        dev.reset();
    }

    @AfterAll
    static void deleteTables() {
        dev.close();
    }

    @Test
    void planIsAppliedAsItWasReviewedAndNothingElse() {
        dev.set("chat-sessions:systemErrorThreshold", "7").set("chat-sessions:recoveryWindowDays", "14");
        dev.pulumi("preview", "--save-plan=plan.json").successful();
        // what docs/delivery.md tells who sees the artifact
        assertThat(dev.folder().resolve("plan.json"))
                .content()
                .contains(
                        "\"chat-sessions:systemErrorThreshold\"", "\"appEnvironment\"", "\"threshold\": 7", "arn:aws:");

        // settings that nobody reviewed
        dev.set("chat-sessions:systemErrorThreshold", "8");
        Result other = dev.pulumi("up", "--yes", "--skip-preview", "--plan=plan.json");
        assertThat(other.exitCode()).as(other.output()).isNotZero();
        assertThat(other.output()).contains("violates plan");
        assertThat(systemErrorThreshold()).isEqualTo(5.0);

        dev.set("chat-sessions:systemErrorThreshold", "7");
        dev.pulumi("up", "--yes", "--skip-preview", "--plan=plan.json").successful();
        assertThat(systemErrorThreshold()).isEqualTo(7.0);
        compare("dev", "--refresh").successful();
        assertThat(summary).hasContent("## dev: nothing to change");
    }

    @Test
    void whatADeploymentDidNotFinishIsShown() {
        dev.set("chat-sessions:userErrorThreshold", "3");
        assertThat(compare("dev").exitCode()).isNotZero();
        assertThat(summary)
                .content()
                .startsWith("## dev differs, or could not be compared\n")
                .containsPattern("~ threshold: \\d+ => 3\n");
    }

    @Test
    void whatWasChangedByHandIsDrift() {
        protect(true);
        Result check = compare("dev", "--refresh");
        assertThat(check.exitCode()).isNotZero();
        // a value from AWS cannot be a command to the runner
        assertThat(check.output()).matches("(?s)::stop-commands::([0-9a-f]{32})\n.*\n::\\1::\n");
        assertThat(summary)
                .content()
                .startsWith("## dev differs, or could not be compared\n")
                .contains("~ deletionProtectionEnabled: true => false");
        // looking changes nothing
        assertThat(dynamoDb.describeTable(request -> request.tableName("chat_sessions_dev"))
                        .table()
                        .deletionProtectionEnabled())
                .isTrue();
    }

    private Result compare(String... arguments) {
        return dev.run(SCRIPT, arguments)
                .with("GITHUB_STEP_SUMMARY", summary.toString())
                .run();
    }

    private void protect(boolean enabled) {
        dynamoDb.updateTable(request -> request.tableName("chat_sessions_dev").deletionProtectionEnabled(enabled));
    }

    private Object systemErrorThreshold() {
        return dev.resources().stream()
                .filter(resource -> resource.get("urn").toString().endsWith("::chat-sessions-system-errors"))
                .map(resource -> ((Map<?, ?>) resource.get("inputs")).get("threshold"))
                .findFirst()
                .orElseThrow();
    }
}
