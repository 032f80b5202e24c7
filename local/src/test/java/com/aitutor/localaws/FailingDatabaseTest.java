package com.aitutor.localaws;

import static com.aitutor.localaws.TestPlugin.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aitutor.localaws.FaultyHandler.Fault;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.ErrorResourceInitFailed;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A database that throttles, breaks, loses answers or is not there. */
class FailingDatabaseTest {
    @AutoClose
    private static final InMemoryDynamoDb database = InMemoryDynamoDb.start();

    @AutoClose
    private static final DynamoDbClient dynamo = database.client();

    private static final FaultyHandler handler = database.handler;

    @AutoClose
    private static final TestPlugin plugin = TestPlugin.start("us-east-1", database.address());

    @AfterEach
    void heal() {
        handler.heal();
    }

    @Test
    void throttlingThatPassesIsNotNoticed() {
        handler.spoil("CreateTable", Fault.THROTTLED, 3);

        assertThat(plugin.create(TABLE, SampleInputs.tableWithoutIndex("patient"))
                        .get("name")
                        .text())
                .isEqualTo("patient");
    }

    @Test
    void throttlingThatStaysIsReported() {
        handler.spoil("CreateTable", Fault.THROTTLED, 4);

        StatusRuntimeException e = failure(() -> plugin.create(TABLE, SampleInputs.tableWithoutIndex("throttled")));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(e).hasMessageContaining("ThrottlingException: spoiled (gave up after 4 attempts)");
        assertThat(dynamo.listTables().tableNames()).doesNotContain("throttled");
    }

    @Test
    void aCreateThatFailsMidwayLeavesAStateTheNextUpdateCompletes() throws Exception {
        handler.spoil("UpdateTimeToLive", Fault.THROTTLED, Integer.MAX_VALUE);
        PropertyValue inputs = SampleInputs.table("midway");

        ErrorResourceInitFailed partial = partial(() -> plugin.create(TABLE, inputs));

        assertThat(partial.getId()).isEqualTo("midway");
        assertThat(partial.getReasonsList()).singleElement().asString().contains("UpdateTimeToLive", "Throttling");
        PropertyValue reached = PropertyValue.of(partial.getProperties());
        assertThat(reached.get("arn").text()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/midway");
        assertThat(reached.get("ttl")).isEqualTo(SampleInputs.timeToLive("", false));
        assertThat(PropertyValue.of(partial.getInputs()))
                .isEqualTo(inputs.with("ttl", SampleInputs.timeToLive("", false))
                        .with("serverSideEncryption", PropertyValue.ABSENT));

        handler.heal();
        PropertyValue state = converge(partial, inputs, List.of("ttl"));
        assertThat(state.get("ttl")).isEqualTo(SampleInputs.timeToLive("ttl", true));
    }

    @Test
    void aCreateAfterWhichNothingAnswersStillLeavesAState() throws Exception {
        handler.spoil("DescribeTable", Fault.BROKEN, Integer.MAX_VALUE);
        PropertyValue inputs = SampleInputs.table("blind");

        ErrorResourceInitFailed partial = partial(() -> plugin.create(TABLE, inputs));

        assertThat(partial.getId()).isEqualTo("blind");
        assertThat(partial.getReasonsList()).singleElement().asString().contains("InternalServerError");
        handler.heal();
        converge(partial, inputs, List.of("ttl"));
    }

    @Test
    void anUpdateThatFailsMidwayLeavesAStateTheNextUpdateCompletes() throws Exception {
        PropertyValue inputs = SampleInputs.table("halfway").with("deletionProtectionEnabled", true);
        PropertyValue state = plugin.create(TABLE, inputs);
        PropertyValue changed = SampleInputs.tableWithoutIndex("halfway")
                .with("ttl", SampleInputs.timeToLive("ttl", false))
                .with("tags", Map.of("Environment", "other"));
        // refused, so that this call is known to have changed nothing
        handler.spoil("UpdateTimeToLive", Fault.THROTTLED, Integer.MAX_VALUE);

        ErrorResourceInitFailed partial = partial(() -> plugin.update(TABLE, "halfway", state, changed));

        PropertyValue reached = PropertyValue.of(partial.getProperties());
        assertThat(reached.get("globalSecondaryIndexes").elements()).isEmpty();
        assertThat(reached.get("ttl")).isEqualTo(SampleInputs.timeToLive("ttl", true));
        assertThat(reached.get("deletionProtectionEnabled").bool())
                .as("protection comes off last")
                .isTrue();
        assertThat(reached.get("tags")).isEqualTo(PropertyValue.of(Map.of("Environment", "test")));
        handler.heal();
        converge(partial, changed, List.of("deletionProtectionEnabled", "tags", "ttl"));
    }

    @Test
    void anUpdateRefusedBeforeAnythingChangedIsNoPartialOne() throws Exception {
        PropertyValue inputs = SampleInputs.table("untouched");
        PropertyValue state = plugin.create(TABLE, inputs);
        PropertyValue changed = inputs.with("deletionProtectionEnabled", true);
        handler.spoil("UpdateTable", Fault.THROTTLED, Integer.MAX_VALUE);

        StatusRuntimeException e = failure(() -> plugin.update(TABLE, "untouched", state, changed));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(StatusProto.fromThrowable(e).getDetailsList()).isEmpty();
        // it may have been changed
        handler.spoil("UpdateTable", Fault.BROKEN, Integer.MAX_VALUE);
        assertThat(partial(() -> plugin.update(TABLE, "untouched", state, changed))
                        .getId())
                .isEqualTo("untouched");
    }

    @Test
    void aLostAnswerToACreateEndsInTableExists() {
        handler.spoil("CreateTable", Fault.LOST, 1);

        StatusRuntimeException e = failure(() -> plugin.create(TABLE, SampleInputs.tableWithoutIndex("lost")));

        assertThat(e).hasMessageContaining("Table already exists: lost");
        assertThat(dynamo.listTables().tableNames()).contains("lost");
        assertThatThrownBy(() -> plugin.create(TABLE, SampleInputs.tableWithoutIndex("lost")))
                .hasMessageContaining("Table already exists: lost");
    }

    @Test
    void aTableThatGoesWhileItIsReadIsGone() {
        PropertyValue inputs = SampleInputs.tableWithoutIndex("going");
        PropertyValue state = plugin.create(TABLE, inputs);
        handler.spoil("DescribeTimeToLive", Fault.ABSENT, 1);

        assertThat(plugin.read(TABLE, "going", state, inputs)).isEqualTo(PropertyValue.EMPTY);
    }

    @Test
    void nothingListeningIsSaid() throws Exception {
        String address = "http://127.0.0.1:" + InMemoryDynamoDb.freePort();
        try (TestPlugin lonely = TestPlugin.start("us-east-1", address)) {
            StatusRuntimeException e = failure(() -> lonely.create(TABLE, SampleInputs.table("nowhere")));

            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(e).hasMessageContaining("nothing answers at " + address + "; start DynamoDB with ./local/up");
            assertThat(lonely.check(TABLE, SampleInputs.table("nowhere"))).isEmpty();
        }
    }

    @Test
    void cancellingEndsAWaitWithAPartialState() throws Exception {
        PropertyValue inputs = SampleInputs.table("cancelled");
        handler.spoil("DescribeTable", Fault.CREATING, 1);
        try (TestPlugin impatient = TestPlugin.start("us-east-1", database.address())) {
            impatient.call("Cancel", PropertyValue.EMPTY);

            ErrorResourceInitFailed partial = partial(() -> impatient.create(TABLE, inputs));

            assertThat(partial.getId()).isEqualTo("cancelled");
            assertThat(partial.getReasonsList()).singleElement().asString().contains("cancelled while waiting");
            handler.heal();
            converge(partial, inputs, List.of("ttl"));
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamed() {
        handler.spoil("CreateTable", Fault.SILENT, Integer.MAX_VALUE);

        StatusRuntimeException e = failure(() -> plugin.create(TABLE, SampleInputs.tableWithoutIndex("silent")));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(e)
                .hasMessageContaining("no answer from " + database.address()
                        + " in time; it is not known whether the operation happened");
    }

    /** Runs what the engine runs next, expects what is left to change, and that nothing is left then. */
    private static PropertyValue converge(ErrorResourceInitFailed partial, PropertyValue inputs, List<String> left) {
        String id = partial.getId();
        PropertyValue reached = PropertyValue.of(partial.getProperties());
        assertThat(plugin.differences(TABLE, reached, inputs)).containsExactlyInAnyOrderElementsOf(left);
        PropertyValue state = plugin.update(TABLE, id, reached, inputs);
        assertThat(plugin.differences(TABLE, state, inputs)).isEmpty();
        PropertyValue read = plugin.read(TABLE, id, state, inputs).get("properties");
        assertThat(plugin.differences(TABLE, read, inputs)).isEmpty();
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
