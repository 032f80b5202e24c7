package com.aitutor.chatsessions;

import com.pulumi.aws.cloudwatch.Dashboard;
import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.dynamodb.Table;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where one environment's chat sessions are kept: the table, its alarms and, where asked for, topic and dashboard. */
final class ChatSessionStore extends ComponentResource {
    final Table table;
    final MetricAlarm systemErrors;
    final MetricAlarm userErrors;
    final Optional<MetricAlarm> throttledRequests;
    final Optional<Output<String>> alarmTopicArn;
    final Optional<Dashboard> dashboard;

    /**
     * Registers the store's resources.
     *
     * @param name the component's name, and the prefix of its resources' names, in Pulumi's state
     */
    ChatSessionStore(String name, StackSettings settings) {
        super("ai-tutor:index:ChatSessionStore", name, ComponentResourceOptions.Empty);
        table = SessionTable.create(
                name + "-table",
                settings,
                CustomResourceOptions.builder().parent(this).build());
        // All else waits for the table, and has its name from it: when a change to it is refused, nothing else changes.
        CustomResourceOptions afterTable =
                CustomResourceOptions.builder().parent(this).dependsOn(table).build();
        alarmTopicArn = AlarmTopic.arn(name + "-alarms", settings, table.name(), afterTable);
        Alarms alarms = new Alarms(settings, table.name(), alarmTopicArn, afterTable);
        systemErrors = alarms.systemErrors(name + "-system-errors");
        userErrors = alarms.userErrors(name + "-user-errors");
        throttledRequests = settings.get(StackSettings.THROTTLED_REQUEST_THRESHOLD)
                .map(threshold -> alarms.throttledRequests(name + "-throttled-requests", threshold));
        dashboard = Optional.of(settings)
                .filter(asked -> asked.get(StackSettings.DASHBOARD))
                .map(asked -> TableDashboard.create(
                        name + "-dashboard",
                        asked,
                        table.name(),
                        Stream.concat(Stream.of(systemErrors, userErrors), throttledRequests.stream())
                                .toList(),
                        afterTable));
        registerOutputs(Map.of());
    }
}
