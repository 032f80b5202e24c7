package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppTest {
    @TempDir
    private Path folder;

    @Test
    void tellsTheLauncherTheExitCode() throws IOException {
        Path file = folder.resolve("exit-code");
        App.tellLauncher(Map.of("CHAT_SESSIONS_EXIT_CODE", file.toString()), 32);
        assertThat(Files.readString(file)).isEqualTo("32\n");
    }

    @Test
    void tellsNobodyWithoutALauncher() {
        assertThatCode(() -> App.tellLauncher(Map.of(), 0)).doesNotThrowAnyException();
    }

    @Test
    void endsByItselfWhereTheLauncherCannotBeTold() {
        String noFile = folder.toString();
        assertThatCode(() -> App.tellLauncher(Map.of("CHAT_SESSIONS_EXIT_CODE", noFile), 0))
                .doesNotThrowAnyException();
    }
}
