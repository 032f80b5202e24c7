package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Provider.CheckRequest;

/** Values as they travel, places in them, and the names given to what has none. */
class PropertyTest {

    private static final String SIGNATURE = "\"4dabf18193072939515e22adb298388d\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"b\"}",
                "{\"a\":[1.5,true,\"x\",{\"b\":[]}],\"n\":-3.0}",
                "{\"a\":\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"}",
                "{\"a\":{\"4dabf18193072939515e22adb298388d\":\"1b47061264138c4ac30d75fd1eb44270\",\"value\":[1.0]}}"
            })
    void whatIsReadIsWrittenAgain(String json) {
        assertThat(Json.text(PropertyCodec.write(PropertyCodec.read(Json.struct(json))))).isEqualTo(json);
    }

    @Test
    void aSecretAnywhereInsideMakesThePropertySecret() {
        PropertyMap properties = PropertyCodec.read(Json.struct("{\"open\": 1, \"list\": [{\"a\": {" + SIGNATURE
                + ": \"1b47061264138c4ac30d75fd1eb44270\", \"value\": \"x\"}}]}"));

        assertThat(properties.secrets()).containsExactly("list");
        assertThat(properties.get("list").elements().get(0).fields().get("a")).isEqualTo(PropertyValue.of("x"));
    }

    @Test
    void anOutputIsItsValueOrUnknown() {
        String output = "{" + SIGNATURE + ": \"d0e6a833031e9bbcd3f4e8bde6ca49a4\"";
        PropertyMap properties = PropertyCodec.read(Json.struct("{\"known\": " + output
                + ", \"value\": \"x\", \"secret\": true}, \"unknown\": " + output + "}}"));

        assertThat(properties.get("known")).isEqualTo(PropertyValue.of("x"));
        assertThat(properties.get("unknown").isUnknown()).isTrue();
        assertThat(properties.secrets()).containsExactly("known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5cf8f73096256a8f31e491e813e4eb8e", "c44067f5952c0a294b673a41bacd8c17", "something-new"})
    void otherSpecialValuesAreRefusedWithTheirProperty(String signature) {
        assertThatThrownBy(() -> PropertyCodec.read(Json.struct("{\"a\": {" + SIGNATURE + ": \"" + signature + "\"}}")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("property \"a\"");
    }

    @Test
    void nullIsNoValue() {
        PropertyMap properties = PropertyCodec.read(Json.struct("{\"a\": null, \"b\": {\"c\": null}}"));

        assertThat(properties.names()).containsExactly("b");
        assertThat(properties.get("b").isZero()).isTrue();
    }

    @Test
    void messagesHideTheLongestSecretsFirst() {
        PropertyMap properties = new PropertyMap(
                PropertyCodec.read(Json.struct("{\"a\": [\"ab\", \"abc\"], \"b\": \"c\"}")).values(), Set.of("a"));

        assertThat(properties.redact("got abc, ab and c")).isEqualTo("got [secret], [secret] and c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | {\"a\":1.0,\"b\":{\"c\":5.0,\"d\":6.0},\"l\":[{\"x\":7.0},{\"x\":8.0}]}",
                "b.c | {\"a\":4.0,\"b\":{\"c\":2.0,\"d\":6.0},\"l\":[{\"x\":7.0},{\"x\":8.0}]}",
                "b.* | {\"a\":4.0,\"b\":{\"c\":2.0},\"l\":[{\"x\":7.0},{\"x\":8.0}]}",
                "b[\"c\"] | {\"a\":4.0,\"b\":{\"c\":2.0,\"d\":6.0},\"l\":[{\"x\":7.0},{\"x\":8.0}]}",
                "l[0].x | {\"a\":4.0,\"b\":{\"c\":5.0,\"d\":6.0},\"l\":[{\"x\":3.0},{\"x\":8.0}]}",
                "l[*].x | {\"a\":4.0,\"b\":{\"c\":5.0,\"d\":6.0},\"l\":[{\"x\":3.0},{\"x\":8.0}]}",
                "none.at.all | {\"a\":4.0,\"b\":{\"c\":5.0,\"d\":6.0},\"l\":[{\"x\":7.0},{\"x\":8.0}]}"
            })
    void aPlaceIsCopiedFromOneValueToAnother(String path, String expected) {
        PropertyValue.Fields source = values("{\"a\": 1, \"b\": {\"c\": 2}, \"l\": [{\"x\": 3}]}");
        PropertyValue.Fields target =
                values("{\"a\": 4, \"b\": {\"c\": 5, \"d\": 6}, \"l\": [{\"x\": 7}, {\"x\": 8}]}");

        PropertyMap copied = new PropertyMap(PropertyPath.from(path).copy(source, target), Set.of());

        assertThat(Json.text(PropertyCodec.write(copied))).isEqualTo(expected);
    }

    @Test
    void whatHasNoNameGetsOneThatStays() throws Exception {
        Struct alarm = Fixtures.without(Fixtures.alarm(), "name");
        try (TestPlugin plugin = TestPlugin.start("us-east-1", "")) {
            String name = name(plugin, alarm, Struct.getDefaultInstance(), 1);

            assertThat(name).matches("errors-[0-9a-f]{7}");
            assertThat(name(plugin, alarm, Struct.getDefaultInstance(), 1)).isEqualTo(name);
            assertThat(name(plugin, alarm, Struct.getDefaultInstance(), 2)).isNotEqualTo(name);
            assertThat(name(plugin, alarm, Json.struct("{\"name\": \"former\"}"), 2)).isEqualTo("former");
            assertThat(plugin.check(TABLE, Fixtures.without(Fixtures.table("x"), "name")).getFailuresList())
                    .isEmpty();
            assertThat(plugin.check(SUBSCRIPTION, Struct.getDefaultInstance()).getInputs().getFieldsMap())
                    .isEmpty();
        }
    }

    private static String name(TestPlugin plugin, Struct inputs, Struct olds, int seed) {
        return plugin.engine()
                .check(CheckRequest.newBuilder()
                        .setUrn(TestPlugin.urn(ALARM, "errors"))
                        .setOlds(olds)
                        .setNews(inputs)
                        .setRandomSeed(ByteString.copyFrom(new byte[] {(byte) seed, 7, 9}))
                        .build())
                .getInputs()
                .getFieldsOrThrow("name")
                .getStringValue();
    }

    private static PropertyValue.Fields values(String json) {
        return PropertyCodec.read(Json.struct(json)).values();
    }
}
