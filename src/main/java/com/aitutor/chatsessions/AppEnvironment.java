package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import com.pulumi.exceptions.RunException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment variables with which the app finds and uses the table.
 *
 * @param settings of the stack
 * @param endpoint of DynamoDB, empty for AWS's own
 */
record AppEnvironment(StackSettings settings, String endpoint) {
    /** The AWS SDKs' own variable for another DynamoDB endpoint (AWS SDKs and Tools reference guide). */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    private static final Pattern ENDPOINT = Pattern.compile("https?://[A-Za-z0-9_.:/\\[\\]-]+");

    /**
     * The environment for what this process deploys.
     *
     * @throws RunException where the process's own environment names an endpoint that is no address
     */
    static AppEnvironment from(StackSettings settings, Map<String, String> processEnvironment) {
        String endpoint = processEnvironment.getOrDefault(ENDPOINT_VARIABLE, "");
        if (!endpoint.isEmpty() && !ENDPOINT.matcher(endpoint).matches()) {
            throw new RunException("""
                    The environment variable %1$s is not accepted, nothing was changed:
                    %1$s is "%2$s"
                        accepted: http:// or https://, a host, and where needed a port and a path
                        fix:      unset %1$s, for DynamoDB in AWS""".formatted(ENDPOINT_VARIABLE, endpoint));
        }
        return new AppEnvironment(settings, endpoint);
    }

    /**
     * Lines of NAME=value, to be appended to the app's .env. No value has a character that a shell or a dotenv library
     * would read as anything but itself.
     */
    String text() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("USE_DYNAMODB", true);
        variables.put("DYNAMODB_TABLE_NAME", settings.tableName());
        variables.put("DYNAMODB_REGION", settings.region());
        variables.put("DYNAMODB_USER_SESSIONS_INDEX_NAME", KeySchema.USER_SESSIONS_INDEX);
        variables.put("DYNAMODB_TTL_ATTRIBUTE_NAME", KeySchema.TTL_ATTRIBUTE);
        variables.put("DYNAMODB_SESSION_RETENTION_DAYS", settings.sessionRetentionDays());
        if (!endpoint.isEmpty()) {
            variables.put(ENDPOINT_VARIABLE, endpoint);
            // DynamoDB Local wants credentials but does not check them
            variables.put("AWS_ACCESS_KEY_ID", "local");
            variables.put("AWS_SECRET_ACCESS_KEY", "local");
        }
        return variables.entrySet().stream().map(Object::toString).collect(joining("\n"));
    }
}
