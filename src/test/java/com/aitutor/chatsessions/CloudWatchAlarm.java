package com.aitutor.chatsessions;

import com.aitutor.chatsessions.DynamoDbMetrics.Series;
import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final String FILLED_SUM = "SUM(FILL(METRICS(), 0))";

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
                && List.of(FILLED_SUM, "SUM(METRICS())").contains(alarm.metricQueries.get(0).expression)
                && alarm.metricQueries.get(0).returnData;
        if (!known) {
            throw new IllegalArgumentException("not known here: " + alarm);
        }
        return alarm;
    }

    /**
     * The states of 90 minutes.
     *
     * @param secondsLate after how many seconds the data of a minute that ended can be retrieved
     */
    List<State> states(DynamoDbMetrics data, MissingData missingData, int secondsLate) {
        List<State> states = new ArrayList<>(List.of(State.INSUFFICIENT_DATA));
        for (int minute = 1; minute <= 90; minute++) {
            List<Integer> dataPoints = dataPoints(data, secondsLate, 60 * minute);
            boolean breaches = dataPoints.stream().allMatch(sum -> sum >= threshold);
            // with enough real data points older ones are used, and how missing data is treated does not count
            boolean remains = breaches && dataPoints.size() < evaluationPeriods && missingData == MissingData.IGNORED;
            boolean alarms = breaches && dataPoints.size() == evaluationPeriods;
            states.add(remains ? states.get(states.size() - 1) : alarms ? State.ALARM : State.OK);
        }
        return states;
    }

    /** The newest sums of the evaluation range, where there is any data for them. */
    private List<Integer> dataPoints(DynamoDbMetrics data, int secondsLate, int now) {
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
        boolean filled = metricQueries.get(0).expression.equals(FILLED_SUM);
        return counts.stream()
                .filter(ofPeriod -> anyData && (filled || !ofPeriod.contains(0)))
                .limit(evaluationPeriods)
                .map(ofPeriod -> ofPeriod.stream().mapToInt(Integer::intValue).sum())
                .toList();
    }

    private List<Metric> metrics() {
        return metricQueries.stream().skip(1).map(Query::metric).toList();
    }
}
