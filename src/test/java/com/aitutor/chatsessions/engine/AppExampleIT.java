package com.aitutor.chatsessions.engine;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of examples/, in Python, on the table that the engine made and with the outputs that the app gets. */
class AppExampleIT {
    @Test
    void pythonTestsPass() {
        Command pytest = PythonEnvironment.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "examples");
        try (TestStack stack = TestStack.of("dev")) {
            stack.up();
            Map<String, Object> outputs = stack.outputs();
            Map<String, String> environment = outputs.get("appEnvironment")
                    .toString()
                    .lines()
                    .map(line -> line.split("=", 2))
                    .collect(toMap(variable -> variable[0], variable -> variable[1]));
            String output = pytest.with(environment)
                    .with("APP_ACCESS_POLICY", outputs.get("appAccessPolicy").toString())
                    .run()
                    .successful();
            assertThat(output).containsPattern("\\d+ passed in ").doesNotContain("skipped", "warning");
        }
    }
}
