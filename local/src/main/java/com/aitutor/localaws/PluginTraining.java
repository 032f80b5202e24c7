package com.aitutor.localaws;

import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/**
 * One round of the calls the engine makes, so that the JVM loads the classes they need and can archive them. Nothing is
 * created: in place of the database a server gives the same answer to every question.
 */
final class PluginTraining {

    private static final String TABLE_INPUTS =
            """
            {"name": "training", "hashKey": "PK", "rangeKey": "SK", "billingMode": "PAY_PER_REQUEST",
             "attributes": [{"name": "PK", "type": "S"}, {"name": "SK", "type": "S"}],
             "globalSecondaryIndexes": [{
               "name": "index", "hashKey": "SK", "rangeKey": "PK", "projectionType": "ALL"}],
             "onDemandThroughput": {"maxReadRequestUnits": 1000}, "serverSideEncryption": {"enabled": false},
             "pointInTimeRecovery": {"enabled": true}, "tags": {"a": "b"},
             "ttl": {"attributeName": "ttl", "enabled": true}}
            """;

    private static final String ALARM_INPUTS =
            """
            {"name": "training", "comparisonOperator": "GreaterThanOrEqualToThreshold", "evaluationPeriods": 1,
             "threshold": 1, "tags": {"a": "b"}, "metricQueries": [
               {"id": "total", "expression": "m0 + 0", "returnData": true},
               {"id": "m0", "metric": {"metricName": "SystemErrors", "namespace": "AWS/DynamoDB", "period": 300,
                 "stat": "Sum", "dimensions": {"TableName": "training"}}}]}
            """;

    private static final String KEYS =
            """
            "KeySchema": [
              {"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
            "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
            """;

    private static final String TABLE =
            """
            {"TableName": "training", "TableStatus": "ACTIVE", "CreationDateTime": 0, %1$s,
             "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
             "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
             "GlobalSecondaryIndexes": [{
               "IndexName": "index", "IndexStatus": "ACTIVE", "Projection": {"ProjectionType": "ALL"}, %1$s}]}
            """
                    .formatted(KEYS);

    /** Holds what every operation answers; the SDK takes its own part and passes over the others. */
    private static final byte[] ANSWER =
            """
            {"TableNames": ["training"], "Table": %1$s, "TableDescription": %1$s,
             "TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"},
             "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true}}
            """
                    .formatted(TABLE)
                    .getBytes(StandardCharsets.UTF_8);

    private PluginTraining() {}

    static void run() throws IOException {
        HttpServer database = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        database.createContext("/", PluginTraining::answer);
        database.start();
        Server server = LocalAwsPlugin.start(new LocalAwsProvider(name -> null, () -> {}));
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        try {
            call(
                    ResourceProviderGrpc.newBlockingStub(channel),
                    "http://127.0.0.1:" + database.getAddress().getPort());
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
            database.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private static void call(ResourceProviderBlockingStub engine, String database) {
        Struct config = PropertyValue.EMPTY
                .with("region", "us-east-1")
                .with("endpoints", "[{\"dynamodb\": \"" + database + "\"}]")
                .struct();
        engine.handshake(ProviderHandshakeRequest.getDefaultInstance());
        engine.getPluginInfo(Empty.getDefaultInstance());
        engine.checkConfig(CheckRequest.newBuilder().setNews(config).build());
        engine.diffConfig(DiffRequest.newBuilder().setOlds(config).setNews(config).build());
        engine.configure(ConfigureRequest.newBuilder().setArgs(config).build());
        engine.invoke(InvokeRequest.newBuilder().setTok("aws:dynamodb/getTables:getTables").build());
        engine.invoke(InvokeRequest.newBuilder()
                .setTok("aws:dynamodb/getTable:getTable")
                .setArgs(struct("{\"name\": \"training\"}"))
                .build());
        manage(engine, "aws:dynamodb/table:Table", struct(TABLE_INPUTS));
        manage(engine, "aws:cloudwatch/metricAlarm:MetricAlarm", struct(ALARM_INPUTS));
    }

    /** Creates a resource, finds a difference and reads it. */
    private static void manage(ResourceProviderBlockingStub engine, String type, Struct inputs) {
        String urn = "urn:pulumi:training::training::" + type + "::training";
        engine.check(CheckRequest.newBuilder().setUrn(urn).setNews(inputs).build());
        CreateRequest create = CreateRequest.newBuilder().setUrn(urn).setProperties(inputs).build();
        engine.create(create.toBuilder().setPreview(true).build());
        Struct state = engine.create(create).getProperties();
        engine.diff(DiffRequest.newBuilder()
                .setUrn(urn)
                .setOlds(state)
                .setNews(inputs.toBuilder().removeFields("tags"))
                .build());
        engine.read(ReadRequest.newBuilder()
                .setUrn(urn)
                .setId("training")
                .setProperties(state)
                .setInputs(inputs)
                .build());
    }

    private static Struct struct(String json) {
        return PropertyValue.of(json).parsed().struct();
    }
}
