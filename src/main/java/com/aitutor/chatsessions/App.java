package com.aitutor.chatsessions;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The Pulumi program: from a stack's settings to its resources and outputs. */
public final class App {
    private App() {}

    /** Runs the program; Pulumi calls it without arguments. */
    public static void main(String[] arguments) {
        // the engine shows what is logged, and the JDK's logging would show it once more
        LogManager.getLogManager().reset();
        int exitCode = Pulumi.runAsync(context -> {
                    pauseRunner(Logger.getLogger("com.pulumi.deployment.internal.DeploymentImpl"));
                    run(context, System.getenv());
                })
                .join();
        tellLauncher(System.getenv(), exitCode);
        System.exit(exitCode);
    }

    /**
     * Makes Pulumi's runner pause between two looks at its tasks. Without a pause the loop takes the cores that the tasks
     * need; before each look it logs what remains (com.pulumi 1.36.1, DeploymentImpl.DefaultRunner.checkForTasks).
     */
    static void pauseRunner(Logger logger) {
        logger.setLevel(Level.FINEST);
        logger.setFilter(message -> {
            if (message.getMessage().startsWith("Remaining tasks")) {
                LockSupport.parkNanos(1_000_000);
            }
            return true;
        });
    }

    /** Writes the exit code where {@code launch/mvn} waits for it, to end a process that is slow to end by itself. */
    static void tellLauncher(Map<String, String> processEnvironment, int exitCode) {
        String file = processEnvironment.get("CHAT_SESSIONS_EXIT_CODE");
        if (file != null) {
            try {
                Files.writeString(Path.of(file), exitCode + "\n");
            } catch (IOException e) {
                // the launcher finds the exit code when the process has ended
            }
        }
    }

    /** Registers one stack's resources and exports its outputs, or throws a RunException before it registers any. */
    static void run(Context context, Map<String, String> processEnvironment) {
        if (!context.projectName().equals(Setting.NAMESPACE)) {
            String refusal = """
                    Pulumi.yaml names the project %1$s, but its settings and state belong to %2$s. Nothing was \
                    changed. Set `name: %2$s` again.""";
            throw new RunException(refusal.formatted(context.projectName(), Setting.NAMESPACE));
        }
        StackSettings settings = new StackSettings(context.stackName(), processEnvironment);
        int retentionDays = settings.integer(Setting.SESSION_RETENTION_DAYS);
        Optional<String> kmsKeyArn = settings.optional(Setting.KMS_KEY_ARN);
        settings.warnings().forEach(context.log()::warn);
        AppEnvironment.warnings(processEnvironment).forEach(context.log()::warn);
        new Safeguards(settings, settings.command, context.log()::warn).check();

        ChatSessionStore store = new ChatSessionStore("chat-sessions", settings);
        Output<String> tableName = store.table.name();
        Output<String> tableArn = store.table.arn();
        // Whatever an update left out, outputs agree with one another: the table says its name and its region.
        Output<String> region = tableArn.applyValue(arn -> Arn.parse(arn).region());
        context.export("tableName", tableName);
        context.export("tableArn", tableArn);
        context.export("region", region);
        context.export("userSessionsIndexName", KeySchema.USER_SESSIONS_INDEX);
        context.export("ttlAttributeName", KeySchema.TTL_ATTRIBUTE);
        context.export("sessionRetentionDays", retentionDays);
        Output<Boolean> protection = store.table.deletionProtectionEnabled().applyValue(on -> on.orElse(false));
        context.export("deletionProtection", protection);
        context.export("systemErrorsAlarmArn", store.alarms.systemErrors.arn());
        context.export("userErrorsAlarmArn", store.alarms.userErrors.arn());
        store.alarms.throttledRequests.ifPresent(alarm -> context.export("throttledRequestsAlarmArn", alarm.arn()));
        store.alarms.topicArn.ifPresent(arn -> context.export("alarmTopicArn", arn));
        store.dashboardUrl.ifPresent(url -> context.export("dashboardUrl", url));
        Output<String> appEnvironment = Output.tuple(tableName, region)
                .applyValue(table -> AppEnvironment.text(table.t1, table.t2, retentionDays, settings.endpoint));
        context.export("appEnvironment", appEnvironment);
        context.export("appAccessPolicy", tableArn.applyValue(arn -> AppAccessPolicy.json(arn, kmsKeyArn)));
    }
}
