package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The local stack on a machine unlike the one it was made on: checked out with the line ends of Windows, below a folder
 * whose name means something in URLs and shells, in a shell whose environment is set for something else.
 */
class OtherMachinesIT {
    private static final String FOLDER = "C# 100% a?b it's \"\u00fc\"";

    /** Each breaks something where it reaches the engine, the program, the plugin or the database. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            // "Multiple garbage collectors selected"
            "JAVA_TOOL_OPTIONS", "-XX:+UseG1GC",
            // text where the engine reads the plugin's port
            "JDK_JAVA_OPTIONS",
                    "-XX:+PrintCommandLineFlags -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
            // endpoints that DynamoDB Local is not
            "AWS_USE_FIPS_ENDPOINT", "true",
            "AWS_USE_DUALSTACK_ENDPOINT", "true",
            // a state that the second run does not find
            "PULUMI_DIY_BACKEND_GZIP", "true",
            "PULUMI_SELF_MANAGED_STATE_GZIP", "true",
            "PULUMI_DIY_BACKEND_LEGACY_LAYOUT", "true",
            // with it, cd prints where it went
            "CDPATH", ".:/tmp",
            "DYNAMODB_LOCAL_PORT", "0");

    private Path project;
    private Path standIns;

    @Test
    void everyday(@TempDir Path temporary) throws IOException {
        checkOut(temporary);
        writeStandIns(temporary);
        try {
            assertThat(local(1, "pulumi", "stack", "output")).contains("Nothing is deployed", "./local/up");
            assertThat(local(2, "pulumi", "preview", "--stack=dev")).contains("works on the stack local alone");
            assertThat(local(0, "up")).contains("DYNAMODB_TABLE_NAME=chat_sessions", "5 created");
            assertThat(local(0, "pulumi", "preview", "--expect-no-changes")).contains("5 unchanged");
            local(0, "pulumi", "config", "set", "chat-sessions:recoveryWindowDays", "36");
            assertThat(local(1, "up"))
                    .contains("accepted: an integer from 1 to 35", "its settings are in ")
                    .doesNotContain("exit code: 32");
        } finally {
            assertThat(local(0, "down", "--delete-data"))
                    .startsWith("Data      deleted: ")
                    .contains("kept: settings in ");
        }
        assertThat(project.resolve("local/.data")).doesNotExist();
    }

    private void checkOut(Path temporary) throws IOException {
        Path origin = temporary.resolve("origin");
        ProjectFiles.copyAll(origin);
        ProjectFiles.commit(origin);
        project = temporary.resolve(FOLDER);
        ProjectFiles.git(
                temporary, "-c", "core.autocrlf=true", "clone", "--quiet", origin.toString(), project.toString());
    }

    private String local(int exitCode, String script, String... arguments) {
        Command.Result run = Command.of("local/" + script, arguments)
                .in(project)
                .without(List.of("HOME", "JAVA_HOME")::contains)
                .with(ENVIRONMENT)
                .with("PATH", standIns + ":" + System.getenv("PATH"))
                .run();
        assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
        return run.output();
    }

    /** A version manager's java and javac, which start those of a version that they choose. */
    private void writeStandIns(Path temporary) {
        standIns = temporary.resolve("shims");
        for (String program : List.of("java", "javac")) {
            ProjectFiles.writeExecutable(
                    standIns.resolve(program), """
                    #!/bin/sh
                    exec "%s/bin/%s" "$@"
                    """.formatted(System.getProperty("java.home"), program));
        }
    }
}
