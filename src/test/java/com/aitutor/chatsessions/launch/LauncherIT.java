package com.aitutor.chatsessions.launch;

import static com.aitutor.chatsessions.launch.LaunchedProject.DISCOVERY;
import static com.aitutor.chatsessions.launch.LaunchedProject.RUN;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

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
    void writeProject() {
        project = LaunchedProject.withStandIn(root);
        project.writeProgram("System.out.println(\"first\");");
    }

    @Test
    void buildsOnceForDiscoveryAndEveryRun() {
        assertThat(project.launch(DISCOVERY)).isEqualTo(new Outcome(0, "[{\"name\":\"aws\"}]\n", ""));
        assertThat(project.launch(RUN)).isEqualTo(new Outcome(0, "first\n", ""));
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
        assertThat(project.mavenCalls()).isEqualTo(1);
    }

    @Test
    void takesChangedContentOfTheSameAge() throws IOException {
        project.launch(RUN);
        Path source = project.folder.resolve(APP);
        FileTime time = Files.getLastModifiedTime(source);
        project.writeProgram("System.out.println(\"other\");");
        Files.setLastModifiedTime(source, time);
        assertThat(project.launch(RUN).output()).isEqualTo("other\n");
    }

    @Test
    void leavesUnchangedContentOfAnotherAge() throws IOException {
        project.launch(RUN);
        Files.setLastModifiedTime(project.folder.resolve(APP), FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        project.launch(RUN);
        assertThat(project.mavenCalls()).isEqualTo(1);
    }

    @Test
    void buildsAnewForEveryOtherFileThatCounts() throws IOException {
        project.launch(RUN);
        List<String> files = List.of(
                "pom.xml",
                ".mvn/maven.config",
                "launch/build.sh",
                "src/main/resources/settings.txt",
                "src/main/java/com/aitutor/chatsessions/Other.java");
        for (String file : files) {
            long calls = project.mavenCalls();
            Path path = project.folder.resolve(file);
            project.write(file, Files.exists(path) ? Files.readString(path) + "\n" : "");
            project.launch(RUN);
            assertThat(project.mavenCalls()).as(file).isEqualTo(calls + 1);
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
    void leavesAnEditorsFilesBesideTheSources() {
        project.launch(RUN);
        project.write("src/main/java/com/aitutor/chatsessions/.App.java.swp", "");
        project.launch(RUN);
        assertThat(project.mavenCalls()).isEqualTo(1);
    }

    @Test
    void goesBackToAnEarlierStateWithoutBuilding() {
        project.launch(RUN);
        project.writeProgram("System.out.println(\"second\");");
        project.launch(RUN);
        project.writeProgram("System.out.println(\"first\");");
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
        assertThat(project.mavenCalls()).isEqualTo(2);
    }

    @Test
    void showsACompileErrorOnceAsMavenDoes() {
        project.writeProgram("no such thing;");
        Outcome discovery = project.launch(DISCOVERY);
        Outcome run = project.launch(RUN);
        assertThat(discovery.exitCode()).isEqualTo(1);
        assertThat(discovery.output()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).startsWith("[ERROR] COMPILATION ERROR").contains("App.java:14");
        assertThat(discovery.errors()).isEqualTo(run.output());
        assertThat(project.mavenCalls()).as("the run shows what discovery has just found").isEqualTo(1);

        assertThat(project.launch(RUN).exitCode()).isEqualTo(1);
        assertThat(project.mavenCalls()).as("but only once").isEqualTo(2);
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
    void isTheProgramsOwnProcessWhereThatEndsByItself() throws IOException, InterruptedException {
        project.writeProgram("System.out.println(ProcessHandle.current().pid()); Thread.sleep(60_000);");
        project.launch(DISCOVERY);
        Process process = project.start(RUN);
        assertThat(process.inputReader().readLine()).isEqualTo(String.valueOf(process.pid()));
        process.destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void letsAProgramEndByItselfWhenTheJvmMayHaveSomethingToWrite() throws IOException {
        project.writeProgram("System.out.println(System.getenv(\"CHAT_SESSIONS_EXIT_CODE\"));");
        assertThat(project.launch(RUN).output()).as("the classes for an archive").isEqualTo("null\n");
        pretendToHaveAnArchive();
        assertThat(project.launch(RUN).output()).isNotEqualTo("null\n");
        project.with("MAVEN_OPTS", "-Drecording=yes");
        pretendToHaveAnArchive();
        assertThat(project.launch(RUN).output()).as("what an option asks for").isEqualTo("null\n");
    }

    @Test
    void keepsTheCommandLineShort() {
        // Pulumi shows it, several times, when a program fails unexpectedly.
        project.writeProgram("System.out.println(ProcessHandle.current().info().commandLine().get());");
        assertThat(project.launch(RUN).output()).hasSizeLessThan(400).doesNotContain(".jar");
    }

    @Test
    void givesTheProgramMavensOptions() {
        project.writeProgram("System.out.println(System.getProperty(\"a\") + System.getProperty(\"b\"));");
        project.write("../.mavenrc", "MAVEN_OPTS=\"$MAVEN_OPTS -Db=2\"");
        assertThat(project.with("MAVEN_OPTS", "-Da=1").launch(RUN).output()).isEqualTo("12\n");
    }

    @Test
    void runsWhatWasChangedWhileItCompiled() {
        project.with("DURING_COMPILATION", "sed -i.old s/first/later/ " + APP + " && rm -f " + APP + ".old");
        assertThat(project.launch(RUN).output()).isEqualTo("later\n");
        project.writeProgram("System.out.println(\"first\");");
        assertThat(project.launch(RUN).output())
                .as("the first state was never stamped as built")
                .isEqualTo("later\n");
    }

    @Test
    void letsTwoCommandsBuildAtOnce() {
        // Each compiles until the other does, too.
        project.with("DURING_COMPILATION", "until [ $(wc -l <\"$MAVEN_CALLS\") -ge 2 ]; do sleep 0.05; done");
        Process one = project.start(RUN);
        Process other = project.start(RUN);
        assertThat(List.of(project.await(one), project.await(other)))
                .containsOnly(new Outcome(0, "first\n", ""));
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
        assertThat(project.mavenCalls()).isEqualTo(2);
        assertThat(project.stored("building")).isEmpty();
    }

    @Test
    void startsOverAfterAKilledBuild() throws IOException {
        project.with("DURING_COMPILATION", "kill -9 $PPID; exit 9");
        assertThat(project.launch(RUN).exitCode()).isEqualTo(137);
        assertThat(project.stored("program")).isEmpty();
        List<Path> left = project.stored("building");
        assertThat(left).hasSize(1);

        Files.setLastModifiedTime(left.get(0), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        project.with("DURING_COMPILATION", "");
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
        assertThat(project.stored("building")).as("what the killed one left").isEmpty();
    }

    @Test
    void removesWhatHasNotBeenUsedForDays() throws IOException {
        project.launch(RUN);
        Path unused = project.stored("program").get(0);
        Files.setLastModifiedTime(unused.resolve("used"), FileTime.from(Instant.now().minus(Duration.ofDays(4))));
        project.writeProgram("System.out.println(\"second\");");
        project.launch(RUN);
        assertThat(project.stored("program")).hasSize(1).doesNotContain(unused);
    }

    @Test
    void buildsAnewWhenADependencyIsGoneOrChanged() throws IOException {
        project.launch(RUN);
        project.pack("other.txt", "of another dependency");
        project.launch(RUN);
        assertThat(project.mavenCalls()).as("changed").isEqualTo(2);
        Files.delete(project.dependency());
        project.with("DURING_COMPILATION", "cp \"$MAVEN_CALLS\" \"$DEPENDENCY\"").launch(RUN);
        assertThat(project.mavenCalls()).as("gone").isEqualTo(3);
    }

    @Test
    void asksMavenForTheClassPathOnlyWhenItMayDiffer() throws IOException {
        project.launch(RUN);
        project.writeProgram("System.out.println(\"second\");");
        project.launch(RUN);
        project.write("src/main/resources/com/aitutor/own/plugin.json", "{}");
        project.launch(RUN);
        assertThat(Files.readAllLines(project.calls()).stream()
                        .map(call -> String.valueOf(call.contains("dependency:build-classpath")))
                        .collect(joining(" ")))
                .isEqualTo("true false true");
    }

    @Test
    void letsTheProgramOverrideADependency() throws IOException {
        String print = """
                System.out.println(new String(
                        App.class.getResourceAsStream("/dependency.txt").readAllBytes()));""";
        project.writeProgram(print);
        assertThat(project.launch(RUN).output()).isEqualTo("of the dependency\n");
        project.write("src/main/resources/dependency.txt", "of the program");
        assertThat(project.launch(RUN).output()).isEqualTo("of the program\n");
    }

    @Test
    void survivesAStoreThatIsTakenAway() throws IOException {
        project.launch(RUN);
        Files.delete(project.stored("program").get(0).resolve("app.jar"));
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
        for (Path path : project.stored("")) {
            Files.move(path, root.resolve("away-" + path.getFileName()));
        }
        assertThat(project.launch(RUN).output()).isEqualTo("first\n");
    }

    @Test
    void leavesEveryOtherCallToMaven() throws IOException {
        List<String> arguments = List.of("dependency:tree", "-DoutputFile=a b", "*");
        assertThat(project.launch(arguments).exitCode()).isEqualTo(7);
        assertThat(Files.readString(project.calls())).isEqualTo(String.join(" ", arguments) + "\n");
        assertThat(project.launch(List.of("compile")).output()).isEqualTo("Maven's way: compile\n");
    }

    @Test
    void leavesEveryCallToMavenOnRequest() {
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

    @Test
    void leavesToMavenWhatItCannotBuild() {
        project.with("DURING_COMPILATION", "echo '[ERROR] plugin not found' >&2; exit 1");
        assertThat(project.launch(RUN))
                .isEqualTo(new Outcome(7, "Maven's way: " + String.join(" ", RUN) + "\n", ""));
        assertThat(project.stored("")).isEmpty();
    }

    /** Has the launcher take the way that it takes on all runs but the first. The JVM leaves aside such an archive. */
    private void pretendToHaveAnArchive() throws IOException {
        project.launch(DISCOVERY);
        for (Path dependencies : project.stored("dependencies")) {
            Files.writeString(dependencies.resolve("classes.jsa"), "no archive");
        }
    }
}
