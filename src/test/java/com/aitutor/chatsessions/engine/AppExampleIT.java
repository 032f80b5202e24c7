package com.aitutor.chatsessions.engine;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The tests of examples/, in Python, on the table that the engine made and with the outputs that the app gets. */
class AppExampleIT {
    private static final Path PYTHON_ENVIRONMENT = Path.of("target/python").toAbsolutePath();
    private static final Path PYTHON = PYTHON_ENVIRONMENT.resolve("bin/python");
    private static final String AT_LEAST_3_9 = "import sys; sys.exit(sys.version_info < (3, 9))";

    @Test
    void pythonTestsPass() {
        installPackages();
        try (TestStack stack = TestStack.of("dev")) {
            stack.up();
            Map<String, Object> outputs = stack.outputs();
            Map<String, String> environment = outputs.get("appEnvironment").toString().lines()
                    .map(line -> line.split("=", 2))
                    .collect(toMap(variable -> variable[0], variable -> variable[1]));
            String output = python(PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples")
                    .with(environment)
                    .with("APP_ACCESS_POLICY", outputs.get("appAccessPolicy").toString())
                    .run()
                    .successful();
            assertThat(output).containsPattern("\\d+ passed in ").doesNotContain("skipped", "warning");
        }
    }

    private static void installPackages() {
        skipUnlessSuccessful("Python 3.9 or later", python("python3", "-c", AT_LEAST_3_9));
        skipUnlessSuccessful("Python's venv", python("python3", "-m", "venv", PYTHON_ENVIRONMENT.toString()));
        String requirements = "--requirement=examples/requirements.txt";
        skipUnlessSuccessful(
                "a package index that pip reaches",
                python(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", requirements));
    }

    private static Command python(Object program, String... arguments) {
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
            String message = "The tests of examples/ were not run: they need " + needed + ".";
            System.err.println(message);
            throw new TestAbortedException(message + "\n" + result.output());
        }
    }
}
