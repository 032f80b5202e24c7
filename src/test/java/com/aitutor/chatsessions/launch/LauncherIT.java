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
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher beside a stand-in for Maven: what it starts, when it builds, and what it leaves to Maven. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there the launcher is Maven")
class LauncherIT {
    private static final String APP = "src/main/java/com/aitutor/chatsessions/App.java";

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
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
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
        assertThat(project.launch(RUN).output()).isEqualTo("second\n");
        project.writeProgram("System.out.println(\"first\");");
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
        assertThat(Files.readAllLines(project.calls()))
                .extracting(call -> call.contains("dependency:build-classpath"))
                .as("a build for each content, and the class path asked for once")
                .containsExactly(true, false);
    }

    @Test
    void buildsAnewForEveryOtherFileThatCounts() throws IOException {
        String sources = "src/main/java/com/aitutor/chatsessions/";
        assertRunsWithBuilds(1);
        project.write(sources + ".App.java.swp", "an editor's");
        assertRunsWithBuilds(1);
        int builds = 1;
        for (String file : List.of("pom.xml", ".mvn/maven.config", "launch/mvn", sources + "Other.java")) {
            Path path = project.folder.resolve(file);
            project.write(file, Files.exists(path) ? Files.readString(path) + "\n" : "");
            assertRunsWithBuilds(++builds);
        }
    }

    @Test
    void buildsAnewForAnotherJdk() throws IOException {
        project.launch(RUN);
        Path jdk = Files.createSymbolicLink(root.resolve("jdk"), Path.of(System.getProperty("java.home")));
        project.with("JAVA_HOME", jdk.toString()).launch(RUN);
        assertThat(project.mavenCalls()).isEqualTo(2);
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
        assertThat(project.launch(RUN).output()).isEqualTo("corrected\n");
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
        assertThat(project.launch(RUN).output())
                .as("the classes for an archive")
                .isEqualTo("null\n");
        pretendToHaveAnArchive();
        assertThat(project.launch(RUN).output()).isNotEqualTo("null\n");
        project.with("MAVEN_OPTS", "-Drecording=yes");
        pretendToHaveAnArchive();
        assertThat(project.launch(RUN).output()).as("what an option asks for").isEqualTo("null\n");
    }

    @Test
    void keepsNobodyWaitingForTheArchive() throws IOException {
        // the launcher's first step on the way to an archive takes as long as a whole one may
        ProjectFiles.writeExecutable(root.resolve("src/test/resources/launch/grep"), """
                #!/bin/sh
                case $* in *RegisterResourceOutputs*) sleep 20; exit 1 ;; esac
                PATH=/usr/bin:/bin exec grep "$@"
                """);
        assertThat(project.start(RUN).inputReader().lines()).containsExactly("first");
        assertThat(project.built("recording."))
                .as("what the archive is made of")
                .hasSize(1);
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
        assertThat(project.launch(RUN).output()).isEqualTo("later\n");
        project.writeProgram("System.out.println(\"first\");");
        assertThat(project.launch(RUN).output())
                .as("the first state was never stamped as built")
                .isEqualTo("later\n");
    }

    @Test
    void letsTwoCommandsBuildAtOnce() throws IOException, InterruptedException {
        // Each compiles until the other does, too.
        project.with("DURING_COMPILATION", "until [ $(wc -l <\"$MAVEN_CALLS\") -ge 2 ]; do sleep 0.05; done");
        Process other = project.start(RUN);
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(0, "first\n", ""));
        assertThat(other.inputReader().readLine()).isEqualTo("first");
        assertThat(other.waitFor()).isZero();
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
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
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
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
    void buildsAnewWhenADependencyIsGone() throws IOException {
        project.launch(RUN);
        Files.delete(project.dependency());
        project.with("DURING_COMPILATION", "cp \"$MAVEN_CALLS\" \"$DEPENDENCY\"")
                .launch(RUN);
        assertThat(project.mavenCalls()).isEqualTo(2);
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
    void leavesEveryOtherCallToMaven() throws IOException {
        List<String> arguments = List.of("dependency:tree", "-DoutputFile=a b", "*");
        assertThat(project.launch(arguments).exitCode()).isEqualTo(7);
        assertThat(Files.readString(project.calls())).isEqualTo(String.join(" ", arguments) + "\n");
        assertThat(project.launch(List.of("compile")).output()).isEqualTo("Maven's way: compile\n");
    }

    @Test
    void leavesEveryCallToMavenOnRequest() throws IOException {
        project.with("CHAT_SESSIONS_LAUNCH", "stock");
        for (List<String> call : List.of(RUN, DISCOVERY)) {
            assertThat(project.launch(call).output()).isEqualTo("Maven's way: " + String.join(" ", call) + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<parent>", "<resources>", "<sourceDirectory>", "1.0-SNAPSHOT"})
    void leavesToMavenAPomThatReadsMoreThanTheLauncherKnows(String reference) throws IOException {
        project.write("pom.xml", Files.readString(Path.of("pom.xml")) + "<!-- " + reference + " -->");
        assertThat(project.launch(RUN).exitCode()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/resources/plugin.json", "src/main/java/com/pulumi/Patched.java"})
    void leavesToMavenAProgramWithOtherParts(String file) throws IOException {
        project.write(file, "");
        assertThat(project.launch(RUN).exitCode()).isEqualTo(7);
    }

    @Test
    void leavesToMavenWhatItCannotBuild() throws IOException {
        project.with("DURING_COMPILATION", "echo '[ERROR] plugin not found' >&2; exit 1");
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(7, "Maven's way: " + String.join(" ", RUN) + "\n", ""));
        assertThat(project.built("")).isEmpty();
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
