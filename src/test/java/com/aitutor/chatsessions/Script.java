package com.aitutor.chatsessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs scripts. */
final class Script {
    private Script() {}

    /**
     * What a script left.
     *
     * @param exitCode its exit code
     * @param screen all that it printed
     */
    record Result(int exitCode, String screen) {}

    static Result run(Path script, String... arguments) {
        return run(Path.of(""), Map.of(), script, arguments);
    }

    static Result run(Path folder, Map<String, String> environment, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String screen = new String(process.getInputStream().readAllBytes());
            return new Result(process.waitFor(), screen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
