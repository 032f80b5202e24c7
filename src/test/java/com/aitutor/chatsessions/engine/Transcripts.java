package com.aitutor.chatsessions.engine;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items of chat sessions that a test wants to see again, each and unchanged. */
public record Transcripts(DynamoDbClient dynamoDb, String tableName) {
    /** The most that DynamoDB takes in one batch. */
    private static final int COUNT = 25;

    static Transcripts writtenTo(String tableName) {
        DynamoDbClient dynamoDb = TestCloud.dynamoDb();
        List<WriteRequest> writes = items().values().stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item).build())
                        .build())
                .toList();
        assertThat(dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(tableName, writes)))
                        .unprocessedItems())
                .isEmpty();
        return new Transcripts(dynamoDb, tableName);
    }

    void assertIntact() {
        Map<String, Map<String, AttributeValue>> found =
                dynamoDb.scanPaginator(request -> request.tableName(tableName).consistentRead(true)).items().stream()
                        .collect(toMap(item -> item.get("PK").s(), item -> item));
        assertThat(found).isEqualTo(items());
    }

    private static Map<String, Map<String, AttributeValue>> items() {
        return IntStream.range(0, COUNT).boxed().collect(toMap(number -> "SESSION#" + number, Transcripts::item));
    }

    private static Map<String, AttributeValue> item(int number) {
        return Map.of(
                "PK", AttributeValue.fromS("SESSION#" + number),
                "SK", AttributeValue.fromS("METADATA"),
                "GSI1PK", AttributeValue.fromS("USER#" + number % 7),
                "GSI1SK", AttributeValue.fromS("2026-01-31T09:30:00.%06dZ".formatted(number)),
                "ttl", AttributeValue.fromN("4102444800"));
    }
}
