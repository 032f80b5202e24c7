package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Python with the packages of examples/requirements.txt, boto3 among them. */
public final class PythonEnvironment {
    private static final Path FOLDER = ProjectFiles.WORK.resolve("python");
    private static final Path PYTHON = FOLDER.resolve("bin/python");
    private static final String AT_LEAST_3_9 = "import sys; sys.exit(sys.version_info < (3, 9))";

    private PythonEnvironment() {}

    /** Python with its arguments; the test is skipped, and a line says so, where something is missing for it. */
    public static Command python(String... arguments) {
        skipUnlessSuccessful("Python 3.9 or later", command("python3", "-c", AT_LEAST_3_9));
        skipUnlessSuccessful("Python's venv", command("python3", "-m", "venv", FOLDER.toString()));
        String requirements = "--requirement=examples/requirements.txt";
        skipUnlessSuccessful(
                "a package index that pip reaches",
                command(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", requirements));
        return command(PYTHON, arguments);
    }

    private static Command command(Object program, String... arguments) {
        return Command.of(program, arguments)
                .without(name -> name.startsWith("PYTHON") || name.startsWith("PYTEST"))
                .with("PYTHONDONTWRITEBYTECODE", "1");
    }

    private static void skipUnlessSuccessful(String needed, Command command) {
        Result result;
        try {
            result = command.run();
        } catch (UncheckedIOException e) {
            result = new Result(127, e.getMessage());
        }
        // a package that is not the pinned one is no reason to skip
        assertThat(result.output()).doesNotContain("DO NOT MATCH");
        if (result.exitCode() != 0) {
            String message = "Tests that use Python were not run: they need " + needed + ".";
            System.err.println(message);
            throw new TestAbortedException(message + "\n" + result.output());
        }
    }
}
