package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The program on the real engine, from nothing to nothing; the table as DynamoDB describes it, not as the state does. */
class StackLifecycleIT {
    private final DynamoDbClient dynamoDb = LocalStack.dynamoDb("us-east-1");

    @Test
    void devFromNothingToNothing() {
        try (LocalStack dev = LocalStack.of("dev")) {
            // the stack, the component, the table and two alarms
            assertThat(dev.preview()).containsOnly(entry("create", 5));
            assertThat(dev.up()).containsOnly(entry("create", 5));
            assertThat(dynamoDb.listTables().tableNames()).containsExactly("chat_sessions_dev");
            assertLaidOut(dynamoDb, "chat_sessions_dev", false);

            dev.previewWithoutChanges();
            dev.up();
            assertThat(dev.refresh()).containsOnly(entry("same", 5));
            dev.previewWithoutChanges();

            assertThat(dev.destroy()).containsOnly(entry("delete", 5));
            assertThat(dynamoDb.listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void prodExportsEverythingTheAppNeeds() {
        try (LocalStack prod = LocalStack.of("prod")) {
            prod.set("chat-sessions:alarmEmail", "team@example.com");
            // a topic and its subscription more
            assertThat(prod.up()).containsOnly(entry("create", 7));
            assertLaidOut(dynamoDb, "chat_sessions", true);

            Map<String, Object> outputs = prod.outputs();
            assertThat((String) outputs.get("appEnvironment"))
                    .startsWith("USE_DYNAMODB=true\nDYNAMODB_TABLE_NAME=chat_sessions\nDYNAMODB_REGION=us-east-1\n")
                    .contains("\nAWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:");
            assertThat((String) outputs.get("appAccessPolicy"))
                    .contains("\"arn:aws:dynamodb:us-east-1:000000000000:table/chat_sessions\"");
            assertThat(outputs)
                    .containsOnlyKeys(
                            "tableName",
                            "tableArn",
                            "region",
                            "userSessionsIndexName",
                            "ttlAttributeName",
                            "sessionRetentionDays",
                            "systemErrorsAlarmArn",
                            "userErrorsAlarmArn",
                            "alarmTopicArn",
                            "appEnvironment",
                            "appAccessPolicy")
                    .contains(
                            entry("tableName", "chat_sessions"),
                            entry("tableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/chat_sessions"),
                            entry("region", "us-east-1"),
                            entry("userSessionsIndexName", "UserSessionsIndex"),
                            entry("ttlAttributeName", "ttl"),
                            entry("sessionRetentionDays", "30"),
                            entry(
                                    "systemErrorsAlarmArn",
                                    "arn:aws:cloudwatch:us-east-1:000000000000:alarm:chat_sessions-system-errors"),
                            entry(
                                    "userErrorsAlarmArn",
                                    "arn:aws:cloudwatch:us-east-1:000000000000:alarm:chat_sessions-user-errors"),
                            entry("alarmTopicArn", "arn:aws:sns:us-east-1:000000000000:chat_sessions-alarms"));
            assertThat(prod.resources())
                    .filteredOn(resource -> resource.get("type").equals("ai-tutor:index:ChatSessionStore"))
                    .singleElement()
                    .extracting(resource -> ((Map<?, ?>) resource.get("outputs")).keySet())
                    .isEqualTo(outputs.keySet());
        }
    }
}
