package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The program, Pulumi.yaml, the README and the stack files say the same of the settings. */
class DeclarationsTest {
    private static final Pattern SETTINGS_ROW =
            Pattern.compile("\\| `(?<key>\\w+)` \\| (?<default>[^|]+) \\| (?<accepts>[^|]+) \\| [^|]+ \\|");

    /** The settings that the project declares: all but the provider's. */
    private static final List<Setting> DECLARED =
            StackSettings.ALL.stream().filter(setting -> setting != StackSettings.REGION).toList();

    @Test
    void everyConstantIsListed() {
        List<Object> constants = Stream.of(StackSettings.class.getDeclaredFields())
                .filter(field -> field.getType() == Setting.class)
                .map(DeclarationsTest::value)
                .toList();
        assertThat(StackSettings.ALL).isEqualTo(constants);
    }

    @Test
    void pulumiYamlDeclaresEverySettingAndNoOther() {
        assertThat(StackConfiguration.declarations().keySet())
                .containsExactlyElementsOf(DECLARED.stream().map(DeclarationsTest::key).toList());
    }

    @ParameterizedTest
    @FieldSource("DECLARED")
    void pulumiYamlSaysWhatTheSettingAcceptsAndItsDefault(Setting setting) {
        Map<String, Object> declaration = StackConfiguration.declarations().get(key(setting));
        assertThat(declaration).containsOnlyKeys("default", "description");
        assertThat(declaration.get("default")).hasToString(setting.defaultValue());
        assertThat(declaration.get("description").toString()).startsWith(setting.accepts() + ". ");
    }

    @Test
    void theReadmesTableIsThatOfTheProgram() throws IOException {
        List<String> rows = SETTINGS_ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> String.join(" | ", row.group(1), row.group(2), row.group(3)))
                .toList();
        assertThat(rows).containsExactlyElementsOf(DECLARED.stream()
                .map(setting -> String.join(" | ", key(setting), setting.defaultValue(), setting.accepts()))
                .toList());
    }

    @ParameterizedTest
    @MethodSource
    void everyStackFileIsAccepted(String stackName) {
        assertThatCode(StackConfiguration.from(stackName)::settings).doesNotThrowAnyException();
    }

    static List<String> everyStackFileIsAccepted() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.map(Path::toString)
                    .filter(name -> name.matches("Pulumi\\..+\\.yaml"))
                    .map(name -> name.split("\\.")[1])
                    .toList();
        }
    }

    @Test
    void devAndProdCanLiveInOneAccountAndRegion() {
        StackSettings dev = StackConfiguration.from("dev").settings();
        StackSettings prod = StackConfiguration.from("prod").settings();
        assertThat(dev.tableName()).isNotEqualTo(prod.tableName());
        assertThat(dev.environment()).isNotEqualTo(prod.environment());
    }

    /** Losing a default must not lose data: production says itself what protects it. */
    @Test
    void prodWritesItsProtectionOut() {
        assertThat(StackConfiguration.stackFile("prod"))
                .containsEntry("chat-sessions:tableName", "chat_sessions")
                .containsEntry("chat-sessions:pointInTimeRecovery", "true")
                .containsEntry("chat-sessions:recoveryWindowDays", "35")
                .containsEntry("chat-sessions:deletionProtection", "true");
    }

    private static String key(Setting setting) {
        return setting.fullKey().substring("chat-sessions:".length());
    }

    private static Object value(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
