package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The Pulumi program, as far as Maven builds it. */
final class Program {
    private Program() {}

    /** Does the engine's own first step, before the engine is there: fetches what the program needs and builds it. */
    static void prepare(Path root, Path log) throws IOException {
        ProcessBuilder builder = KnownEnvironment.process(List.of(
                        "./launch/mvn",
                        "-Dorg.slf4j.simpleLogger.logFile=System.err",
                        "--no-transfer-progress",
                        "compile",
                        "exec:java",
                        "-DmainClass=com.pulumi.bootstrap.internal.Main",
                        "-DmainArgs=packages"))
                .directory(root.toFile());
        if (Children.run(builder, log) != 0) {
            throw new LocalFailure(
                    "The Pulumi program could not be built.",
                    String.join("\n  ", errors(Folders.read(log))),
                    "Everything Maven said: " + log);
        }
    }

    /** The errors among what Maven said, without its colours and its general advice; or all of it. */
    static List<String> errors(String log) {
        List<String> lines = log.replaceAll("\u001B\\[[0-9;]*m", "").lines().toList();
        List<String> errors = lines.stream()
                .takeWhile(line -> !line.matches("\\[ERROR] *(-> .*)?"))
                .filter(line -> line.matches("\\[ERROR] *\\S.*|  .*"))
                .map(line -> line.replaceFirst("^\\[ERROR] ", "").replaceFirst(" *-> \\[Help.*", ""))
                .distinct()
                .toList();
        return errors.isEmpty() ? lines : errors;
    }
}
