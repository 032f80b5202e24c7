package com.aitutor.chatsessions;

import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryMetricArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two alarms on requests that fail.
 *
 * <p>A wrong or missing dimension is no error in CloudWatch, the alarm just never goes off. {@code SystemErrors} is
 * counted per table and operation, never per table alone; {@code UserErrors} is counted per account and region, with
 * no dimension at all (Amazon DynamoDB developer guide, "DynamoDB metrics and dimensions").
 */
record ErrorAlarms(StackSettings settings, Optional<Output<String>> topicArn, CustomResourceOptions options) {
    /** The operations on items: ten, as many metrics as one alarm may have (Amazon CloudWatch user guide, limits). */
    private static final List<String> OPERATIONS = List.of(
            "GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem",
            "TransactGetItems", "TransactWriteItems");

    MetricAlarm systemErrors(String name) {
        MetricAlarmMetricQueryArgs total = MetricAlarmMetricQueryArgs.builder()
                .id("total")
                .label("SystemErrors")
                // an operation that never failed has no series, and without FILL neither has the sum
                .expression("SUM(FILL(METRICS(), 0))")
                .returnData(true)
                .build();
        return new MetricAlarm(
                name,
                alarm("system-errors", settings.systemErrorThreshold())
                        .alarmDescription("""
                                Requests to table %s failed inside DynamoDB (HTTP 500). AWS SDKs retry these, so users may \
                                have seen nothing. First: look for DynamoDB in %s on the AWS Health Dashboard, then for \
                                requests that failed after all retries in the app's log."""
                                .formatted(settings.tableName(), settings.region()))
                        .metricQueries(Stream.concat(Stream.of(total), OPERATIONS.stream().map(this::systemErrorsOf))
                                .toList())
                        .build(),
                options);
    }

    MetricAlarm userErrors(String name) {
        return new MetricAlarm(
                name,
                alarm("user-errors", settings.userErrorThreshold())
                        .alarmDescription("""
                                DynamoDB refused requests (HTTP 400) somewhere in this account in %s: the metric does not \
                                tell tables apart, so the cause may lie outside %s. First: look for ValidationException \
                                and AccessDeniedException in the app's log, and at what was deployed last."""
                                .formatted(settings.region(), settings.tableName()))
                        .namespace("AWS/DynamoDB")
                        .metricName("UserErrors")
                        .statistic("Sum")
                        .period(settings.alarmPeriodSeconds())
                        .build(),
                options);
    }

    private MetricAlarmArgs.Builder alarm(String suffix, int threshold) {
        MetricAlarmArgs.Builder alarm = MetricAlarmArgs.builder()
                .name(settings.nameWith(suffix))
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .threshold((double) threshold)
                .evaluationPeriods(settings.alarmEvaluationPeriods())
                // both metrics exist only while something fails, so no data is the good case
                .treatMissingData("notBreaching")
                .tags(settings.tags());
        topicArn.map(arn -> arn.applyValue(List::of))
                .ifPresent(actions -> alarm.alarmActions(actions).okActions(actions));
        return alarm;
    }

    private MetricAlarmMetricQueryArgs systemErrorsOf(String operation) {
        return MetricAlarmMetricQueryArgs.builder()
                .id(Character.toLowerCase(operation.charAt(0)) + operation.substring(1))
                .metric(MetricAlarmMetricQueryMetricArgs.builder()
                        .namespace("AWS/DynamoDB")
                        .metricName("SystemErrors")
                        .dimensions(Map.of("TableName", settings.tableName(), "Operation", operation))
                        .period(settings.alarmPeriodSeconds())
                        .stat("Sum")
                        .build())
                .build();
    }
}
