package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.DASHBOARD;
import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plugin does not know is refused by name, never ignored. */
class InputCheckTest {
    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @Test
    void anUnknownTypeIsRefused() {
        assertThatThrownBy(() -> plugin.check("aws:s3/bucket:Bucket", PropertyValue.EMPTY))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("no resource type aws:s3/bucket:Bucket; it has "
                        + String.join(", ", DASHBOARD, ALARM, TABLE, TOPIC, SUBSCRIPTION));
    }

    @Test
    void aTypeInsideAComponentIsFound() {
        assertThat(plugin.check("chatsessions:index:ChatSessionStore$" + TABLE, SampleInputs.table("inside")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        TABLE + ", TableType",
        ALARM + ", StateOnlyTypes",
        DASHBOARD + ", StateOnlyTypes",
        TOPIC + ", StateOnlyTypes",
        SUBSCRIPTION + ", StateOnlyTypes"
    })
    void aPropertyThatThePluginDoesNotCarryIsRefusedByName(String type, String schema) {
        assertThat(plugin.check(type, PropertyValue.EMPTY.with("colour", "red")))
                .contains("\"colour\" of " + type + " is not in the local plugin: add it to " + schema
                        + ". Examine values at 'resource.colour'.");
    }

    @Test
    void soIsAFieldInsideAnObjectOrASet() {
        PropertyValue table = SampleInputs.table("nested")
                .with("ttl", Map.of("attributeName", "ttl", "enabled", true, "days", 3))
                .with("attributes", List.of(Map.of("name", "PK", "type", "S", "order", 1)));

        assertThat(plugin.check(TABLE, table))
                .containsExactly(
                        "\"order\" of " + TABLE + " is not in the local plugin: add it to TableType."
                                + " Examine values at 'resource.attributes'.",
                        "\"days\" of " + TABLE + " is not in the local plugin: add it to TableType."
                                + " Examine values at 'resource.ttl.days'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onDemandThroughput | {\"maxReadRequestUnits\": \"many\"} | \"on_demand_throughput.0.max_read_request_units\": Expected a whole Number",
                "onDemandThroughput | {\"maxReadRequestUnits\": 1.5} | \"on_demand_throughput.0.max_read_request_units\": Expected a whole Number",
                "hashKey | [] | \"hash_key\": Expected a String",
                "tags | \"a\" | \"tags\": Expected an Object",
                "tags | {\"a\": []} | \"tags.a\": Expected a String",
                "attributes | {} | \"attribute\": Expected an Array",
                "attributes | [\"PK\"] | \"attribute.0\": Expected an Object",
                "ttl | {\"enabled\": \"true\"} | \"ttl.0.enabled\": Expected a Boolean"
            })
    void aValueOfAnotherKindIsRefused(String property, String value, String message) {
        assertThatThrownBy(
                        () -> plugin.check(TABLE, SampleInputs.table("kinds").with(property, SampleInputs.json(value))))
                .hasMessageContaining(message);
    }

    @Test
    void aCallThePluginLacksIsUnimplemented() {
        assertThatThrownBy(() -> plugin.call("Construct", PropertyValue.EMPTY))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
    }

    @Test
    void thePluginTellsItsVersionAndHasASchema() {
        assertThat(plugin.call("GetPluginInfo", PropertyValue.EMPTY))
                .isEqualTo(PropertyValue.of(Map.of("version", "6.83.0")));
        assertThat(plugin.call("GetSchema", PropertyValue.EMPTY))
                .isEqualTo(PropertyValue.of(Map.of("schema", "{\"name\":\"aws\",\"version\":\"6.83.0\"}")));
    }
}
