package com.aitutor.localaws;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pulumirpc.ResourceProviderGrpc;

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
        plugin.call("Configure", PropertyValue.of(Map.of("args", Map.of("region", region))));
        return plugin;
    }

    static TestPlugin withoutDatabase() {
        return start("us-east-1", "");
    }

    static String urn(String type, String name) {
        return "urn:pulumi:test::test::" + type + "::" + name;
    }

    /** Calls a method with a request in the form in which requests were recorded, and answers in the same form. */
    @SuppressWarnings("unchecked")
    PropertyValue call(String method, PropertyValue request) {
        MethodDescriptor<Message, Message> descriptor = (MethodDescriptor<Message, Message>) server.getServices()
                .get(0)
                .getMethod(ResourceProviderGrpc.SERVICE_NAME + "/" + method)
                .getMethodDescriptor();
        Message empty = ((PrototypeMarshaller<Message>) descriptor.getRequestMarshaller()).getMessagePrototype();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(LONGEST_CALL_SECONDS, TimeUnit.SECONDS);
        return ProtobufJson.value(
                ClientCalls.blockingUnaryCall(channel, descriptor, options, ProtobufJson.message(empty, request)));
    }

    private PropertyValue call(String method, String type, Map<String, ?> request) {
        return call(method, PropertyValue.of(request).with("urn", urn(type, "resource")));
    }

    /** Returns what is wrong with the inputs of a resource called {@code resource}. */
    List<String> check(String type, PropertyValue inputs) {
        return call("Check", type, Map.of("news", inputs)).get("failures").elements().stream()
                .map(failure -> failure.get("reason").text())
                .toList();
    }

    PropertyValue diff(String type, PropertyValue state, PropertyValue news) {
        return call("Diff", type, Map.of("olds", state, "news", news));
    }

    /** Returns the names of the properties that differ. */
    List<String> differences(String type, PropertyValue state, PropertyValue news) {
        return diff(type, state, news).get("diffs").elements().stream()
                .map(PropertyValue::text)
                .toList();
    }

    PropertyValue create(String type, PropertyValue inputs) {
        return call("Create", type, Map.of("properties", inputs)).get("properties");
    }

    PropertyValue previewCreate(String type, PropertyValue inputs) {
        return call("Create", type, Map.of("properties", inputs, "preview", true))
                .get("properties");
    }

    /** Returns id, properties and inputs, nothing when the resource is gone. */
    PropertyValue read(String type, String id, PropertyValue state, PropertyValue inputs) {
        return call("Read", type, Map.of("id", id, "properties", state, "inputs", inputs));
    }

    PropertyValue update(String type, String id, PropertyValue state, PropertyValue news) {
        return call("Update", type, Map.of("id", id, "olds", state, "news", news))
                .get("properties");
    }

    PropertyValue previewUpdate(String type, String id, PropertyValue state, PropertyValue news) {
        return call("Update", type, Map.of("id", id, "olds", state, "news", news, "preview", true))
                .get("properties");
    }

    void delete(String type, String id, PropertyValue state) {
        call("Delete", type, Map.of("id", id, "properties", state));
    }

    PropertyValue invoke(String function, PropertyValue arguments) {
        return call("Invoke", PropertyValue.of(Map.of("tok", function, "args", arguments)))
                .get("return");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
