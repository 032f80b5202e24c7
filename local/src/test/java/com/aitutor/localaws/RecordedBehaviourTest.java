package com.aitutor.localaws;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays recorded calls of the official provider, in the order they were recorded, and expects its answers: the same
 * failures, differences, errors and properties. All were recorded on terraform-provider-aws 5.100.0, the code under
 * com.pulumi:aws 6.83, behind Pulumi's bridge and in front of moto.
 */
class RecordedBehaviourTest {
    @AutoClose
    private static final InMemoryDynamoDb database = InMemoryDynamoDb.start();

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.start("us-east-1", database.address());

    /** Returns the recorded calls, without the properties that the plugin does not carry. */
    static Stream<Arguments> cases() throws IOException {
        return ProtobufJson.recording("/provider-behaviour.json").stream()
                .filter(recorded ->
                        !Deviations.LEFT_OUT.contains(recorded.get("case").text()))
                .map(recorded -> Arguments.of(recorded.get("case").text(), recorded));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsTheOfficialProvider(String name, PropertyValue recorded) {
        PropertyValue official = recorded.get("error").isAbsent()
                ? RecordedAnswer.of(recorded.get("response"), schema(recorded))
                : RecordedAnswer.ofError(recorded.get("error").text());
        PropertyValue actual = replay(recorded);

        PropertyValue expected = Deviations.expected(name, official);

        assertThat(ProtobufJson.text(actual.wire())).as(name).isEqualTo(ProtobufJson.text(expected.wire()));
        if (Deviations.names().contains(name)) {
            assertThat(actual).as("%s: the deviation is still needed", name).isNotEqualTo(official);
        }
    }

    @Test
    void everyDeviationIsOfACarriedCase() throws IOException {
        assertThat(cases().map(arguments -> arguments.get()[0].toString()))
                .containsAll(Deviations.names())
                .hasSize(203);
    }

    private static PropertyValue replay(PropertyValue recorded) {
        String name = recorded.get("case").text();
        // the resources were called after their kind, which is also how the cases begin
        String urn = TestPlugin.urn(recorded.get("type").text(), name.substring(0, name.indexOf(':')));
        PropertyValue request = recorded.get("request").with("urn", urn);
        for (String part : List.of("news", "properties", "inputs")) {
            request = request.with(part, RecordedAnswer.carried(request.get(part), schema(recorded)));
        }
        try {
            return RecordedAnswer.of(plugin.call(recorded.get("method").text(), request), schema(recorded));
        } catch (StatusRuntimeException e) {
            return RecordedAnswer.ofError(e);
        }
    }

    private static List<PropertySchema> schema(PropertyValue recorded) {
        return LocalAwsProvider.type(TestPlugin.urn(recorded.get("type").text(), "any"))
                .schema();
    }
}
