package com.aitutor.chatsessions;

import com.aitutor.chatsessions.DynamoDbMetrics.Series;
import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A metric alarm on a sum of metrics as CloudWatch evaluates it, by nothing but the inputs it was registered with. The
 * rules are those of the Amazon CloudWatch user guide: "Alarm evaluation" (every minute for periods of a minute or more,
 * so over a sliding window), "Configuring how CloudWatch alarms treat missing data" (the evaluation range) and "Using
 * math expressions" (FILL), and of the API reference, PutMetricAlarm (missing data of AWS/DynamoDB).
 */
record CloudWatchAlarm(
        String comparisonOperator,
        int threshold,
        int evaluationPeriods,
        String treatMissingData,
        List<Query> metricQueries) {
    /** The first is the sum that the alarm watches. */
    record Query(String expression, boolean returnData, Metric metric) {}

    record Metric(String namespace, String metricName, Map<String, String> dimensions, int period, String stat) {}

    enum State {
        OK,
        ALARM,
        INSUFFICIENT_DATA
    }

    /** The two things that AWS's texts say of missing data of DynamoDB's metrics. */
    enum MissingData {
        /** User guide: as {@code treatMissingData} says. */
        AS_SET,
        /** API reference: the alarm remains in its current state. */
        IGNORED
    }

    /** How many data points CloudWatch retrieves beyond the periods: 2 in the user guide's example, else unpublished. */
    private static final int EXTRA_DATA_POINTS = 2;

    /** An alarm of these inputs, with one text in them replaced by another. */
    static CloudWatchAlarm of(Map<String, Object> inputs, String text, String replacement) {
        String json = new Gson().toJson(inputs);
        if (!json.contains(text)) {
            throw new IllegalArgumentException("no " + text + " in " + json);
        }
        CloudWatchAlarm alarm = new Gson().fromJson(json.replace(text, replacement), CloudWatchAlarm.class);
        boolean known = alarm.comparisonOperator.equals("GreaterThanOrEqualToThreshold")
                && alarm.treatMissingData.equals("notBreaching")
                && alarm.metrics().stream().allMatch(metric -> metric.stat.equals("Sum"))
                && alarm.metricQueries.get(0).returnData;
        if (!known) {
            throw new IllegalArgumentException("not known here: " + alarm);
        }
        return alarm;
    }

    /**
     * The states that follow one another, from a minute to the next.
     *
     * @param secondsLate after how many seconds the data of a minute that ended can be retrieved
     */
    List<State> states(DynamoDbMetrics data, MissingData missingData, int secondsLate, int minutes) {
        List<State> states = new ArrayList<>(List.of(State.INSUFFICIENT_DATA));
        for (int minute = 1; minute <= minutes; minute++) {
            State current = states.get(states.size() - 1);
            State next = evaluate(current, data, missingData, secondsLate, 60 * minute);
            if (next != current) {
                states.add(next);
            }
        }
        return states;
    }

    private State evaluate(State current, DynamoDbMetrics data, MissingData missingData, int secondsLate, int now) {
        List<Integer> dataPoints = dataPoints(data, secondsLate, now).stream()
                .flatMap(Optional::stream)
                .limit(evaluationPeriods)
                .toList();
        boolean breaches = dataPoints.stream().allMatch(sum -> sum >= threshold);
        // with enough real data points older ones are used, and how missing data is treated does not count
        if (dataPoints.size() < evaluationPeriods && breaches) {
            return missingData == MissingData.IGNORED ? current : State.OK;
        }
        return breaches ? State.ALARM : State.OK;
    }

    /** The newest first. */
    private List<Optional<Integer>> dataPoints(DynamoDbMetrics data, int secondsLate, int now) {
        int period = metrics().get(0).period;
        // only whole minutes are there, and not before they are reported
        int reported = (now - secondsLate) / 60 * 60;
        List<List<Integer>> counts = IntStream.range(0, evaluationPeriods + EXTRA_DATA_POINTS)
                .map(i -> now - i * period)
                .mapToObj(end -> metrics().stream()
                        .map(metric -> new Series(metric.namespace, metric.metricName, metric.dimensions))
                        .map(series -> data.count(series, end - period, Math.min(end, reported)))
                        .toList())
                .toList();
        // FILL has nothing to fill where no series has data in the whole range
        boolean anyData = counts.stream().flatMap(List::stream).anyMatch(count -> count > 0);
        return counts.stream()
                .map(ofPeriod -> Optional.of(ofPeriod)
                        .filter(all -> anyData && (isFilled() || !all.contains(0)))
                        .map(all -> all.stream().mapToInt(Integer::intValue).sum()))
                .toList();
    }

    private boolean isFilled() {
        return switch (metricQueries.get(0).expression) {
            case "SUM(FILL(METRICS(), 0))" -> true;
            case "SUM(METRICS())" -> false;
            default -> throw new IllegalArgumentException("not known here: " + metricQueries);
        };
    }

    private List<Metric> metrics() {
        return metricQueries.stream().skip(1).map(Query::metric).toList();
    }
}
