package com.aitutor.chatsessions;

import com.pulumi.aws.dynamodb.outputs.GetTableAttribute;
import com.pulumi.aws.dynamodb.outputs.GetTableGlobalSecondaryIndex;
import com.pulumi.aws.dynamodb.outputs.GetTablePointInTimeRecovery;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.aws.dynamodb.outputs.GetTableServerSideEncryption;
import com.pulumi.aws.dynamodb.outputs.GetTableTtl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An AWS account with the tables that a test puts there, and a stack with the deployment that a test says it had. */
final class FakeTables implements Tables {
    private final Map<String, GetTableResult> tables = new HashMap<>();
    private Deployed lastDeployed;

    @Override
    public CompletableFuture<Optional<GetTableResult>> find(String tableName) {
        return CompletableFuture.completedFuture(Optional.ofNullable(tables.get(tableName)));
    }

    @Override
    public Optional<Deployed> lastDeployed() {
        return Optional.ofNullable(lastDeployed);
    }

    FakeTables with(GetTableResult table) {
        tables.put(table.name(), table);
        return this;
    }

    FakeTables deployed(String tableName, String region) {
        lastDeployed = new Deployed(tableName, region);
        return this;
    }

    /** A table laid out as the program lays it out, for a test to change. */
    static GetTableResult.Builder table(String name) {
        return GetTableResult.builder()
                .arn("arn:aws:dynamodb:us-east-1:123456789012:table/" + name)
                .attributes(List.of(string("PK"), string("SK"), string("GSI1PK"), string("GSI1SK")))
                .billingMode("PAY_PER_REQUEST")
                .deletionProtectionEnabled(false)
                .globalSecondaryIndexes(index("UserSessionsIndex", "GSI1PK", "GSI1SK"))
                .hashKey("PK")
                .id(name)
                .localSecondaryIndexes(List.of())
                .name(name)
                .onDemandThroughputs(List.of())
                .pointInTimeRecovery(GetTablePointInTimeRecovery.builder().enabled(true).build())
                .rangeKey("SK")
                .readCapacity(0)
                .replicas(List.of())
                .serverSideEncryption(GetTableServerSideEncryption.builder().enabled(false).kmsKeyArn("").build())
                .streamArn("")
                .streamEnabled(false)
                .streamLabel("")
                .streamViewType("")
                .tableClass("STANDARD")
                .tags(Map.of())
                .ttl(GetTableTtl.builder().attributeName("ttl").enabled(true).build())
                .writeCapacity(0);
    }

    static GetTableAttribute attribute(String name, String type) {
        return GetTableAttribute.builder().name(name).type(type).build();
    }

    static GetTableGlobalSecondaryIndex index(String name, String hashKey, String rangeKey) {
        return GetTableGlobalSecondaryIndex.builder()
                .name(name)
                .hashKey(hashKey)
                .rangeKey(rangeKey)
                .nonKeyAttributes(List.of())
                .onDemandThroughputs(List.of())
                .projectionType("ALL")
                .readCapacity(0)
                .writeCapacity(0)
                .build();
    }

    private static GetTableAttribute string(String name) {
        return attribute(name, "S");
    }
}
