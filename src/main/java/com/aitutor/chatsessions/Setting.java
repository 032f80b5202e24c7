package com.aitutor.chatsessions;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The keys of a stack file. Pulumi.yaml repeats defaults and what is accepted, and says what each key is for. */
enum Setting {
    REGION("aws:region", "none", "an AWS region such as us-east-1", text("[a-z]{2,4}(-[a-z]+)+-[0-9]+")),
    ENVIRONMENT("environment", "a-z, then at most 31 of a-z, 0-9 and -", text("[a-z][a-z0-9-]{0,31}")),
    /** With the longest suffix, as long as an alarm's name may be (CloudWatch API reference, PutMetricAlarm). */
    TABLE_NAME(
            "tableName",
            "chat_sessions",
            "3 to 236 of the characters A-Z, a-z, 0-9, _, . and -",
            text("[A-Za-z0-9_.-]{3,236}")),
    SESSION_RETENTION_DAYS("sessionRetentionDays", "30", 3650),
    POINT_IN_TIME_RECOVERY("pointInTimeRecovery", true),
    RECOVERY_WINDOW_DAYS("recoveryWindowDays", "35", 35),
    DELETION_PROTECTION("deletionProtection", true),
    SYSTEM_ERROR_THRESHOLD("systemErrorThreshold", "5", "an integer, at least 1", integer()),
    /**
     * AWS leaves open whether a cancelled transaction counts as a user error. An append to a busy session is cancelled
     * at most seven times (docs/schema.md): it takes more than fourteen such messages in a period to raise the alarm.
     */
    USER_ERROR_THRESHOLD("userErrorThreshold", "100", "an integer, at least 1", integer()),
    THROTTLED_REQUEST_THRESHOLD("throttledRequestThreshold", "an integer, at least 1", integer()),
    /** Whole minutes, as CloudWatch has them, and more than the one that is usually missing: see {@link Alarms}. */
    ALARM_PERIOD_SECONDS(
            "alarmPeriodSeconds",
            "300",
            "120 or a longer multiple of 60, at most 604800 (the newest minute has no data yet)",
            integerUpTo(604_800).and(seconds -> Integer.parseInt(seconds) % 60 == 0 && !seconds.equals("60"))),
    ALARM_EVALUATION_PERIODS("alarmEvaluationPeriods", "1", 720),
    ALARM_EMAIL("alarmEmail", "an e-mail address", text("[\\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")),
    ALARM_TOPIC_ARN(
            "alarmTopicArn",
            "the ARN of a standard SNS topic",
            text("arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}")),
    MAX_READ_REQUEST_UNITS(
            "maxReadRequestUnits", "an integer, at least 1, or -1", integer().or("-1"::equals)),
    MAX_WRITE_REQUEST_UNITS(
            "maxWriteRequestUnits", "an integer, at least 1, or -1", integer().or("-1"::equals)),
    KMS_KEY_ARN(
            "kmsKeyArn", "the ARN of a KMS key", text("arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128}")),
    ADOPT_EXISTING_TABLE("adoptExistingTable", false),
    DASHBOARD("dashboard", false);

    /** The namespace of the program's settings, which is the project's name in Pulumi.yaml. */
    static final String NAMESPACE = "chat-sessions";

    final String key;
    final String defaultText;

    /** What is accepted, in words. */
    final String accepted;

    final Predicate<String> accepts;

    Setting(String key, String defaultText, String accepted, Predicate<String> accepts) {
        this.key = key;
        this.defaultText = defaultText;
        this.accepted = accepted;
        this.accepts = accepts;
    }

    /** Optional: {@code none} is accepted, too, and the default. */
    Setting(String key, String accepted, Predicate<String> accepts) {
        this(key, "none", accepted + ", or none", accepts.or("none"::equals));
    }

    Setting(String key, boolean byDefault) {
        this(key, String.valueOf(byDefault), "true or false", text("true|false"));
    }

    Setting(String key, String defaultText, int most) {
        this(key, defaultText, "an integer from 1 to " + most, integerUpTo(most));
    }

    /** The key with its namespace. */
    @Override
    public String toString() {
        return key.contains(":") ? key : NAMESPACE + ":" + key;
    }

    private static Predicate<String> text(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static Predicate<String> integer() {
        return integerUpTo(Integer.MAX_VALUE);
    }

    /** Without leading zeros: 030 is 24 to YAML and 30 to a reader. */
    private static Predicate<String> integerUpTo(int most) {
        return text("[1-9][0-9]{0,9}").and(text -> Long.parseLong(text) <= most);
    }
}
