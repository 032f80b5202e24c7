package com.aitutor.chatsessions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The metrics of a table, by names and dimensions (Amazon DynamoDB developer guide, "DynamoDB metrics and dimensions").
 * A wrong or missing dimension is no error in CloudWatch: the metric just never has data.
 */
record TableMetrics(String tableName) {
    static final String NAMESPACE = "AWS/DynamoDB";

    /** A metric; the dimensions are all that it has, in the order of their names. */
    record Metric(String name, Map<String, String> dimensions) {
        Metric {
            dimensions = new TreeMap<>(dimensions);
        }
    }

    /** Requests that failed inside DynamoDB, counted per table and operation, never per table alone. */
    List<Metric> systemErrors() {
        return byOperation("SystemErrors");
    }

    /** Requests that DynamoDB refused, counted per account and region: without any dimension. */
    List<Metric> userErrors() {
        return List.of(new Metric("UserErrors", Map.of()));
    }

    /** Throttled reads and writes; the table's do not include the index's. */
    List<Metric> throttles() {
        return Stream.of("ReadThrottleEvents", "WriteThrottleEvents")
                .flatMap(name -> ofTableAndIndex(name).stream())
                .toList();
    }

    /** A metric of the table, then the same of its index. */
    List<Metric> ofTableAndIndex(String name) {
        Map<String, String> index =
                Map.of("TableName", tableName, "GlobalSecondaryIndexName", KeySchema.USER_SESSIONS_INDEX);
        return List.of(new Metric(name, Map.of("TableName", tableName)), new Metric(name, index));
    }

    /** A metric for each operation that the app is permitted. What others do with the table is not watched. */
    List<Metric> byOperation(String name) {
        return AppAccessPolicy.OPERATIONS.stream()
                .map(operation -> new Metric(name, Map.of("TableName", tableName, "Operation", operation)))
                .toList();
    }
}
