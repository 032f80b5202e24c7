package com.aitutor.localaws;

import static com.aitutor.localaws.PropertySchema.bool;
import static com.aitutor.localaws.PropertySchema.integer;
import static com.aitutor.localaws.PropertySchema.text;

import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** SNS topics: kept in the state; nothing is ever sent. */
final class TopicType extends RecordedType {

    /** SNS API reference, CreateTopic: up to 256 letters, digits, hyphens and underscores; FIFO topics end in .fifo. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private static final Pattern FIFO_NAME = Pattern.compile("[A-Za-z0-9_-]{1,251}\\.fifo");

    private static final List<PropertySchema> SCHEMA = Stream.concat(
                    Stream.of(
                            text("archivePolicy").zeroFrom(Phase.CREATE),
                            text("arn").is(Trait.OUTPUT).containing("name"),
                            text("beginningArchiveTime").is(Trait.OUTPUT).zeroFrom(Phase.CREATE),
                            bool("contentBasedDeduplication").zeroFrom(Phase.CREATE),
                            text("deliveryPolicy").zeroFrom(Phase.CREATE),
                            text("displayName").zeroFrom(Phase.CREATE).must(Constraint.length(0, 100)),
                            text("fifoThroughputScope")
                                    .is(Trait.COMPUTED)
                                    .zeroFrom(Phase.CREATE)
                                    .must(Constraint.oneOf("Topic", "MessageGroup")),
                            bool("fifoTopic").is(Trait.REPLACES).zeroFrom(Phase.CREATE),
                            text("kmsMasterKeyId").zeroFrom(Phase.CREATE),
                            text("name").is(Trait.COMPUTED, Trait.REPLACES),
                            text("namePrefix").is(Trait.UNSUPPORTED).zeroFrom(Phase.CREATE),
                            text("owner").is(Trait.OUTPUT).zeroFrom(Phase.CREATE),
                            text("policy").is(Trait.COMPUTED).containing("name"),
                            integer("signatureVersion")
                                    .is(Trait.COMPUTED)
                                    .zeroFrom(Phase.CREATE)
                                    .must(Constraint.between(1, 2)),
                            Tags.TAGS,
                            Tags.TAGS_ALL,
                            text("tracingConfig")
                                    .is(Trait.COMPUTED)
                                    .zeroFrom(Phase.CREATE)
                                    .must(Constraint.oneOf("Active", "PassThrough"))),
                    Stream.of("application", "firehose", "http", "lambda", "sqs").flatMap(TopicType::feedback))
            .toList();

    @Override
    public String token() {
        return "aws:sns/topic:Topic";
    }

    @Override
    public List<PropertySchema> schema() {
        return SCHEMA;
    }

    @Override
    public int longestName() {
        return 256;
    }

    @Override
    public List<String> limits(PropertyMap inputs, String resource, Account account) {
        return List.of();
    }

    @Override
    public void checkPlan(PropertyMap inputs, PropertyMap planned) {
        PropertyValue name = planned.get("name");
        Pattern form = planned.get("fifoTopic").bool() ? FIFO_NAME : NAME;
        if (!name.isUnknown() && !form.matcher(name.text()).matches()) {
            throw ProviderException.invalid("invalid topic name: " + name.text());
        }
    }

    @Override
    String newId(PropertyMap planned, AwsRegion region) {
        return region.arn("sns", planned.get("name").text());
    }

    @Override
    Map<String, PropertyValue> outputs(String id, PropertyMap planned, AwsRegion region) {
        return Map.of(
                "arn", PropertyValue.of(id),
                "owner", PropertyValue.of(AwsRegion.ACCOUNT),
                "policy", PropertyValue.of(defaultPolicy(id)));
    }

    /** The policy SNS gives a topic made without one: its account may do everything with it. */
    private static String defaultPolicy(String arn) {
        return "{\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Action\":[\"SNS:GetTopicAttributes\","
                + "\"SNS:SetTopicAttributes\",\"SNS:AddPermission\",\"SNS:RemovePermission\",\"SNS:DeleteTopic\","
                + "\"SNS:Subscribe\",\"SNS:ListSubscriptionsByTopic\",\"SNS:Publish\"],\"Condition\":{"
                + "\"StringEquals\":{\"AWS:SourceOwner\":\"" + AwsRegion.ACCOUNT + "\"}},\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"*\"},\"Resource\":\"" + arn + "\",\"Sid\":\"__default_statement_ID\"}],"
                + "\"Version\":\"2008-10-17\"}";
    }

    private static Stream<PropertySchema> feedback(String protocol) {
        return Stream.of(
                text(protocol + "FailureFeedbackRoleArn").zeroFrom(Phase.CREATE).must(Arn.valid()),
                text(protocol + "SuccessFeedbackRoleArn").zeroFrom(Phase.CREATE).must(Arn.valid()),
                integer(protocol + "SuccessFeedbackSampleRate")
                        .zeroFrom(Phase.CREATE)
                        .must(Constraint.between(0, 100)));
    }
}
