package com.aitutor.chatsessions.launch;

import static com.aitutor.chatsessions.launch.LaunchedProject.DISCOVERY;
import static com.aitutor.chatsessions.launch.LaunchedProject.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.launch.LaunchedProject.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with Maven and the project's own pom.xml. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there the launcher is Maven")
class LauncherWithMavenIT {
    /** Loads what shows that a program ran to its end, and prints whether the JVM was given an archive. */
    private static final String PROGRAM = """
            Class.forName("pulumirpc.Resource$RegisterResourceOutputsRequest");
            System.out.println(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .anyMatch(argument -> argument.startsWith("-XX:SharedArchiveFile=")));
            """;

    @TempDir
    private Path root;

    @Test
    void startsFromAnArchiveOnceARunHasShownWhatToPutIntoIt() throws IOException, InterruptedException {
        LaunchedProject project = LaunchedProject.withMaven(root);
        project.writeProgram(PROGRAM);
        Outcome discovery = project.launch(DISCOVERY);
        Outcome stock = project.call("mvn", DISCOVERY);
        assertThat(discovery.exitCode()).as(discovery.errors()).isZero();
        assertThat(discovery.output().lines()).hasSize(1);
        assertThat(stock.output()).as("Maven's answer").startsWith(discovery.output());

        Path archive = Path.of(project.built(".classpath").get(0).toString().replace(".classpath", ".jsa"));
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(0, "false\n", ""));
        for (int tenths = 0; tenths < 600 && !Files.exists(archive); tenths++) {
            Thread.sleep(100);
        }
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(0, "true\n", ""));

        project.writeProgram(PROGRAM + "System.out.println(\"changed\");");
        assertThat(project.launch(RUN))
                .as("the archive is of the dependencies and outlives a change of the program")
                .isEqualTo(new Outcome(0, "true\nchanged\n", ""));

        Files.delete(archive);
        Files.writeString(archive, "no archive");
        assertThat(project.launch(RUN))
                .as("an archive that the JVM refuses")
                .isEqualTo(new Outcome(0, "true\nchanged\n", ""));
    }
}
