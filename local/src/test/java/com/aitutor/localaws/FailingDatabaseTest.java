package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aitutor.localaws.FaultyEndpoint.Fault;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.ErrorResourceInitFailed;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A database that throttles, breaks, loses answers or is not there. */
class FailingDatabaseTest {

    private static DynamoDbLocal database;
    private static DynamoDbClient dynamo;
    private static FaultyEndpoint endpoint;
    private static TestPlugin plugin;

    @BeforeAll
    static void start() throws Exception {
        database = DynamoDbLocal.start();
        dynamo = database.client("us-east-1");
        endpoint = FaultyEndpoint.inFrontOf(database);
        plugin = TestPlugin.start("us-east-1", endpoint.address());
    }

    @AfterEach
    void heal() {
        endpoint.heal();
    }

    @AfterAll
    static void stop() {
        plugin.close();
        endpoint.close();
        dynamo.close();
        database.close();
    }

    @Test
    void throttlingThatPassesIsNotNoticed() {
        endpoint.spoil("CreateTable", Fault.THROTTLED, 2);

        assertThat(plugin.create(TABLE, Fixtures.tableWithoutIndex("patient")).getId()).isEqualTo("patient");
    }

    @Test
    void throttlingThatStaysIsReported() {
        endpoint.spoil("CreateTable", Fault.THROTTLED, Integer.MAX_VALUE);
        long before = endpoint.calls("CreateTable");

        StatusRuntimeException e = failure(() -> plugin.create(TABLE, Fixtures.tableWithoutIndex("throttled")));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(e).hasMessageContaining("ThrottlingException: Rate exceeded (gave up after 4 attempts)");
        assertThat(endpoint.calls("CreateTable") - before).isEqualTo(4);
        assertThat(dynamo.listTables().tableNames()).doesNotContain("throttled");
    }

    @Test
    void aCreateThatFailsMidwayLeavesAStateTheNextUpdateCompletes() throws Exception {
        endpoint.spoil("UpdateTimeToLive", Fault.THROTTLED, Integer.MAX_VALUE);
        Struct inputs = Fixtures.table("midway");

        ErrorResourceInitFailed partial = partial(() -> plugin.create(TABLE, inputs));

        assertThat(partial.getId()).isEqualTo("midway");
        assertThat(partial.getReasonsList()).singleElement().asString().contains("UpdateTimeToLive", "Throttling");
        assertThat(Answer.plain(partial.getProperties()))
                .containsEntry("arn", "arn:aws:dynamodb:us-east-1:000000000000:table/midway")
                .containsEntry("ttl", Map.of("attributeName", "", "enabled", false));
        assertThat(Answer.plain(partial.getInputs()))
                .containsEntry("ttl", Map.of("attributeName", "", "enabled", false))
                .containsEntry("hashKey", "PK");

        endpoint.heal();
        Struct state = converge(partial, inputs, List.of("ttl"));
        assertThat(Json.text(state)).contains("\"ttl\":{\"attributeName\":\"ttl\",\"enabled\":true}");
    }

    @Test
    void aCreateAfterWhichNothingAnswersStillLeavesAState() throws Exception {
        endpoint.spoil("DescribeTable", Fault.BROKEN, Integer.MAX_VALUE);
        Struct inputs = Fixtures.table("blind");

        ErrorResourceInitFailed partial = partial(() -> plugin.create(TABLE, inputs));

        assertThat(partial.getId()).isEqualTo("blind");
        assertThat(partial.getReasonsList()).singleElement().asString().contains("InternalServerError");
        endpoint.heal();
        converge(partial, inputs, List.of("ttl"));
    }

    @Test
    void anUpdateThatFailsMidwayLeavesAStateTheNextUpdateCompletes() throws Exception {
        Struct inputs = Fixtures.table("halfway");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        Struct changed = Fixtures.with(
                Fixtures.with(
                        Fixtures.tableWithoutIndex("halfway"),
                        "ttl",
                        "{\"attributeName\": \"ttl\", \"enabled\": false}"),
                "tags",
                "{\"Environment\": \"other\"}");
        endpoint.spoil("UpdateTimeToLive", Fault.BROKEN, Integer.MAX_VALUE);

        ErrorResourceInitFailed partial =
                partial(() -> plugin.update(TABLE, "halfway", state, inputs, changed, false));

        assertThat(Answer.plain(partial.getProperties()))
                .containsEntry("globalSecondaryIndexes", List.of())
                .containsEntry("ttl", Map.of("attributeName", "ttl", "enabled", true))
                .containsEntry("tags", Map.of("Environment", "test"));
        endpoint.heal();
        converge(partial, changed, List.of("tags", "tagsAll", "ttl"));
    }

    @Test
    void anUpdateRefusedBeforeAnythingChangedIsNoPartialOne() {
        Struct inputs = Fixtures.table("untouched");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        Struct changed = Fixtures.with(inputs, "deletionProtectionEnabled", "true");
        endpoint.spoil("UpdateTable", Fault.THROTTLED, Integer.MAX_VALUE);

        StatusRuntimeException e =
                failure(() -> plugin.update(TABLE, "untouched", state, inputs, changed, false));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(StatusProto.fromThrowable(e).getDetailsList()).isEmpty();
    }

    @Test
    void aLostAnswerToACreateEndsInTableExists() {
        endpoint.spoil("CreateTable", Fault.LOST, 1);

        StatusRuntimeException e = failure(() -> plugin.create(TABLE, Fixtures.tableWithoutIndex("lost")));

        assertThat(e).hasMessageContaining("Table already exists: lost");
        assertThat(dynamo.listTables().tableNames()).contains("lost");
        assertThatThrownBy(() -> plugin.create(TABLE, Fixtures.tableWithoutIndex("lost")))
                .hasMessageContaining("Table already exists: lost");
    }

    @Test
    void aTableThatGoesWhileItIsReadIsGone() {
        Struct inputs = Fixtures.tableWithoutIndex("going");
        Struct state = plugin.create(TABLE, inputs).getProperties();
        endpoint.spoil("DescribeTimeToLive", Fault.ABSENT, 1);

        assertThat(plugin.read(TABLE, "going", state, inputs).getId()).isEmpty();
    }

    @Test
    void nothingListeningIsSaidQuickly() throws Exception {
        String address = "http://127.0.0.1:" + DynamoDbLocal.freePort();
        try (TestPlugin lonely = TestPlugin.start("us-east-1", address)) {
            Instant start = Instant.now();

            StatusRuntimeException e = failure(() -> lonely.create(TABLE, Fixtures.table("nowhere")));

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(e).hasMessageContaining("nothing answers at " + address + "; start DynamoDB with ./local/up");
            assertThat(lonely.check(TABLE, Fixtures.table("nowhere")).getFailuresList()).isEmpty();
        }
    }

    @Test
    void cancellingEndsAWaitWithAPartialState() throws Exception {
        Struct inputs = Fixtures.table("cancelled");
        endpoint.spoil("DescribeTable", Fault.CREATING, Integer.MAX_VALUE);
        try (TestPlugin impatient = TestPlugin.start("us-east-1", endpoint.address())) {
            impatient.engine().cancel(Empty.getDefaultInstance());

            ErrorResourceInitFailed partial = partial(() -> impatient.create(TABLE, inputs));

            assertThat(partial.getId()).isEqualTo("cancelled");
            assertThat(partial.getReasonsList()).singleElement().asString().contains("cancelled while waiting");
            endpoint.heal();
            converge(partial, inputs, List.of("ttl"));
        }
    }

    /** Runs what the engine runs next, expects what is left to change, and that nothing is left then. */
    private static Struct converge(ErrorResourceInitFailed partial, Struct inputs, List<String> left) {
        String id = partial.getId();
        assertThat(plugin.diff(TABLE, partial.getProperties(), partial.getInputs(), inputs).getDiffsList())
                .containsExactlyInAnyOrderElementsOf(left);
        Struct state =
                plugin.update(TABLE, id, partial.getProperties(), partial.getInputs(), inputs, false);
        assertThat(plugin.diff(TABLE, state, inputs, inputs).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        Struct read = plugin.read(TABLE, id, state, inputs).getProperties();
        assertThat(plugin.diff(TABLE, read, inputs, inputs).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        return state;
    }

    private static StatusRuntimeException failure(ThrowingCallable call) {
        StatusRuntimeException e = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(e).isNotNull();
        return e;
    }

    private static ErrorResourceInitFailed partial(ThrowingCallable call) throws InvalidProtocolBufferException {
        StatusRuntimeException e = failure(call);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
        return StatusProto.fromThrowable(e).getDetails(0).unpack(ErrorResourceInitFailed.class);
    }
}
