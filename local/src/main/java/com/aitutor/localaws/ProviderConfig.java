package com.aitutor.localaws;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The provider's configuration, the {@code aws:} keys of a stack.
 *
 * <p>It takes every key the official provider takes, so that one stack file serves both, and refuses others. Of the
 * keys only {@code region} and {@code endpoints} mean anything here: the others tell how to reach AWS and to sign in to
 * it, which never happens, or what to tag.
 *
 * @param region the region to work in
 * @param dynamoDb where DynamoDB answers, always on this machine; empty when nothing names one
 */
record ProviderConfig(AwsRegion region, Optional<URI> dynamoDb) {

    /** The variable that names DynamoDB's address for AWS's SDKs and for the official provider. */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    /** The configuration of com.pulumi:aws 6.83.0, and what the engine itself adds. */
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "accessKey",
            "allowedAccountIds",
            "assumeRole",
            "assumeRoleWithWebIdentity",
            "assumeRoles",
            "customCaBundle",
            "defaultTags",
            "ec2MetadataServiceEndpoint",
            "ec2MetadataServiceEndpointMode",
            "endpoints",
            "forbiddenAccountIds",
            "httpProxy",
            "httpsProxy",
            "ignoreTags",
            "insecure",
            "maxRetries",
            "noProxy",
            "parameterization",
            "pluginDownloadURL",
            "profile",
            "region",
            "retryMode",
            "s3UsEast1RegionalEndpoint",
            "s3UsePathStyle",
            "secretKey",
            "sharedConfigFiles",
            "sharedCredentialsFiles",
            "skipCredentialsValidation",
            "skipMetadataApiCheck",
            "skipRegionValidation",
            "skipRequestingAccountId",
            "stsRegion",
            "token",
            "tokenBucketRateLimiterCapacity",
            "useDualstackEndpoint",
            "useFipsEndpoint",
            "version"));

    /**
     * Returns what is wrong with a configuration; unknown values pass.
     *
     * @param environment returns the value of an environment variable, null for none
     */
    static List<String> problems(PropertyValue config, UnaryOperator<String> environment) {
        List<String> problems = new ArrayList<>();
        for (String key : config.fields().keySet()) {
            if (!KEYS.contains(key) && !key.startsWith("__")) {
                problems.add("unknown configuration key aws:" + key + "; known are those of the AWS provider: "
                        + String.join(", ", KEYS));
            }
        }
        if (!config.get("region").isUnknown()) {
            String region = region(config, environment);
            if (region.isEmpty()) {
                problems.add("Missing region configuration: set it with pulumi config set aws:region <region>, or in"
                        + " AWS_REGION");
            } else if (!AwsRegion.isName(region)) {
                problems.add("aws:region: expected the name of a region, such as us-east-1, got " + region);
            }
        }
        try {
            endpoint(config, environment);
        } catch (ProviderException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    /**
     * Reads a configuration.
     *
     * @throws ProviderException with everything that is wrong
     */
    static ProviderConfig from(PropertyValue config, UnaryOperator<String> environment) {
        List<String> problems = problems(config, environment);
        if (!problems.isEmpty()) {
            throw ProviderException.invalid(String.join("\n", problems));
        }
        return new ProviderConfig(new AwsRegion(region(config, environment)), endpoint(config, environment));
    }

    private static String region(PropertyValue config, UnaryOperator<String> environment) {
        return Stream.of(
                        config.get("region").text(),
                        environment.apply("AWS_REGION"),
                        environment.apply("AWS_DEFAULT_REGION"))
                .filter(region -> region != null && !region.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Optional<URI> endpoint(PropertyValue config, UnaryOperator<String> environment) {
        // lists in a provider's configuration arrive as JSON texts from some SDKs and as data from others
        PropertyValue given = config.get("endpoints");
        PropertyValue endpoints = given.text().isEmpty() || given.isUnknown() ? given : given.parsed();
        if (!given.isAbsent() && endpoints.isAbsent()) {
            throw ProviderException.invalid("aws:endpoints: expected JSON, got " + given.text());
        }
        for (PropertyValue service : endpoints.elements()) {
            String address = service.get("dynamodb").text();
            if (!address.isEmpty()) {
                return Optional.of(onThisMachine(address, "aws:endpoints"));
            }
        }
        String address = environment.apply(ENDPOINT_VARIABLE);
        return address == null || address.isEmpty()
                ? Optional.empty()
                : Optional.of(onThisMachine(address, ENDPOINT_VARIABLE));
    }

    /** Refuses addresses elsewhere: whatever happens, this plugin must not change a real table. */
    private static URI onThisMachine(String address, String source) {
        try {
            URI uri = new URI(address);
            if (Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && isLoopback(uri.getHost())) {
                return uri;
            }
        } catch (URISyntaxException | UnknownHostException e) {
            // refused below like any other address
        }
        throw ProviderException.invalid(source + ": expected an address on this machine, such as http://127.0.0.1:8000,"
                + " got " + address + "; the local AWS plugin connects to no other");
    }

    /** Asks no name server: a name other than localhost is refused whatever it stands for. */
    private static boolean isLoopback(String host) throws UnknownHostException {
        boolean literal = host != null && (host.startsWith("[") || host.matches("[0-9.]+") || host.equals("localhost"));
        return literal && InetAddress.getByName(host).isLoopbackAddress();
    }
}
