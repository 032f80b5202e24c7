package com.aitutor.chatsessions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The environment variables with which the app finds and uses the table. */
final class AppEnvironment {
    /** The AWS SDKs' own variable for another endpoint of DynamoDB (AWS SDKs and Tools reference guide). */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

    private AppEnvironment() {}

    /** The endpoint of DynamoDB that this process deploys to; empty for AWS's own. What is no address is a problem. */
    static Optional<String> endpoint(Map<String, String> processEnvironment, StackFile problems) {
        String endpoint = processEnvironment.getOrDefault(ENDPOINT_VARIABLE, "");
        if (!endpoint.matches("|https?://[A-Za-z0-9_.:/\\[\\]-]+")) {
            String accepted = "http:// or https://, a host, and where needed a port and a path";
            String fix = "unset " + ENDPOINT_VARIABLE + ", for DynamoDB in AWS";
            problems.refuse(ENDPOINT_VARIABLE, "is \"" + endpoint + "\"", accepted, fix);
        }
        return Optional.of(endpoint).filter(address -> !address.isEmpty());
    }

    /** Says where the provider's requests go instead of AWS, unless the stack is the local one. */
    static List<String> warnings(Map<String, String> environment) {
        return Stream.of(ENDPOINT_VARIABLE, "AWS_ENDPOINT_URL")
                .filter(variable -> !environment.containsKey(PulumiCommand.VARIABLE))
                .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
                .map(name -> "%s is set: this stack goes to %s, not to AWS.".formatted(name, environment.get(name)))
                .toList();
    }

    /**
     * Lines of NAME=value, to be appended to the app's .env. No value has a character that a shell or a dotenv library
     * would read as anything but itself.
     */
    static String text(String tableName, String region, int sessionRetentionDays, Optional<String> endpoint) {
        String variables = """
                USE_DYNAMODB=true
                DYNAMODB_TABLE_NAME=%s
                DYNAMODB_REGION=%s
                DYNAMODB_USER_SESSIONS_INDEX_NAME=%s
                DYNAMODB_TTL_ATTRIBUTE_NAME=%s
                DYNAMODB_SESSION_RETENTION_DAYS=%d""";
        String index = KeySchema.USER_SESSIONS_INDEX;
        String line = endpoint.map(address -> "\n" + ENDPOINT_VARIABLE + "=" + address)
                .orElse("");
        return variables.formatted(tableName, region, index, KeySchema.TTL_ATTRIBUTE, sessionRetentionDays) + line;
    }
}
