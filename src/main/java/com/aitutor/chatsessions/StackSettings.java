package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.Setting.NONE;

import com.pulumi.exceptions.RunException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one environment, typed and checked: the one place that knows their names, defaults and ranges.
 *
 * @param region where everything is created
 * @param environment tags every resource; by default the stack's name
 * @param tableName names the table, and with a suffix the alarms and the topic
 * @param sessionRetentionDays days from a session's creation to its expiry, which the app writes on every item
 * @param pointInTimeRecovery whether AWS keeps continuous backups of the table
 * @param recoveryWindowDays days that point-in-time recovery reaches back
 * @param deletionProtection whether AWS refuses to delete the table, and Pulumi to delete or replace it
 * @param systemErrorThreshold requests that failed inside DynamoDB, in one period, that raise an alarm
 * @param userErrorThreshold requests that DynamoDB refused, in one period, that raise an alarm
 * @param alarmPeriodSeconds seconds over which an alarm sums
 * @param alarmEvaluationPeriods periods in a row at or above the threshold that raise an alarm
 * @param alarmEmail who is told of an alarm, through a topic of this stack
 * @param alarmTopicArn the existing topic that is told of an alarm
 * @param maxReadRequestUnits cap on reads, in request units a second; -1 lifts a cap that was set before
 * @param maxWriteRequestUnits cap on writes, in request units a second; -1 lifts a cap that was set before
 * @param kmsKeyArn the key that encrypts the table; by default one that AWS owns
 * @param adoptExistingTable whether to take over the table that already exists under {@code tableName}
 * @param restoreSourceTable the table from whose point-in-time backup this one is made
 * @param restoreDateTime the moment to restore; by default the latest possible
 */
public record StackSettings(
        String region,
        String environment,
        String tableName,
        int sessionRetentionDays,
        boolean pointInTimeRecovery,
        int recoveryWindowDays,
        boolean deletionProtection,
        int systemErrorThreshold,
        int userErrorThreshold,
        int alarmPeriodSeconds,
        int alarmEvaluationPeriods,
        Optional<String> alarmEmail,
        Optional<String> alarmTopicArn,
        Optional<Integer> maxReadRequestUnits,
        Optional<Integer> maxWriteRequestUnits,
        Optional<String> kmsKeyArn,
        boolean adoptExistingTable,
        Optional<String> restoreSourceTable,
        Optional<Instant> restoreDateTime) {

    private static final int ANY = Integer.MAX_VALUE;
    private static final int HOUR = 3_600;
    private static final int DAY = 24 * HOUR;

    private static final String TABLE_NAME_PATTERN = "[A-Za-z0-9_.-]{3,255}";
    private static final String TABLE_NAME_ACCEPTS = "3 to 255 of the characters A-Z, a-z, 0-9, _, . and -";
    private static final String LATEST = "latest";

    static final Setting REGION = new Setting(
            "aws:region", NONE, "an AWS region such as us-east-1", text -> text.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]+"));
    static final Setting ENVIRONMENT = Setting.text(
                    "environment", NONE, "a-z, then at most 31 of a-z, 0-9 and -", "[a-z][a-z0-9-]{0,31}")
            .or(NONE);
    static final Setting TABLE_NAME =
            Setting.text("tableName", "chat_sessions", TABLE_NAME_ACCEPTS, TABLE_NAME_PATTERN);
    static final Setting SESSION_RETENTION_DAYS = Setting.integer("sessionRetentionDays", "30", 3650);
    static final Setting POINT_IN_TIME_RECOVERY = Setting.bool("pointInTimeRecovery", true);
    static final Setting RECOVERY_WINDOW_DAYS = Setting.integer("recoveryWindowDays", "35", 35);
    static final Setting DELETION_PROTECTION = Setting.bool("deletionProtection", true);
    static final Setting SYSTEM_ERROR_THRESHOLD = Setting.integer("systemErrorThreshold", "5", ANY);
    static final Setting USER_ERROR_THRESHOLD = Setting.integer("userErrorThreshold", "20", ANY);
    static final Setting ALARM_PERIOD_SECONDS = Setting.integer("alarmPeriodSeconds", "300", 7 * DAY)
            .where(text -> Integer.parseInt(text) % 60 == 0, "60 or a multiple of it, at most " + 7 * DAY);
    static final Setting ALARM_EVALUATION_PERIODS = Setting.integer("alarmEvaluationPeriods", "1", DAY / 60);
    static final Setting ALARM_EMAIL = Setting.text(
                    "alarmEmail",
                    NONE,
                    "an e-mail address",
                    "[\\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")
            .or(NONE);
    static final Setting ALARM_TOPIC_ARN = Setting.text(
                    "alarmTopicArn",
                    NONE,
                    "the ARN of a standard SNS topic",
                    "arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}")
            .or(NONE);
    static final Setting MAX_READ_REQUEST_UNITS =
            Setting.integer("maxReadRequestUnits", NONE, ANY).or("-1").or(NONE);
    static final Setting MAX_WRITE_REQUEST_UNITS =
            Setting.integer("maxWriteRequestUnits", NONE, ANY).or("-1").or(NONE);
    static final Setting KMS_KEY_ARN = Setting.text(
                    "kmsKeyArn",
                    NONE,
                    "the ARN of a KMS key",
                    "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128}")
            .or(NONE);
    static final Setting ADOPT_EXISTING_TABLE = Setting.bool("adoptExistingTable", false);
    static final Setting RESTORE_SOURCE_TABLE =
            Setting.text("restoreSourceTable", NONE, TABLE_NAME_ACCEPTS, TABLE_NAME_PATTERN).or(NONE);
    static final Setting RESTORE_DATE_TIME = Setting.of(
                    "restoreDateTime", LATEST, "a past UTC time such as 2026-01-31T09:30:00Z", StackSettings::isPast)
            .or(LATEST);

    /** Every setting, in the order of the README. */
    static final List<Setting> ALL = List.of(
            REGION, ENVIRONMENT, TABLE_NAME, SESSION_RETENTION_DAYS, POINT_IN_TIME_RECOVERY, RECOVERY_WINDOW_DAYS,
            DELETION_PROTECTION, SYSTEM_ERROR_THRESHOLD, USER_ERROR_THRESHOLD, ALARM_PERIOD_SECONDS,
            ALARM_EVALUATION_PERIODS, ALARM_EMAIL, ALARM_TOPIC_ARN, MAX_READ_REQUEST_UNITS, MAX_WRITE_REQUEST_UNITS,
            KMS_KEY_ARN, ADOPT_EXISTING_TABLE, RESTORE_SOURCE_TABLE, RESTORE_DATE_TIME);

    /**
     * Reads and checks a stack's settings.
     *
     * @throws RunException naming every key that is not accepted, with its value and what is accepted
     */
    static StackSettings from(StackFile file) {
        StackSettings settings = new StackSettings(
                file.read(REGION),
                file.readOptional(ENVIRONMENT).orElse(file.stackName()),
                file.read(TABLE_NAME),
                Integer.parseInt(file.read(SESSION_RETENTION_DAYS)),
                Boolean.parseBoolean(file.read(POINT_IN_TIME_RECOVERY)),
                Integer.parseInt(file.read(RECOVERY_WINDOW_DAYS)),
                Boolean.parseBoolean(file.read(DELETION_PROTECTION)),
                Integer.parseInt(file.read(SYSTEM_ERROR_THRESHOLD)),
                Integer.parseInt(file.read(USER_ERROR_THRESHOLD)),
                Integer.parseInt(file.read(ALARM_PERIOD_SECONDS)),
                Integer.parseInt(file.read(ALARM_EVALUATION_PERIODS)),
                file.readOptional(ALARM_EMAIL),
                file.readOptional(ALARM_TOPIC_ARN),
                file.readOptional(MAX_READ_REQUEST_UNITS).map(Integer::valueOf),
                file.readOptional(MAX_WRITE_REQUEST_UNITS).map(Integer::valueOf),
                file.readOptional(KMS_KEY_ARN),
                Boolean.parseBoolean(file.read(ADOPT_EXISTING_TABLE)),
                file.readOptional(RESTORE_SOURCE_TABLE),
                Optional.of(file.read(RESTORE_DATE_TIME)).filter(text -> !text.equals(LATEST)).map(Instant::parse));
        settings.refuseContradictions(file);
        file.refuseUnknownKeys(ALL);
        file.throwIfRefused();
        return settings;
    }

    /** Tags of every resource. */
    Map<String, String> tags() {
        return Map.of("Project", "ai-tutor", "Environment", environment, "ManagedBy", "pulumi");
    }

    /** The table's name with a suffix, cut to the 255 characters that CloudWatch and SNS allow their names. */
    String nameWith(String suffix) {
        int length = Math.min(tableName.length(), 255 - 1 - suffix.length());
        return tableName.substring(0, length) + "-" + suffix;
    }

    /** What is legal but puts data at risk, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!pointInTimeRecovery) {
            warnings.add("%s is false: what is deleted or overwritten in table %s by mistake cannot be brought back."
                    .formatted(POINT_IN_TIME_RECOVERY, tableName));
        }
        if (!deletionProtection && environment.startsWith("prod")) {
            warnings.add("%s is false in environment %s: a destroy or rename deletes table %s with every chat session."
                    .formatted(DELETION_PROTECTION, environment, tableName));
        }
        return List.copyOf(warnings);
    }

    private void refuseContradictions(StackFile file) {
        if (!ENVIRONMENT.valid().test(environment)) {
            file.refuse(ENVIRONMENT, "%s; the stack's name, %s, is not".formatted(ENVIRONMENT.accepts(), environment));
        }
        if (!pointInTimeRecovery && !RECOVERY_WINDOW_DAYS.defaultValue().equals(String.valueOf(recoveryWindowDays))) {
            file.refuse(RECOVERY_WINDOW_DAYS, "no window while " + POINT_IN_TIME_RECOVERY + " is false");
        }
        // Amazon CloudWatch API reference, PutMetricAlarm, Period
        int longest = alarmPeriodSeconds < HOUR ? DAY : 7 * DAY;
        if ((long) alarmPeriodSeconds * alarmEvaluationPeriods > longest) {
            String accepts = "at most %d with %s at %d: CloudWatch looks back %d seconds"
                    .formatted(longest / alarmPeriodSeconds, ALARM_PERIOD_SECONDS, alarmPeriodSeconds, longest);
            file.refuse(ALARM_EVALUATION_PERIODS, accepts, ALARM_PERIOD_SECONDS);
        }
        if (alarmEmail.isPresent() && alarmTopicArn.isPresent()) {
            file.refuse(ALARM_EMAIL, NONE + " while " + ALARM_TOPIC_ARN + " is set");
        }
        refuseOtherRegion(file, ALARM_TOPIC_ARN, alarmTopicArn);
        refuseOtherRegion(file, KMS_KEY_ARN, kmsKeyArn);
        if (restoreSourceTable.isEmpty() && restoreDateTime.isPresent()) {
            String accepts = LATEST + " unless " + RESTORE_SOURCE_TABLE + " is set";
            file.refuse(RESTORE_DATE_TIME, accepts, RESTORE_SOURCE_TABLE);
        }
        if (restoreSourceTable.isPresent() && adoptExistingTable) {
            file.refuse(ADOPT_EXISTING_TABLE, "false while " + RESTORE_SOURCE_TABLE + " is set");
        }
        if (restoreSourceTable.equals(Optional.of(tableName))) {
            file.refuse(RESTORE_SOURCE_TABLE, "another table than " + TABLE_NAME + ": AWS restores beside", TABLE_NAME);
        }
    }

    private void refuseOtherRegion(StackFile file, Setting setting, Optional<String> arn) {
        if (arn.isPresent() && !arn.get().split(":")[3].equals(region)) {
            file.refuse(setting, "an ARN of the table's region, " + region, REGION);
        }
    }

    private static boolean isPast(String text) {
        try {
            return text.endsWith("Z") && Instant.parse(text).isBefore(Instant.now());
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
