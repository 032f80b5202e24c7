package com.aitutor.localaws;

import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The functions a program can call. What is absent is left out of the answer, as the official provider does. */
final class ProviderFunctions {
    private static final Map<String, Set<String>> ARGUMENTS = Map.of(
            "aws:dynamodb/getTable:getTable", Set.of("name"),
            "aws:dynamodb/getTables:getTables", Set.of(),
            "aws:index/getCallerIdentity:getCallerIdentity", Set.of());

    private ProviderFunctions() {}

    static PropertyValue invoke(String token, PropertyValue arguments, Account account) {
        Set<String> unknown = new TreeSet<>(arguments.fields().keySet());
        unknown.removeAll(ARGUMENTS.getOrDefault(token, Set.of()));
        if (!ARGUMENTS.containsKey(token) || !unknown.isEmpty()) {
            String refused = unknown.isEmpty() ? "" : ", with " + String.join(", ", unknown) + ",";
            throw ProviderException.invalid(token + refused + " is not in the local plugin: add it to "
                    + ProviderFunctions.class.getSimpleName());
        }
        return switch (token) {
            case "aws:dynamodb/getTable:getTable" -> {
                String name = arguments.get("name").text();
                yield ProviderException.ifFound(() -> table(name, account))
                        .orElseThrow(() -> new ProviderException(
                                Status.Code.NOT_FOUND,
                                "reading Dynamodb Table (" + name + "): couldn't find resource"));
            }
            case "aws:dynamodb/getTables:getTables" -> {
                List<String> names = account.tables().names();
                yield PropertyValue.EMPTY.with("names", names.isEmpty() ? PropertyValue.ABSENT : names);
            }
            default -> callerIdentity(account);
        };
    }

    /** Answers as AWS does for an account's root user. */
    private static PropertyValue callerIdentity(Account account) {
        return PropertyValue.EMPTY
                .with("accountId", Account.NUMBER)
                .with("arn", "arn:" + account.partition() + ":iam::" + Account.NUMBER + ":root")
                .with("id", Account.NUMBER)
                .with("userId", Account.NUMBER);
    }

    /** DynamoDB Local has no replicas, and tells neither table class nor encryption nor tags. */
    private static PropertyValue table(String name, Account account) {
        TableDescription table = account.tables().describe(name);
        PropertyValue properties =
                TableProperties.of(table, account.tables().timeToLive(name), PropertyValue.EMPTY, account);
        PropertyValue caps = properties.get("onDemandThroughput");
        boolean streams = table.streamSpecification() != null;
        String streamLabel = streams ? table.latestStreamLabel() : "";
        return properties
                .with(
                        "globalSecondaryIndexes",
                        PropertyValue.list(table.globalSecondaryIndexes(), ProviderFunctions::index))
                .with("id", name)
                .with(
                        "localSecondaryIndexes",
                        PropertyValue.list(table.localSecondaryIndexes(), ProviderFunctions::localIndex))
                .with("onDemandThroughput", PropertyValue.ABSENT)
                .with("onDemandThroughputs", caps.isAbsent() ? List.of() : List.of(caps))
                .with("readCapacity", table.provisionedThroughput().readCapacityUnits())
                .with("replicas", List.of())
                .with("streamArn", streams ? account.arn("dynamodb", "table/" + name + "/stream/" + streamLabel) : "")
                .with("streamEnabled", streams)
                .with("streamLabel", streamLabel)
                .with("streamViewType", streams ? table.streamSpecification().streamViewTypeAsString() : "")
                .with("tableClass", "STANDARD")
                .with("tags", Map.of())
                .with("writeCapacity", table.provisionedThroughput().writeCapacityUnits());
    }

    /** DynamoDB Local leaves out the capacity of an index on demand. */
    private static PropertyValue index(GlobalSecondaryIndexDescription index) {
        ProvisionedThroughputDescription capacity = index.provisionedThroughput();
        return TableProperties.index(index)
                .with("nonKeyAttributes", index.projection().nonKeyAttributes())
                .with("onDemandThroughputs", List.of())
                .with("readCapacity", capacity == null ? 0 : capacity.readCapacityUnits())
                .with("writeCapacity", capacity == null ? 0 : capacity.writeCapacityUnits());
    }

    private static PropertyValue localIndex(LocalSecondaryIndexDescription index) {
        return PropertyValue.EMPTY
                .with("name", index.indexName())
                .with("nonKeyAttributes", index.projection().nonKeyAttributes())
                .with("projectionType", index.projection().projectionTypeAsString())
                .with("rangeKey", TableProperties.key(index.keySchema(), KeyType.RANGE));
    }
}
