package com.aitutor.chatsessions;

import com.aitutor.chatsessions.TableMetrics.Metric;
import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryMetricArgs;
import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The alarms on requests that fail, and where they are sent: nowhere, to a topic that exists, or to one of this stack.
 *
 * <p>Each sums its metrics with {@code FILL}: they have data only while something fails, and an alarm on the metrics
 * themselves may stay as it is while data is missing, whatever {@code treatMissingData} says (Amazon CloudWatch API
 * reference, PutMetricAlarm). A filled sum is 0 as soon as nothing fails, so the alarm clears.
 *
 * <p>An alarm is evaluated every minute, over the last periods. The newest minute is usually still missing then, and
 * {@code FILL} makes it 0 (Amazon CloudWatch user guide, "Using math expressions"): a period lacks one of its minutes.
 */
final class Alarms {
    final Optional<Output<String>> topicArn;
    final MetricAlarm systemErrors;
    final MetricAlarm userErrors;
    final Optional<MetricAlarm> throttledRequests;

    private final String store;
    private final StackSettings settings;
    private final Output<String> tableName;
    private final CustomResourceOptions options;

    /** Registers topic and alarms; {@code store} is the prefix of their names in Pulumi's state. */
    Alarms(String store, StackSettings settings, Output<String> tableName, CustomResourceOptions options) {
        this.store = store;
        this.settings = settings;
        this.tableName = tableName;
        this.options = options;
        topicArn = settings.optional(Setting.ALARM_TOPIC_ARN)
                .map(Output::of)
                .or(() -> settings.optional(Setting.ALARM_EMAIL).map(this::topic));
        systemErrors = alarm("system-errors", Setting.SYSTEM_ERROR_THRESHOLD, TableMetrics::systemErrors, """
                Requests to table %s failed inside DynamoDB (HTTP 500). AWS SDKs retry these, so users may have seen \
                nothing. First: look for DynamoDB in %s on the AWS Health Dashboard, then for requests that failed \
                after all retries in the app's log.""");
        userErrors = alarm("user-errors", Setting.USER_ERROR_THRESHOLD, TableMetrics::userErrors, """
                DynamoDB refused requests (HTTP 400) somewhere in this account: the metric does not tell tables apart, \
                so the cause may lie outside %s in %s. First: look for ValidationException and AccessDeniedException \
                in the app's log, and at what was deployed last.""");
        throttledRequests = Optional.of(Setting.THROTTLED_REQUEST_THRESHOLD)
                .filter(settings::isPresent)
                .map(threshold -> alarm("throttled-requests", threshold, TableMetrics::throttles, """
                DynamoDB throttled reads or writes of table %s or of its index in %s. AWS SDKs retry these; users wait \
                or see errors when it lasts. First: compare the consumed units with the caps maxReadRequestUnits and \
                maxWriteRequestUnits, then look for one session that takes most of the requests."""));
    }

    Stream<MetricAlarm> all() {
        return Stream.concat(Stream.of(systemErrors, userErrors), throttledRequests.stream());
    }

    /** AWS sends nothing before the address has confirmed. */
    private Output<String> topic(String email) {
        var topic = TopicArgs.builder().name(named("alarms")).tags(settings.tags());
        Output<String> arn = new Topic(store + "-alarms", topic.build(), options).arn();
        var subscription =
                TopicSubscriptionArgs.builder().topic(arn).protocol("email").endpoint(email);
        new TopicSubscription(store + "-alarms-email", subscription.build(), options);
        return arn;
    }

    private MetricAlarm alarm(
            String kind, Setting threshold, Function<TableMetrics, List<Metric>> metrics, String description) {
        var actions = topicArn.map(arn -> arn.applyValue(List::of)).orElse(null);
        MetricAlarmArgs alarm = MetricAlarmArgs.builder()
                .name(named(kind))
                .alarmDescription(tableName.applyValue(table -> description.formatted(table, settings.region())))
                .metricQueries(tableName.applyValue(table -> sum(metrics.apply(new TableMetrics(table)))))
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .threshold((double) settings.integer(threshold))
                .evaluationPeriods(settings.integer(Setting.ALARM_EVALUATION_PERIODS))
                // where nothing failed for long even the filled sum has no data: the good case
                .treatMissingData("notBreaching")
                .alarmActions(actions)
                .okActions(actions)
                .tags(settings.tags())
                .build();
        return new MetricAlarm(store + "-" + kind, alarm, options);
    }

    private Output<String> named(String suffix) {
        return tableName.applyValue(table -> table + "-" + suffix);
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
                            .period(settings.integer(Setting.ALARM_PERIOD_SECONDS))
                            .stat("Sum")
                            .build())
                    .build());
        }
        return queries;
    }
}
