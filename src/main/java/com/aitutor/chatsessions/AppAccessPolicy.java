package com.aitutor.chatsessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The IAM policy that lets the app do what docs/schema.md describes, to its own table and index, and nothing else. */
final class AppAccessPolicy {
    /**
     * On the table. The items of a transaction need the permissions of the single operations (Amazon DynamoDB
     * developer guide, "Amazon DynamoDB Transactions: using IAM").
     */
    static final List<String> TABLE_ACTIONS = List.of(
            "dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem");

    /** On the index, which is only ever read by query. */
    static final List<String> INDEX_ACTIONS = List.of("dynamodb:Query");

    /**
     * On a customer managed key: DynamoDB decrypts the table's key in the name of whoever reads or writes an item, and
     * does everything else under the grants of whoever made the table (Amazon DynamoDB developer guide, "Encryption at
     * rest usage notes: monitoring DynamoDB interaction with AWS KMS").
     */
    static final List<String> KEY_ACTIONS = List.of("kms:Decrypt");

    private AppAccessPolicy() {}

    /**
     * The policy's text.
     *
     * @param tableArn of the table, in any partition
     * @param kmsKeyArn of the key that encrypts the table; empty for the one that AWS owns, which needs no permission
     */
    static String json(String tableArn, Optional<String> kmsKeyArn) {
        List<Map<String, Object>> statements = new ArrayList<>();
        statements.add(statement("ChatSessionItems", TABLE_ACTIONS, tableArn));
        statements.add(statement(
                KeySchema.USER_SESSIONS_INDEX, INDEX_ACTIONS, tableArn + "/index/" + KeySchema.USER_SESSIONS_INDEX));
        kmsKeyArn.ifPresent(key -> statements.add(keyStatement(key)));
        return Json.text(Json.object("Version", "2012-10-17", "Statement", statements));
    }

    private static Map<String, Object> keyStatement(String keyArn) {
        Map<String, Object> statement = statement("ChatSessionKey", KEY_ACTIONS, keyArn);
        // only through DynamoDB in the key's region; the wildcard stands for the DNS suffix, which is the partition's
        String viaDynamoDb = "dynamodb." + Arn.parse(keyArn).region() + ".*";
        statement.put("Condition", Json.object("StringLike", Json.object("kms:ViaService", viaDynamoDb)));
        return statement;
    }

    private static Map<String, Object> statement(String id, List<String> actions, String resource) {
        return Json.object("Sid", id, "Effect", "Allow", "Action", actions, "Resource", resource);
    }
}
