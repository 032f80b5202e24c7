package com.aitutor.chatsessions;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.LogManager;

/** The Pulumi program: from a stack's settings to its resources and outputs. */
public final class App {
    private App() {}

    /**
     * Runs the program; Pulumi calls it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // the engine shows what is logged, and the JDK's logging would show it once more
        LogManager.getLogManager().reset();
        int exitCode = Pulumi.runAsync(context -> run(context, System.getenv(), Tables.from(context)))
                .join();
        tellLauncher(System.getenv(), exitCode);
        System.exit(exitCode);
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

    /**
     * Registers one stack's resources and exports its outputs.
     *
     * @throws RunException where the settings or what they would do is refused; nothing is registered then
     */
    static void run(Context context, Map<String, String> processEnvironment, Tables tables) {
        StackSettings settings = StackSettings.from(StackFile.from(context.stackName(), processEnvironment));
        settings.warnings().forEach(context.log()::warn);
        Safeguards.check(settings, tables).forEach(context.log()::warn);
        new ChatSessionStore("chat-sessions", settings, AppEnvironment.from(settings, processEnvironment))
                .outputs()
                .forEach(context::export);
    }
}
