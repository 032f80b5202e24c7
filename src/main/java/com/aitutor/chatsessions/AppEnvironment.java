package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment variables with which the app finds and uses the table.
 *
 * @param settings of the stack
 * @param endpoint of DynamoDB, empty for AWS's own
 */
record AppEnvironment(StackSettings settings, String endpoint) {
    /** The AWS SDKs' own variable for another DynamoDB endpoint (AWS SDKs and Tools reference guide). */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    static AppEnvironment from(StackSettings settings, Map<String, String> processEnvironment) {
        return new AppEnvironment(settings, processEnvironment.getOrDefault(ENDPOINT_VARIABLE, ""));
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
