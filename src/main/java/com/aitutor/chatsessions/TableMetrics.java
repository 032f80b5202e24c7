package com.aitutor.chatsessions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The metrics of the table, by names and dimensions (Amazon DynamoDB developer guide, "DynamoDB metrics and
 * dimensions"). A wrong or missing dimension is no error in CloudWatch: the metric just never has data.
 */
final class TableMetrics {
    static final String NAMESPACE = "AWS/DynamoDB";

    private TableMetrics() {}

    /** A metric; the dimensions are all that it has, in the order of their names. */
    record Metric(String name, Map<String, String> dimensions) {
        Metric {
            dimensions = new TreeMap<>(dimensions);
        }
    }

    /** Requests that failed inside DynamoDB, counted per table and operation, never per table alone. */
    static List<Metric> systemErrors(String tableName) {
        return byOperation("SystemErrors", tableName);
    }

    /** Requests that DynamoDB refused, counted per account and region: without any dimension. */
    static List<Metric> userErrors(String tableName) {
        return List.of(new Metric("UserErrors", Map.of()));
    }

    /** Throttled reads and writes; the table's do not include the index's. */
    static List<Metric> throttles(String tableName) {
        return Stream.of("ReadThrottleEvents", "WriteThrottleEvents")
                .flatMap(name -> ofTableAndIndex(name, tableName).stream())
                .toList();
    }

    /** A metric of the table, then the same of its index. */
    static List<Metric> ofTableAndIndex(String name, String tableName) {
        Map<String, String> index =
                Map.of("TableName", tableName, "GlobalSecondaryIndexName", KeySchema.USER_SESSIONS_INDEX);
        return List.of(new Metric(name, Map.of("TableName", tableName)), new Metric(name, index));
    }

    /** A metric for each operation that the app is permitted. What others do with the table is not watched. */
    static List<Metric> byOperation(String name, String tableName) {
        return AppAccessPolicy.OPERATIONS.stream()
                .map(operation -> new Metric(name, Map.of("TableName", tableName, "Operation", operation)))
                .toList();
    }
}
