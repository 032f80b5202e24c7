package com.aitutor.chatsessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The series in which DynamoDB counts failed requests, and no other: {@code SystemErrors} per table and operation,
 * {@code UserErrors} per account and region, throttle events per table and per index (Amazon DynamoDB developer guide,
 * "DynamoDB metrics and dimensions").
 */
final class DynamoDbMetrics {
    /** What a metric is found by; all of it has to match. */
    record Series(String namespace, String metricName, Map<String, String> dimensions) {}

    private record Failures(Series series, int second, int count) {}

    private final List<Failures> failures = new ArrayList<>();

    /** Requests that failed inside DynamoDB in one second. */
    DynamoDbMetrics systemErrors(String tableName, String operation, int second, int count) {
        return add("SystemErrors", Map.of("TableName", tableName, "Operation", operation), second, count);
    }

    /** Requests that DynamoDB refused in one second, of whatever table and operation. */
    DynamoDbMetrics userErrors(int second, int count) {
        return add("UserErrors", Map.of(), second, count);
    }

    DynamoDbMetrics throttledReads(String tableName, int second, int count) {
        return add("ReadThrottleEvents", Map.of("TableName", tableName), second, count);
    }

    DynamoDbMetrics throttledWritesOfIndex(String tableName, String indexName, int second, int count) {
        Map<String, String> dimensions = Map.of("TableName", tableName, "GlobalSecondaryIndexName", indexName);
        return add("WriteThrottleEvents", dimensions, second, count);
    }

    /** How many requests a series counts from one second until before another; 0 is "no data". */
    int count(Series series, int from, int until) {
        return failures.stream()
                .filter(failure -> failure.series.equals(series) && failure.second >= from && failure.second < until)
                .mapToInt(Failures::count)
                .sum();
    }

    private DynamoDbMetrics add(String metricName, Map<String, String> dimensions, int second, int count) {
        failures.add(new Failures(new Series("AWS/DynamoDB", metricName, dimensions), second, count));
        return this;
    }
}
