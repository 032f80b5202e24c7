package com.aitutor.chatsessions;

import com.aitutor.chatsessions.DynamoDbMetrics.Series;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A metric alarm as CloudWatch evaluates it, by nothing but the properties it was registered with (Amazon CloudWatch
 * user guide, "Alarm evaluation", "Configuring how CloudWatch alarms treat missing data" and "Using metric math").
 *
 * @param properties of the resource aws:cloudwatch/metricAlarm:MetricAlarm
 */
record CloudWatchAlarm(Map<String, Object> properties) {
    enum State {
        OK,
        ALARM,
        INSUFFICIENT_DATA
    }

    /** The state when a period has just ended. */
    State stateAt(int second, DynamoDbMetrics metrics) {
        int period = period();
        List<State> datapoints = IntStream.range(0, number("evaluationPeriods").intValue())
                .map(periodsAgo -> second - periodsAgo * period)
                .mapToObj(end -> judge(value(metrics, end - period, end)))
                .distinct()
                .toList();
        return datapoints.size() == 1 ? datapoints.get(0) : State.OK;
    }

    private State judge(OptionalDouble value) {
        if (value.isPresent()) {
            return breaches(value.getAsDouble()) ? State.ALARM : State.OK;
        }
        return switch ((String) properties.get("treatMissingData")) {
            case "notBreaching" -> State.OK;
            case "breaching" -> State.ALARM;
            default -> State.INSUFFICIENT_DATA;
        };
    }

    private boolean breaches(double value) {
        double threshold = number("threshold");
        return switch ((String) properties.get("comparisonOperator")) {
            case "GreaterThanOrEqualToThreshold" -> value >= threshold;
            case "GreaterThanThreshold" -> value > threshold;
            case "LessThanThreshold" -> value < threshold;
            case "LessThanOrEqualToThreshold" -> value <= threshold;
            default -> throw new IllegalArgumentException("No such operator in " + properties);
        };
    }

    private int period() {
        return queries().isEmpty()
                ? number("period").intValue()
                : (int) metrics().stream().mapToDouble(metric -> (double) metric.get("period")).max().orElseThrow();
    }

    private OptionalDouble value(DynamoDbMetrics metrics, int from, int until) {
        if (queries().isEmpty()) {
            return value(properties, "statistic", metrics, from, until);
        }
        List<OptionalDouble> values = metrics().stream()
                .map(metric -> value(metric, "stat", metrics, from, until))
                .toList();
        boolean hasData = switch (returnedExpression()) {
            // fills the gaps of what has data somewhere
            case "SUM(FILL(METRICS(), 0))" -> values.stream().anyMatch(OptionalDouble::isPresent);
            case "SUM(METRICS())" -> values.stream().allMatch(OptionalDouble::isPresent);
            default -> throw new IllegalArgumentException("Not known here: " + returnedExpression());
        };
        return hasData
                ? OptionalDouble.of(values.stream().mapToDouble(value -> value.orElse(0)).sum())
                : OptionalDouble.empty();
    }

    private static OptionalDouble value(
            Map<String, Object> metric, String statistic, DynamoDbMetrics metrics, int from, int until) {
        @SuppressWarnings("unchecked")
        Map<String, String> dimensions = (Map<String, String>) metric.getOrDefault("dimensions", Map.of());
        Series series = new Series((String) metric.get("namespace"), (String) metric.get("metricName"), dimensions);
        int count = metrics.count(series, from, until);
        if (count == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(switch ((String) metric.get(statistic)) {
            case "Sum", "SampleCount" -> count;
            // each failed request is a value of 1
            case "Average", "Minimum", "Maximum" -> 1;
            default -> throw new IllegalArgumentException("No such statistic in " + metric);
        });
    }

    private String returnedExpression() {
        List<Map<String, Object>> returned = queries().stream()
                .filter(query -> Boolean.TRUE.equals(query.get("returnData")))
                .toList();
        if (returned.size() != 1) {
            throw new IllegalArgumentException("An alarm watches one result, not " + returned);
        }
        return (String) returned.get(0).get("expression");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> metrics() {
        return queries().stream()
                .filter(query -> query.containsKey("metric"))
                .map(query -> (Map<String, Object>) query.get("metric"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> queries() {
        return (List<Map<String, Object>>) properties.getOrDefault("metricQueries", List.of());
    }

    private Double number(String property) {
        return (Double) properties.get(property);
    }
}
