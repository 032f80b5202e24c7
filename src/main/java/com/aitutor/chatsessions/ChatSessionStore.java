package com.aitutor.chatsessions;

import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.dynamodb.Table;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where one environment's chat sessions are kept: the table, its two alarms and, where asked for, an alarm topic. */
public final class ChatSessionStore extends ComponentResource {
    private final Map<String, Output<?>> outputs = new TreeMap<>();

    /**
     * Registers the store's resources.
     *
     * @param name the component's name, and the prefix of its resources' names, in Pulumi's state
     * @param settings of the environment
     * @param appEnvironment where the app finds the table
     */
    public ChatSessionStore(String name, StackSettings settings, AppEnvironment appEnvironment) {
        super("ai-tutor:index:ChatSessionStore", name, ComponentResourceOptions.Empty);
        Table table = SessionTable.create(
                name + "-table", settings, CustomResourceOptions.builder().parent(this));
        // All else waits for the table: when a change to it is refused, nothing else has changed.
        CustomResourceOptions afterTable =
                CustomResourceOptions.builder().parent(this).dependsOn(table).build();
        Optional<Output<String>> topicArn = AlarmTopic.arn(name + "-alarms", settings, afterTable);
        ErrorAlarms alarms = new ErrorAlarms(settings, topicArn, afterTable);
        MetricAlarm systemErrors = alarms.systemErrors(name + "-system-errors");
        MetricAlarm userErrors = alarms.userErrors(name + "-user-errors");

        outputs.put("tableName", table.name());
        outputs.put("tableArn", table.arn());
        outputs.put("region", Output.of(settings.region()));
        outputs.put("userSessionsIndexName", Output.of(KeySchema.USER_SESSIONS_INDEX));
        outputs.put("ttlAttributeName", Output.of(KeySchema.TTL_ATTRIBUTE));
        outputs.put("sessionRetentionDays", Output.of(settings.sessionRetentionDays()));
        outputs.put("systemErrorsAlarmArn", systemErrors.arn());
        outputs.put("userErrorsAlarmArn", userErrors.arn());
        topicArn.ifPresent(arn -> outputs.put("alarmTopicArn", arn));
        outputs.put("appEnvironment", table.name().applyValue(ignored -> appEnvironment.text()));
        outputs.put(
                "appAccessPolicy",
                table.arn().applyValue(arn -> AppAccessPolicy.json(arn, settings.kmsKeyArn())));
        registerOutputs(outputs);
    }

    /**
     * What the stack exports.
     *
     * @return outputs by name
     */
    public Map<String, Output<?>> outputs() {
        return Map.copyOf(outputs);
    }
}
