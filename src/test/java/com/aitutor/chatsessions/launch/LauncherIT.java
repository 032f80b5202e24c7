package com.aitutor.chatsessions.launch;

import static com.aitutor.chatsessions.launch.LaunchedProject.DISCOVERY;
import static com.aitutor.chatsessions.launch.LaunchedProject.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.ProjectFiles;
import com.aitutor.chatsessions.launch.LaunchedProject.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher starts, when it builds, and what it leaves to Maven: a stand-in, unless a test says otherwise. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there the launcher is Maven")
class LauncherIT {
    private static final String APP = "src/main/java/com/aitutor/chatsessions/App.java";

    /** Loads what shows that a program ran to its end, and prints whether the JVM was given an archive. */
    private static final String SHOWS_ITS_ARCHIVE = """
            Class.forName("pulumirpc.Resource$RegisterResourceOutputsRequest");
            System.out.println(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .anyMatch(argument -> argument.startsWith("-XX:SharedArchiveFile=")));
            """;

    @TempDir
    private Path root;

    private LaunchedProject project;

    @BeforeEach
    void writeProject() throws IOException {
        project = LaunchedProject.withStandIn(root);
        project.writeProgram("System.out.println(\"first\");");
    }

    @Test
    void buildsOnceForDiscoveryAndEveryRun() throws IOException {
        Outcome plugins = new Outcome(0, "[{\"name\":\"aws\"}]\n", "");
        assertThat(project.launch(DISCOVERY)).isEqualTo(plugins);
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(0, "first\n", ""));
        assertRunPrints("first\n");
        project.writeProgram("no such thing;");
        assertThat(project.launch(DISCOVERY)).as("the program does not matter").isEqualTo(plugins);
        assertThat(project.mavenCalls()).isEqualTo(1);
    }

    @Test
    void goesByTheContentOfTheSourcesAndNotByTheirAge() throws IOException {
        project.launch(RUN);
        Path source = project.folder.resolve(APP);
        FileTime time = Files.getLastModifiedTime(source);
        project.writeProgram("System.out.println(\"second\");");
        Files.setLastModifiedTime(source, time);
        assertRunPrints("second\n");
        project.writeProgram("System.out.println(\"first\");");
        assertRunPrints("first\n");
        assertThat(Files.readAllLines(project.calls()))
                .extracting(call -> call.contains("dependency:build-classpath"))
                .as("a build for each content, and the class path asked for once")
                .containsExactly(true, false);
    }

    @Test
    void buildsAnewForEverythingElseThatCounts() throws IOException {
        String sources = "src/main/java/com/aitutor/chatsessions/";
        assertRunsWithBuilds(1);
        project.write(sources + ".App.java.swp", "an editor's");
        assertRunsWithBuilds(1);
        int builds = 1;
        for (String file : List.of("pom.xml", ".mvn/maven.config", "launch/mvn", sources + "Other.java")) {
            append(file, "\n");
            assertRunsWithBuilds(++builds);
        }
        Path jdk = Files.createSymbolicLink(root.resolve("jdk"), Path.of(System.getProperty("java.home")));
        project.with("JAVA_HOME", jdk.toString());
        assertRunsWithBuilds(++builds);
        Files.delete(project.dependency());
        project.with("DURING_COMPILATION", "cp \"$MAVEN_CALLS\" \"$DEPENDENCY\"");
        assertRunsWithBuilds(++builds);
    }

    @Test
    void showsACompileErrorAsMavenDoes() throws IOException {
        project.writeProgram("no such thing;");
        Outcome discovery = project.launch(DISCOVERY);
        Outcome run = project.launch(RUN);
        assertThat(run.output()).startsWith("[ERROR] COMPILATION ERROR").contains("App.java:5");
        assertThat(run).isEqualTo(new Outcome(1, run.output(), ""));
        assertThat(discovery).isEqualTo(new Outcome(1, "", run.output()));

        project.writeProgram("System.out.println(\"corrected\");");
        assertRunPrints("corrected\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsAsTheProgramEnds(boolean archived) throws IOException {
        project.writeProgram("System.out.println(1); System.err.println(2); System.exit(32);");
        if (archived) {
            pretendToHaveAnArchive();
        }
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(32, "1\n", "2\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thread.sleep(600_000);", "Runtime.getRuntime().halt(1);"})
    void endsAProgramThatHasSaidItsExitCode(String end) throws IOException {
        project.writeProgram("""
                System.out.println(ProcessHandle.current().pid());
                System.err.println("done");
                java.nio.file.Files.writeString(
                        java.nio.file.Path.of(System.getenv("CHAT_SESSIONS_EXIT_CODE")), "32\\n");
                """ + end);
        pretendToHaveAnArchive();
        Outcome outcome = project.launch(RUN);
        assertThat(outcome.exitCode()).isEqualTo(32);
        assertThat(outcome.errors()).isEqualTo("done\n");
        assertThat(ProcessHandle.of(Long.parseLong(outcome.output().strip()))).isEmpty();
    }

    @Test
    void letsAProgramEndByItselfWhenTheJvmMayHaveSomethingToWrite() throws IOException {
        project.writeProgram("System.out.println(System.getenv(\"CHAT_SESSIONS_EXIT_CODE\"));");
        assertRunPrints("null\n"); // for the classes of an archive
        pretendToHaveAnArchive();
        assertThat(project.launch(RUN).output()).isNotEqualTo("null\n");
        project.with("MAVEN_OPTS", "-Drecording=yes");
        pretendToHaveAnArchive();
        assertRunPrints("null\n"); // for what the option asks for
    }

    @Test
    void makesOneArchiveAndKeepsNobodyWaitingForIt() throws IOException {
        // the launcher's first step on the way to an archive takes as long as a whole one may
        ProjectFiles.writeExecutable(root.resolve("src/test/resources/launch/grep"), """
                #!/bin/sh
                case $* in *RegisterResourceOutputs*) sleep 20; exit 1 ;; esac
                PATH=/usr/bin:/bin exec grep "$@"
                """);
        for (int run = 0; run < 2; run++) {
            assertThat(project.start(RUN).inputReader().lines()).containsExactly("first");
            assertThat(project.built("recording."))
                    .as("what the archive is made of")
                    .hasSize(1);
        }
    }

    @Test
    void keepsTheCommandLineShort() throws IOException {
        // Pulumi shows it, several times, when a program fails unexpectedly.
        project.writeProgram("System.out.println(ProcessHandle.current().info().commandLine().get());");
        assertThat(project.launch(RUN).output()).hasSizeLessThan(400).doesNotContain(".jar");
    }

    @Test
    void givesTheProgramMavensOptions() throws IOException {
        project.writeProgram("System.out.println(System.getProperty(\"a\") + System.getProperty(\"b\"));");
        project.write("../.mavenrc", "MAVEN_OPTS=\"$MAVEN_OPTS -Db=2\"");
        assertThat(project.with("MAVEN_OPTS", "-Da=1").launch(RUN).output()).isEqualTo("12\n");
    }

    @Test
    void runsWhatWasChangedWhileItCompiled() throws IOException {
        project.with("DURING_COMPILATION", "sed -i.old s/first/later/ " + APP + " && rm -f " + APP + ".old");
        assertRunPrints("later\n");
        project.writeProgram("System.out.println(\"first\");");
        assertRunPrints("later\n"); // the first state was never stamped as built
    }

    @Test
    void letsTwoCommandsBuildAtOnce() throws IOException, InterruptedException {
        // Each compiles until the other does, too.
        project.with("DURING_COMPILATION", "until [ $(wc -l <\"$MAVEN_CALLS\") -ge 2 ]; do sleep 0.05; done");
        Process other = project.start(RUN);
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(0, "first\n", ""));
        assertThat(other.inputReader().readLine()).isEqualTo("first");
        assertThat(other.waitFor()).isZero();
        assertRunPrints("first\n");
        assertThat(project.mavenCalls()).isEqualTo(2);
        assertThat(project.built("building")).isEmpty();
    }

    @Test
    void startsOverAfterAKilledBuild() throws IOException {
        project.with("DURING_COMPILATION", "kill -9 $PPID; exit 9");
        assertThat(project.launch(RUN).exitCode()).isEqualTo(137);
        assertThat(project.built("program")).isEmpty();
        assertThat(project.built("building")).hasSize(1);
        makeOld(project.built("building").get(0));
        project.with("DURING_COMPILATION", "");
        assertRunPrints("first\n");
        assertThat(project.built("building")).as("what the killed one left").isEmpty();
    }

    @Test
    void removesWhatIsMoreThanAWeekOld() throws IOException {
        project.launch(RUN);
        Path old = project.built("program").get(0);
        makeOld(old);
        project.writeProgram("System.out.println(\"second\");");
        project.launch(RUN);
        assertThat(project.built("program")).hasSize(1).doesNotContain(old);
    }

    @Test
    void survivesLosingWhatItBuilt() throws IOException {
        project.launch(RUN);
        for (String part : List.of("program", "classpath", "packages")) {
            Files.delete(project.built(part).get(0));
            assertThat(project.launch(RUN).output()).as(part).isEqualTo("first\n");
            assertThat(project.launch(DISCOVERY).output()).as(part).isEqualTo("[{\"name\":\"aws\"}]\n");
        }
    }

    @Test
    void leavesEveryOtherCallToMavenAndAllOnRequest() throws IOException {
        assertIsLeftToMaven(List.of("dependency:tree", "-DoutputFile=a b", "*"));
        assertIsLeftToMaven(List.of("compile"));
        project.with("CHAT_SESSIONS_LAUNCH", "stock");
        assertIsLeftToMaven(RUN);
        assertIsLeftToMaven(DISCOVERY);
    }

    @ParameterizedTest
    @CsvSource({
        "pom.xml, <parent>",
        "pom.xml, <resources>",
        "pom.xml, <sourceDirectory>",
        "pom.xml, 1.0-SNAPSHOT",
        "src/main/resources/plugin.json, {}",
        "src/main/java/com/pulumi/Patched.java, {}"
    })
    void leavesToMavenAProjectOfWhichItDoesNotKnowAllParts(String file, String addition) throws IOException {
        append(file, addition);
        assertIsLeftToMaven(RUN);
    }

    @Test
    void leavesToMavenWhatItCannotBuild() throws IOException {
        project.with("DURING_COMPILATION", "echo '[ERROR] plugin not found' >&2; exit 1");
        assertIsLeftToMaven(RUN);
        assertThat(project.built("")).isEmpty();
    }

    /** With Maven itself and the project's own pom.xml. */
    @Test
    void startsFromAnArchiveOnceARunHasShownWhatToPutIntoIt() throws IOException, InterruptedException {
        project = LaunchedProject.withMaven(root.resolve("maven"));
        project.writeProgram(SHOWS_ITS_ARCHIVE);
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

        project.writeProgram(SHOWS_ITS_ARCHIVE + "System.out.println(\"changed\");");
        assertThat(project.launch(RUN))
                .as("the archive is of the dependencies and outlives a change of the program")
                .isEqualTo(new Outcome(0, "true\nchanged\n", ""));

        Files.delete(archive);
        Files.writeString(archive, "no archive");
        assertThat(project.launch(RUN))
                .as("an archive that the JVM refuses")
                .isEqualTo(new Outcome(0, "true\nchanged\n", ""));
    }

    private void append(String file, String addition) throws IOException {
        Path path = project.folder.resolve(file);
        project.write(file, (Files.exists(path) ? Files.readString(path) : "") + addition);
    }

    private void assertIsLeftToMaven(List<String> call) throws IOException {
        assertThat(project.launch(call)).isEqualTo(new Outcome(7, "Maven's way: " + String.join(" ", call) + "\n", ""));
    }

    private void assertRunPrints(String output) throws IOException {
        assertThat(project.launch(RUN).output()).isEqualTo(output);
    }

    private void assertRunsWithBuilds(int builds) throws IOException {
        assertThat(project.launch(RUN).exitCode()).isZero();
        assertThat(project.mavenCalls()).isEqualTo(builds);
    }

    private static void makeOld(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
    }

    /** Has the launcher take the way that it takes on all runs but the first. The JVM leaves aside such an archive. */
    private void pretendToHaveAnArchive() throws IOException {
        project.launch(DISCOVERY);
        for (Path classPath : project.built(".classpath")) {
            Files.writeString(Path.of(classPath.toString().replace(".classpath", ".jsa")), "no archive");
        }
    }
}
