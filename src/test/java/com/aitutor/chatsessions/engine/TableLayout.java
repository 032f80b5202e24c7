package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** What a table has to be, as DynamoDB itself describes it. */
final class TableLayout {
    private TableLayout() {}

    static void assertLaidOut(String tableName, boolean deletionProtection) {
        DynamoDbClient dynamoDb = TestCloud.dynamoDb();
        TableDescription table =
                dynamoDb.describeTable(request -> request.tableName(tableName)).table();
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.keySchema()).containsExactly(hashKey("PK"), sortKey("SK"));
        assertThat(table.attributeDefinitions())
                .containsExactlyInAnyOrder(string("PK"), string("SK"), string("GSI1PK"), string("GSI1SK"));
        assertThat(table.localSecondaryIndexes()).isEmpty();
        assertThat(table.globalSecondaryIndexes()).hasSize(1);
        GlobalSecondaryIndexDescription index = table.globalSecondaryIndexes().get(0);
        assertThat(index.indexName()).isEqualTo("UserSessionsIndex");
        assertThat(index.keySchema()).containsExactly(hashKey("GSI1PK"), sortKey("GSI1SK"));
        assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
        assertThat(table.deletionProtectionEnabled()).isEqualTo(deletionProtection);
        assertThat(dynamoDb.describeTimeToLive(request -> request.tableName(tableName))
                        .timeToLiveDescription())
                .isEqualTo(TimeToLiveDescription.builder()
                        .attributeName("ttl")
                        .timeToLiveStatus(TimeToLiveStatus.ENABLED)
                        .build());
    }

    static KeySchemaElement hashKey(String attribute) {
        return key(attribute, KeyType.HASH);
    }

    static KeySchemaElement sortKey(String attribute) {
        return key(attribute, KeyType.RANGE);
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static AttributeDefinition string(String attribute) {
        return attribute(attribute, ScalarAttributeType.S);
    }

    static AttributeDefinition attribute(String attribute, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(type)
                .build();
    }
}
