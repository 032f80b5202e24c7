package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What CloudWatch refuses about an alarm although the official provider lets it pass. Sources: CloudWatch API
 * reference, PutMetricAlarm, MetricDataQuery, Dimension; CloudWatch user guide, "CloudWatch service quotas".
 */
final class MetricAlarmLimits {

    private static final int MOST_ACTIONS = 5;
    private static final int MOST_DIMENSIONS = 30;
    private static final int LONGEST_DIMENSION_NAME = 255;
    private static final int LONGEST_DIMENSION_VALUE = 1024;
    private static final int MOST_METRICS = 10;
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final Set<Long> SHORT_PERIODS = Set.of(10L, 20L, 30L);
    private static final Pattern QUERY_ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

    private final PropertyMap inputs;
    private final String resource;
    private final AwsRegion region;
    private final List<String> failures = new ArrayList<>();

    /**
     * Prepares a check.
     *
     * @param inputs inputs that fit the alarm's schema; any of them may be unknown
     */
    MetricAlarmLimits(PropertyMap inputs, String resource, AwsRegion region) {
        this.inputs = inputs;
        this.resource = resource;
        this.region = region;
    }

    /** Returns everything CloudWatch would refuse. */
    List<String> failures() {
        source();
        threshold();
        for (String property : List.of("alarmActions", "insufficientDataActions", "okActions")) {
            actions(property);
        }
        dimensions("dimensions", inputs.get("dimensions"));
        queries();
        evaluation();
        return List.copyOf(failures);
    }

    private void source() {
        if (absent("metricName") && absent("metricQueries")) {
            fail("one of metricName or metricQueries must be set", "metricName");
        } else if (!absent("metricName")) {
            for (String property : List.of("namespace", "period")) {
                if (inputs.get(property).isAbsent()) {
                    fail(property + " must be set together with metricName", property);
                }
            }
        }
        PropertyValue period = inputs.get("period");
        if (period instanceof PropertyValue.Number && !isPeriod(period.whole(), SHORT_PERIODS)) {
            fail("expected period to be 10, 20, 30 or a multiple of 60, got " + period.whole(), "period");
        }
    }

    private void threshold() {
        if (inputs.get("threshold").isAbsent() && absent("thresholdMetricId")) {
            fail("one of threshold or thresholdMetricId must be set", "threshold");
        }
        PropertyValue id = inputs.get("thresholdMetricId");
        boolean known = inputs.get("metricQueries").isWhollyKnown();
        if (!id.isZero() && !id.isUnknown() && known && queryIds().stream().noneMatch(id.text()::equals)) {
            fail("expected thresholdMetricId to be the id of one of metricQueries, got " + id.text(),
                    "thresholdMetricId");
        }
    }

    private void actions(String property) {
        List<PropertyValue> actions = inputs.get(property).elements();
        if (actions.size() > MOST_ACTIONS) {
            fail("expected at most " + MOST_ACTIONS + " " + property + ", got " + actions.size(), property);
        }
        for (PropertyValue action : actions) {
            String[] parts = action.text().split(":", 6);
            if (parts.length == 6 && parts[2].equals("sns") && !parts[3].equals(region.name())) {
                fail("expected a topic of the alarm's region " + region.name() + ", got " + action.text(), property);
            }
        }
    }

    private void dimensions(String property, PropertyValue dimensions) {
        var values = dimensions.fields().values();
        if (values.size() > MOST_DIMENSIONS) {
            fail("expected at most " + MOST_DIMENSIONS + " dimensions, got " + values.size(), property);
        }
        values.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > LONGEST_DIMENSION_NAME || name.startsWith(":")) {
                fail("expected names of dimensions to have 1 to " + LONGEST_DIMENSION_NAME
                        + " characters and not to begin with a colon, got \"" + name + "\"", property);
            }
            int length = value.text().length();
            if (!value.isUnknown() && (length == 0 || length > LONGEST_DIMENSION_VALUE)) {
                fail("expected the value of dimension \"" + name + "\" to have 1 to " + LONGEST_DIMENSION_VALUE
                        + " characters, got " + length, property);
            }
        });
    }

    private void queries() {
        PropertyValue queries = inputs.get("metricQueries");
        if (queries.elements().isEmpty()) {
            return;
        }
        Set<String> ids = new HashSet<>();
        for (PropertyValue query : queries.elements()) {
            PropertyValue.Fields fields = query.fields();
            String id = fields.get("id").text();
            if (!fields.get("id").isUnknown() && !QUERY_ID.matcher(id).matches()) {
                fail("expected ids of metricQueries to begin with a lower-case letter and to consist of letters,"
                        + " digits and underscores, got \"" + id + "\"", "metricQueries");
            }
            if (!id.isEmpty() && !ids.add(id)) {
                fail("expected each id of metricQueries once, got \"" + id + "\" again", "metricQueries");
            }
            if (fields.get("metric").isAbsent() && fields.get("expression").isAbsent()) {
                fail("metric query \"" + id + "\" needs a metric or an expression", "metricQueries");
            }
            PropertyValue metric = fields.get("metric");
            PropertyValue period = metric.fields().get("period");
            if (period instanceof PropertyValue.Number && period.whole() <= 0) {
                fail("expected the period of metric query \"" + id + "\" to be above 0, got " + period.whole(),
                        "metricQueries");
            }
            dimensions("metricQueries", metric.fields().get("dimensions"));
        }
        counts(queries);
    }

    private void counts(PropertyValue queries) {
        long metrics = queries.elements().stream()
                .filter(query -> !query.fields().get("metric").isAbsent())
                .count();
        if (metrics > MOST_METRICS) {
            fail("expected at most " + MOST_METRICS + " metrics in one alarm, got " + metrics, "metricQueries");
        }
        long returning = queries.elements().stream()
                .filter(query -> query.fields().get("returnData").bool())
                .count();
        boolean known = queries.elements().stream()
                .noneMatch(query -> query.fields().get("returnData").isUnknown() || query.isUnknown());
        if (known && returning != 1) {
            fail("expected exactly one of metricQueries with returnData, got " + returning, "metricQueries");
        }
    }

    /** One evaluation looks back over all its periods together: at most a day, or a week from one hour a period. */
    private void evaluation() {
        long periods = inputs.get("evaluationPeriods").whole();
        long period = Math.max(
                inputs.get("period").whole(),
                inputs.get("metricQueries").elements().stream()
                        .mapToLong(query -> Math.max(
                                query.fields().get("period").whole(),
                                query.fields().get("metric").fields().get("period").whole()))
                        .max()
                        .orElse(0));
        long most = period < HOUR ? DAY : 7 * DAY;
        if (periods * period > most) {
            fail("expected evaluationPeriods times period to be at most " + most + " seconds "
                    + (period < HOUR ? "(one day) for periods under one hour" : "(seven days)") + ", got " + periods
                    + " times " + period, "evaluationPeriods");
        }
        long datapoints = inputs.get("datapointsToAlarm").whole();
        if (periods > 0 && datapoints > periods) {
            fail("expected datapointsToAlarm to be at most evaluationPeriods, got " + datapoints + " of " + periods,
                    "datapointsToAlarm");
        }
    }

    private List<String> queryIds() {
        return inputs.get("metricQueries").elements().stream()
                .map(query -> query.fields().get("id").text())
                .toList();
    }

    private static boolean isPeriod(long seconds, Set<Long> shortPeriods) {
        return shortPeriods.contains(seconds) || seconds > 0 && seconds % 60 == 0;
    }

    private boolean absent(String property) {
        return inputs.get(property).isZero();
    }

    private void fail(String problem, String property) {
        failures.add(InputCheck.failure(problem, resource, property));
    }
}
