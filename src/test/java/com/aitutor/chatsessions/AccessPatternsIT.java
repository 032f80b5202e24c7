package com.aitutor.chatsessions;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aitutor.chatsessions.ChatSessions.Conversation;
import com.aitutor.chatsessions.ChatSessions.Message;
import com.aitutor.chatsessions.ChatSessions.Session;
import com.aitutor.chatsessions.IamConfinement.AccessDenied;
import com.aitutor.chatsessions.IamConfinement.Permission;
import com.aitutor.chatsessions.engine.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What the app does with its sessions, on the table that the real engine made. The client knows nothing but the outputs
 * appEnvironment and appAccessPolicy, and is refused what the policy does not allow.
 */
class AccessPatternsIT {
    /** The account in the ARNs of the local AWS plugin. */
    private static final String TABLE_ARN_FORMAT = "arn:aws:dynamodb:%s:000000000000:table/";

    private static final Instant NOW = Instant.parse("2099-01-31T09:30:00Z");

    private static LocalStack stack;
    private static Map<String, String> environment;
    private static IamConfinement confinement;
    private static DynamoDbClient dynamoDb;
    private static final CapacityMeter METER = new CapacityMeter();

    private final String alice = "alice-" + UUID.randomUUID();
    private ChatSessions chatSessions;

    @BeforeAll
    static void bringUp() {
        stack = LocalStack.of("dev");
        stack.up();
        Map<String, Object> outputs = stack.outputs();
        environment = outputs.get("appEnvironment").toString().lines()
                .map(line -> line.split("=", 2))
                .collect(toMap(variable -> variable[0], variable -> variable[1]));
        confinement = new IamConfinement(
                IamPolicy.from(outputs.get("appAccessPolicy").toString()),
                TABLE_ARN_FORMAT.formatted(environment.get("DYNAMODB_REGION")));
        dynamoDb = client(confinement, METER);
    }

    @AfterAll
    static void takeDown() {
        dynamoDb.close();
        stack.close();
    }

    @BeforeEach
    void startMeter() {
        chatSessions = new ChatSessions(dynamoDb, environment);
        METER.read();
    }

    @Test
    void createsASessionOnce() {
        Session session = newSession(NOW);

        assertThat(chatSessions.create(session)).isTrue();
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.CREATE);
        assertThat(chatSessions.find(alice, session.sessionId(), NOW)).contains(session);
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.FIND);

        // a retry, or a second session of the same id, changes nothing
        Session sameId = chatSessions.newSession(session.sessionId(), "mallory", "direct", NOW.plusSeconds(9));
        assertThat(chatSessions.create(sameId)).isFalse();
        assertThat(chatSessions.find(alice, session.sessionId(), NOW)).contains(session);
    }

    @Test
    void appendsAMessageAndCountsItsTokens() {
        SampleConversation sample = sample(NOW);
        assertThat(chatSessions.create(sample.session())).isTrue();
        METER.read();

        assertThat(chatSessions.append(sample.session(), sample.question(1))).isTrue();
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.APPEND_QUESTION);
        assertThat(chatSessions.append(sample.session(), sample.answer(1))).isTrue();
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.APPEND_ANSWER);

        Conversation conversation =
                chatSessions.open(alice, sample.session().sessionId(), 2, NOW).orElseThrow();
        assertThat(conversation.newest()).containsExactly(sample.question(1), sample.answer(1));
        assertThat(conversation.session().totalTokens()).isEqualTo(300 / 4 + 1_500 / 4);
        assertThat(conversation.session().lastAccessed()).isEqualTo(sample.answer(1).at());
    }

    @Test
    void appendsNothingToASessionThatIsNotThere() {
        Session session = newSession(NOW);

        assertThatThrownBy(() -> chatSessions.append(session, message(NOW, "never stored", 5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no session " + session.sessionId());
        assertThat(rawItems(session)).isEmpty();
    }

    @Test
    void retryOfAnAppendStoresAndCountsOnce() {
        Session session = created(NOW);
        Message message = message(NOW, "said once", 7);

        assertThat(chatSessions.append(session, message)).isTrue();
        assertThat(chatSessions.append(session, message)).isFalse();

        assertThat(chatSessions.transcript(session)).containsExactly(message);
        assertThat(totalTokens(session)).isEqualTo(7);
    }

    @Test
    void keepsBothOfTwoMessagesInOneInstant() {
        Session session = created(NOW);
        Message one = new Message(NOW, "aaaaaaaa", "user", "one", 1, List.of());
        Message other = new Message(NOW, "bbbbbbbb", "user", "other", 1, List.of());

        chatSessions.append(session, other);
        chatSessions.append(session, one);

        assertThat(chatSessions.transcript(session)).containsExactly(one, other);
    }

    @Test
    void sortsWholeSecondsAmongTheirFractions() {
        Session session = created(NOW);
        List<Message> inOrder = Stream.of(NOW, NOW.plusNanos(1_000), NOW.plusMillis(1), NOW.plusSeconds(1))
                .map(at -> message(at, "at " + at, 1))
                .toList();

        List.of(2, 0, 3, 1).forEach(position -> chatSessions.append(session, inOrder.get(position)));

        assertThat(chatSessions.transcript(session)).isEqualTo(inOrder);
    }

    @Test
    void opensASessionWithItsNewestMessages() {
        SampleConversation sample = sample(NOW);
        store(sample);

        Conversation conversation = chatSessions
                .open(alice, sample.session().sessionId(), 2 * SampleConversation.TURNS, NOW)
                .orElseThrow();
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.OPEN);
        assertThat(conversation.newest()).isEqualTo(messages(sample));

        assertThat(chatSessions
                        .open(alice, sample.session().sessionId(), 3, NOW)
                        .orElseThrow()
                        .newest())
                .containsExactly(sample.answer(9), sample.question(10), sample.answer(10));
    }

    @Test
    void readsAWholeTranscriptInOrder() {
        SampleConversation sample = sample(NOW);
        store(sample);

        assertThat(chatSessions.transcript(sample.session())).isEqualTo(messages(sample));
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.TRANSCRIPT);
    }

    @Test
    void readsATranscriptOfMoreThanOneMegabyteInPages() {
        Session session = created(NOW);
        List<Message> messages = IntStream.range(0, 60)
                .mapToObj(second -> message(NOW.plusSeconds(second), second + "x".repeat(20_000), 1))
                .toList();
        messages.forEach(message -> chatSessions.append(session, message));
        METER.read();

        assertThat(chatSessions.transcript(session)).isEqualTo(messages);
        assertThat(METER.calls()).isEqualTo(2);
        // 1.2 MB, a half for each 4 KB
        assertThat(METER.read().tableReads()).isBetween(145.0, 150.0);
    }

    @Test
    void listsAUsersSessionsByRecency() {
        List<Session> oldestFirst = IntStream.range(0, 20)
                .mapToObj(minute -> created(NOW.plusSeconds(60L * minute)))
                .toList();
        METER.read();

        List<Session> newestFirst = chatSessions.sessionsOf(alice, 20, NOW);
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.LIST_SESSIONS);
        assertThat(newestFirst).containsExactlyElementsOf(reversed(oldestFirst));
        assertThat(chatSessions.sessionsOf(alice, 3, NOW)).isEqualTo(newestFirst.subList(0, 3));
    }

    @Test
    void touchingASessionMovesItUp() {
        Session older = created(NOW);
        Session newer = created(NOW.plusSeconds(60));
        METER.read();

        chatSessions.touch(older, NOW.plusSeconds(120));
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.TOUCH);
        assertThat(ids(chatSessions.sessionsOf(alice, 10, NOW))).containsExactly(older.sessionId(), newer.sessionId());

        chatSessions.append(newer, message(NOW.plusSeconds(180), "as does a message", 1));
        assertThat(ids(chatSessions.sessionsOf(alice, 10, NOW))).containsExactly(newer.sessionId(), older.sessionId());
    }

    @Test
    void countsTokensRightUnderConcurrentAppends() throws Exception {
        Session session = created(NOW);
        int writers = 8;
        int messagesEach = 10;
        List<Callable<Void>> writes = IntStream.range(0, writers)
                .<Callable<Void>>mapToObj(writer -> () -> {
                    IntStream.range(0, messagesEach)
                            .mapToObj(number -> message(NOW.plusMillis(number), "of writer " + writer, 10 + writer))
                            // every message twice, as by a client that did not hear the first answer
                            .forEach(message -> Stream.of(1, 2).forEach(i -> chatSessions.append(session, message)));
                    return null;
                })
                .toList();

        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (Future<Void> finished : threads.invokeAll(writes)) {
                finished.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(chatSessions.transcript(session)).hasSize(writers * messagesEach);
        assertThat(totalTokens(session))
                .isEqualTo(IntStream.range(0, writers).map(writer -> messagesEach * (10 + writer)).sum());
    }

    @Test
    void appendsAgainAfterAConflictWithAnotherAppend() {
        Session session = created(NOW);
        Message message = message(NOW, "third time lucky", 7);

        try (DynamoDbClient contended = client(new Conflicts(2))) {
            assertThat(new ChatSessions(contended, environment).append(session, message)).isTrue();
        }

        assertThat(chatSessions.transcript(session)).containsExactly(message);
        assertThat(totalTokens(session)).isEqualTo(7);
    }

    @Test
    void hidesWhatHasExpiredThoughItIsStillThere() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Session expired = created(now.minus(Duration.ofDays(30)).minusSeconds(1));
        Session live = created(now.minus(Duration.ofDays(30)).plusSeconds(3_600));
        assertThat(rawItems(expired)).hasSize(1);

        assertThat(chatSessions.find(alice, expired.sessionId(), now)).isEmpty();
        assertThat(chatSessions.open(alice, expired.sessionId(), 10, now)).isEmpty();
        assertThat(chatSessions.sessionsOf(alice, 10, now)).containsExactly(live);
        assertThat(chatSessions.open(alice, live.sessionId(), 10, now)).isPresent();
    }

    @Test
    void givesEveryItemOfASessionTheSameExpiry() {
        SampleConversation sample = sample(NOW);
        store(sample);
        String expiry = Long.toString(NOW.plus(Duration.ofDays(30)).getEpochSecond());

        assertThat(rawItems(sample.session()))
                .hasSize(1 + 2 * SampleConversation.TURNS)
                .allSatisfy(item -> assertThat(item.get("ttl").n()).isEqualTo(expiry));

        Session otherExpiry = chatSessions.newSession(
                sample.session().sessionId(), alice, "socratic", NOW.plusSeconds(1));
        assertThatThrownBy(() -> chatSessions.append(otherExpiry, message(NOW.plusSeconds(3_600), "outlives it", 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rawItems(sample.session())).hasSize(1 + 2 * SampleConversation.TURNS);
    }

    @Test
    void deletesASessionWithAllItsMessages() {
        SampleConversation sample = sample(NOW);
        store(sample);
        Session other = created(NOW);
        METER.read();

        chatSessions.delete(sample.session());
        assertThat(METER.read()).isEqualTo(AccessPatternUnits.DELETE);
        assertThat(rawItems(sample.session())).isEmpty();
        assertThat(chatSessions.sessionsOf(alice, 10, NOW)).containsExactly(other);

        // a retry finds nothing left to do, and nothing can be appended any more
        chatSessions.delete(sample.session());
        assertThatThrownBy(() -> chatSessions.append(sample.session(), sample.question(11)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rawItems(sample.session())).isEmpty();
    }

    @Test
    void deletesWhatAThrottledBatchLeft() {
        Session session = created(NOW);
        IntStream.range(0, 60)
                .mapToObj(second -> message(NOW.plusSeconds(second), "x", 1))
                .forEach(message -> chatSessions.append(session, message));
        Throttling throttling = new Throttling();

        try (DynamoDbClient throttled = client(throttling)) {
            new ChatSessions(throttled, environment).delete(session);
        }

        assertThat(rawItems(session)).isEmpty();
        assertThat(throttling.refused).isGreaterThan(60 / 2);
    }

    @Test
    void oneUserSeesNothingOfAnother() {
        // names of which one begins with the other, and one that imitates a key
        String alicia = alice + "#2";
        Session hers = created(NOW);
        Session others = chatSessions.newSession(UUID.randomUUID().toString(), alicia, "socratic", NOW);
        chatSessions.create(others);
        chatSessions.append(hers, message(NOW, "private", 1));

        assertThat(ids(chatSessions.sessionsOf(alice, 10, NOW))).containsExactly(hers.sessionId());
        assertThat(ids(chatSessions.sessionsOf(alicia, 10, NOW))).containsExactly(others.sessionId());
        assertThat(chatSessions.sessionsOf("", 10, NOW)).isEmpty();
        assertThat(chatSessions.sessionsOf(alice.substring(0, 5), 10, NOW)).isEmpty();
        assertThat(chatSessions.find(alicia, hers.sessionId(), NOW)).isEmpty();
        assertThat(chatSessions.open(alicia, hers.sessionId(), 10, NOW)).isEmpty();
        // messages are not in the index at all
        assertThat(dynamoDb.query(request -> request.tableName(environment.get("DYNAMODB_TABLE_NAME"))
                                .indexName(environment.get("DYNAMODB_USER_SESSIONS_INDEX_NAME"))
                                .keyConditionExpression("GSI1PK = :user")
                                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS("USER#" + alice))))
                        .items())
                .extracting(item -> item.get("SK").s())
                .containsExactly("METADATA");
    }

    @Test
    void thePolicyAllowsThisAndNothingMore() {
        String table = environment.get("DYNAMODB_TABLE_NAME");
        confinement.used().clear();
        SampleConversation sample = sample(NOW);
        store(sample);
        chatSessions.find(alice, sample.session().sessionId(), NOW);
        chatSessions.open(alice, sample.session().sessionId(), 20, NOW);
        chatSessions.transcript(sample.session());
        chatSessions.sessionsOf(alice, 20, NOW);
        chatSessions.touch(sample.session(), NOW);
        chatSessions.delete(sample.session());

        assertThat(confinement.used())
                .containsExactlyInAnyOrderElementsOf(confinement.policy().statements().stream()
                        .flatMap(statement -> statement.actions().stream()
                                .flatMap(action -> statement.resources().stream()
                                        .map(resource -> new Permission(action, resource))))
                        .toList());
        assertThatThrownBy(() -> dynamoDb.scan(request -> request.tableName(table))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> dynamoDb.deleteTable(request -> request.tableName(table)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> dynamoDb.query(request -> request.tableName(table + "_other")))
                .isInstanceOf(AccessDenied.class);
        TransactWriteItem delete =
                TransactWriteItem.builder().delete(item -> item.tableName(table)).build();
        assertThatThrownBy(() -> dynamoDb.transactWriteItems(request -> request.transactItems(delete)))
                .isInstanceOf(AccessDenied.class);
    }

    private static DynamoDbClient client(ExecutionInterceptor... interceptors) {
        AwsBasicCredentials credentials = AwsBasicCredentials.create(
                environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"));
        return DynamoDbClient.builder()
                .region(Region.of(environment.get("DYNAMODB_REGION")))
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(configuration -> List.of(interceptors)
                        .forEach(configuration::addExecutionInterceptor))
                .build();
    }

    private SampleConversation sample(Instant start) {
        return new SampleConversation(chatSessions, alice, start);
    }

    private void store(SampleConversation sample) {
        assertThat(chatSessions.create(sample.session())).isTrue();
        messages(sample).forEach(message -> chatSessions.append(sample.session(), message));
        METER.read();
    }

    private static List<Message> messages(SampleConversation sample) {
        return IntStream.rangeClosed(1, SampleConversation.TURNS)
                .boxed()
                .flatMap(turn -> Stream.of(sample.question(turn), sample.answer(turn)))
                .toList();
    }

    private Session newSession(Instant start) {
        return chatSessions.newSession(UUID.randomUUID().toString(), alice, "socratic", start);
    }

    private Session created(Instant start) {
        Session session = newSession(start);
        chatSessions.create(session);
        return session;
    }

    private static Message message(Instant at, String content, long tokens) {
        return new Message(at, UUID.randomUUID().toString().substring(0, 8), "user", content, tokens, List.of());
    }

    private long totalTokens(Session session) {
        return chatSessions.find(alice, session.sessionId(), NOW).orElseThrow().totalTokens();
    }

    private List<Map<String, AttributeValue>> rawItems(Session session) {
        return dynamoDb.query(request -> request.tableName(environment.get("DYNAMODB_TABLE_NAME"))
                        .keyConditionExpression("PK = :session")
                        .consistentRead(true)
                        .expressionAttributeValues(
                                Map.of(":session", AttributeValue.fromS("SESSION#" + session.sessionId()))))
                .items();
    }

    private static List<String> ids(List<Session> sessions) {
        return sessions.stream().map(Session::sessionId).toList();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Cancels transactions as AWS does when two write one item at once; DynamoDB Local lets one wait for the other. */
    private static final class Conflicts implements ExecutionInterceptor {
        private int left;

        private Conflicts(int count) {
            left = count;
        }

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof TransactWriteItemsRequest && left-- > 0) {
                throw TransactionCanceledException.builder()
                        .cancellationReasons(
                                CancellationReason.builder().code("None").build(),
                                CancellationReason.builder().code("TransactionConflict").build())
                        .build();
            }
        }
    }

    /** Lets one half of each batch through, as DynamoDB does when a table is short of capacity. */
    private static final class Throttling implements ExecutionInterceptor {
        private static final ExecutionAttribute<BatchWriteItemRequest> ASKED = new ExecutionAttribute<>("asked");

        private int refused;

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            if (context.request() instanceof BatchWriteItemRequest batch) {
                attributes.putAttribute(ASKED, batch);
                return batch.toBuilder().requestItems(half(batch, true)).build();
            }
            return context.request();
        }

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (context.response() instanceof BatchWriteItemResponse response) {
                Map<String, List<WriteRequest>> left = half(attributes.getAttribute(ASKED), false);
                refused += left.values().stream().mapToInt(List::size).sum();
                return response.toBuilder().unprocessedItems(left).build();
            }
            return context.response();
        }

        private static Map<String, List<WriteRequest>> half(BatchWriteItemRequest batch, boolean first) {
            return batch.requestItems().entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, table -> half(table.getValue(), first)))
                    .entrySet()
                    .stream()
                    .filter(table -> !table.getValue().isEmpty())
                    .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        private static List<WriteRequest> half(List<WriteRequest> writes, boolean first) {
            int middle = (writes.size() + 1) / 2;
            return first ? writes.subList(0, middle) : writes.subList(middle, writes.size());
        }
    }
}
