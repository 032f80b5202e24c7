package com.aitutor.localaws;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The provider's configuration, the {@code aws:} keys of a stack or the arguments of an explicit provider.
 *
 * <p>It takes every key the official provider takes, so that one stack file serves both, and refuses others. Of the
 * keys only {@code region}, {@code endpoints} and {@code defaultTags} mean anything here: the others tell how to reach
 * and sign in to AWS, which never happens.
 *
 * @param region the region to work in
 * @param dynamoDb where DynamoDB answers, always on this machine; empty when nothing names one
 * @param defaultTags tags for every resource
 */
record ProviderConfig(AwsRegion region, Optional<URI> dynamoDb, Map<String, PropertyValue> defaultTags) {

    /** The variable that names DynamoDB's address for AWS's SDKs and for the official provider. */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    private static final List<String> REGION_VARIABLES = List.of("AWS_REGION", "AWS_DEFAULT_REGION");

    /** The configuration of com.pulumi:aws 6.83.0. */
    private static final Set<String> KEYS = Set.of(
            "accessKey", "allowedAccountIds", "assumeRole", "assumeRoleWithWebIdentity", "assumeRoles",
            "customCaBundle", "defaultTags", "ec2MetadataServiceEndpoint", "ec2MetadataServiceEndpointMode",
            "endpoints", "forbiddenAccountIds", "httpProxy", "httpsProxy", "ignoreTags", "insecure", "maxRetries",
            "noProxy", "profile", "region", "retryMode", "s3UsEast1RegionalEndpoint", "s3UsePathStyle", "secretKey",
            "sharedConfigFiles", "sharedCredentialsFiles", "skipCredentialsValidation", "skipMetadataApiCheck",
            "skipRegionValidation", "skipRequestingAccountId", "stsRegion", "token",
            "tokenBucketRateLimiterCapacity", "useDualstackEndpoint", "useFipsEndpoint");

    /** What the engine itself adds. */
    private static final Set<String> ENGINE_KEYS = Set.of("version", "pluginDownloadURL", "parameterization");

    /** Copies the map. */
    ProviderConfig {
        defaultTags = Map.copyOf(defaultTags);
    }

    /**
     * Returns what is wrong with a configuration; unknown values pass.
     *
     * @param environment returns the value of an environment variable, null for none
     */
    static List<String> problems(PropertyMap config, UnaryOperator<String> environment) {
        List<String> problems = new ArrayList<>();
        for (String key : config.names()) {
            if (!KEYS.contains(key) && !ENGINE_KEYS.contains(key) && !key.startsWith("__")) {
                problems.add("unknown configuration key aws:" + key
                        + "; known are those of the AWS provider: " + String.join(", ", KEYS.stream().sorted().toList()));
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
    static ProviderConfig from(PropertyMap config, UnaryOperator<String> environment) {
        List<String> problems = problems(config, environment);
        if (!problems.isEmpty()) {
            throw ProviderException.invalid(config.redact(String.join("\n", problems)));
        }
        Map<String, PropertyValue> tags = new TreeMap<>(
                structured(config.get("defaultTags")).fields().get("tags").fields().values());
        return new ProviderConfig(
                new AwsRegion(region(config, environment)), endpoint(config, environment), tags);
    }

    private static String region(PropertyMap config, UnaryOperator<String> environment) {
        String configured = config.get("region").text();
        return !configured.isEmpty()
                ? configured
                : REGION_VARIABLES.stream()
                        .map(environment)
                        .filter(value -> value != null && !value.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    private static Optional<URI> endpoint(PropertyMap config, UnaryOperator<String> environment) {
        PropertyValue endpoints = structured(config.get("endpoints"));
        for (PropertyValue service : endpoints.elements()) {
            String address = service.fields().get("dynamodb").text();
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
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https")) && isLoopback(uri.getHost())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw ProviderException.invalid(source + ": expected the address of DynamoDB, got " + address);
        }
        throw ProviderException.invalid(source + ": expected an address on this machine, such as http://127.0.0.1:8000,"
                + " got " + address + "; the local AWS plugin connects to no other");
    }

    private static boolean isLoopback(String host) {
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        if (!literal && !host.equals("localhost")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Lists and objects in a provider's configuration arrive as JSON texts from some SDKs and as data from others. */
    private static PropertyValue structured(PropertyValue value) {
        if (!(value instanceof PropertyValue.Text text)) {
            return value;
        }
        Value.Builder parsed = Value.newBuilder();
        try {
            JsonFormat.parser().merge(text.value(), parsed);
        } catch (InvalidProtocolBufferException e) {
            throw ProviderException.invalid("expected JSON in the provider's configuration, got " + text.value());
        }
        return PropertyCodec.read(Struct.newBuilder().putFields("value", parsed.build()).build())
                .get("value");
    }
}
