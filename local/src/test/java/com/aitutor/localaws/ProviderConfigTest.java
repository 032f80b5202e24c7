package com.aitutor.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;

class ProviderConfigTest {

    @Test
    void everyKeyOfTheOfficialProviderIsTaken() {
        ProviderConfig config = from("""
                {
                  "region": "eu-central-1", "profile": "dev", "accessKey": "a", "secretKey": "b", "token": "c",
                  "skipCredentialsValidation": "true", "skipMetadataApiCheck": true, "skipRequestingAccountId": true,
                  "skipRegionValidation": true, "allowedAccountIds": "[\\"000000000000\\"]", "maxRetries": "3",
                  "assumeRole": "{\\"roleArn\\": \\"r\\"}", "useFipsEndpoint": false, "version": "6.83.0"
                }
                """, Map.of());

        assertThat(config.region().name()).isEqualTo("eu-central-1");
        assertThat(config.dynamoDb()).isEmpty();
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> from("{\"region\": \"us-east-1\", \"endpoint\": \"x\"}", Map.of()))
                .hasMessageStartingWith("unknown configuration key aws:endpoint; known are those of the AWS provider: "
                        + "accessKey, allowedAccountIds");
    }

    @Test
    void aMissingRegionIsRefused() {
        assertThatThrownBy(() -> from("{}", Map.of())).hasMessageStartingWith("Missing region configuration");
        assertThatThrownBy(() -> from("{\"region\": \"\"}", Map.of("AWS_REGION", "")))
                .hasMessageStartingWith("Missing region configuration");
    }

    @Test
    void theRegionMayComeFromTheEnvironment() {
        Map<String, String> environment = Map.of("AWS_REGION", "us-west-1", "AWS_DEFAULT_REGION", "us-west-2");

        assertThat(from("{}", environment).region().name()).isEqualTo("us-west-1");
        assertThat(from("{}", Map.of("AWS_DEFAULT_REGION", "us-west-2"))
                        .region()
                        .name())
                .isEqualTo("us-west-2");
        assertThat(from("{\"region\": \"eu-west-1\"}", environment).region().name())
                .isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "us-east", "US-EAST-1", "us-east-1a"})
    void whatIsNoRegionIsRefused(String region) {
        assertThatThrownBy(() -> from("{\"region\": \"" + region + "\"}", Map.of()))
                .hasMessageContaining("expected the name of a region, such as us-east-1, got " + region);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8000",
                "https://127.0.0.1:8000",
                "http://127.8.9.1:8000",
                "http://localhost:8000/",
                "http://[::1]:8000"
            })
    void theDatabaseMayBeNamedAsDataAsTextOrInTheEnvironment(String address) {
        String json = "[{\"sns\": \"http://127.0.0.1:1\"}, {\"dynamodb\": \"" + address + "\"}]";
        Map<String, String> environment = Map.of("AWS_ENDPOINT_URL_DYNAMODB", address);

        assertThat(from("{\"region\": \"us-east-1\", \"endpoints\": " + json + "}", Map.of())
                        .dynamoDb())
                .contains(URI.create(address));
        assertThat(from("{\"region\": \"us-east-1\", \"endpoints\": \"" + json.replace("\"", "\\\"") + "\"}", Map.of())
                        .dynamoDb())
                .contains(URI.create(address));
        assertThat(from("{\"region\": \"us-east-1\"}", environment).dynamoDb()).contains(URI.create(address));
    }

    @Test
    void theConfigurationComesBeforeTheEnvironment() {
        assertThat(from(
                                "{\"region\": \"us-east-1\", \"endpoints\": [{\"dynamodb\": \"http://127.0.0.1:1\"}]}",
                                Map.of("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:2"))
                        .dynamoDb())
                .contains(URI.create("http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://dynamodb.us-east-1.amazonaws.com",
                "http://10.0.0.1:8000",
                "http://0.0.0.0:8000",
                "http://127.0.0.1.example.com:8000",
                "http://localhost.example.com",
                "http://127.0.0.1@example.com",
                "http://[2001:db8::1]:8000",
                "http://8.8.8.8",
                "ftp://127.0.0.1",
                "127.0.0.1:8000",
                "http://"
            })
    void anAddressElsewhereIsRefusedWhereverItIsNamed(String address) {
        assertThatThrownBy(() -> from(
                        "{\"region\": \"us-east-1\", \"endpoints\": [{\"dynamodb\": \"" + address + "\"}]}", Map.of()))
                .hasMessageContaining("aws:endpoints")
                .hasMessageContaining(address);
        assertThatThrownBy(() -> from("{\"region\": \"us-east-1\"}", Map.of("AWS_ENDPOINT_URL_DYNAMODB", address)))
                .hasMessageContaining("AWS_ENDPOINT_URL_DYNAMODB")
                .hasMessageContaining(address);
    }

    @Test
    void endpointsThatAreNoJsonAreRefused() {
        assertThatThrownBy(() -> from("{\"region\": \"us-east-1\", \"endpoints\": \"[\"}", Map.of()))
                .hasMessageContaining("expected JSON");
    }

    @Test
    void allProblemsAreToldAtOnceByCheckConfig() {
        try (TestPlugin plugin = TestPlugin.start(Map.of())) {
            var failures = plugin.engine()
                    .checkConfig(CheckRequest.newBuilder()
                            .setNews(SampleInputs.json("""
                                    {"colour": "red", "endpoints": [{"dynamodb": "http://example.com"}]}
                                    """).struct())
                            .build())
                    .getFailuresList();

            assertThat(failures).hasSize(3);
        }
    }

    @Test
    void anUnknownRegionPassesUntilItIsKnown() {
        try (TestPlugin plugin = TestPlugin.start(Map.of())) {
            assertThat(plugin.engine()
                            .checkConfig(CheckRequest.newBuilder()
                                    .setNews(SampleInputs.json("{\"region\": \"" + SampleInputs.UNKNOWN + "\"}")
                                            .struct())
                                    .build())
                            .getFailuresList())
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"region\": \"us-east-1\"} | {\"region\": \"us-east-1\"} | [] | []",
                "{\"region\": \"us-east-1\"} | {\"region\": \"us-west-2\"} | [region] | [region]",
                "{\"region\": \"us-east-1\"} | {\"region\": \"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"} | [region] | [region]",
                "{} | {\"region\": \"us-east-1\"} | [region] | []",
                "{\"region\": \"us-east-1\"} | {} | [region] | []",
                "{\"region\": \"us-east-1\", \"profile\": \"a\"} | {\"region\": \"us-east-1\", \"profile\": \"b\"} | [profile] | []"
            })
    void anotherRegionReplacesTheProvider(String olds, String news, String differences, String replaces) {
        try (TestPlugin plugin = TestPlugin.start(Map.of())) {
            DiffResponse diff = plugin.engine()
                    .diffConfig(DiffRequest.newBuilder()
                            .setOlds(Struct.getDefaultInstance())
                            .setOldInputs(SampleInputs.json(olds).struct())
                            .setNews(SampleInputs.json(news).struct())
                            .build());

            assertThat(diff.getDiffsList()).hasToString(differences);
            assertThat(diff.getReplacesList()).hasToString(replaces);
            assertThat(diff.getChanges())
                    .isEqualTo(differences.equals("[]") ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
        }
    }

    private static ProviderConfig from(String json, Map<String, String> environment) {
        return ProviderConfig.from(SampleInputs.json(json), environment::get);
    }
}
