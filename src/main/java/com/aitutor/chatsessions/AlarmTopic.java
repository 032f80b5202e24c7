package com.aitutor.chatsessions;

import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Optional;

/** Where alarms are sent: nowhere, to a topic that exists, or to a topic of this stack with an e-mail subscription. */
final class AlarmTopic {
    private AlarmTopic() {}

    /** The topic's ARN, where the settings ask for one. AWS sends no alarm before the address has confirmed. */
    static Optional<Output<String>> arn(
            String name, StackSettings settings, Output<String> tableName, CustomResourceOptions options) {
        return settings.get(StackSettings.ALARM_TOPIC_ARN)
                .map(Output::of)
                .or(() -> settings.get(StackSettings.ALARM_EMAIL)
                        .map(email -> create(name, settings, tableName, email, options)
                                .arn()));
    }

    private static Topic create(
            String name,
            StackSettings settings,
            Output<String> tableName,
            String email,
            CustomResourceOptions options) {
        Topic topic = new Topic(
                name,
                TopicArgs.builder()
                        .name(tableName.applyValue(table -> table + "-alarms"))
                        .tags(settings.tags())
                        .build(),
                options);
        new TopicSubscription(
                name + "-email",
                TopicSubscriptionArgs.builder()
                        .topic(topic.arn())
                        .protocol("email")
                        .endpoint(email)
                        .build(),
                options);
        return topic;
    }
}
