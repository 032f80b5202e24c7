package com.aitutor.chatsessions;

/**
 * The names of the table's key attributes, its index and its TTL attribute.
 *
 * <p>They are code, not configuration: AWS replaces a table whose keys change, and changes a TTL attribute only by
 * switching TTL off, waiting up to an hour and switching it on again (Amazon DynamoDB developer guide, "Using time to
 * live"). The items behind them are described in docs/schema.md.
 */
public final class KeySchema {
    /** The table's hash key, a string: {@code SESSION#<session id>}. */
    public static final String HASH_KEY = "PK";

    /** The table's sort key, a string: {@code METADATA} or {@code MESSAGE#<timestamp>}. */
    public static final String SORT_KEY = "SK";

    /** The index that lists a user's sessions by recency. Only METADATA items carry its keys, so it is sparse. */
    public static final String USER_SESSIONS_INDEX = "UserSessionsIndex";

    /** The index's hash key, a string: {@code USER#<user id>}. */
    public static final String INDEX_HASH_KEY = "GSI1PK";

    /** The index's sort key, a string: when the session was last accessed, in fixed-width UTC ISO-8601. */
    public static final String INDEX_SORT_KEY = "GSI1SK";

    /** The attribute that says when an item expires: a number, in seconds since the epoch. */
    public static final String TTL_ATTRIBUTE = "ttl";

    private KeySchema() {}
}
