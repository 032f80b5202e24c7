package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.AccessPatternUnits.APPEND_ANSWER;
import static com.aitutor.chatsessions.AccessPatternUnits.APPEND_QUESTION;
import static com.aitutor.chatsessions.AccessPatternUnits.CREATE;
import static com.aitutor.chatsessions.AccessPatternUnits.LIST_SESSIONS;
import static com.aitutor.chatsessions.AccessPatternUnits.OPEN;
import static com.aitutor.chatsessions.AccessPatternUnits.TRANSCRIPT;
import static com.aitutor.chatsessions.SampleConversation.TURNS;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a month uses.
 *
 * @param units consumed
 * @param tableGigabytes stored on average
 * @param indexGigabytes stored on average
 */
record MonthlyUsage(RequestUnits units, double tableGigabytes, double indexGigabytes) {
    static final int SESSIONS_PER_USER = 8;
    static final int RETENTION_DAYS = 30;
    static final int DAYS = 30;

    /** Of a day's load, the part that falls in its busiest hour. */
    static final double BUSIEST_HOUR = 0.15;

    static final double GIGABYTE = 1L << 30;

    /** What DynamoDB adds to each stored item (developer guide, "Estimating item sizes"). */
    private static final int BYTES_PER_STORED_ITEM = 100;

    private static final int SECONDS_PER_HOUR = 3_600;

    private static final ChatSessions CHAT_SESSIONS = new ChatSessions(
            null,
            Map.of(
                    "DYNAMODB_TTL_ATTRIBUTE_NAME", KeySchema.TTL_ATTRIBUTE,
                    "DYNAMODB_SESSION_RETENTION_DAYS", String.valueOf(RETENTION_DAYS)));
    private static final SampleConversation SAMPLE =
            new SampleConversation(CHAT_SESSIONS, "0b7f7c1e-user-of-36-characters-000000", Instant.EPOCH);

    /** A turn: the conversation is opened, the question is appended, then the answer. */
    static RequestUnits turn() {
        return OPEN.plus(APPEND_QUESTION).plus(APPEND_ANSWER);
    }

    /** A session: the list is shown, the session is made, its turns are taken, its transcript is read once. */
    static RequestUnits session() {
        return LIST_SESSIONS.plus(CREATE).plus(turn().times(TURNS)).plus(TRANSCRIPT);
    }

    static MonthlyUsage of(long users) {
        double sessionsStored = (double) users * SESSIONS_PER_USER * RETENTION_DAYS / DAYS;
        return new MonthlyUsage(
                session().times((double) users * SESSIONS_PER_USER),
                sessionsStored * (metadataBytes() + TURNS * (questionBytes() + answerBytes())) / GIGABYTE,
                sessionsStored * metadataBytes() / GIGABYTE);
    }

    static int metadataBytes() {
        return BYTES_PER_STORED_ITEM + bytes(CHAT_SESSIONS.item(SAMPLE.session()));
    }

    static int questionBytes() {
        return BYTES_PER_STORED_ITEM + bytes(CHAT_SESSIONS.item(SAMPLE.session(), SAMPLE.question(1)));
    }

    static int answerBytes() {
        return BYTES_PER_STORED_ITEM + bytes(CHAT_SESSIONS.item(SAMPLE.session(), SAMPLE.answer(1)));
    }

    /** Units a second in the month's busiest hours. */
    RequestUnits peak() {
        return units.times(BUSIEST_HOUR / DAYS / SECONDS_PER_HOUR);
    }

    /** An item's size (DynamoDB developer guide, "DynamoDB item sizes and formats"). */
    private static int bytes(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(attribute -> utf8(attribute.getKey()) + bytes(attribute.getValue()))
                .sum();
    }

    private static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> value.n().length() / 2 + 2;
            case L -> 3 + value.l().stream().mapToInt(element -> 1 + bytes(element)).sum();
            default -> throw new IllegalArgumentException("no item here has one: " + value.type());
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
