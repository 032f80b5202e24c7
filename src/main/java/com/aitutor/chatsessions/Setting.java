package com.aitutor.chatsessions;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.text.CaseUtils;

/**
 * The keys of a stack file: {@code TABLE_NAME} is {@code chat-sessions:tableName}. Pulumi.yaml repeats defaults and what
 * is accepted, and says what each key is for.
 */
enum Setting {
    REGION("none", "an AWS region such as us-east-1", text("[a-z]{2,4}(-[a-z]+)+-[0-9]+")),
    ENVIRONMENT("a-z, then at most 31 of a-z, 0-9 and -", text("[a-z][a-z0-9-]{0,31}")),
    /** With the longest suffix, as long as an alarm's name may be (CloudWatch API reference, PutMetricAlarm). */
    TABLE_NAME("chat_sessions", "3 to 236 of the characters A-Z, a-z, 0-9, _, . and -", text("[A-Za-z0-9_.-]{3,236}")),
    SESSION_RETENTION_DAYS("30", 3650),
    POINT_IN_TIME_RECOVERY(true),
    RECOVERY_WINDOW_DAYS("35", 35),
    DELETION_PROTECTION(true),
    SYSTEM_ERROR_THRESHOLD("5", "an integer, at least 1", integer()),
    /**
     * AWS leaves open whether a cancelled transaction counts as a user error. An append to a busy session is cancelled
     * at most seven times (docs/schema.md): it takes more than fourteen such messages in a period to raise the alarm.
     */
    USER_ERROR_THRESHOLD("100", "an integer, at least 1", integer()),
    THROTTLED_REQUEST_THRESHOLD("an integer, at least 1", integer()),
    /** Whole minutes, as CloudWatch has them, and more than the one that is usually missing: see {@link Alarms}. */
    ALARM_PERIOD_SECONDS(
            "300",
            "120 or a longer multiple of 60, at most 604800 (the newest minute has no data yet)",
            integerUpTo(604_800).and(seconds -> Integer.parseInt(seconds) % 60 == 0 && !seconds.equals("60"))),
    ALARM_EVALUATION_PERIODS("1", 720),
    ALARM_EMAIL("an e-mail address", text("[\\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")),
    ALARM_TOPIC_ARN("the ARN of a standard SNS topic", arn("sns", "[A-Za-z0-9_-]{1,256}")),
    MAX_READ_REQUEST_UNITS("an integer, at least 1, or -1", integer().or("-1"::equals)),
    MAX_WRITE_REQUEST_UNITS("an integer, at least 1, or -1", integer().or("-1"::equals)),
    KMS_KEY_ARN("the ARN of a KMS key", arn("kms", "key/[A-Za-z0-9-]{1,128}")),
    ADOPT_EXISTING_TABLE(false),
    DASHBOARD(false);

    /** The namespace of the program's settings, which is the project's name in Pulumi.yaml. */
    static final String NAMESPACE = "chat-sessions";

    /** The key without its namespace. */
    final String key = CaseUtils.toCamelCase(name(), false, '_');

    final String defaultText;

    /** What is accepted, in words. */
    final String accepted;

    final Predicate<String> accepts;

    Setting(String defaultText, String accepted, Predicate<String> accepts) {
        this.defaultText = defaultText;
        this.accepted = accepted;
        this.accepts = accepts;
    }

    /** Optional: {@code none} is accepted, too, and the default. */
    Setting(String accepted, Predicate<String> accepts) {
        this("none", accepted + ", or none", accepts.or("none"::equals));
    }

    Setting(boolean byDefault) {
        this(String.valueOf(byDefault), "true or false", text("true|false"));
    }

    Setting(String defaultText, int most) {
        this(defaultText, "an integer from 1 to " + most, integerUpTo(most));
    }

    /** The key with its namespace. */
    @Override
    public String toString() {
        return (this == REGION ? "aws" : NAMESPACE) + ":" + key;
    }

    private static Predicate<String> text(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static Predicate<String> arn(String service, String resource) {
        return text("arn:[a-z-]+:" + service + ":[a-z0-9-]+:[0-9]{12}:" + resource);
    }

    private static Predicate<String> integer() {
        return integerUpTo(Integer.MAX_VALUE);
    }

    /** Without leading zeros: 030 is 24 to YAML and 30 to a reader. */
    private static Predicate<String> integerUpTo(int most) {
        return text("[1-9][0-9]{0,9}").and(text -> Long.parseLong(text) <= most);
    }
}
