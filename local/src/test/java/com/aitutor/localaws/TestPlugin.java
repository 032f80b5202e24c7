package com.aitutor.localaws;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** The plugin, served on a loopback port and called as the engine calls it. */
final class TestPlugin implements AutoCloseable {

    static final String TABLE = "aws:dynamodb/table:Table";
    static final String ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    static final String TOPIC = "aws:sns/topic:Topic";
    static final String SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

    private static final long LONGEST_CALL_SECONDS = 120;

    private final Server server;
    private final ManagedChannel channel;

    private TestPlugin(Server server, ManagedChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    /** Starts a plugin that still has to be configured, with these environment variables and no others. */
    static TestPlugin start(Map<String, String> environment) throws IOException {
        Server server = Main.start(new LocalAwsProvider(environment::get, () -> {}));
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        return new TestPlugin(server, channel);
    }

    /** Starts a plugin for a region, with the database at an address; none for an empty address. */
    static TestPlugin start(String region, String address) throws IOException {
        TestPlugin plugin = start(Map.of());
        Struct.Builder config = Struct.newBuilder()
                .putFields("region", Value.newBuilder().setStringValue(region).build());
        if (!address.isEmpty()) {
            config.putFields("endpoints", Value.newBuilder()
                    .setStringValue("[{\"dynamodb\":\"" + address + "\"}]")
                    .build());
        }
        plugin.configure(config.build());
        return plugin;
    }

    /** Starts a plugin for tests of what it answers without a database. */
    static TestPlugin withoutDatabase() {
        try {
            return start("us-east-1", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String urn(String type, String name) {
        return "urn:pulumi:test::test::" + type + "::" + name;
    }

    ResourceProviderBlockingStub engine() {
        return ResourceProviderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LONGEST_CALL_SECONDS, TimeUnit.SECONDS);
    }

    void configure(Struct config) {
        engine().configure(ConfigureRequest.newBuilder().setArgs(config).build());
    }

    CheckResponse check(String type, Struct inputs) {
        return engine().check(CheckRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setNews(inputs)
                .build());
    }

    DiffResponse diff(String type, Struct state, Struct oldInputs, Struct newInputs) {
        return engine().diff(DiffRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setOlds(state)
                .setOldInputs(oldInputs)
                .setNews(newInputs)
                .build());
    }

    CreateResponse create(String type, Struct inputs) {
        return engine().create(CreateRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setProperties(inputs)
                .build());
    }

    Struct previewCreate(String type, Struct inputs) {
        return engine().create(CreateRequest.newBuilder()
                        .setUrn(urn(type, "resource"))
                        .setProperties(inputs)
                        .setPreview(true)
                        .build())
                .getProperties();
    }

    ReadResponse read(String type, String id, Struct state, Struct inputs) {
        return engine().read(ReadRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setId(id)
                .setProperties(state)
                .setInputs(inputs)
                .build());
    }

    Struct update(String type, String id, Struct state, Struct oldInputs, Struct newInputs, boolean preview) {
        return engine().update(UpdateRequest.newBuilder()
                        .setUrn(urn(type, "resource"))
                        .setId(id)
                        .setOlds(state)
                        .setOldInputs(oldInputs)
                        .setNews(newInputs)
                        .setPreview(preview)
                        .build())
                .getProperties();
    }

    void delete(String type, String id, Struct state) {
        engine().delete(DeleteRequest.newBuilder()
                .setUrn(urn(type, "resource"))
                .setId(id)
                .setProperties(state)
                .build());
    }

    Struct invoke(String function, Struct arguments) {
        return engine().invoke(InvokeRequest.newBuilder()
                        .setTok(function)
                        .setArgs(arguments)
                        .build())
                .getReturn();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
