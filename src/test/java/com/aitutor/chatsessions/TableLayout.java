package com.aitutor.chatsessions;

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
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** What a table has to be, as DynamoDB itself describes it. */
final class TableLayout {
    private TableLayout() {}

    static void assertLaidOut(DynamoDbClient dynamoDb, String tableName, boolean deletionProtection) {
        TableDescription table =
                dynamoDb.describeTable(request -> request.tableName(tableName)).table();
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.keySchema()).containsExactly(key("PK", KeyType.HASH), key("SK", KeyType.RANGE));
        assertThat(table.attributeDefinitions())
                .containsExactlyInAnyOrder(string("PK"), string("SK"), string("GSI1PK"), string("GSI1SK"));
        assertThat(table.hasLocalSecondaryIndexes()).isFalse();
        assertThat(table.globalSecondaryIndexes()).hasSize(1);
        GlobalSecondaryIndexDescription index = table.globalSecondaryIndexes().get(0);
        assertThat(index.indexName()).isEqualTo("UserSessionsIndex");
        assertThat(index.keySchema()).containsExactly(key("GSI1PK", KeyType.HASH), key("GSI1SK", KeyType.RANGE));
        assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
        assertThat(table.deletionProtectionEnabled()).isEqualTo(deletionProtection);
        assertThat(dynamoDb.describeTimeToLive(request -> request.tableName(tableName)).timeToLiveDescription())
                .isEqualTo(TimeToLiveDescription.builder()
                        .attributeName("ttl")
                        .timeToLiveStatus(TimeToLiveStatus.ENABLED)
                        .build());
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static AttributeDefinition string(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
