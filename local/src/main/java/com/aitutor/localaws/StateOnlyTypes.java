package com.aitutor.localaws;

import static com.aitutor.localaws.Constraint.*;
import static com.aitutor.localaws.PropertySchema.Kind.*;
import static com.aitutor.localaws.PropertySchema.Trait.*;
import static com.aitutor.localaws.PropertySchema.property;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * CloudWatch's alarms and dashboards, SNS's topics and subscriptions. Beside the official provider's own checks, they
 * are held to what AWS refuses about their structure, which would otherwise show on AWS only. Sources: CloudWatch API
 * reference, PutMetricAlarm, MetricDataQuery and PutDashboard; CloudWatch user guide, "CloudWatch service quotas" and
 * "Dashboard body structure and syntax".
 */
final class StateOnlyTypes {
    private static final int MOST_METRICS = 10;
    private static final int MOST_WIDGETS = 500;
    private static final int DASHBOARD_COLUMNS = 24;
    private static final Pattern QUERY_ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

    static final ResourceType METRIC_ALARM = new StateOnlyType(
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            List.of(
                    property("alarmActions", TEXT_SET).must(arn()),
                    property("alarmDescription", TEXT).must(length(0, 1024)),
                    property("arn", TEXT).is(OUTPUT),
                    property("comparisonOperator", TEXT)
                            .is(REQUIRED)
                            .must(oneOf("GreaterThanOrEqualToThreshold GreaterThanThreshold LessThanThreshold "
                                    + "LessThanOrEqualToThreshold LessThanLowerOrGreaterThanUpperThreshold "
                                    + "LessThanLowerThreshold GreaterThanUpperThreshold")),
                    property("evaluationPeriods", INTEGER).is(REQUIRED).must(atLeast(1)),
                    property(
                                    "metricQueries",
                                    OBJECT_SET,
                                    property("expression", TEXT).must(length(1, 1024)),
                                    property("id", TEXT).is(REQUIRED),
                                    property("label", TEXT),
                                    property(
                                            "metric",
                                            OBJECT,
                                            property("dimensions", TEXT_MAP),
                                            property("metricName", TEXT).is(REQUIRED),
                                            property("namespace", TEXT),
                                            property("period", INTEGER).is(REQUIRED),
                                            property("stat", TEXT).is(REQUIRED)),
                                    property("returnData", BOOL))
                            .named("metric_query", "metricQueries")
                            .must(StateOnlyTypes::queryProblems),
                    property("name", TEXT)
                            .is(REQUIRED, REPLACES)
                            .named("alarm_name", "alarmName")
                            .must(length(1, 255)),
                    property("okActions", TEXT_SET).must(arn()),
                    property("tags", TEXT_MAP),
                    property("threshold", NUMBER),
                    property("treatMissingData", TEXT).must(oneOf("breaching ignore missing notBreaching"))),
            "name",
            "arn",
            (alarm, account) ->
                    account.arn("cloudwatch", "alarm:" + alarm.get("name").text()));

    static final ResourceType DASHBOARD = new StateOnlyType(
            "aws:cloudwatch/dashboard:Dashboard",
            List.of(
                    property("dashboardArn", TEXT).is(OUTPUT),
                    property("dashboardBody", TEXT).is(REQUIRED, JSON).must(StateOnlyTypes::bodyProblems),
                    property("dashboardName", TEXT)
                            .is(REQUIRED, REPLACES)
                            .must(pattern(
                                    "[0-9A-Za-z_-]{1,255}",
                                    "\"%s\" doesn't comply with restrictions (\"^[0-9A-Za-z_-]+$\"): \"%s\""))),
            "dashboardName",
            "dashboardArn",
            // dashboards belong to no region
            (dashboard, account) -> "arn:" + account.partition() + ":cloudwatch::" + Account.NUMBER + ":dashboard/"
                    + dashboard.get("dashboardName").text());

    static final ResourceType TOPIC = new StateOnlyType(
            "aws:sns/topic:Topic",
            List.of(
                    property("arn", TEXT).is(OUTPUT),
                    property("name", TEXT)
                            .is(REQUIRED, REPLACES)
                            .must(pattern("[A-Za-z0-9_-]{1,256}", "invalid topic name: %2$s")),
                    property("tags", TEXT_MAP)),
            "arn",
            "arn",
            (topic, account) -> account.arn("sns", topic.get("name").text()));

    static final ResourceType TOPIC_SUBSCRIPTION = new StateOnlyType(
            "aws:sns/topicSubscription:TopicSubscription",
            List.of(
                    property("arn", TEXT).is(OUTPUT),
                    property("endpoint", TEXT).is(REQUIRED, REPLACES),
                    property("protocol", TEXT)
                            .is(REQUIRED, REPLACES)
                            .must(oneOf("application email email-json firehose http https lambda sms sqs")),
                    property("topic", TEXT).is(REQUIRED, REPLACES).must(arn())),
            "arn",
            "arn",
            (subscription, account) -> subscription.get("topic").text() + ":" + UUID.randomUUID());

    private StateOnlyTypes() {}

    private static List<String> queryProblems(String attribute, PropertyValue queries) {
        List<String> problems = new ArrayList<>();
        if (!queries.isWhollyKnown()) {
            return problems;
        }
        Set<String> ids = new HashSet<>();
        long metrics = 0;
        long returning = 0;
        for (PropertyValue query : queries.elements()) {
            String id = query.get("id").text();
            if (!QUERY_ID.matcher(id).matches() || !ids.add(id)) {
                problems.add("expected each id of metricQueries once, a lower-case letter and then letters, digits and"
                        + " underscores, got \"" + id + "\"");
            }
            if (query.get("metric").isAbsent() == query.get("expression").isAbsent()) {
                problems.add("expected either a metric or an expression in metric query \"" + id + "\"");
            }
            metrics += query.get("metric").isAbsent() ? 0 : 1;
            returning += query.get("returnData").bool() ? 1 : 0;
        }
        if (metrics > MOST_METRICS) {
            problems.add("expected at most " + MOST_METRICS + " metrics in one alarm, got " + metrics);
        }
        if (returning != 1) {
            problems.add("expected exactly one of metricQueries with returnData, got " + returning);
        }
        return problems;
    }

    private static List<String> bodyProblems(String attribute, PropertyValue body) {
        PropertyValue parsed = body.parsed();
        if (parsed.isAbsent()) {
            return List.of("\"" + attribute + "\" contains an invalid JSON: " + body.text());
        }
        List<PropertyValue> widgets = parsed.get("widgets").elements();
        List<String> problems = new ArrayList<>();
        if (widgets.isEmpty() || widgets.size() > MOST_WIDGETS) {
            problems.add("expected 1 to " + MOST_WIDGETS + " widgets in dashboardBody, got " + widgets.size());
        }
        for (PropertyValue widget : widgets) {
            if (widget.get("type").isZero() || widget.get("properties").isZero()) {
                problems.add("expected a type and properties in each widget of dashboardBody");
            }
            if (widget.get("x").whole() + widget.get("width").whole() > DASHBOARD_COLUMNS) {
                problems.add("expected x and width of a widget to be at most " + DASHBOARD_COLUMNS + " together, got "
                        + widget.get("x").whole() + " and "
                        + widget.get("width").whole());
            }
        }
        return problems;
    }

    /**
     * A type of resource that exists in Pulumi's state alone, because nothing on a developer's machine stands in for its
     * service: alarms never go off, and nothing is ever sent. Whatever the state says is taken to be so.
     *
     * @param idProperty the property whose value is the resource's id
     * @param arnProperty the output that holds the ARN
     * @param arn makes the ARN of a resource as planned
     */
    private record StateOnlyType(
            String token,
            List<PropertySchema> schema,
            String idProperty,
            String arnProperty,
            BiFunction<PropertyValue, Account, String> arn)
            implements ResourceType {
        @Override
        public Created create(PropertyValue planned, Account account) {
            PropertyValue created = planned.withoutUnknowns().with(arnProperty, arn.apply(planned, account));
            return new Created(created.get(idProperty).text(), created);
        }

        /** Returns the state; without one, as when importing, there is nothing to find. */
        @Override
        public Optional<PropertyValue> read(String id, PropertyValue state, Account account) {
            return state.isZero() ? Optional.empty() : Optional.of(state);
        }

        @Override
        public PropertyValue update(String id, PropertyValue state, PropertyValue planned, Account account) {
            return planned.withoutUnknowns();
        }

        @Override
        public void delete(String id, Account account) {
            // Leaving the state is all there is to it.
        }
    }
}
