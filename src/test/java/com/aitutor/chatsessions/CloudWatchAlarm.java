package com.aitutor.chatsessions;

import com.aitutor.chatsessions.DynamoDbMetrics.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A metric alarm as CloudWatch evaluates it, by nothing but the properties it was registered with. The rules are those of
 * the Amazon CloudWatch user guide: "Alarm evaluation" (every minute for periods of a minute or more, so over a sliding
 * window), "Configuring how CloudWatch alarms treat missing data" (the evaluation range) and "Using math expressions"
 * (FILL), and of the API reference, PutMetricAlarm (missing data of AWS/DynamoDB).
 *
 * @param properties of the resource aws:cloudwatch/metricAlarm:MetricAlarm
 */
record CloudWatchAlarm(Map<String, Object> properties) {
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

    /**
     * How many data points more than the evaluation periods CloudWatch retrieves. The user guide's example has 2; the number
     * for other alarms is not published.
     */
    private static final int EXTRA_DATA_POINTS = 2;

    /**
     * The states that follow one another, from a minute to the next.
     *
     * @param secondsLate after how many seconds the data of a minute that ended can be retrieved
     */
    List<State> states(DynamoDbMetrics metrics, MissingData missingData, int secondsLate, int minutes) {
        List<State> states = new ArrayList<>();
        State state = State.INSUFFICIENT_DATA;
        for (int minute = 1; minute <= minutes; minute++) {
            State next = evaluate(state, metrics, missingData, secondsLate, 60 * minute);
            if (minute == 1 || next != state) {
                states.add(next);
            }
            state = next;
        }
        return states;
    }

    private State evaluate(State current, DynamoDbMetrics metrics, MissingData missingData, int secondsLate, int now) {
        int periods = number("evaluationPeriods");
        List<Boolean> breaches = dataPoints(metrics, periods + EXTRA_DATA_POINTS, secondsLate, now).stream()
                .flatMap(Optional::stream)
                .map(this::breaches)
                .limit(periods)
                .toList();
        int missing = periods - breaches.size();
        // with enough real data points older ones are used, and how missing data is treated does not count
        if (missing > 0 && missingData == MissingData.IGNORED) {
            return breaches.contains(false) ? State.OK : current;
        }
        String treatment = (String) properties.get("treatMissingData");
        if (missing == periods && treatment.equals("missing")) {
            return State.INSUFFICIENT_DATA;
        }
        // "missing" goes into alarm where all that is there breaches: a premature alarm, once it is old enough
        boolean missingBreaches = !treatment.equals("notBreaching");
        return breaches.contains(false) || (missing > 0 && !missingBreaches) ? State.OK : State.ALARM;
    }

    /** The newest first. */
    private List<Optional<Integer>> dataPoints(DynamoDbMetrics metrics, int count, int secondsLate, int now) {
        List<List<Optional<Integer>>> series = series().stream()
                .map(one -> IntStream.range(0, count)
                        .mapToObj(i -> value(metrics, one, now - i * period(), secondsLate, now))
                        .toList())
                .toList();
        return switch (expression()) {
            case "" -> series.get(0);
            // FILL has nothing to fill where a series has no data in the whole range
            case "SUM(FILL(METRICS(), 0))" -> sum(count, series, present -> present > 0, any(series));
            case "SUM(METRICS())" -> sum(count, series, present -> present == series.size(), any(series));
            default -> throw new IllegalArgumentException("Not known here: " + expression());
        };
    }

    private static List<Optional<Integer>> sum(
            int count, List<List<Optional<Integer>>> series, IntPredicate hasData, boolean anyData) {
        boolean fills = hasData.test(1);
        return IntStream.range(0, count)
                .mapToObj(i -> series.stream().flatMap(one -> one.get(i).stream()).toList())
                .map(values -> anyData && (fills || hasData.test(values.size()))
                        ? Optional.of(values.stream().mapToInt(Integer::intValue).sum())
                        : Optional.<Integer>empty())
                .toList();
    }

    private static boolean any(List<List<Optional<Integer>>> series) {
        return series.stream().flatMap(List::stream).anyMatch(Optional::isPresent);
    }

    private Optional<Integer> value(DynamoDbMetrics metrics, Map<String, Object> metric, int end, int secondsLate, int now) {
        @SuppressWarnings("unchecked")
        Map<String, String> dimensions = (Map<String, String>) metric.getOrDefault("dimensions", Map.of());
        Series series = new Series((String) metric.get("namespace"), (String) metric.get("metricName"), dimensions);
        // only whole minutes are there, and not before they are reported
        int reported = (now - secondsLate) / 60 * 60;
        int count = metrics.count(series, end - period(), Math.min(end, reported));
        return switch ((String) metric.getOrDefault("stat", metric.get("statistic"))) {
            case "Sum" -> count == 0 ? Optional.empty() : Optional.of(count);
            // each failed request is a value of 1
            case "Average" -> count == 0 ? Optional.empty() : Optional.of(1);
            default -> throw new IllegalArgumentException("No such statistic in " + metric);
        };
    }

    private boolean breaches(int value) {
        if (!"GreaterThanOrEqualToThreshold".equals(properties.get("comparisonOperator"))) {
            throw new IllegalArgumentException("Not known here: " + properties);
        }
        return value >= number("threshold");
    }

    private int period() {
        return ((Double) series().get(0).get("period")).intValue();
    }

    /** The expression whose result the alarm watches; empty where it watches one metric. */
    private String expression() {
        return queries().stream()
                .filter(query -> Boolean.TRUE.equals(query.get("returnData")))
                .map(query -> (String) query.get("expression"))
                .findFirst()
                .orElse("");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> series() {
        return queries().isEmpty()
                ? List.of(properties)
                : queries().stream()
                        .filter(query -> query.containsKey("metric"))
                        .map(query -> (Map<String, Object>) query.get("metric"))
                        .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> queries() {
        return (List<Map<String, Object>>) properties.getOrDefault("metricQueries", List.of());
    }

    private int number(String property) {
        return ((Double) properties.get(property)).intValue();
    }
}
