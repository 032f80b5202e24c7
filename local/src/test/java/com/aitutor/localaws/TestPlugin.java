package com.aitutor.localaws;

import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** The plugin behind its real server, called as the engine calls it. */
final class TestPlugin implements AutoCloseable {
    static final String TABLE = "aws:dynamodb/table:Table";
    static final String ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    static final String DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
    static final String TOPIC = "aws:sns/topic:Topic";
    static final String SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

    private static final long LONGEST_CALL_SECONDS = 60;

    private final Server server;
    private final ManagedChannel channel;

    private TestPlugin(Server server, ManagedChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    /** Starts a plugin that still has to be configured, with the database at an address or without one. */
    static TestPlugin start(String address) {
        try {
            Server server = LocalAwsPlugin.start(new LocalAwsProvider(address, () -> {}));
            return new TestPlugin(
                    server,
                    NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                            .usePlaintext()
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a plugin for a region, with the database at an address. */
    static TestPlugin start(String region, String address) {
        TestPlugin plugin = start(address);
        plugin.engine()
                .configure(ConfigureRequest.newBuilder()
                        .setArgs(PropertyValue.EMPTY.with("region", region).struct())
                        .build());
        return plugin;
    }

    static TestPlugin withoutDatabase() {
        return start("us-east-1", "");
    }

    static String urn(String type, String name) {
        return "urn:pulumi:test::test::" + type + "::" + name;
    }

    ResourceProviderBlockingStub engine() {
        return ResourceProviderGrpc.newBlockingStub(channel).withDeadlineAfter(LONGEST_CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends a request in the form in which requests were recorded, and returns the answer in the same form. */
    PropertyValue replay(String method, PropertyValue request) {
        ResourceProviderBlockingStub engine = engine();
        Message answer = switch (method) {
            case "Check" -> engine.check(ProtobufJson.message(CheckRequest.getDefaultInstance(), request));
            case "Diff" -> engine.diff(ProtobufJson.message(DiffRequest.getDefaultInstance(), request));
            case "Create" -> engine.create(ProtobufJson.message(CreateRequest.getDefaultInstance(), request));
            case "Read" -> engine.read(ProtobufJson.message(ReadRequest.getDefaultInstance(), request));
            case "Update" -> engine.update(ProtobufJson.message(UpdateRequest.getDefaultInstance(), request));
            case "Delete" -> engine.delete(ProtobufJson.message(DeleteRequest.getDefaultInstance(), request));
            case "Invoke" -> engine.invoke(ProtobufJson.message(InvokeRequest.getDefaultInstance(), request));
            default -> throw new IllegalArgumentException(method);
        };
        return ProtobufJson.value(answer);
    }

    /** Returns what is wrong with the inputs of a resource called {@code resource}. */
    List<String> check(String type, PropertyValue inputs) {
        return engine()
                .check(CheckRequest.newBuilder()
                        .setUrn(urn(type, "resource"))
                        .setNews(inputs.struct())
                        .build())
                .getFailuresList()
                .stream()
                .map(CheckFailure::getReason)
                .toList();
    }

    DiffResponse diff(String type, PropertyValue state, PropertyValue news) {
        return engine().diff(DiffRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setOlds(state.struct())
                .setNews(news.struct())
                .build());
    }

    /** Returns the names of the properties that differ. */
    List<String> differences(String type, PropertyValue state, PropertyValue news) {
        return diff(type, state, news).getDiffsList();
    }

    PropertyValue create(String type, PropertyValue inputs) {
        return create(type, inputs, false);
    }

    PropertyValue previewCreate(String type, PropertyValue inputs) {
        return create(type, inputs, true);
    }

    private PropertyValue create(String type, PropertyValue inputs, boolean preview) {
        return PropertyValue.of(engine().create(CreateRequest.newBuilder()
                        .setUrn(urn(type, "resource"))
                        .setProperties(inputs.struct())
                        .setPreview(preview)
                        .build())
                .getProperties());
    }

    ReadResponse read(String type, String id, PropertyValue state, PropertyValue inputs) {
        return engine().read(ReadRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setId(id)
                .setProperties(state.struct())
                .setInputs(inputs.struct())
                .build());
    }

    PropertyValue update(String type, String id, PropertyValue state, PropertyValue news) {
        return update(type, id, state, news, false);
    }

    PropertyValue previewUpdate(String type, String id, PropertyValue state, PropertyValue news) {
        return update(type, id, state, news, true);
    }

    private PropertyValue update(String type, String id, PropertyValue state, PropertyValue news, boolean preview) {
        return PropertyValue.of(engine().update(UpdateRequest.newBuilder()
                        .setUrn(urn(type, "resource"))
                        .setId(id)
                        .setOlds(state.struct())
                        .setNews(news.struct())
                        .setPreview(preview)
                        .build())
                .getProperties());
    }

    void delete(String type, String id, PropertyValue state) {
        engine().delete(DeleteRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setId(id)
                .setProperties(state.struct())
                .build());
    }

    PropertyValue invoke(String function, PropertyValue arguments) {
        return PropertyValue.of(engine().invoke(InvokeRequest.newBuilder()
                        .setTok(function)
                        .setArgs(arguments.struct())
                        .build())
                .getReturn());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
