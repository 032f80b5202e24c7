package com.aitutor.localaws;

import com.google.protobuf.Empty;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.ResourceProviderGrpc;

/**
 * One round of the calls the engine makes, so that the JVM loads the classes they need and can archive them. Nothing is
 * created: the database named here does not exist.
 */
final class Training {

    private static final String URN = "urn:pulumi:training::training::aws:dynamodb/table:Table::training";

    private Training() {}

    static void run() throws IOException, InterruptedException {
        LocalAwsProvider provider = new LocalAwsProvider(name -> null, () -> {});
        Server server = Main.start(provider);
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        try {
            call(ResourceProviderGrpc.newBlockingStub(channel));
        } finally {
            channel.shutdownNow();
            Main.stop(server);
        }
    }

    private static void call(ResourceProviderGrpc.ResourceProviderBlockingStub engine) {
        Struct config = Struct.newBuilder()
                .putFields("region", text("us-east-1"))
                .putFields("endpoints", text("[{\"dynamodb\":\"http://127.0.0.1:1\"}]"))
                .build();
        Struct table = Struct.newBuilder()
                .putFields("name", text("training"))
                .putFields("billingMode", text("PAY_PER_REQUEST"))
                .putFields("hashKey", text("PK"))
                .putFields("attributes", Value.newBuilder()
                        .setListValue(ListValue.newBuilder().addValues(Value.newBuilder()
                                .setStructValue(Struct.newBuilder()
                                        .putFields("name", text("PK"))
                                        .putFields("type", text("S")))))
                        .build())
                .build();
        engine.handshake(ProviderHandshakeRequest.getDefaultInstance());
        engine.getPluginInfo(Empty.getDefaultInstance());
        engine.checkConfig(CheckRequest.newBuilder().setNews(config).build());
        engine.configure(ConfigureRequest.newBuilder().setArgs(config).build());
        engine.check(CheckRequest.newBuilder().setUrn(URN).setNews(table).build());
        Struct planned = engine.create(CreateRequest.newBuilder()
                        .setUrn(URN)
                        .setProperties(table)
                        .setPreview(true)
                        .build())
                .getProperties();
        engine.diff(DiffRequest.newBuilder()
                .setUrn(URN)
                .setOlds(planned)
                .setOldInputs(table)
                .setNews(table)
                .build());
        try {
            engine.read(ReadRequest.newBuilder().setUrn(URN).setId("training").build());
        } catch (StatusRuntimeException e) {
            // Nothing answers there; the classes of the AWS SDK are loaded all the same.
        }
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
