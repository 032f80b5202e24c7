package com.aitutor.chatsessions;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of one environment: each is accepted, and none contradicts another. */
final class StackSettings {
    /** How the stack's settings are changed. */
    final PulumiCommand command;

    /** Where DynamoDB is, when it is not in AWS. */
    final Optional<String> endpoint;

    private final String stackName;
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    /** Reads a stack's settings. The refusal names every key that is not accepted, and what is accepted. */
    StackSettings(String stackName, Map<String, String> processEnvironment) {
        this.stackName = stackName;
        command = PulumiCommand.of(stackName, processEnvironment);
        StackFile file = new StackFile(stackName, command, processEnvironment);
        Stream.of(Setting.values()).forEach(setting -> values.put(setting, file.value(setting)));
        endpoint = AppEnvironment.endpoint(processEnvironment, file);
        refuseContradictions(file);
        file.throwIfRefused();
    }

    String text(Setting setting) {
        return values.get(setting);
    }

    boolean isTrue(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    int integer(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    boolean isPresent(Setting setting) {
        return optional(setting).isPresent();
    }

    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.equals("none"));
    }

    /** A cap in units a second; empty where reads or writes are not capped. */
    Optional<Integer> cap(Setting setting) {
        return optional(setting).map(Integer::valueOf).filter(units -> units > 0);
    }

    String region() {
        return text(Setting.REGION);
    }

    String tableName() {
        return text(Setting.TABLE_NAME);
    }

    String environment() {
        return optional(Setting.ENVIRONMENT).orElse(stackName);
    }

    /** Tags of every resource that can have any. */
    Map<String, String> tags() {
        return Map.of("Project", "ai-tutor", "Environment", environment(), "ManagedBy", "pulumi");
    }

    /** What is legal but puts data at risk or leaves a failure unseen, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        boolean production = environment().startsWith("prod");
        if (!isTrue(Setting.POINT_IN_TIME_RECOVERY)) {
            warnings.add("%s is false: what is deleted or overwritten in table %s by mistake cannot be brought back."
                    .formatted(Setting.POINT_IN_TIME_RECOVERY, tableName()));
        }
        if (production && !isTrue(Setting.DELETION_PROTECTION)) {
            warnings.add("%s is false in environment %s: a destroy or rename deletes table %s with every chat session."
                    .formatted(Setting.DELETION_PROTECTION, environment(), tableName()));
        }
        if (production && !isPresent(Setting.ALARM_EMAIL) && !isPresent(Setting.ALARM_TOPIC_ARN)) {
            warnings.add("Nobody is told of an alarm in environment %s: set %s or %s."
                    .formatted(environment(), Setting.ALARM_EMAIL, Setting.ALARM_TOPIC_ARN));
        }
        boolean capped = Stream.of(Setting.MAX_READ_REQUEST_UNITS, Setting.MAX_WRITE_REQUEST_UNITS)
                .anyMatch(setting -> cap(setting).isPresent());
        if (capped && !isPresent(Setting.THROTTLED_REQUEST_THRESHOLD)) {
            warnings.add("Table %s has a throughput cap, and no alarm sees requests that are throttled: set %s."
                    .formatted(tableName(), Setting.THROTTLED_REQUEST_THRESHOLD));
        }
        return warnings;
    }

    private void refuseContradictions(StackFile file) {
        if (!Setting.ENVIRONMENT.accepts.test(environment())) {
            String accepted = Setting.ENVIRONMENT.accepted + "; the stack's name, %s, is not";
            file.refuse(Setting.ENVIRONMENT, accepted, stackName);
        }
        if (!isTrue(Setting.POINT_IN_TIME_RECOVERY) && integer(Setting.RECOVERY_WINDOW_DAYS) != 35) {
            String accepted = "no window while %s is false";
            file.refuse(Setting.RECOVERY_WINDOW_DAYS, accepted, Setting.POINT_IN_TIME_RECOVERY);
        }
        // Amazon CloudWatch API reference, PutMetricAlarm, Period: a day for periods below an hour, else a week
        int period = integer(Setting.ALARM_PERIOD_SECONDS);
        int longest = period < 3_600 ? 86_400 : 604_800;
        int most = longest / period;
        if (integer(Setting.ALARM_EVALUATION_PERIODS) > most) {
            String accepted = "at most %d with %s at %d: CloudWatch looks back %d seconds";
            file.refuse(
                    Setting.ALARM_EVALUATION_PERIODS, accepted, most, Setting.ALARM_PERIOD_SECONDS, period, longest);
        }
        if (isPresent(Setting.ALARM_EMAIL) && isPresent(Setting.ALARM_TOPIC_ARN)) {
            file.refuse(Setting.ALARM_EMAIL, "none while %s is set", Setting.ALARM_TOPIC_ARN);
        }
        // neither name may hold a dot, and a table a-b may have the name that is left without it
        if (tableName().contains(".") && isPresent(Setting.ALARM_EMAIL)) {
            String accepted = "none while %s has a dot; use %s";
            file.refuse(Setting.ALARM_EMAIL, accepted, Setting.TABLE_NAME, Setting.ALARM_TOPIC_ARN);
        }
        if (tableName().contains(".") && isTrue(Setting.DASHBOARD)) {
            file.refuse(Setting.DASHBOARD, "false while %s has a dot", Setting.TABLE_NAME);
        }
        for (Setting setting : List.of(Setting.ALARM_TOPIC_ARN, Setting.KMS_KEY_ARN)) {
            if (isPresent(setting) && !Arn.parse(text(setting)).isIn(region())) {
                String accepted = "an ARN of the table's %s, arn:%s:...:%s:...";
                file.refuse(setting, accepted, Setting.REGION, Arn.partitionOf(region()), region());
            }
        }
    }
}
