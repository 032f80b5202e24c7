package com.aitutor.localaws;

import static com.aitutor.localaws.PropertySchema.bool;
import static com.aitutor.localaws.PropertySchema.integer;
import static com.aitutor.localaws.PropertySchema.number;
import static com.aitutor.localaws.PropertySchema.object;
import static com.aitutor.localaws.PropertySchema.objectSet;
import static com.aitutor.localaws.PropertySchema.text;
import static com.aitutor.localaws.PropertySchema.textMap;
import static com.aitutor.localaws.PropertySchema.textSet;

import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** CloudWatch metric alarms: checked against CloudWatch's limits, kept in the state, never evaluated. */
final class MetricAlarmType extends RecordedType {

    private static final Pattern EXTENDED_STATISTIC = Pattern.compile(
            "(p|tm|wm|tc|ts)(\\d{1,2}(\\.\\d{1,2})?|100)|IQM|(TM|WM|PR|TC|TS)\\((\\d+(\\.\\d+)?%?)?:(\\d+(\\.\\d+)?%?)?\\)");

    private static final Pattern STATISTIC =
            Pattern.compile("SampleCount|Average|Sum|Minimum|Maximum|" + EXTENDED_STATISTIC.pattern());

    private static final String[] UNITS = {
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
        "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
        "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second",
        "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None"
    };

    private static final List<PropertySchema> SCHEMA = List.of(
            bool("actionsEnabled").defaultsTo(PropertyValue.of(true), Phase.PREVIEW),
            textSet("alarmActions").zeroFrom(Phase.READ).must(Arn.validAction()),
            text("alarmDescription").zeroFrom(Phase.CREATE).must(Constraint.length(0, 1024)),
            text("arn").is(Trait.OUTPUT).containing("name"),
            text("comparisonOperator")
                    .is(Trait.REQUIRED)
                    .must(Constraint.oneOf(
                            "GreaterThanOrEqualToThreshold",
                            "GreaterThanThreshold",
                            "LessThanThreshold",
                            "LessThanOrEqualToThreshold",
                            "LessThanLowerOrGreaterThanUpperThreshold",
                            "LessThanLowerThreshold",
                            "GreaterThanUpperThreshold")),
            integer("datapointsToAlarm").zeroFrom(Phase.CREATE).must(Constraint.atLeast(1)),
            textMap("dimensions").zeroFrom(Phase.READ).conflictsWith("metricQueries"),
            text("evaluateLowSampleCountPercentiles")
                    .is(Trait.COMPUTED)
                    .zeroFrom(Phase.CREATE)
                    .must(Constraint.oneOf("evaluate", "ignore")),
            integer("evaluationPeriods").is(Trait.REQUIRED).must(Constraint.atLeast(1)),
            text("extendedStatistic")
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("statistic", "metricQueries")
                    .must(Constraint.matches(EXTENDED_STATISTIC, "invalid statistic")),
            textSet("insufficientDataActions").zeroFrom(Phase.READ).must(Arn.validAction()),
            text("metricName")
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("metricQueries")
                    .must(Constraint.length(1, 255)),
            objectSet(
                            "metricQueries",
                            text("accountId").zeroFrom(Phase.PREVIEW).must(Constraint.length(1, 255)),
                            text("expression").zeroFrom(Phase.PREVIEW).must(Constraint.length(1, 1024)),
                            text("id").is(Trait.REQUIRED).must(Constraint.length(1, 255)),
                            text("label").zeroFrom(Phase.PREVIEW),
                            object(
                                    "metric",
                                    textMap("dimensions"),
                                    text("metricName").is(Trait.REQUIRED).must(Constraint.length(1, 255)),
                                    text("namespace").zeroFrom(Phase.PREVIEW).must(Constraint.length(1, 255)),
                                    integer("period").is(Trait.REQUIRED).must(Constraint.period(1, 5, 10, 20, 30)),
                                    text("stat")
                                            .is(Trait.REQUIRED)
                                            .must(Constraint.matches(STATISTIC, "invalid statistic")),
                                    text("unit").zeroFrom(Phase.PREVIEW).must(Constraint.oneOf(UNITS))),
                            integer("period").zeroFrom(Phase.UPDATE).must(Constraint.period(1, 5, 10, 20, 30)),
                            bool("returnData").zeroFrom(Phase.PREVIEW))
                    .named("metric_query", "metricQueries")
                    .identifiedBy("id")
                    .zeroFrom(Phase.PREVIEW)
                    .conflictsWith("metricName"),
            text("name")
                    .is(Trait.REQUIRED, Trait.REPLACES)
                    .named("alarm_name", "alarmName")
                    .must(Constraint.length(1, 255)),
            text("namespace")
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("metricQueries")
                    .must(Constraint.length(1, 255)),
            textSet("okActions").zeroFrom(Phase.READ).must(Arn.validAction()),
            integer("period")
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("metricQueries")
                    .must(Constraint.period(10, 20, 30)),
            text("statistic")
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("extendedStatistic", "metricQueries")
                    .must(Constraint.oneOf("SampleCount", "Average", "Sum", "Minimum", "Maximum")),
            Tags.TAGS,
            Tags.TAGS_ALL,
            number("threshold").zeroFrom(Phase.CREATE).conflictsWith("thresholdMetricId"),
            text("thresholdMetricId")
                    .zeroFrom(Phase.CREATE)
                    .conflictsWith("threshold")
                    .must(Constraint.length(1, 255)),
            text("treatMissingData")
                    .defaultsTo(PropertyValue.of("missing"), Phase.PREVIEW)
                    .must(Constraint.oneOf("breaching", "ignore", "missing", "notBreaching")),
            text("unit").zeroFrom(Phase.CREATE).must(Constraint.oneOf(UNITS)));

    @Override
    public String token() {
        return "aws:cloudwatch/metricAlarm:MetricAlarm";
    }

    @Override
    public List<PropertySchema> schema() {
        return SCHEMA;
    }

    @Override
    public int longestName() {
        return 255;
    }

    @Override
    public List<String> limits(PropertyMap inputs, String resource, Account account) {
        return new MetricAlarmLimits(inputs, resource, account.region()).failures();
    }

    @Override
    public void checkPlan(PropertyMap inputs, PropertyMap planned) {
        boolean statistic = !planned.get("statistic").isZero();
        boolean extended = !planned.get("extendedStatistic").isZero();
        if (!planned.get("metricName").isZero() && statistic == extended) {
            throw ProviderException.invalid(
                    "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm");
        }
        for (PropertyValue query : planned.get("metricQueries").elements()) {
            if (!query.fields().get("expression").isZero() && !query.fields().get("metric").isZero()) {
                throw ProviderException.invalid(
                        "No metric_query may have both `expression` and a `metric` specified");
            }
        }
    }

    @Override
    String newId(PropertyMap planned, AwsRegion region) {
        return planned.get("name").text();
    }

    @Override
    Map<String, PropertyValue> outputs(String id, PropertyMap planned, AwsRegion region) {
        return Map.of("arn", PropertyValue.of(region.arn("cloudwatch", "alarm:" + id)));
    }
}
