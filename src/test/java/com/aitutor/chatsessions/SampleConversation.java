package com.aitutor.chatsessions;

import com.aitutor.chatsessions.ChatSessions.Message;
import com.aitutor.chatsessions.ChatSessions.Session;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A conversation of the size that docs/cost-and-scale.md assumes, for measuring and for reckoning. */
record SampleConversation(ChatSessions chatSessions, String userId, Instant start) {
    static final int TURNS = 10;
    static final int QUESTION_CHARACTERS = 300;
    static final int ANSWER_CHARACTERS = 1_500;
    static final int CONTEXT_IDS = 3;

    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int SECONDS_PER_TURN = 60;

    Session session() {
        return chatSessions.newSession(id(userId + start), userId, "socratic", start);
    }

    Message question(int turn) {
        return message(turn, 0, "user", QUESTION_CHARACTERS, 0);
    }

    Message answer(int turn) {
        return message(turn, 10, "assistant", ANSWER_CHARACTERS, CONTEXT_IDS);
    }

    private Message message(int turn, int seconds, String role, int characters, int contextIds) {
        Instant at = start.plusSeconds((long) turn * SECONDS_PER_TURN + seconds);
        return new Message(
                at,
                id(role + at).substring(0, 8),
                role,
                "x".repeat(characters),
                characters / CHARACTERS_PER_TOKEN,
                contextIds(contextIds));
    }

    private static List<String> contextIds(int count) {
        return IntStream.range(0, count).mapToObj(number -> id("context " + number)).toList();
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes()).toString();
    }
}
