package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.TableLayout.assertLaidOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The program on the real engine, from nothing to nothing; the table as DynamoDB describes it, not as the state does. */
@Tag(TestCloud.CONFORMANCE)
class StackLifecycleIT {
    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();

    @Test
    void devFromNothingToNothing() {
        try (TestStack dev = TestStack.of("dev")) {
            // the stack, the component, the table and two alarms
            assertThat(dev.preview()).containsOnly(entry("create", 5));
            assertThat(dev.up()).containsOnly(entry("create", 5));
            assertThat(dynamoDb.listTables().tableNames()).containsExactly("chat_sessions_dev");
            assertLaidOut("chat_sessions_dev", false);

            assertThat(dev.up()).containsOnly(entry("same", 5));
            assertThat(dev.refresh()).containsOnly(entry("same", 5));
            dev.previewWithoutChanges();

            assertThat(dev.destroy()).containsOnly(entry("delete", 5));
            assertThat(dynamoDb.listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void prodExportsEverythingTheAppNeeds() {
        try (TestStack prod = TestStack.of("prod")) {
            prod.set("chat-sessions:alarmEmail", "team@example.com")
                    .set("chat-sessions:throttledRequestThreshold", "10")
                    .set("chat-sessions:dashboard", "true");
            // a topic, its subscription, an alarm and a dashboard more
            assertThat(prod.up()).containsOnly(entry("create", 9));
            assertLaidOut("chat_sessions", true);

            Map<String, Object> outputs = prod.outputs();
            String arn = "arn:aws:dynamodb:us-east-1:%s:table/chat_sessions".formatted(TestCloud.account());
            // the values of the others are those that the program is shown to export without an engine
            assertThat(outputs)
                    .contains(entry("tableArn", arn), entry("region", "us-east-1"))
                    .contains(entry("sessionRetentionDays", 30.0), entry("deletionProtection", true))
                    .containsOnlyKeys("""
                            tableName tableArn region userSessionsIndexName ttlAttributeName sessionRetentionDays
                            deletionProtection systemErrorsAlarmArn userErrorsAlarmArn throttledRequestsAlarmArn
                            alarmTopicArn dashboardUrl appEnvironment appAccessPolicy""".split("\\s+"));
            assertThat((String) outputs.get("appEnvironment"))
                    .startsWith("USE_DYNAMODB=true\nDYNAMODB_TABLE_NAME=chat_sessions\nDYNAMODB_REGION=us-east-1\n");
            assertThat((String) outputs.get("appAccessPolicy")).contains("\"" + arn + "\"");
            prod.previewWithoutChanges();
        }
    }
}
