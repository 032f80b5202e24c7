package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program takes from its process's environment and leaves outside Pulumi. */
class AppTest {
    @Test
    void tellsTheLauncherTheExitCode(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("exit-code");
        App.tellLauncher(Map.of("CHAT_SESSIONS_EXIT_CODE", file.toString()), 32);
        assertThat(Files.readString(file)).isEqualTo("32\n");
    }

    @Test
    void endsByItselfWhereNoLauncherCanBeTold(@TempDir Path folder) {
        App.tellLauncher(Map.of(), 0);
        App.tellLauncher(Map.of("CHAT_SESSIONS_EXIT_CODE", folder.toString()), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://127.0.0.1:8000", "https://dynamodb-2.test_net/local", "http://[::1]:8000"})
    void aShellReadsEveryValueAsItStands(String endpoint, @TempDir Path folder) throws IOException {
        String text = AppEnvironment.text("Tutor.chat_sessions-2", "us-east-1", 30, settings(endpoint).endpoint);
        assertThat(text.lines()).allMatch(line -> line.matches("[A-Z_]+=[A-Za-z0-9_.:/\\[\\]-]+"));
        Files.writeString(folder.resolve(".env"), text);
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", "set -a; . ./.env; env").directory(folder.toFile());
        try (BufferedReader output = shell.redirectErrorStream(true).start().inputReader()) {
            assertThat(output.lines()).containsAll(text.lines().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8000", "http://", "http://a b", "http://a\nB=c", "http://a$(b)", "ftp://a"})
    void refusesAnEndpointThatWouldBeReadAsSomethingElse(String endpoint) {
        assertThatThrownBy(() -> settings(endpoint))
                .isInstanceOf(RunException.class)
                .hasMessage("""
                        Settings of stack prod are not accepted, nothing was changed:
                        AWS_ENDPOINT_URL_DYNAMODB is "%s"
                            accepted: http:// or https://, a host, and where needed a port and a path
                            fix:      unset AWS_ENDPOINT_URL_DYNAMODB, for DynamoDB in AWS""", endpoint);
    }

    private static StackSettings settings(String endpoint) {
        Map<String, String> environment =
                new HashMap<>(StackConfiguration.fixture().processEnvironment());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
        return new StackSettings("prod", environment);
    }
}
