package com.aitutor.localaws;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
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

/**
 * One round of the calls the engine makes, so that the JVM loads the classes they need and can archive them. Nothing is
 * created: in place of the database a server gives the same answer to every question.
 */
final class Training {

    private static final String TABLE = "aws:dynamodb/table:Table";
    private static final String ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

    private static final String TABLE_INPUTS =
            """
            {
              "attributes": [
                {"name": "PK", "type": "S"}, {"name": "SK", "type": "S"},
                {"name": "GSI1PK", "type": "S"}, {"name": "GSI1SK", "type": "S"}],
              "billingMode": "PAY_PER_REQUEST",
              "deletionProtectionEnabled": true,
              "globalSecondaryIndexes": [{
                "name": "index", "hashKey": "GSI1PK", "rangeKey": "GSI1SK", "projectionType": "ALL"}],
              "hashKey": "PK",
              "name": "training",
              "onDemandThroughput": {"maxReadRequestUnits": 1000, "maxWriteRequestUnits": 1000},
              "pointInTimeRecovery": {"enabled": true, "recoveryPeriodInDays": 35},
              "rangeKey": "SK",
              "serverSideEncryption": {"enabled": false},
              "tags": {"Environment": "training"},
              "ttl": {"attributeName": "ttl", "enabled": true}
            }
            """;

    private static final String ALARM_INPUTS =
            """
            {
              "name": "training", "comparisonOperator": "GreaterThanOrEqualToThreshold",
              "evaluationPeriods": 1, "threshold": 1, "treatMissingData": "notBreaching",
              "metricQueries": [
                {"id": "total", "expression": "m0 + 0", "label": "errors", "returnData": true},
                {"id": "m0", "metric": {"metricName": "SystemErrors", "namespace": "AWS/DynamoDB", "period": 60,
                  "stat": "Sum", "dimensions": {"TableName": "training", "Operation": "Query"}}}]
            }
            """;

    private static final String DESCRIPTION =
            """
            {
              "AttributeDefinitions": [
                {"AttributeName": "PK", "AttributeType": "S"}, {"AttributeName": "SK", "AttributeType": "S"},
                {"AttributeName": "GSI1PK", "AttributeType": "S"}, {"AttributeName": "GSI1SK", "AttributeType": "S"}],
              "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST", "LastUpdateToPayPerRequestDateTime": 0},
              "CreationDateTime": 0,
              "DeletionProtectionEnabled": true,
              "GlobalSecondaryIndexes": [{
                "IndexArn": "arn", "IndexName": "index", "IndexSizeBytes": 0, "IndexStatus": "ACTIVE", "ItemCount": 0,
                "KeySchema": [
                  {"AttributeName": "GSI1PK", "KeyType": "HASH"}, {"AttributeName": "GSI1SK", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": {
                  "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0}}],
              "ItemCount": 0,
              "KeySchema": [
                {"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
              "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
              "TableArn": "arn", "TableId": "id", "TableName": "training", "TableSizeBytes": 0, "TableStatus": "ACTIVE"
            }
            """;

    /** Holds what every operation answers; the SDK takes its own part and passes over the others. */
    private static final byte[] ANSWER =
            """
            {
              "TableNames": ["training"],
              "Table": %1$s,
              "TableDescription": %1$s,
              "TimeToLiveDescription": {"AttributeName": "ttl", "TimeToLiveStatus": "ENABLED"},
              "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true}
            }
            """
                    .formatted(DESCRIPTION)
                    .getBytes(StandardCharsets.UTF_8);

    private Training() {}

    static void run() throws IOException, InterruptedException {
        HttpServer database = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        database.createContext("/", Training::answer);
        database.start();
        Server server = Main.start(new LocalAwsProvider(name -> null, () -> {}));
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        try {
            call(
                    ResourceProviderGrpc.newBlockingStub(channel),
                    "http://127.0.0.1:" + database.getAddress().getPort());
        } finally {
            channel.shutdownNow();
            Main.stop(server);
            database.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.getResponseHeaders().add("x-amzn-RequestId", "REQUEST");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private static void call(ResourceProviderGrpc.ResourceProviderBlockingStub engine, String database)
            throws InvalidProtocolBufferException {
        Struct config = struct("{\"region\": \"us-east-1\", \"endpoints\": \"[{\\\"dynamodb\\\": \\\"%s\\\"}]\"}"
                .formatted(database));
        engine.handshake(ProviderHandshakeRequest.getDefaultInstance());
        engine.getPluginInfo(Empty.getDefaultInstance());
        engine.checkConfig(CheckRequest.newBuilder().setNews(config).build());
        engine.diffConfig(
                DiffRequest.newBuilder().setOlds(config).setNews(config).build());
        engine.configure(ConfigureRequest.newBuilder().setArgs(config).build());
        engine.invoke(InvokeRequest.newBuilder()
                .setTok("aws:dynamodb/getTables:getTables")
                .build());
        engine.invoke(InvokeRequest.newBuilder()
                .setTok("aws:dynamodb/getTable:getTable")
                .setArgs(struct("{\"name\": \"training\"}"))
                .build());
        manage(engine, TABLE, struct(TABLE_INPUTS));
        manage(engine, ALARM, struct(ALARM_INPUTS));
    }

    /** Creates a resource, finds it as it was and finds a difference. */
    private static void manage(
            ResourceProviderGrpc.ResourceProviderBlockingStub engine, String type, Struct properties) {
        String urn = "urn:pulumi:training::training::" + type + "::training";
        Struct inputs = engine.check(
                        CheckRequest.newBuilder().setUrn(urn).setNews(properties).build())
                .getInputs();
        CreateRequest create =
                CreateRequest.newBuilder().setUrn(urn).setProperties(inputs).build();
        engine.create(create.toBuilder().setPreview(true).build());
        Struct state = engine.create(create).getProperties();
        for (Struct news : new Struct[] {inputs, inputs.toBuilder().removeFields("tags").build()}) {
            engine.diff(DiffRequest.newBuilder()
                    .setUrn(urn)
                    .setOlds(state)
                    .setOldInputs(inputs)
                    .setNews(news)
                    .build());
        }
        engine.read(ReadRequest.newBuilder()
                .setUrn(urn)
                .setId("training")
                .setProperties(state)
                .setInputs(inputs)
                .build());
    }

    private static Struct struct(String json) throws InvalidProtocolBufferException {
        Struct.Builder struct = Struct.newBuilder();
        JsonFormat.parser().merge(json, struct);
        return struct.build();
    }
}
