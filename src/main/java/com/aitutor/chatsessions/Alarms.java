package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.StackSettings.ALARM_EVALUATION_PERIODS;
import static com.aitutor.chatsessions.StackSettings.ALARM_PERIOD_SECONDS;
import static com.aitutor.chatsessions.StackSettings.SYSTEM_ERROR_THRESHOLD;
import static com.aitutor.chatsessions.StackSettings.USER_ERROR_THRESHOLD;

import com.aitutor.chatsessions.TableMetrics.Metric;
import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryMetricArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The alarms on requests that fail.
 *
 * <p>Each sums its metrics with {@code FILL}: they have data only while something fails, and an alarm on the metrics
 * themselves may stay as it is while data is missing, whatever {@code treatMissingData} says (Amazon CloudWatch API
 * reference, PutMetricAlarm). A filled sum is 0 as soon as nothing fails, so the alarm clears.
 *
 * <p>An alarm is evaluated every minute, over the last periods. The newest minute is usually still missing then, and
 * {@code FILL} makes it 0 (Amazon CloudWatch user guide, "Using math expressions"): a period lacks one of its minutes.
 */
final class Alarms {
    private final StackSettings settings;
    private final Output<String> tableName;
    private final Optional<Output<String>> topicArn;
    private final CustomResourceOptions options;

    Alarms(
            StackSettings settings,
            Output<String> tableName,
            Optional<Output<String>> topicArn,
            CustomResourceOptions options) {
        this.settings = settings;
        this.tableName = tableName;
        this.topicArn = topicArn;
        this.options = options;
    }

    /** Whether a period, in seconds, is one of CloudWatch's and longer than the minute that is usually missing. */
    static boolean canGoOffWithin(String seconds) {
        return Integer.parseInt(seconds) % 60 == 0 && Integer.parseInt(seconds) > 60;
    }

    MetricAlarm systemErrors(String name) {
        String description = """
                Requests to table %s failed inside DynamoDB (HTTP 500). AWS SDKs retry these, so users may have seen \
                nothing. First: look for DynamoDB in %s on the AWS Health Dashboard, then for requests that failed \
                after all retries in the app's log.""";
        int threshold = settings.get(SYSTEM_ERROR_THRESHOLD);
        return create(name, "system-errors", threshold, TableMetrics::systemErrors, description);
    }

    MetricAlarm userErrors(String name) {
        String description = """
                DynamoDB refused requests (HTTP 400) somewhere in this account: the metric does not tell tables apart, \
                so the cause may lie outside %s in %s. First: look for ValidationException and AccessDeniedException \
                in the app's log, and at what was deployed last.""";
        int threshold = settings.get(USER_ERROR_THRESHOLD);
        return create(name, "user-errors", threshold, TableMetrics::userErrors, description);
    }

    MetricAlarm throttledRequests(String name, int threshold) {
        String description = """
                DynamoDB throttled reads or writes of table %s or of its index in %s. AWS SDKs retry these; users wait \
                or see errors when it lasts. First: compare the consumed units with the caps maxReadRequestUnits and \
                maxWriteRequestUnits, then look for one session that takes most of the requests.""";
        return create(name, "throttled-requests", threshold, TableMetrics::throttles, description);
    }

    private MetricAlarm create(
            String name,
            String suffix,
            int threshold,
            Function<String, List<Metric>> metrics,
            String description) {
        MetricAlarmArgs.Builder alarm = MetricAlarmArgs.builder()
                .name(tableName.applyValue(table -> table + "-" + suffix))
                .alarmDescription(tableName.applyValue(table -> description.formatted(table, settings.region())))
                .metricQueries(tableName.applyValue(table -> sum(metrics.apply(table))))
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .threshold((double) threshold)
                .evaluationPeriods(settings.get(ALARM_EVALUATION_PERIODS))
                // where nothing failed for long even the filled sum has no data: the good case
                .treatMissingData("notBreaching")
                .tags(settings.tags());
        topicArn.map(arn -> arn.applyValue(List::of))
                .ifPresent(actions -> alarm.alarmActions(actions).okActions(actions));
        return new MetricAlarm(name, alarm.build(), options);
    }

    private List<MetricAlarmMetricQueryArgs> sum(List<Metric> metrics) {
        List<MetricAlarmMetricQueryArgs> queries = new ArrayList<>();
        queries.add(MetricAlarmMetricQueryArgs.builder()
                .id("total")
                .label(metrics.get(0).name())
                .expression("SUM(FILL(METRICS(), 0))")
                .returnData(true)
                .build());
        for (Metric metric : metrics) {
            queries.add(MetricAlarmMetricQueryArgs.builder()
                    .id("metric" + queries.size())
                    .metric(MetricAlarmMetricQueryMetricArgs.builder()
                            .namespace(TableMetrics.NAMESPACE)
                            .metricName(metric.name())
                            .dimensions(metric.dimensions())
                            .period(settings.get(ALARM_PERIOD_SECONDS))
                            .stat("Sum")
                            .build())
                    .build());
        }
        return queries;
    }
}
