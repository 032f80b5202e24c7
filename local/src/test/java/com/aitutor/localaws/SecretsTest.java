package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ProviderHandshakeRequest;

/** What a program marks as secret stays secret in everything the plugin answers. */
class SecretsTest {

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @Test
    void theEngineIsToldThatSecretsAreTaken() {
        assertThat(plugin.engine()
                        .handshake(ProviderHandshakeRequest.getDefaultInstance())
                        .getAcceptSecrets())
                .isTrue();
        assertThat(plugin.engine()
                        .configure(ConfigureRequest.newBuilder()
                                .setArgs(Json.struct("{\"region\": \"us-east-1\"}"))
                                .build())
                        .getAcceptSecrets())
                .isTrue();
    }

    @Test
    void aSecretStaysSecretFromCheckToUpdate() {
        Struct inputs = Json.struct(
                """
                {"topic": "arn:aws:sns:us-east-1:000000000000:topic", "protocol": "email", "endpoint": %s}
                """
                        .formatted(secret("\"team@example.com\"")));

        Struct checked = plugin.check(SUBSCRIPTION, inputs).getInputs();
        assertThat(isSecret(checked, "endpoint")).isTrue();
        assertThat(isSecret(checked, "topic")).isFalse();
        assertThat(isSecret(plugin.previewCreate(SUBSCRIPTION, checked), "endpoint")).isTrue();

        var created = plugin.create(SUBSCRIPTION, checked);
        assertThat(isSecret(created.getProperties(), "endpoint")).isTrue();

        var read = plugin.read(SUBSCRIPTION, created.getId(), created.getProperties(), checked);
        assertThat(isSecret(read.getProperties(), "endpoint")).isTrue();
        assertThat(isSecret(read.getInputs(), "endpoint")).isTrue();

        assertThat(isSecret(
                        plugin.update(SUBSCRIPTION, created.getId(), created.getProperties(), checked, checked, false),
                        "endpoint"))
                .isTrue();
        assertThat(plugin.diff(SUBSCRIPTION, created.getProperties(), checked, checked).getDiffsList())
                .isEmpty();
    }

    @Test
    void whatContainsASecretIsSecretToo() {
        Struct inputs = Json.struct("{\"name\": %s, \"tags\": {\"a\": %s}}"
                .formatted(secret("\"hidden\""), secret("\"value\"")));

        Struct properties = plugin.create(TOPIC, inputs).getProperties();

        assertThat(properties.getFieldsMap().keySet().stream().filter(name -> isSecret(properties, name)))
                .containsExactlyInAnyOrder("name", "arn", "policy", "tags", "tagsAll");
    }

    @Test
    void messagesDoNotTellSecrets() {
        Struct inputs = Fixtures.with(Fixtures.table("x"), "name", secret("\"two words\""));

        assertThat(plugin.check(TABLE, inputs).getFailures(0).getReason())
                .contains("got [secret]")
                .doesNotContain("two words");
    }

    @Test
    void anUnknownSecretStaysBoth() {
        Struct inputs = Fixtures.with(Fixtures.table("x"), "name", secret('"' + Json.UNKNOWN + '"'));

        Struct planned = plugin.previewCreate(TABLE, plugin.check(TABLE, inputs).getInputs());

        assertThat(isSecret(planned, "name")).isTrue();
        assertThat(Json.text(planned)).contains("\"value\":\"" + Json.UNKNOWN + "\"");
    }

    private static String secret(String json) {
        return "{\"4dabf18193072939515e22adb298388d\": \"1b47061264138c4ac30d75fd1eb44270\", \"value\": " + json + "}";
    }

    private static boolean isSecret(Struct struct, String property) {
        return struct.getFieldsOrThrow(property)
                .getStructValue()
                .getFieldsMap()
                .containsKey("4dabf18193072939515e22adb298388d");
    }
}
