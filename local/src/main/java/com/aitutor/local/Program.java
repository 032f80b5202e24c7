package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The Pulumi program, built before the engine asks for it: beside other work, and with its errors alone. */
final class Program {
    private Program() {}

    /**
     * Does the engine's own first step. What it makes is there when the engine asks for it.
     *
     * @param log what Maven says goes here
     * @return Maven's errors; none when the program is built
     */
    static List<String> build(Path root, Path log) throws IOException {
        ProcessBuilder builder = KnownEnvironment.process(List.of(
                        "./launch/mvn",
                        "-Dorg.slf4j.simpleLogger.logFile=System.err",
                        "--no-transfer-progress",
                        "compile",
                        "exec:java",
                        "-DmainClass=com.pulumi.bootstrap.internal.Main",
                        "-DmainArgs=packages"))
                .directory(root.toFile());
        return Children.run(builder, log) == 0 ? List.of() : errors(Folders.read(log));
    }

    /** Whether the program is to blame, not the network or the machine. */
    static boolean doesNotCompile(List<String> errors) {
        return errors.stream().anyMatch(line -> line.contains(".java"));
    }

    static LocalFailure failure(List<String> errors, Path log) {
        return new LocalFailure(
                "The Pulumi program could not be built.", String.join("\n  ", errors), "Everything Maven said: " + log);
    }

    /** What Maven said, without its colours and its general advice. */
    static List<String> errors(String log) {
        List<String> lines = log.replaceAll("\u001B\\[[0-9;]*m", "").lines().toList();
        List<String> errors = lines.stream()
                .takeWhile(line -> !line.matches("\\[ERROR] (-> .*)?"))
                .filter(line -> line.matches("\\[ERROR] *\\S.*|  .*"))
                .map(line -> line.replaceFirst(" *-> \\[Help.*", ""))
                .distinct()
                .toList();
        return errors.isEmpty() ? lines : errors;
    }
}
