package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import com.pulumi.exceptions.RunException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment variables with which the app finds and uses the table.
 *
 * @param sessionRetentionDays from a session's creation to its expiry
 * @param endpoint of DynamoDB; empty for AWS's own
 */
record AppEnvironment(int sessionRetentionDays, Optional<String> endpoint) {
    /** The AWS SDKs' own variables for another endpoint (AWS SDKs and Tools reference guide). */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    private static final String ENDPOINT_VARIABLE_OF_ALL_SERVICES = "AWS_ENDPOINT_URL";

    private static final Pattern ENDPOINT = Pattern.compile("https?://[A-Za-z0-9_.:/\\[\\]-]+");

    /**
     * The environment for what this process deploys.
     *
     * @throws RunException where the process's own environment names an endpoint that is no address
     */
    static AppEnvironment from(StackSettings settings, Map<String, String> processEnvironment) {
        Optional<String> endpoint = value(processEnvironment, ENDPOINT_VARIABLE);
        endpoint.filter(ENDPOINT.asMatchPredicate().negate()).ifPresent(noAddress -> {
            throw new RunException("""
                    The environment variable %1$s is not accepted, nothing was changed:
                    %1$s is "%2$s"
                        accepted: http:// or https://, a host, and where needed a port and a path
                        fix:      unset %1$s, for DynamoDB in AWS""".formatted(ENDPOINT_VARIABLE, noAddress));
        });
        return new AppEnvironment(settings.get(StackSettings.SESSION_RETENTION_DAYS), endpoint);
    }

    /** Says where the provider's requests go instead of AWS, unless the stack is the local one. */
    static List<String> warnings(Map<String, String> processEnvironment) {
        return processEnvironment.containsKey(PulumiCommand.VARIABLE)
                ? List.of()
                : Stream.of(ENDPOINT_VARIABLE, ENDPOINT_VARIABLE_OF_ALL_SERVICES)
                        .flatMap(variable -> value(processEnvironment, variable)
                                .map(endpoint ->
                                        "%s is set: this stack goes to %s, not to AWS.".formatted(variable, endpoint))
                                .stream())
                        .toList();
    }

    /**
     * Lines of NAME=value, to be appended to the app's .env. No value has a character that a shell or a dotenv library
     * would read as anything but itself.
     */
    String text(String tableName, String region) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("USE_DYNAMODB", true);
        variables.put("DYNAMODB_TABLE_NAME", tableName);
        variables.put("DYNAMODB_REGION", region);
        variables.put("DYNAMODB_USER_SESSIONS_INDEX_NAME", KeySchema.USER_SESSIONS_INDEX);
        variables.put("DYNAMODB_TTL_ATTRIBUTE_NAME", KeySchema.TTL_ATTRIBUTE);
        variables.put("DYNAMODB_SESSION_RETENTION_DAYS", sessionRetentionDays);
        endpoint.ifPresent(address -> variables.put(ENDPOINT_VARIABLE, address));
        return variables.entrySet().stream().map(Object::toString).collect(joining("\n"));
    }

    private static Optional<String> value(Map<String, String> processEnvironment, String variable) {
        return Optional.ofNullable(processEnvironment.get(variable)).filter(value -> !value.isEmpty());
    }
}
