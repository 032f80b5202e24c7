package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A call that the AWS provider makes for this program, or DynamoDB in the name of whoever deploys.
 *
 * @param action the permission that it needs
 * @param on what the permission has to cover: table, alarms, topic, source table, key, or * where AWS knows no narrower
 * @param neededBy what would fail without it: read, write, delete table, restore, customer managed key
 * @param why when the call is made
 * @param source where that is to be seen: a file and function of terraform-provider-aws, or AWS's documentation
 */
record ProviderCall(String action, String on, String neededBy, String why, String source) {
    static final String READ = "read";
    static final String WRITE = "write";
    static final String DELETE_TABLE = "delete table";
    static final String RESTORE = "restore";
    static final String KEY = "customer managed key";

    private static final String ARN = "arn:${Partition}:";
    private static final Map<String, List<String>> RESOURCES = Map.of(
            "*", List.of("*"),
            "table", List.of(ARN + "dynamodb:${Region}:${Account}:table/${TableName}"),
            "source table", List.of(ARN + "dynamodb:${Region}:${Account}:table/${SourceTableName}"),
            "alarms",
                    List.of(
                            ARN + "cloudwatch:${Region}:${Account}:alarm:${TableName}-system-errors",
                            ARN + "cloudwatch:${Region}:${Account}:alarm:${TableName}-user-errors"),
            "topic", List.of(ARN + "sns:${Region}:${Account}:${TopicName}"),
            "key", List.of(ARN + "kms:${Region}:${Account}:key/${KeyId}"));

    /** All calls, from the code of terraform-provider-aws that com.pulumi:aws 6.83 is made of (5.100). */
    static List<ProviderCall> all() {
        try {
            return new Gson()
                    .fromJson(
                            Files.readString(Path.of("src/test/resources/provider-calls.json")),
                            new TypeToken<List<ProviderCall>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ARNs that the permission has to cover, with the placeholders of docs/policies. */
    List<String> resources() {
        return RESOURCES.get(on);
    }
}
