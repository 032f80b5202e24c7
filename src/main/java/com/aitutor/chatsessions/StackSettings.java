package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.Accepted.integerUpTo;
import static com.aitutor.chatsessions.Accepted.positiveInteger;
import static com.aitutor.chatsessions.Accepted.text;
import static com.aitutor.chatsessions.Accepted.trueOrFalse;
import static com.aitutor.chatsessions.Setting.NAMESPACE;
import static com.aitutor.chatsessions.Setting.NONE;

import com.pulumi.exceptions.RunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of one environment, declared, checked and typed. A new setting is one more constant. */
final class StackSettings {
    private static final int HOUR = 3_600;
    private static final int DAY = 24 * HOUR;

    /**
     * In characters: CloudWatch allows an alarm's name 255, of which the longest suffix takes 19 (API reference,
     * PutMetricAlarm). Names that are cut could be those of another stack.
     */
    private static final int LONGEST_TABLE_NAME = 255 - "-throttled-requests".length();

    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    static final Setting<String> REGION = add(new Setting<>(
            "aws:region",
            NONE,
            text("an AWS region such as us-east-1", "[a-z]{2,4}(-[a-z]+)+-[0-9]+"),
            "Where everything is created."));
    static final Setting<Optional<String>> ENVIRONMENT = optional(
            "environment",
            text("a-z, then at most 31 of a-z, 0-9 and -", "[a-z][a-z0-9-]{0,31}"),
            "Tag of every resource; none takes the stack's name.");
    static final Setting<String> TABLE_NAME = declare(
            "tableName",
            "chat_sessions",
            text(
                    "3 to %d of the characters A-Z, a-z, 0-9, _, . and -".formatted(LONGEST_TABLE_NAME),
                    "[A-Za-z0-9_.-]{3,%d}".formatted(LONGEST_TABLE_NAME)),
            "Name of the table, and with a suffix of its alarms, topic and dashboard.");
    static final Setting<Integer> SESSION_RETENTION_DAYS = declare(
            "sessionRetentionDays",
            "30",
            integerUpTo(3650),
            "Days until a session expires; the app writes the expiry.");
    static final Setting<Boolean> POINT_IN_TIME_RECOVERY =
            declare("pointInTimeRecovery", "true", trueOrFalse(), "Whether AWS keeps continuous backups of the table.");
    static final Setting<Integer> RECOVERY_WINDOW_DAYS =
            declare("recoveryWindowDays", "35", integerUpTo(35), "Days that point-in-time recovery reaches back.");
    static final Setting<Boolean> DELETION_PROTECTION =
            declare("deletionProtection", "true", trueOrFalse(), "Whether AWS and Pulumi refuse to delete the table.");
    static final Setting<Integer> SYSTEM_ERROR_THRESHOLD = declare(
            "systemErrorThreshold", "5", positiveInteger(), "Requests failed inside DynamoDB that raise an alarm.");
    /**
     * AWS leaves open whether a cancelled transaction counts as a user error, and an append to a busy session may be
     * cancelled 49 times before it succeeds (docs/schema.md): it takes more than two such messages to raise the alarm.
     */
    static final Setting<Integer> USER_ERROR_THRESHOLD = declare(
            "userErrorThreshold", "100", positiveInteger(), "Requests refused by DynamoDB that raise an alarm.");

    static final Setting<Optional<Integer>> THROTTLED_REQUEST_THRESHOLD = optional(
            "throttledRequestThreshold",
            positiveInteger(),
            "Throttled requests that raise an alarm; none makes no alarm.");
    static final Setting<Integer> ALARM_PERIOD_SECONDS = declare(
            "alarmPeriodSeconds",
            "300",
            integerUpTo(7 * DAY).where(Alarms::canGoOffWithin, "120 or a longer multiple of 60, at most " + 7 * DAY),
            "Seconds over which an alarm sums.");
    static final Setting<Integer> ALARM_EVALUATION_PERIODS = declare(
            "alarmEvaluationPeriods", "1", integerUpTo(DAY / 120), "Latest periods that must all reach the threshold.");
    static final Setting<Optional<String>> ALARM_EMAIL = optional(
            "alarmEmail",
            text("an e-mail address", "[\\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"),
            "Who is told of an alarm, by a topic of this stack; not together with alarmTopicArn.");
    static final Setting<Optional<String>> ALARM_TOPIC_ARN = optional(
            "alarmTopicArn",
            text("the ARN of a standard SNS topic", "arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}"),
            "An existing topic, in the table's region, that is told of an alarm.");
    static final Setting<Optional<Integer>> MAX_READ_REQUEST_UNITS = optional(
            "maxReadRequestUnits",
            positiveInteger().or("-1"),
            "Cap on reads, in units a second; -1 lifts a cap set before.");
    static final Setting<Optional<Integer>> MAX_WRITE_REQUEST_UNITS = optional(
            "maxWriteRequestUnits",
            positiveInteger().or("-1"),
            "Cap on writes, in units a second; -1 lifts one set before.");
    static final Setting<Optional<String>> KMS_KEY_ARN = optional(
            "kmsKeyArn",
            text("the ARN of a KMS key", "arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128}"),
            "The key, in the table's region, that encrypts the table; none is a key that AWS owns.");
    static final Setting<Boolean> ADOPT_EXISTING_TABLE = declare(
            "adoptExistingTable",
            "false",
            trueOrFalse(),
            "Whether to take over the table that exists under tableName.");
    static final Setting<Boolean> DASHBOARD =
            declare("dashboard", "false", trueOrFalse(), "Whether to make a CloudWatch dashboard of table and alarms.");

    /** Every setting, in the order of the README. */
    static final List<Setting<?>> ALL = List.copyOf(DECLARED);

    private final String stackName;
    private final Map<String, Object> values = new HashMap<>();

    private StackSettings(String stackName) {
        this.stackName = stackName;
    }

    /**
     * Reads and checks a stack's settings.
     *
     * @throws RunException naming every key that is not accepted, with its value and what is accepted
     */
    static StackSettings from(StackFile file, PulumiCommand command) {
        Problems problems = new Problems(file, command);
        StackSettings settings = new StackSettings(file.stackName());
        if (file.values().getOrDefault(TABLE_NAME.fullKey(), "").length() > LONGEST_TABLE_NAME) {
            String reason = "%s, since the names of its alarms must fit into CloudWatch's 255; a table with a longer"
                    + " name cannot be renamed: docs/operations.md, \"Rename safely\"";
            problems.refuse(TABLE_NAME, reason.formatted(TABLE_NAME.accepted().words()));
        }
        ALL.forEach(setting -> settings.values.put(setting.fullKey(), problems.read(setting)));
        settings.refuseContradictions(problems);
        problems.refuseUnknownKeys(ALL);
        problems.throwIfAny();
        return settings;
    }

    @SuppressWarnings("unchecked")
    <T> T get(Setting<T> setting) {
        return (T) values.get(setting.fullKey());
    }

    String region() {
        return get(REGION);
    }

    String tableName() {
        return get(TABLE_NAME);
    }

    String environment() {
        return get(ENVIRONMENT).orElse(stackName);
    }

    /** Tags of every resource that can have any. */
    Map<String, String> tags() {
        return Map.of("Project", "ai-tutor", "Environment", environment(), "ManagedBy", "pulumi");
    }

    /** What is legal but puts data at risk or leaves a failure unseen, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        boolean production = environment().startsWith("prod");
        if (!get(POINT_IN_TIME_RECOVERY)) {
            warnings.add("%s is false: what is deleted or overwritten in table %s by mistake cannot be brought back."
                    .formatted(POINT_IN_TIME_RECOVERY, tableName()));
        }
        if (production && !get(DELETION_PROTECTION)) {
            warnings.add("%s is false in environment %s: a destroy or rename deletes table %s with every chat session."
                    .formatted(DELETION_PROTECTION, environment(), tableName()));
        }
        if (production && get(ALARM_EMAIL).isEmpty() && get(ALARM_TOPIC_ARN).isEmpty()) {
            warnings.add("Nobody is told of an alarm in environment %s: set %s or %s."
                    .formatted(environment(), ALARM_EMAIL, ALARM_TOPIC_ARN));
        }
        boolean capped =
                Stream.of(MAX_READ_REQUEST_UNITS, MAX_WRITE_REQUEST_UNITS).anyMatch(cap -> get(cap).orElse(-1) > 0);
        if (capped && get(THROTTLED_REQUEST_THRESHOLD).isEmpty()) {
            warnings.add("Table %s has a throughput cap, and no alarm sees requests that are throttled: set %s."
                    .formatted(tableName(), THROTTLED_REQUEST_THRESHOLD));
        }
        return List.copyOf(warnings);
    }

    private void refuseContradictions(Problems problems) {
        if (!ENVIRONMENT.accepted().valid().test(environment())) {
            problems.refuse(
                    ENVIRONMENT,
                    "%s; the stack's name, %s, is not"
                            .formatted(ENVIRONMENT.accepted().words(), environment()));
        }
        int windowDays = get(RECOVERY_WINDOW_DAYS);
        if (!get(POINT_IN_TIME_RECOVERY) && !RECOVERY_WINDOW_DAYS.defaultText().equals(String.valueOf(windowDays))) {
            problems.refuse(RECOVERY_WINDOW_DAYS, "no window while " + POINT_IN_TIME_RECOVERY + " is false");
        }
        // Amazon CloudWatch API reference, PutMetricAlarm, Period
        int period = get(ALARM_PERIOD_SECONDS);
        int longest = period < HOUR ? DAY : 7 * DAY;
        if ((long) period * get(ALARM_EVALUATION_PERIODS) > longest) {
            String accepted = "at most %d with %s at %d: CloudWatch looks back %d seconds"
                    .formatted(longest / period, ALARM_PERIOD_SECONDS, period, longest);
            problems.refuse(ALARM_EVALUATION_PERIODS, accepted, ALARM_PERIOD_SECONDS);
        }
        if (get(ALARM_EMAIL).isPresent() && get(ALARM_TOPIC_ARN).isPresent()) {
            problems.refuse(ALARM_EMAIL, NONE + " while " + ALARM_TOPIC_ARN + " is set");
        }
        // neither name may hold a dot, and a table a-b may have the name that is left without it
        if (tableName().contains(".") && get(ALARM_EMAIL).isPresent()) {
            problems.refuse(
                    ALARM_EMAIL, NONE + " while " + TABLE_NAME + " has a dot; use " + ALARM_TOPIC_ARN, TABLE_NAME);
        }
        if (tableName().contains(".") && get(DASHBOARD)) {
            problems.refuse(DASHBOARD, "false while " + TABLE_NAME + " has a dot", TABLE_NAME);
        }
        refuseOtherRegion(problems, ALARM_TOPIC_ARN);
        refuseOtherRegion(problems, KMS_KEY_ARN);
    }

    private void refuseOtherRegion(Problems problems, Setting<Optional<String>> setting) {
        if (get(setting).isPresent() && !Arn.parse(get(setting).get()).isIn(region())) {
            problems.refuse(
                    setting,
                    "an ARN of the table's region, arn:%s:...:%s:...".formatted(Arn.partitionOf(region()), region()),
                    REGION);
        }
    }

    private static <T> Setting<Optional<T>> optional(String key, Accepted<T> accepted, String description) {
        return declare(key, NONE, accepted.orNone(), description);
    }

    private static <T> Setting<T> declare(String key, String defaultText, Accepted<T> accepted, String description) {
        return add(new Setting<>(NAMESPACE + ":" + key, defaultText, accepted, description));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        DECLARED.add(setting);
        return setting;
    }
}
