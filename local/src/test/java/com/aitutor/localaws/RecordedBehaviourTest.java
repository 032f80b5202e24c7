package com.aitutor.localaws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.UpdateRequest;

/**
 * Replays recorded calls of the official provider, in the order they were recorded, and expects its answers: the same
 * failures, differences, errors and properties.
 */
class RecordedBehaviourTest {

    private static DynamoDbLocal database;
    private static TestPlugin plugin;

    @BeforeAll
    static void start() throws Exception {
        database = DynamoDbLocal.start();
        plugin = TestPlugin.start("us-east-1", database.address());
    }

    @AfterAll
    static void stop() {
        plugin.close();
        database.close();
    }

    static Stream<Arguments> cases() throws IOException {
        try (InputStream stream = RecordedBehaviourTest.class.getResourceAsStream("/provider-behaviour.json")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("123456789012", AwsRegion.ACCOUNT);
            return Json.structs(text).stream()
                    .map(recorded -> Arguments.of(
                            recorded.getFieldsOrThrow("case").getStringValue(), new Recorded(recorded)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersAsTheOfficialProvider(String name, Recorded recorded) {
        Map<String, Object> expected = recorded.answer();
        Map<String, Object> actual = replay(recorded);
        Deviation deviation = Deviations.of(name);
        assertThat(actual).as(name).isEqualTo(deviation.expected(expected));
        if (deviation.isDeliberate()) {
            assertThat(actual)
                    .as("%s: the deviation (%s) is still needed", name, deviation.reason())
                    .isNotEqualTo(expected);
        }
    }

    @Test
    void everyDeviationIsOfARecordedCase() throws IOException {
        assertThat(cases().map(arguments -> arguments.get()[0].toString()))
                .containsAll(Deviations.cases())
                .hasSize(197);
    }

    private static Map<String, Object> replay(Recorded recorded) {
        Struct request = recorded.request();
        String urn = TestPlugin.urn(recorded.type(), recorded.resource());
        try {
            return switch (recorded.method()) {
                case "Check" -> Answer.of(plugin.engine().check(CheckRequest.newBuilder()
                        .setUrn(urn)
                        .setOlds(struct(request, "olds"))
                        .setNews(struct(request, "news"))
                        .build()));
                case "Diff" -> Answer.of(plugin.engine().diff(DiffRequest.newBuilder()
                        .setUrn(urn)
                        .setId(text(request, "id"))
                        .setOlds(struct(request, "olds"))
                        .setOldInputs(struct(request, "old_inputs"))
                        .setNews(struct(request, "news"))
                        .build()));
                case "Create" -> Answer.of(plugin.engine().create(CreateRequest.newBuilder()
                        .setUrn(urn)
                        .setProperties(struct(request, "properties"))
                        .setPreview(request.getFieldsOrThrow("preview").getBoolValue())
                        .build()));
                case "Read" -> Answer.of(plugin.engine().read(ReadRequest.newBuilder()
                        .setUrn(urn)
                        .setId(text(request, "id"))
                        .setProperties(struct(request, "properties"))
                        .setInputs(struct(request, "inputs"))
                        .build()));
                case "Update" -> Answer.of(plugin.engine().update(UpdateRequest.newBuilder()
                        .setUrn(urn)
                        .setId(text(request, "id"))
                        .setOlds(struct(request, "olds"))
                        .setOldInputs(struct(request, "old_inputs"))
                        .setNews(struct(request, "news"))
                        .build()));
                case "Delete" -> {
                    plugin.engine().delete(DeleteRequest.newBuilder()
                            .setUrn(urn)
                            .setId(text(request, "id"))
                            .setProperties(struct(request, "properties"))
                            .build());
                    yield Map.of();
                }
                default -> throw new IllegalArgumentException(recorded.method());
            };
        } catch (StatusRuntimeException e) {
            return Answer.of(e);
        }
    }

    private static Struct struct(Struct request, String name) {
        return request.getFieldsOrThrow(name).getStructValue();
    }

    private static String text(Struct request, String name) {
        return request.getFieldsOrThrow(name).getStringValue();
    }

    /** One recorded call. */
    record Recorded(Struct content) {
        String type() {
            return content.getFieldsOrThrow("type").getStringValue();
        }

        String method() {
            return content.getFieldsOrThrow("method").getStringValue();
        }

        /** The resources were called after their kind, which is also how the cases begin. */
        String resource() {
            String name = content.getFieldsOrThrow("case").getStringValue();
            return name.substring(0, name.indexOf(':'));
        }

        Struct request() {
            return content.getFieldsOrThrow("request").getStructValue();
        }

        Map<String, Object> answer() {
            return content.containsFields("error")
                    ? Answer.ofError(content.getFieldsOrThrow("error").getStringValue())
                    : Answer.of(content.getFieldsOrThrow("response").getStructValue());
        }

        @Override
        public String toString() {
            return method();
        }
    }
}
