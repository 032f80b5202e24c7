package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.ALARM;
import static com.aitutor.localaws.TestPlugin.SUBSCRIPTION;
import static com.aitutor.localaws.TestPlugin.TABLE;
import static com.aitutor.localaws.TestPlugin.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.ConstructRequest;
import pulumirpc.Provider.GetSchemaRequest;

/** What the plugin does not know is refused with its name, never ignored; without a database it still checks. */
class RefusalTest {

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.withoutDatabase();

    @Test
    void anUnknownTypeIsRefused() {
        assertThatThrownBy(() -> plugin.check("aws:s3/bucket:Bucket", Struct.getDefaultInstance()))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("no resource type aws:s3/bucket:Bucket; it has " + ALARM + ", " + TABLE + ", "
                        + TOPIC + ", " + SUBSCRIPTION);
    }

    @Test
    void aTypeInsideAComponentIsFound() {
        assertThat(plugin.check("chatsessions:index:ChatSessionStore$" + TABLE, Fixtures.table("inside"))
                        .getFailuresList())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {TABLE, ALARM, TOPIC, SUBSCRIPTION})
    void anUnknownPropertyIsRefusedByCheckAndCreate(String type) {
        Struct inputs = Json.struct("{\"colour\": \"red\"}");

        assertThat(reasons(plugin.check(type, inputs).getFailuresList()))
                .anySatisfy(reason -> assertThat(reason)
                        .startsWith("Unknown property \"colour\" of " + type + "; known here: ")
                        .endsWith("Examine values at 'resource.colour'."));
        assertThatThrownBy(() -> plugin.previewCreate(type, inputs))
                .hasMessageContaining("Unknown property colour of " + type);
        assertThatThrownBy(() -> plugin.update(type, "id", inputs, inputs, inputs, true))
                .hasMessageContaining("Unknown property colour of " + type);
    }

    @Test
    void anUnknownPropertyInsideAnotherIsRefused() {
        Struct table = Fixtures.with(
                Fixtures.table("nested"), "ttl", "{\"attributeName\": \"ttl\", \"enabled\": true, \"days\": 3}");

        assertThat(reasons(plugin.check(TABLE, table).getFailuresList()))
                .containsExactly("Unknown property \"days\" of aws:dynamodb/table:Table; known here: attributeName,"
                        + " enabled. Examine values at 'resource.ttl.days'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streamEnabled | true",
                "streamViewType | \"NEW_IMAGE\"",
                "replicas | [{\"regionName\": \"us-west-2\"}]",
                "localSecondaryIndexes | [{\"name\": \"local\"}]",
                "importTable | {\"inputFormat\": \"CSV\"}"
            })
    void whatAwsHasAndThePluginLacksIsRefused(String property, String value) {
        assertThat(reasons(plugin.check(TABLE, Fixtures.with(Fixtures.table("more"), property, value))
                        .getFailuresList()))
                .containsExactly("The local AWS plugin does not support \"" + property
                        + "\" of aws:dynamodb/table:Table. Examine values at 'resource." + reported(property) + "'.");
    }

    @ParameterizedTest
    @CsvSource({"streamEnabled, false", "replicas, []", "localSecondaryIndexes, []"})
    void leavingItOutInWordsIsAccepted(String property, String value) {
        assertThat(plugin.check(TABLE, Fixtures.with(Fixtures.table("less"), property, value)).getFailuresList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "readCapacity | \"many\" | \"read_capacity\": Expected a whole Number",
                "readCapacity | 1.5 | \"read_capacity\": Expected a whole Number",
                "hashKey | [] | \"hash_key\": Expected a String",
                "tags | \"a\" | \"tags\": Expected an Object",
                "tags | {\"a\": []} | \"tags.a\": Expected a String",
                "attributes | {} | \"attribute\": Expected an Array",
                "attributes | [\"PK\"] | \"attribute.0\": Expected an Object",
                "ttl | {\"enabled\": \"perhaps\"} | \"ttl.0.enabled\": Expected a Boolean"
            })
    void aValueOfAnotherKindIsRefused(String property, String value, String message) {
        assertThatThrownBy(() -> plugin.check(TABLE, Fixtures.with(Fixtures.table("kinds"), property, value)))
                .hasMessageContaining(message);
    }

    @Test
    void textsThatSpellNumbersAndTruthValuesAreTaken() {
        Struct inputs = Fixtures.with(
                Fixtures.with(Fixtures.table("spelled"), "deletionProtectionEnabled", "\"true\""),
                "pointInTimeRecovery",
                "{\"enabled\": \"true\", \"recoveryPeriodInDays\": \"7\"}");

        assertThat(Json.text(plugin.check(TABLE, inputs).getInputs()))
                .contains("\"deletionProtectionEnabled\":true")
                .contains("{\"enabled\":true,\"recoveryPeriodInDays\":7.0}");
    }

    @Test
    void anUnknownFunctionOrArgumentIsRefused() {
        assertThatThrownBy(() -> plugin.invoke("aws:index/getRegion:getRegion", Struct.getDefaultInstance()))
                .hasMessageContaining("no function aws:index/getRegion:getRegion");
        assertThatThrownBy(() -> plugin.invoke(
                        "aws:dynamodb/getTable:getTable", Json.struct("{\"name\": \"abc\", \"colour\": \"red\"}")))
                .hasMessageContaining("unknown argument colour of aws:dynamodb/getTable:getTable");
    }

    @Test
    void aCallThePluginLacksIsUnimplemented() {
        assertThatThrownBy(() -> plugin.engine().construct(ConstructRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode())
                        .isEqualTo(Status.Code.UNIMPLEMENTED));
    }

    @Test
    void thePluginTellsItsVersionAndHasASchema() {
        assertThat(plugin.engine().getPluginInfo(Empty.getDefaultInstance()).getVersion()).isEqualTo("6.83.0");
        assertThat(Json.struct(plugin.engine()
                        .getSchema(GetSchemaRequest.getDefaultInstance())
                        .getSchema())
                .getFieldsOrThrow("name")
                .getStringValue())
                .isEqualTo("aws");
    }

    @Test
    void withoutADatabaseOnlyWhatNeedsOneFails() {
        Struct inputs = Fixtures.table("offline");
        Struct planned = plugin.previewCreate(TABLE, inputs);
        String help = "start it with ./local/up";

        assertThat(plugin.update(TABLE, "offline", planned, inputs, inputs, true).getFieldsMap())
                .containsKey("name");
        assertThat(plugin.create(TOPIC, Json.struct("{\"name\": \"topic\"}")).getId())
                .isEqualTo("arn:aws:sns:us-east-1:000000000000:topic");
        assertThatThrownBy(() -> plugin.create(TABLE, inputs)).hasMessageContaining(help);
        assertThatThrownBy(() -> plugin.read(TABLE, "offline", planned, inputs)).hasMessageContaining(help);
        assertThatThrownBy(() -> plugin.update(TABLE, "offline", planned, inputs, inputs, false))
                .hasMessageContaining(help);
        assertThatThrownBy(() -> plugin.delete(TABLE, "offline", planned)).hasMessageContaining(help);
    }

    private static List<String> reasons(List<CheckFailure> failures) {
        return failures.stream().map(CheckFailure::getReason).toList();
    }

    private static String reported(String property) {
        return property.equals("localSecondaryIndexes") ? "localSecondaryIndices" : property;
    }
}
