package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A command to run: in this project's folder and environment, for ten minutes at most, unless told otherwise. */
public final class Command {
    private final ProcessBuilder builder;
    private Duration limit = Duration.ofMinutes(10);

    private Command(List<String> words) {
        builder = new ProcessBuilder(words).redirectErrorStream(true);
    }

    public static Command of(Object program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(List.of(arguments));
        return new Command(words);
    }

    public Command in(Path folder) {
        builder.directory(folder.toAbsolutePath().toFile());
        return this;
    }

    public Command with(String variable, String value) {
        return with(Map.of(variable, value));
    }

    public Command with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    /** Leaves out the variables whose names match. */
    public Command without(Predicate<String> names) {
        builder.environment().keySet().removeIf(names);
        return this;
    }

    /** Writes standard error to a file. Otherwise it is part of the output. */
    public Command errorsTo(Path file) {
        builder.redirectErrorStream(false).redirectError(file.toFile());
        return this;
    }

    /** After this time the command and what it started are killed. */
    public Command within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /**
     * What a command left.
     *
     * @param output standard output, with standard error as both came
     */
    public record Result(int exitCode, String output) {
        /** The output of a command that has to succeed. */
        public String successful() {
            if (exitCode != 0) {
                throw new AssertionError("exit code %d%n%s".formatted(exitCode, output));
            }
            return output;
        }

        /** Fails unless the command failed with these words among others. */
        void assertFailed(String... words) {
            assertThat(exitCode).as(output).isNotZero();
            assertThat(output).contains(words);
        }

        /** Fails unless the program or the engine refused in these words, among others, and without a stack trace. */
        public void assertRefused(String... words) {
            assertFailed(words);
            assertThat(output).doesNotContain("\tat com.");
        }
    }

    /** Runs the command to its end. */
    public Result run() {
        Path output = null;
        try {
            // a file: a pipe stays open for as long as anything started in the background lives
            output = Files.createTempFile("output", ".txt");
            Process process = builder.redirectOutput(output.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
                throw new AssertionError(
                        "%s did not end within %s:%n%s".formatted(builder.command(), limit, Files.readString(output)));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            if (output != null) {
                output.toFile().delete();
            }
        }
    }

    /** Starts the command; its output is the process's input stream. */
    public Process start() {
        try {
            Process process = builder.redirectOutput(Redirect.PIPE).start();
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> kill(process));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(Process process) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}
