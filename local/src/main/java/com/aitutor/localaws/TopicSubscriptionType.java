package com.aitutor.localaws;

import static com.aitutor.localaws.PropertySchema.bool;
import static com.aitutor.localaws.PropertySchema.integer;
import static com.aitutor.localaws.PropertySchema.text;

import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** SNS subscriptions: kept in the state; nobody is asked to confirm one. */
final class TopicSubscriptionType extends RecordedType {

    /** What SNS accepts for e-mail: one address, something on both sides of the only at sign, and a domain with a dot. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");

    private static final List<PropertySchema> SCHEMA = List.of(
            text("arn").is(Trait.OUTPUT).containing("topic"),
            integer("confirmationTimeoutInMinutes").defaultsTo(PropertyValue.of(1), Phase.PREVIEW),
            bool("confirmationWasAuthenticated").is(Trait.OUTPUT),
            text("deliveryPolicy").zeroFrom(Phase.CREATE),
            text("endpoint").is(Trait.REQUIRED, Trait.REPLACES),
            bool("endpointAutoConfirms").zeroFrom(Phase.PREVIEW),
            text("filterPolicy").zeroFrom(Phase.CREATE),
            text("filterPolicyScope")
                    .is(Trait.COMPUTED)
                    .zeroFrom(Phase.CREATE)
                    .must(Constraint.oneOf("MessageAttributes", "MessageBody")),
            text("ownerId").is(Trait.OUTPUT),
            bool("pendingConfirmation").is(Trait.OUTPUT),
            text("protocol")
                    .is(Trait.REQUIRED, Trait.REPLACES)
                    .must(Constraint.oneOf(
                            "application",
                            "email",
                            "email-json",
                            "firehose",
                            "http",
                            "https",
                            "lambda",
                            "sms",
                            "sqs")),
            bool("rawMessageDelivery").zeroFrom(Phase.PREVIEW),
            text("redrivePolicy").zeroFrom(Phase.CREATE),
            text("replayPolicy").zeroFrom(Phase.CREATE),
            text("subscriptionRoleArn").zeroFrom(Phase.CREATE).must(Arn.valid()),
            text("topic").is(Trait.REQUIRED, Trait.REPLACES).must(Arn.valid()));

    @Override
    public String token() {
        return "aws:sns/topicSubscription:TopicSubscription";
    }

    @Override
    public List<PropertySchema> schema() {
        return SCHEMA;
    }

    @Override
    public int longestName() {
        return 0;
    }

    @Override
    public List<String> limits(PropertyMap inputs, String resource, Account account) {
        List<String> failures = new ArrayList<>();
        PropertyValue endpoint = inputs.get("endpoint");
        boolean email = inputs.get("protocol").text().startsWith("email");
        if (email && !endpoint.isUnknown() && !EMAIL.matcher(endpoint.text()).matches()) {
            failures.add(InputCheck.failure(
                    "expected endpoint to be an e-mail address, got " + endpoint.text(), resource, "endpoint"));
        }
        PropertyValue topic = inputs.get("topic");
        if (!topic.isUnknown()) {
            String[] parts = topic.text().split(":", 6);
            if (!parts[2].equals("sns") || !parts[3].equals(account.region().name())) {
                failures.add(InputCheck.failure(
                        "expected topic to be the ARN of a topic in the region " + account.region().name() + ", got "
                                + topic.text(),
                        resource,
                        "topic"));
            }
        }
        return failures;
    }

    @Override
    String newId(PropertyMap planned, AwsRegion region) {
        return planned.get("topic").text() + ":" + UUID.randomUUID();
    }

    @Override
    Map<String, PropertyValue> outputs(String id, PropertyMap planned, AwsRegion region) {
        return Map.of(
                "arn", PropertyValue.of(id),
                "confirmationWasAuthenticated", PropertyValue.of(true),
                "ownerId", PropertyValue.of(AwsRegion.ACCOUNT),
                "pendingConfirmation", PropertyValue.of(false));
    }
}
