package com.aitutor.localaws;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The provider's configuration. Of the {@code aws:} keys of a stack only {@code region} means anything here: the others
 * tell how to reach AWS and to sign in to it, which never happens, or what to tag.
 *
 * @param region the region to work in
 * @param dynamoDb where DynamoDB answers, always on this machine; empty when nothing names it
 */
record ProviderConfig(String region, Optional<URI> dynamoDb) {
    /** The variable that names DynamoDB's address for AWS's SDKs and for the official provider. */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    /** What is wrong with a configuration and an endpoint, empty for none; an unknown region passes. */
    static List<String> problems(PropertyValue config, String endpoint) {
        List<String> problems = new ArrayList<>();
        PropertyValue region = config.get("region");
        if (region.isZero()) {
            problems.add("Missing region configuration: set it with pulumi config set aws:region <region>");
        } else if (!region.isUnknown() && !region.text().matches("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}")) {
            problems.add("aws:region: expected the name of a region, such as us-east-1, got " + region.text());
        }
        if (!endpoint.isEmpty() && !isOnThisMachine(endpoint)) {
            problems.add(
                    ENDPOINT_VARIABLE + ": expected an address on this machine, such as http://127.0.0.1:8000, got "
                            + endpoint + "; the local AWS plugin connects to no other");
        }
        return problems;
    }

    /** Reads a configuration, or throws everything that is wrong with it. */
    static ProviderConfig from(PropertyValue config, String endpoint) {
        List<String> problems = problems(config, endpoint);
        if (!problems.isEmpty()) {
            throw ProviderException.invalid(String.join("\n", problems));
        }
        return new ProviderConfig(
                config.get("region").text(), endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint)));
    }

    /**
     * Whatever happens, this plugin must not change a real table. It asks no name server: a name other than localhost is
     * refused whatever it stands for.
     */
    private static boolean isOnThisMachine(String address) {
        try {
            URI uri = new URI(address);
            String host = String.valueOf(uri.getHost());
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && host.matches("\\[.*|[0-9.]+|localhost")
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (URISyntaxException | UnknownHostException e) {
            return false;
        }
    }
}
