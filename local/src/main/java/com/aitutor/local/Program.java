package com.aitutor.local;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The Pulumi program, built before the engine asks for it: beside other work, and with its errors alone. */
final class Program {
    private static final Pattern HELP = Pattern.compile(" *-> \\[Help.*");

    private Program() {}

    /** Does the engine's own first step. What it makes is there when the engine asks for it. */
    static void build(Folders folders) {
        Path log = folders.data().resolve("program.log");
        ProcessBuilder builder = KnownEnvironment.process(List.of(
                        "./launch/mvn",
                        "-Dorg.slf4j.simpleLogger.logFile=System.err",
                        "--no-transfer-progress",
                        "compile",
                        "exec:java",
                        "-DmainClass=com.pulumi.bootstrap.internal.Main",
                        "-DmainArgs=packages"))
                .directory(folders.root().toFile());
        if (Children.run(builder, log) != 0) {
            throw new BrokenProgram(whatFailed(Folders.read(log)), log);
        }
    }

    /** What Maven said, without its colours and its general advice. */
    static List<String> whatFailed(String log) {
        List<String> lines =
                log.replaceAll("\u001B\\[[0-9;]*m", "").lines().toList();
        List<String> errors = lines.stream()
                .takeWhile(line -> !line.startsWith("[ERROR] -> ") && !line.equals("[ERROR] "))
                .filter(line -> line.matches("\\[ERROR] *\\S.*|  .*"))
                .map(line -> HELP.matcher(line).replaceFirst(""))
                .distinct()
                .toList();
        return errors.isEmpty() ? lines : errors;
    }

    /** The program does not compile, or Maven cannot get what it needs. */
    static final class BrokenProgram extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> lines;

        BrokenProgram(List<String> lines, Path log) {
            super(String.join("\n", lines) + "\nEverything Maven said: " + log);
            this.lines = lines;
        }

        /** Whether the program is to blame, not the network or the machine. */
        boolean doesNotCompile() {
            return lines.stream().anyMatch(line -> line.contains("COMPILATION ERROR") || line.contains(".java"));
        }
    }
}
