package com.aitutor.localaws;

import static com.aitutor.localaws.PropertyValue.UNKNOWN;
import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.DASHBOARD;
import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are known only after the update, as previews have them. */
class UnknownValuesTest {
    private static final Map<String, PropertyValue> INPUTS = Map.of(
            TABLE, SampleInputs.table("unknown"),
            ALARM, SampleInputs.alarm(),
            DASHBOARD, SampleInputs.dashboard(),
            TOPIC, SampleInputs.json("{\"name\": \"alarms\"}"),
            SUBSCRIPTION, SampleInputs.json("{\"topic\": \"a\", \"protocol\": \"email\", \"endpoint\": \"b\"}"));

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    static Stream<Arguments> properties() {
        return INPUTS.keySet().stream()
                .sorted()
                .flatMap(type -> LocalAwsProvider.type(TestPlugin.urn(type, "any")).schema().stream()
                        .filter(property -> !property.has(PropertySchema.Trait.OUTPUT))
                        .map(property -> Arguments.of(type, property.name())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("properties")
    void anyPropertyMayBeUnknown(String type, String property) {
        PropertyValue inputs = INPUTS.get(type).with(property, UNKNOWN);
        if (type.equals(SUBSCRIPTION)) {
            inputs = inputs.with("topic", UNKNOWN);
        }

        assertThat(plugin.check(type, inputs)).isEmpty();
        assertThat(plugin.previewCreate(type, inputs).get(property)).isEqualTo(UNKNOWN);
    }

    @Test
    void partsMayBeUnknown() {
        PropertyValue inputs = INPUTS.get(TABLE)
                .with("tags", Map.of("a", "b", "c", UNKNOWN))
                .with("ttl", Map.of("attributeName", UNKNOWN, "enabled", true))
                .with("attributes", List.of(UNKNOWN));

        PropertyValue planned = plugin.previewCreate(TABLE, inputs);

        assertThat(plugin.check(TABLE, inputs)).isEmpty();
        assertThat(planned.get("tags")).isEqualTo(UNKNOWN);
        assertThat(planned.get("ttl")).isEqualTo(inputs.get("ttl"));
        assertThat(planned.get("attributes")).isEqualTo(inputs.get("attributes"));
        PropertyValue known = planned.withoutUnknowns();
        assertThat(known.get("tags")).isEqualTo(PropertyValue.ABSENT);
        assertThat(known.get("ttl")).isEqualTo(PropertyValue.of(Map.of("enabled", true)));
    }

    @Test
    void anUnknownKeyLeavesTheAttributesUnchecked() {
        assertThat(plugin.previewCreate(TABLE, INPUTS.get(TABLE).with("hashKey", UNKNOWN))
                        .get("hashKey"))
                .isEqualTo(UNKNOWN);
        assertThatThrownBy(() -> plugin.previewCreate(TABLE, INPUTS.get(TABLE).with("hashKey", "other")))
                .hasMessageContaining("all attributes must be indexed. Unused attributes: [\"PK\"]")
                .hasMessageContaining("all indexes must match a defined attribute. Unmatched indexes: [\"other\"]");
    }

    @Test
    void anUnknownValueDiffersFromAKnownOneAndStaysUnknown() {
        PropertyValue inputs = SampleInputs.alarm();
        PropertyValue state = plugin.create(ALARM, inputs);
        PropertyValue news = inputs.with("name", UNKNOWN).with("alarmActions", List.of(UNKNOWN));

        assertThat(plugin.differences(ALARM, state, news)).containsExactly("alarmActions", "name");
        assertThat(plugin.diff(ALARM, state, news).get("replaces")).isEqualTo(PropertyValue.of(List.of("name")));
        assertThat(plugin.previewUpdate(ALARM, "system-errors", state, news))
                .isEqualTo(state.with("name", UNKNOWN).with("alarmActions", UNKNOWN));
    }
}
