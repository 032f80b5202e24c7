package com.aitutor.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderConfigTest {
    private static final PropertyValue CONFIG = PropertyValue.of(Map.of("region", "us-east-1"));

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.start("http://example.com");

    @ParameterizedTest
    @CsvSource({
        "'', Missing region configuration",
        "here, 'expected the name of a region, such as us-east-1, got here'",
        "us-east, 'such as us-east-1, got us-east'",
        "US-EAST-1, got US-EAST-1",
        "us-east-1a, got us-east-1a"
    })
    void whatIsNoRegionIsRefused(String region, String problem) {
        assertThatThrownBy(() -> ProviderConfig.from(CONFIG.with("region", region), ""))
                .hasMessageContaining(problem);
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
    void anAddressOnThisMachineIsTaken(String address) {
        assertThat(ProviderConfig.from(CONFIG.with("profile", "dev"), address))
                .isEqualTo(new ProviderConfig("us-east-1", Optional.of(URI.create(address))));
        assertThat(ProviderConfig.from(CONFIG, "").dynamoDb()).isEmpty();
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
                "http://999.0.0.1",
                "ftp://127.0.0.1",
                "127.0.0.1:8000",
                "http://"
            })
    void anAddressElsewhereIsRefused(String address) {
        assertThatThrownBy(() -> ProviderConfig.from(CONFIG, address))
                .hasMessageStartingWith("AWS_ENDPOINT_URL_DYNAMODB: expected an address on this machine")
                .hasMessageContaining("got " + address + ";");
    }

    @Test
    void allProblemsAreToldAtOnceAndAnUnknownRegionIsNone() {
        assertThat(failures(PropertyValue.EMPTY)).hasSize(2);
        assertThat(failures(CONFIG.with("region", PropertyValue.UNKNOWN))).hasSize(1);
    }

    private static List<?> failures(PropertyValue config) {
        return plugin.call("CheckConfig", PropertyValue.of(Map.of("news", config)))
                .get("failures")
                .elements();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "us-east-1, us-east-1, false",
        "us-east-1, us-west-2, true",
        "us-east-1, 04da6b54-80e4-46f7-96ec-b56ff0331ba9, true",
        "'', us-east-1, false",
        "us-east-1, '', false"
    })
    void anotherRegionReplacesTheProvider(String before, String after, boolean replaces) {
        PropertyValue inputs = PropertyValue.of(Map.of("region", before));

        PropertyValue diff = plugin.call(
                "DiffConfig", PropertyValue.of(Map.of("old_inputs", inputs, "news", CONFIG.with("region", after))));

        PropertyValue region = PropertyValue.of(List.of("region"));
        assertThat(diff)
                .isEqualTo(PropertyValue.of(
                        replaces
                                ? Map.of("changes", "DIFF_SOME", "diffs", region, "replaces", region)
                                : Map.of("changes", "DIFF_NONE")));
    }
}
