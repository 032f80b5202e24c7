package com.aitutor.chatsessions;

/**
 * What each access pattern consumes with the messages of {@link SampleConversation}. AccessPatternsIT measures it;
 * docs/cost-and-scale.md is computed from it.
 */
final class AccessPatternUnits {
    /** One write, and the new entry in the index. */
    static final RequestUnits CREATE = RequestUnits.writes(1, 1);

    /** A message of up to 1 KB and METADATA, each doubled; the entry in the index taken out and put in, doubled too. */
    static final RequestUnits APPEND_QUESTION = RequestUnits.writes(4, 4);

    /** The same with a message of up to 2 KB. */
    static final RequestUnits APPEND_ANSWER = RequestUnits.writes(6, 4);

    /** One write, and the entry in the index taken out and put in. */
    static final RequestUnits TOUCH = RequestUnits.writes(1, 2);

    /** METADATA alone. */
    static final RequestUnits FIND = RequestUnits.reads(0.5, 0);

    /** METADATA and 20 messages, 22 KB, read consistently. */
    static final RequestUnits OPEN = RequestUnits.reads(6, 0);

    /** 20 messages, 22 KB. */
    static final RequestUnits TRANSCRIPT = RequestUnits.reads(3, 0);

    /** 20 sessions, 5 KB of the index. */
    static final RequestUnits LIST_SESSIONS = RequestUnits.reads(0, 1);

    /** METADATA, 10 questions and 10 answers, found consistently. */
    static final RequestUnits DELETE = RequestUnits.writes(31, 1).plus(RequestUnits.reads(6, 0));

    private AccessPatternUnits() {}
}
