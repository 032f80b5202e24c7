package com.aitutor.localaws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The recorded calls that the plugin answers otherwise, on purpose, and why. */
final class Deviations {
    /** Calls that are about properties the plugin does not carry, or that its check keeps the engine from sending. */
    static final Set<String> LEFT_OUT = Set.of(
            "alarm: metric name and queries: check",
            "alarm: period 90: check",
            "alarm: statistic unknown: check",
            "table: diff, restore source added",
            "table: diff, table class",
            "table: read capacity while on demand",
            "table: table class unknown: check",
            "topic: bad name");

    private static final String DASHBOARD_BODY =
            "{\"widgets\": [{\"type\": \"metric\", \"width\": 12, \"height\": 6, \"properties\": {\"metrics\":"
                    + " [[\"AWS/DynamoDB\", \"UserErrors\"]], \"region\": \"us-east-1\"}}]}";

    private static final Map<String, UnaryOperator<PropertyValue>> ALL = new TreeMap<>();

    static {
        // the official provider refuses these when it plans, or leaves it to AWS
        refuses(
                "alarm: twelve metrics: check",
                "expected at most 10 metrics in one alarm, got 12. Examine values at 'alarm.metricQueries'.");
        refuses("topic: bad name: check", "invalid topic name: a b. Examine values at 'topic.name'.");
        refuses(
                "dashboard: no widgets: check",
                "expected 1 to 500 widgets in dashboardBody, got 0. Examine values at 'dashboard.dashboardBody'.");

        // it complains a second time, of what is no action on an EC2 instance either
        refuses(
                "alarm: bad action arn: check",
                "\"alarm_actions.0\" (not-an-arn) is an invalid ARN: arn: invalid prefix."
                        + " Examine values at 'alarm.alarmActions'.");

        // another parser of JSON
        refuses(
                "dashboard: no JSON: check",
                "\"dashboard_body\" contains an invalid JSON: {widgets. Examine values at 'dashboard.dashboardBody'.");

        // the official provider shows the body without spaces and with sorted names, but keeps it as it is
        ALL.put(
                "dashboard: preview of a create",
                official ->
                        official.with("properties", official.get("properties").with("dashboardBody", DASHBOARD_BODY)));

        // nothing about the queries has changed
        Stream.of("rename", "threshold", "evaluation periods", "description", "actions")
                .map(change -> "alarm: diff system, " + change)
                .forEach(Deviations::findsNoDifferenceInQueries);
        findsNoDifferenceInQueries("alarm: update system: diff");

        // the official provider mixes up the queries in the inputs and loses one
        ALL.put(
                "alarm: read system",
                official -> official.with(
                        "inputs",
                        official.get("inputs")
                                .with(
                                        "metricQueries",
                                        official.get("properties").get("metricQueries"))));

        // DynamoDB Local keeps neither point-in-time recovery nor tags
        ALL.put(
                "table: read for import",
                official -> official.with("inputs", withoutRecoveryAndTags(official.get("inputs")))
                        .with("properties", withoutRecoveryAndTags(official.get("properties"))));

        // DynamoDB Local words the same refusal in its own way
        ALL.put(
                "table: delete while protected",
                official -> deleteFails(
                        "api error ValidationException: Resource cannot be deleted as it is currently protected against"
                                + " deletion. Disable deletion protection first."));
        ALL.put(
                "table: delete, absent",
                official -> deleteFails("ResourceNotFoundException: Cannot do operations on a non-existent table"));
    }

    private Deviations() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    /** Returns the plugin's answer to a call, given the recorded one. */
    static PropertyValue expected(String name, PropertyValue official) {
        return RecordedAnswer.normal(ALL.getOrDefault(name, same -> same).apply(official));
    }

    private static void refuses(String name, String reason) {
        ALL.put(name, official -> official.with("failures", List.of(Map.of("reason", reason))));
    }

    private static PropertyValue withoutRecoveryAndTags(PropertyValue table) {
        return table.with("pointInTimeRecovery", PropertyValue.ABSENT).with("tags", PropertyValue.ABSENT);
    }

    private static void findsNoDifferenceInQueries(String name) {
        ALL.put(
                name,
                official -> official.with(
                        "diffs",
                        official.get("diffs").elements().stream()
                                .filter(property -> !property.text().equals("metricQueries"))
                                .toList()));
    }

    private static PropertyValue deleteFails(String reason) {
        return RecordedAnswer.ofError(
                "deleting AWS DynamoDB Table (chat_sessions): operation error DynamoDB: DeleteTable,"
                        + " https response error StatusCode: 400, RequestID: ..., " + reason);
    }
}
