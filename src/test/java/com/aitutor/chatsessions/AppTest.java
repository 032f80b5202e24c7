package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
