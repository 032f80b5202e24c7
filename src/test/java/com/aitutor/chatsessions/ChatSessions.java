package com.aitutor.chatsessions;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The access patterns of docs/schema.md, with the calls that it shows in Python.
 *
 * @param dynamoDb whose credentials may do what the output appAccessPolicy allows
 * @param environment the variables of the output appEnvironment
 */
record ChatSessions(DynamoDbClient dynamoDb, Map<String, String> environment) {
    /** As text, timestamps sort by time only if all have the same width and zone. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String METADATA = "METADATA";
    private static final String MESSAGE = "MESSAGE#";
    private static final int LARGEST_BATCH = 25;
    private static final int MOST_ATTEMPTS = 50;

    record Session(
            String sessionId,
            String userId,
            Instant createdAt,
            Instant lastAccessed,
            long totalTokens,
            String pedagogyMode,
            Instant expiresAt) {}

    /** A message; its id is made once, before the first attempt to store it, and makes every retry the same message. */
    record Message(Instant at, String id, String role, String content, long tokens, List<String> contextIds) {}

    /** A session and the newest of its messages, oldest first. */
    record Conversation(Session session, List<Message> newest) {}

    /** A session that starts now and expires when the retention is over. */
    Session newSession(String sessionId, String userId, String pedagogyMode, Instant now) {
        Duration retention = Duration.ofDays(Long.parseLong(environment.get("DYNAMODB_SESSION_RETENTION_DAYS")));
        Instant expiresAt = now.plus(retention).truncatedTo(ChronoUnit.SECONDS);
        return new Session(sessionId, userId, now, now, 0, pedagogyMode, expiresAt);
    }

    /** Stores a new session; false where it was stored before, which a retry may take for success. */
    boolean create(Session session) {
        try {
            dynamoDb.putItem(request -> request.tableName(tableName())
                    .item(item(session))
                    .conditionExpression("attribute_not_exists(PK)"));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * Stores a message and counts its tokens, both or neither; false where that was done before.
     *
     * @throws IllegalStateException where there is no such session, or it expires at another time
     */
    boolean append(Session session, Message message) {
        Put put = Put.builder()
                .tableName(tableName())
                .item(item(session, message))
                .conditionExpression("attribute_not_exists(PK)")
                .build();
        Update count = Update.builder()
                .tableName(tableName())
                .key(key(session.sessionId(), METADATA))
                .updateExpression("SET last_accessed = :at, GSI1SK = :at ADD total_tokens :tokens")
                .conditionExpression("attribute_exists(PK) AND #ttl = :ttl")
                .expressionAttributeNames(Map.of("#ttl", ttlAttributeName()))
                .expressionAttributeValues(Map.of(
                        ":at", fromS(timestamp(message.at())),
                        ":tokens", number(message.tokens()),
                        ":ttl", number(session.expiresAt().getEpochSecond())))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                dynamoDb.transactWriteItems(request -> request.transactItems(
                        TransactWriteItem.builder().put(put).build(),
                        TransactWriteItem.builder().update(count).build()));
                return true;
            } catch (TransactionCanceledException cancelled) {
                List<String> reasons = cancelled.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .toList();
                if (reasons.get(0).equals("ConditionalCheckFailed")) {
                    return false;
                } else if (reasons.get(1).equals("ConditionalCheckFailed")) {
                    throw new IllegalStateException("no session " + session.sessionId(), cancelled);
                } else if (attempt == MOST_ATTEMPTS) {
                    throw cancelled;
                }
                // another append to the same session came between: the SDKs leave this retry to the app
                pause(attempt);
            }
        }
    }

    /** A user's session; empty where it does not exist, has expired or is somebody else's. */
    Optional<Session> find(String userId, String sessionId, Instant now) {
        return Optional.of(dynamoDb.getItem(request -> request.tableName(tableName()).key(key(sessionId, METADATA)))
                        .item())
                .filter(item -> !item.isEmpty())
                .map(this::session)
                .filter(session -> isOpenTo(userId, session, now));
    }

    /**
     * A session with its newest messages, in one query: in descending order METADATA comes before every MESSAGE.
     * Consistent, because the next answer must know the last question.
     */
    Optional<Conversation> open(String userId, String sessionId, int newest, Instant now) {
        List<Map<String, AttributeValue>> items = query(QueryRequest.builder()
                        .keyConditionExpression("PK = :session")
                        .expressionAttributeValues(Map.of(":session", fromS(sessionKey(sessionId))))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(newest + 1))
                .limit(newest + 1)
                .toList();
        if (items.isEmpty() || !items.get(0).get(KeySchema.SORT_KEY).s().equals(METADATA)) {
            return Optional.empty();
        }
        Session session = session(items.get(0));
        List<Message> messages = new ArrayList<>(
                items.stream().skip(1).map(ChatSessions::message).toList());
        Collections.reverse(messages);
        return isOpenTo(userId, session, now) ? Optional.of(new Conversation(session, messages)) : Optional.empty();
    }

    /** All messages of a session, oldest first, however many pages they fill. */
    List<Message> transcript(Session session) {
        return query(QueryRequest.builder()
                        .keyConditionExpression("PK = :session AND begins_with(SK, :message)")
                        .expressionAttributeValues(Map.of(
                                ":session", fromS(sessionKey(session.sessionId())), ":message", fromS(MESSAGE))))
                .map(ChatSessions::message)
                .toList();
    }

    /** A user's sessions, the one last accessed first. */
    List<Session> sessionsOf(String userId, int most, Instant now) {
        return query(QueryRequest.builder()
                        .indexName(environment.get("DYNAMODB_USER_SESSIONS_INDEX_NAME"))
                        .keyConditionExpression("GSI1PK = :user")
                        .filterExpression("#ttl > :now")
                        .expressionAttributeNames(Map.of("#ttl", ttlAttributeName()))
                        .expressionAttributeValues(
                                Map.of(":user", fromS(userKey(userId)), ":now", number(now.getEpochSecond())))
                        .scanIndexForward(false)
                        .limit(most))
                .limit(most)
                .map(this::session)
                .toList();
    }

    /** Moves a session to the top of its user's list. */
    void touch(Session session, Instant now) {
        dynamoDb.updateItem(request -> request.tableName(tableName())
                .key(key(session.sessionId(), METADATA))
                .updateExpression("SET last_accessed = :now, GSI1SK = :now")
                .conditionExpression("attribute_exists(PK)")
                .expressionAttributeValues(Map.of(":now", fromS(timestamp(now)))));
    }

    /** Deletes a session: METADATA first, so that nothing can be appended any more, then every message. */
    void delete(Session session) {
        delete(List.of(key(session.sessionId(), METADATA)));
        List<Map<String, AttributeValue>> keys = query(QueryRequest.builder()
                        .keyConditionExpression("PK = :session")
                        .expressionAttributeValues(Map.of(":session", fromS(sessionKey(session.sessionId()))))
                        .projectionExpression("PK, SK")
                        .consistentRead(true))
                .toList();
        for (int from = 0; from < keys.size(); from += LARGEST_BATCH) {
            delete(keys.subList(from, Math.min(from + LARGEST_BATCH, keys.size())));
        }
    }

    private void delete(List<Map<String, AttributeValue>> keys) {
        List<WriteRequest> open = keys.stream()
                .map(key -> DeleteRequest.builder().key(key).build())
                .map(delete -> WriteRequest.builder().deleteRequest(delete).build())
                .toList();
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            Map<String, List<WriteRequest>> writes = Map.of(tableName(), open);
            open = dynamoDb.batchWriteItem(request -> request.requestItems(writes))
                    .unprocessedItems()
                    .getOrDefault(tableName(), List.of());
            if (!open.isEmpty() && attempt == MOST_ATTEMPTS) {
                throw new IllegalStateException(open.size() + " items of a batch were never processed");
            } else if (!open.isEmpty()) {
                pause(attempt);
            }
        }
    }

    private Stream<Map<String, AttributeValue>> query(QueryRequest.Builder query) {
        return dynamoDb.queryPaginator(query.tableName(tableName()).build()).items().stream();
    }

    private boolean isOpenTo(String userId, Session session, Instant now) {
        return session.userId().equals(userId) && session.expiresAt().isAfter(now);
    }

    Map<String, AttributeValue> item(Session session) {
        Map<String, AttributeValue> item = key(session.sessionId(), METADATA);
        item.put(KeySchema.INDEX_HASH_KEY, fromS(userKey(session.userId())));
        item.put(KeySchema.INDEX_SORT_KEY, fromS(timestamp(session.lastAccessed())));
        item.put("created_at", fromS(timestamp(session.createdAt())));
        item.put("last_accessed", fromS(timestamp(session.lastAccessed())));
        item.put("total_tokens", number(session.totalTokens()));
        item.put("pedagogy_mode", fromS(session.pedagogyMode()));
        item.put(ttlAttributeName(), number(session.expiresAt().getEpochSecond()));
        return item;
    }

    Map<String, AttributeValue> item(Session session, Message message) {
        Map<String, AttributeValue> item =
                key(session.sessionId(), MESSAGE + timestamp(message.at()) + "#" + message.id());
        item.put("role", fromS(message.role()));
        item.put("content", fromS(message.content()));
        item.put("tokens", number(message.tokens()));
        item.put("context_ids", fromL(message.contextIds().stream().map(AttributeValue::fromS).toList()));
        item.put(ttlAttributeName(), number(session.expiresAt().getEpochSecond()));
        return item;
    }

    private Session session(Map<String, AttributeValue> item) {
        return new Session(
                after("SESSION#", item.get(KeySchema.HASH_KEY)),
                after("USER#", item.get(KeySchema.INDEX_HASH_KEY)),
                Instant.parse(item.get("created_at").s()),
                Instant.parse(item.get("last_accessed").s()),
                Long.parseLong(item.get("total_tokens").n()),
                item.get("pedagogy_mode").s(),
                Instant.ofEpochSecond(Long.parseLong(item.get(ttlAttributeName()).n())));
    }

    private static Message message(Map<String, AttributeValue> item) {
        String[] atAndId = after(MESSAGE, item.get(KeySchema.SORT_KEY)).split("#", 2);
        return new Message(
                Instant.parse(atAndId[0]),
                atAndId[1],
                item.get("role").s(),
                item.get("content").s(),
                Long.parseLong(item.get("tokens").n()),
                item.get("context_ids").l().stream().map(AttributeValue::s).toList());
    }

    private static Map<String, AttributeValue> key(String sessionId, String sortKey) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(KeySchema.HASH_KEY, fromS(sessionKey(sessionId)));
        key.put(KeySchema.SORT_KEY, fromS(sortKey));
        return key;
    }

    private static String sessionKey(String sessionId) {
        return "SESSION#" + sessionId;
    }

    private static String userKey(String userId) {
        return "USER#" + userId;
    }

    private static String after(String prefix, AttributeValue value) {
        return value.s().substring(prefix.length());
    }

    private static AttributeValue number(long value) {
        return fromN(Long.toString(value));
    }

    private static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    private String tableName() {
        return environment.get("DYNAMODB_TABLE_NAME");
    }

    private String ttlAttributeName() {
        return environment.get("DYNAMODB_TTL_ATTRIBUTE_NAME");
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L * Math.min(attempt, 10) + 1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
