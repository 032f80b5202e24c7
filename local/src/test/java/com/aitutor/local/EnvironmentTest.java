package com.aitutor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes from the user's environment, and what goes into the app's .env file. */
class EnvironmentTest {
    @Test
    void onlyWhatIsKnownComesFromTheUser() {
        Map<String, String> known = Map.of("PATH", "p", "HOME", "h", "https_proxy", "x", "MAVEN_OPTS", "o", "TZ", "z");
        Map<String, String> environment = new HashMap<>(known);
        environment.putAll(Map.of("JAVA_HOME", "j", "JAVA_TOOL_OPTIONS", "t", "AWS_PROFILE", "a", "PULUMI_HOME", "p"));
        KnownEnvironment.keepKnown(environment);
        assertThat(environment.remove("JAVA_HOME")).isEqualTo(System.getProperty("java.home"));
        assertThat(environment).isEqualTo(known);
        assertThat(KnownEnvironment.engine(List.of(), Path.of("/home"), Path.of("/C# 100% a?b"))
                        .environment())
                .containsEntry("PULUMI_BACKEND_URL", "file:///C%23%20100%25%20a%3Fb")
                .containsEntry("AWS_ACCESS_KEY_ID", "local");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                    | A=1;B=2;
            OTHER=x;export B = 'old';# A=0                        | OTHER=x;B=2;# A=0;A=1;
            A=0;OTHER=x;A=00                                      | A=1;OTHER=x;B=2;
            A=0\\r;OTHER=x\\r                                     | A=1\\r;OTHER=x\\r;B=2\\r;
            AWS_ENDPOINT_URL_DYNAMODB="http://127.0.0.1:8000";A=0 | A=1;B=2;
            AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000;A=0   | A=1;B=2;
            AWS_ACCESS_KEY_ID=local;AWS_SECRET_ACCESS_KEY='local' | A=1;B=2;
            AWS_ACCESS_KEY_ID=mine                                | AWS_ACCESS_KEY_ID=mine;A=1;B=2;
            AWS_ENDPOINT_URL_DYNAMODB=http://db.example.com       | AWS_ENDPOINT_URL_DYNAMODB=http://db.example.com;A=1;B=2;
            """)
    void linesTakeThePlaceOfTheirPredecessors(String before, String after, @TempDir Path folder) throws IOException {
        Path file = folder.resolve(".env");
        EnvCommand.write(file, List.of());
        assertThat(Files.getPosixFilePermissions(file))
                .as("reading and writing it")
                .hasSize(2);
        Files.writeString(file, before.translateEscapes().replace(";", "\n"));
        EnvCommand.write(file, List.of("A=1", "B=2"));
        assertThat(Files.readString(file)).isEqualTo(after.translateEscapes().replace(";", "\n"));

        String local = "AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000\nAWS_ACCESS_KEY_ID=local\n";
        Files.writeString(file, local);
        EnvCommand.write(file, List.of("AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8001"));
        assertThat(Files.readString(file)).isEqualTo(local.replace("8000", "8001"));
    }
}
