package com.aitutor.chatsessions;

import com.google.gson.Gson;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The IAM policy that lets the app do what docs/schema.md describes, to its own table and index, and nothing else. */
final class AppAccessPolicy {
    private static final List<String> ACTIONS = List.of("BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem");

    /**
     * What the policy permits: its actions, and the transactions of such items, which need no action of their own
     * (Amazon DynamoDB developer guide, "Amazon DynamoDB Transactions: using IAM").
     */
    static final List<String> OPERATIONS = Stream.concat(
                    ACTIONS.stream(), Stream.of("TransactGetItems", "TransactWriteItems"))
            .toList();

    private AppAccessPolicy() {}

    /** The policy's text, the same from run to run. The key that AWS owns needs no permission: it is empty then. */
    static String json(String tableArn, Optional<String> kmsKeyArn) {
        String actions =
                new Gson().toJson(ACTIONS.stream().map("dynamodb:"::concat).toList());
        String key = kmsKeyArn.map(AppAccessPolicy::keyStatement).orElse("");
        String policy = """
                {"Version":"2012-10-17","Statement":[\
                {"Sid":"ChatSessionItems","Effect":"Allow","Action":%1$s,"Resource":"%2$s"},\
                {"Sid":"%3$s","Effect":"Allow","Action":["dynamodb:Query"],"Resource":"%2$s/index/%3$s"}%4$s]}""";
        return policy.formatted(actions, tableArn, KeySchema.USER_SESSIONS_INDEX, key);
    }

    /**
     * DynamoDB decrypts the table's key in the name of whoever reads or writes an item, and does everything else under
     * the grants of whoever made the table (Amazon DynamoDB developer guide, "Encryption at rest usage notes"). Only
     * through DynamoDB in the key's region; the wildcard stands for the DNS suffix, which is the partition's.
     */
    private static String keyStatement(String keyArn) {
        String statement = """
                ,{"Sid":"ChatSessionKey","Effect":"Allow","Action":["kms:Decrypt"],"Resource":"%s",\
                "Condition":{"StringLike":{"kms:ViaService":"dynamodb.%s.*"}}}""";
        return statement.formatted(keyArn, Arn.parse(keyArn).region());
    }
}
