package com.aitutor.chatsessions.delivery;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static com.aitutor.chatsessions.engine.ProjectFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import com.aitutor.chatsessions.engine.TestStack;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the workflows do to a stack that is deployed: apply a plan, show that nothing is left to do, find drift. */
class DeliveryIT {
    private static final String PLAN = "deploy-stack/plan/steps/3";
    private static final String UP = "deploy-stack/deploy/steps/3";
    private static final String CHECK = "deploy-stack/deploy/steps/4";
    private static final String DRIFT = "drift/drift/steps/4";

    private static TestStack dev;

    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();
    private final Path summary = dev.folder().resolve(UUID.randomUUID() + ".md");

    @BeforeAll
    static void bringUp() {
        dev = TestStack.of("dev");
        dev.up();
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
        run(PLAN).successful();
        Path plan = dev.folder().resolve("plan.json");
        assertThat(summary)
                .content()
                .startsWith("## dev: pulumi preview --diff --save-plan=" + plan + ", exit code 0\n\n```diff\n")
                .containsPattern("~ threshold: 5 +=> 7\n")
                .contains("~ recoveryPeriodInDays:")
                .endsWith("\n```\n");
        // what docs/delivery.md tells who sees the artifact
        assertThat(plan)
                .content()
                .contains(
                        "\"chat-sessions:systemErrorThreshold\"", "\"appEnvironment\"", "\"threshold\": 7", "arn:aws:");

        // settings that nobody reviewed
        dev.set("chat-sessions:systemErrorThreshold", "8");
        Result other = run(UP);
        assertThat(other.exitCode()).as(other.output()).isNotZero();
        assertThat(other.output()).contains("violates plan");
        assertThat(dev.resources().toString()).contains("threshold=5.0");
        assertThat(run(CHECK).exitCode()).as("what a deployment did not do").isNotZero();

        dev.set("chat-sessions:systemErrorThreshold", "7");
        run(UP).successful();
        assertThat(dev.resources().toString()).contains("threshold=7.0");
        run(CHECK).successful();
        run(DRIFT).successful();
    }

    @Test
    void whatWasChangedByHandIsDriftAndNoCommandToTheRunner() {
        protect(true);
        // as if AWS had answered so
        Path state = dev.folder().resolve("state/.pulumi/stacks/chat-sessions/dev.json");
        String before = read(state);
        write(state, before.replaceAll("\"alarmDescription\":\"", "$0\\\\n::add-mask::dev\\\\n"));
        Result drift = run(DRIFT);
        write(state, before);
        assertThat(drift.exitCode()).isNotZero();
        assertThat(drift.output()).matches("(?s)::stop-commands::([0-9a-f]{32})\n.*::add-mask::dev.*\n::\\1::\n");
        assertThat(summary).content().contains("~ deletionProtectionEnabled: true => false", "::add-mask::dev");
        // looking changes nothing
        assertThat(dynamoDb.describeTable(request -> request.tableName("chat_sessions_dev"))
                        .table()
                        .deletionProtectionEnabled())
                .isTrue();
    }

    /** Runs what a step of a workflow runs, in the folder of the stack. */
    private Result run(String step) {
        String script = WorkflowsTest.script(step).replaceFirst("(\\.\\./)?\\.github", "\"\\$PROJECT\"/.github");
        return dev.run("bash", "-e", "-c", script)
                .with("PROJECT", Path.of("").toAbsolutePath().toString())
                .with("RUNNER_TEMP", dev.folder().toString())
                .with("GITHUB_STEP_SUMMARY", summary.toString())
                .with("STACK", "dev")
                .run();
    }

    private void protect(boolean enabled) {
        dynamoDb.updateTable(request -> request.tableName("chat_sessions_dev").deletionProtectionEnabled(enabled));
    }
}
