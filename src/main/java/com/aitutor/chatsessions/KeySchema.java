package com.aitutor.chatsessions;

import java.util.List;

/**
 * The names of the table's key attributes, its index and its TTL attribute.
 *
 * <p>They are code, not configuration: AWS replaces a table whose keys change, and changes a TTL attribute only by
 * switching TTL off, waiting up to an hour and switching it on again (Amazon DynamoDB developer guide, "Using time to
 * live"). The items behind them are described in docs/schema.md.
 */
final class KeySchema {
    /** {@code SESSION#<session id>}. */
    static final String HASH_KEY = "PK";

    /** {@code METADATA} or {@code MESSAGE#<timestamp>}. */
    static final String SORT_KEY = "SK";

    /** The index that lists a user's sessions by recency. Only METADATA items carry its keys, so it is sparse. */
    static final String USER_SESSIONS_INDEX = "UserSessionsIndex";

    /** {@code USER#<user id>}. */
    static final String INDEX_HASH_KEY = "GSI1PK";

    /** When the session was last accessed, in fixed-width UTC ISO-8601. */
    static final String INDEX_SORT_KEY = "GSI1SK";

    /** The attributes above, each a string. */
    static final List<String> ATTRIBUTES = List.of(HASH_KEY, SORT_KEY, INDEX_HASH_KEY, INDEX_SORT_KEY);

    /** The attribute that says when an item expires: a number, in seconds since the epoch. */
    static final String TTL_ATTRIBUTE = "ttl";

    private KeySchema() {}
}
