package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The cases in which the plugin answers otherwise than recorded, on purpose. */
final class Deviations {

    private static final String REFUSED_EARLY = "AWS refuses it when the resource is made; here it is refused before";
    private static final String NEVER_IGNORED = "a property that means nothing is refused, not dropped";
    private static final String OWN_WORDS = "DynamoDB Local words the same refusal in its own way";
    private static final String NOT_A_DIFFERENCE = "nothing about the queries has changed";

    private static final Map<String, Deviation> ALL = Map.ofEntries(
            refuses(
                    "table: name of 2 characters: check",
                    "expected name to be 3 to 255 letters, digits, underscores, hyphens and dots, got ab."
                            + " Examine values at 'table.name'."),
            refuses(
                    "table: name with a space: check",
                    "expected name to be 3 to 255 letters, digits, underscores, hyphens and dots, got chat sessions."
                            + " Examine values at 'table.name'."),
            refusesColour(
                    "table: unknown property: check",
                    "Unknown property \"colour\" of aws:dynamodb/table:Table; known here: attributes, billingMode,"
                            + " deletionProtectionEnabled, globalSecondaryIndexes, hashKey, name, onDemandThroughput,"
                            + " pointInTimeRecovery, rangeKey, readCapacity, restoreDateTime, restoreSourceName,"
                            + " restoreSourceTableArn, restoreToLatestTime, serverSideEncryption, tableClass, tags,"
                            + " tagsAll, ttl, writeCapacity. Examine values at 'table.colour'."),
            fails(
                    "table: unknown property",
                    NEVER_IGNORED,
                    "Unknown property colour of aws:dynamodb/table:Table (table)"),
            deviates(
                    "table: read for import",
                    "DynamoDB Local keeps neither point-in-time recovery nor tags",
                    Deviations::withoutWhatDynamoDbLocalLacks),
            fails(
                    "table: delete while protected",
                    OWN_WORDS,
                    "deleting AWS DynamoDB Table (chat_sessions): operation error DynamoDB: DeleteTable, https response"
                            + " error StatusCode: 400, RequestID: ..., api error ValidationException: Resource cannot"
                            + " be deleted as it is currently protected against deletion. Disable deletion protection"
                            + " first."),
            fails(
                    "table: delete, absent",
                    OWN_WORDS,
                    "deleting AWS DynamoDB Table (chat_sessions): operation error DynamoDB: DeleteTable, https response"
                            + " error StatusCode: 400, RequestID: ..., ResourceNotFoundException: Cannot do operations"
                            + " on a non-existent table"),
            refuses(
                    "alarm: period 0: check",
                    "expected period to be 10, 20, 30 or a multiple of 60, got 0. Examine values at 'alarm.period'."),
            refuses(
                    "alarm: twelve metrics: check",
                    "expected at most 10 metrics in one alarm, got 12. Examine values at 'alarm.metricQueries'."),
            refuses(
                    "alarm: no threshold: check",
                    "one of threshold or thresholdMetricId must be set. Examine values at 'alarm.threshold'."),
            refuses(
                    "alarm: neither metric nor queries: check",
                    "one of metricName or metricQueries must be set. Examine values at 'alarm.metricName'."),
            refusesColour(
                    "alarm: unknown property: check",
                    "Unknown property \"colour\" of aws:cloudwatch/metricAlarm:MetricAlarm; known here: actionsEnabled,"
                            + " alarmActions, alarmDescription, comparisonOperator, datapointsToAlarm, dimensions,"
                            + " evaluateLowSampleCountPercentiles, evaluationPeriods, extendedStatistic,"
                            + " insufficientDataActions, metricName, metricQueries, name, namespace, okActions, period,"
                            + " statistic, tags, tagsAll, threshold, thresholdMetricId, treatMissingData, unit."
                            + " Examine values at 'alarm.colour'."),
            fails(
                    "alarm: unknown property",
                    NEVER_IGNORED,
                    "Unknown property colour of aws:cloudwatch/metricAlarm:MetricAlarm (alarm)"),
            deviates(
                    "alarm: read system",
                    "the official provider mixes up the queries in the inputs and loses one",
                    Deviations::withAllQueries),
            findsNoDifferenceInQueries("alarm: diff system, rename"),
            findsNoDifferenceInQueries("alarm: diff system, threshold"),
            findsNoDifferenceInQueries("alarm: diff system, evaluation periods"),
            findsNoDifferenceInQueries("alarm: diff system, description"),
            findsNoDifferenceInQueries("alarm: diff system, actions"),
            findsNoDifferenceInQueries("alarm: update system: diff"));

    private Deviations() {}

    /** Returns the names of all cases with a deviation. */
    static Set<String> cases() {
        return ALL.keySet();
    }

    static Deviation of(String name) {
        return ALL.getOrDefault(name, Deviation.NONE);
    }

    private static Map.Entry<String, Deviation> deviates(
            String name, String reason, UnaryOperator<Map<String, Object>> change) {
        return Map.entry(name, new Deviation(reason, change));
    }

    private static Map.Entry<String, Deviation> refuses(String name, String failure) {
        return deviates(name, REFUSED_EARLY, recorded -> with(recorded, "failures", List.of(failure)));
    }

    private static Map.Entry<String, Deviation> refusesColour(String name, String failure) {
        return deviates(name, NEVER_IGNORED, recorded -> {
            Map<String, Object> inputs = new HashMap<>(map(recorded.get("inputs")));
            inputs.remove("colour");
            return with(with(recorded, "inputs", inputs), "failures", List.of(failure));
        });
    }

    private static Map.Entry<String, Deviation> fails(String name, String reason, String error) {
        return deviates(name, reason, recorded -> Map.of("error", error));
    }

    private static Map.Entry<String, Deviation> findsNoDifferenceInQueries(String name) {
        return deviates(name, NOT_A_DIFFERENCE, recorded -> {
            List<Object> diffs = new ArrayList<>(list(recorded.get("diffs")));
            diffs.remove("metricQueries");
            return with(recorded, "diffs", diffs);
        });
    }

    private static Map<String, Object> withoutWhatDynamoDbLocalLacks(Map<String, Object> recorded) {
        Map<String, Object> inputs = new HashMap<>(map(recorded.get("inputs")));
        inputs.put("pointInTimeRecovery", Map.of("enabled", false));
        inputs.keySet().removeAll(Set.of("tags", "tagsAll"));
        Map<String, Object> properties = new HashMap<>(map(recorded.get("properties")));
        properties.put("pointInTimeRecovery", Map.of("enabled", false, "recoveryPeriodInDays", 0.0));
        properties.put("tags", Map.of());
        properties.put("tagsAll", Map.of());
        return with(with(recorded, "inputs", inputs), "properties", properties);
    }

    private static Map<String, Object> withAllQueries(Map<String, Object> recorded) {
        List<Object> queries = new ArrayList<>();
        for (Object query : list(map(recorded.get("properties")).get("metricQueries"))) {
            Map<String, Object> given = new HashMap<>(map(query));
            given.values().removeIf(value -> value.equals("") || value.equals(0.0) || value.equals(false));
            if (given.get("metric") instanceof Map<?, ?> metric) {
                Map<String, Object> givenMetric = new HashMap<>(map(metric));
                givenMetric.values().removeIf(""::equals);
                given.put("metric", givenMetric);
            }
            queries.add(given);
        }
        return with(recorded, "inputs", with(map(recorded.get("inputs")), "metricQueries", queries));
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(map);
        changed.put(name, value);
        return changed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
