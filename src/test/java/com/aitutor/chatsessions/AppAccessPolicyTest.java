package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppAccessPolicyTest {
    private static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/chat_sessions";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TABLE_ARN,
                "arn:aws-cn:dynamodb:cn-north-1:123456789012:table/chat_sessions",
                "arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/chat_sessions"
            })
    void allowsWhatTheAppDoesOnItsTableAndIndex(String tableArn) {
        assertThat(policy(tableArn, Optional.empty())).isEqualTo(JsonParser.parseString("""
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "ChatSessionItems",
                      "Effect": "Allow",
                      "Action": [
                        "dynamodb:BatchWriteItem",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query",
                        "dynamodb:UpdateItem"
                      ],
                      "Resource": "%1$s"
                    },
                    {
                      "Sid": "UserSessionsIndex",
                      "Effect": "Allow",
                      "Action": ["dynamodb:Query"],
                      "Resource": "%1$s/index/UserSessionsIndex"
                    }
                  ]
                }""".formatted(tableArn)));
    }

    @ParameterizedTest
    @CsvSource({"aws, us-east-1", "aws-cn, cn-north-1"})
    void allowsToDecryptWithTheTablesKeyThroughDynamoDbOnly(String partition, String region) {
        String keyArn = "arn:%s:kms:%s:123456789012:key/1234abcd".formatted(partition, region);
        JsonElement statements =
                policy(TABLE_ARN, Optional.of(keyArn)).getAsJsonObject().get("Statement");
        assertThat(statements.getAsJsonArray()).hasSize(3);
        assertThat(statements.getAsJsonArray().get(2)).isEqualTo(JsonParser.parseString("""
                {
                  "Sid": "ChatSessionKey",
                  "Effect": "Allow",
                  "Action": ["kms:Decrypt"],
                  "Resource": "%s",
                  "Condition": {"StringLike": {"kms:ViaService": "dynamodb.%s.*"}}
                }""".formatted(keyArn, region)));
    }

    @Test
    void staysTheSameTextFromRunToRun() {
        assertThat(AppAccessPolicy.json(TABLE_ARN, Optional.empty()))
                .startsWith("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"ChatSessionItems\",\"Effect\":");
    }

    private static JsonElement policy(String tableArn, Optional<String> kmsKeyArn) {
        return JsonParser.parseString(AppAccessPolicy.json(tableArn, kmsKeyArn));
    }
}
