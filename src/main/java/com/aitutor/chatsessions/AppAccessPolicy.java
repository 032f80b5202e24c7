package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private AppAccessPolicy() {}

    static String json(String tableArn) {
        return GSON.toJson(ordered(
                "Version", "2012-10-17",
                "Statement",
                        List.of(
                                statement("ChatSessionItems", TABLE_ACTIONS, tableArn),
                                statement(
                                        KeySchema.USER_SESSIONS_INDEX,
                                        INDEX_ACTIONS,
                                        tableArn + "/index/" + KeySchema.USER_SESSIONS_INDEX))));
    }

    private static Map<String, Object> statement(String id, List<String> actions, String resource) {
        return ordered("Sid", id, "Effect", "Allow", "Action", actions, "Resource", resource);
    }

    /** A map that keeps its order, so that the text stays the same from run to run. */
    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
