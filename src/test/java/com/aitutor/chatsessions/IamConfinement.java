package com.aitutor.chatsessions;

import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Keeps a client to what an IAM policy allows, as AWS would: DynamoDB Local checks no permissions.
 *
 * @param policy of the client
 * @param tableArnPrefix what comes before a table's name in its ARN
 * @param used every permission that was needed, for a test to look at
 */
record IamConfinement(IamPolicy policy, String tableArnPrefix, Set<Permission> used) implements ExecutionInterceptor {
    record Permission(String action, String resource) {}

    /** AWS would have answered AccessDeniedException. */
    static final class AccessDenied extends RuntimeException {
        private static final long serialVersionUID = 1;

        private AccessDenied(Permission permission) {
            super("not authorized to perform %s on %s".formatted(permission.action, permission.resource));
        }
    }

    IamConfinement(IamPolicy policy, String tableArnPrefix) {
        this(policy, tableArnPrefix, ConcurrentHashMap.newKeySet());
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        permissions(context.request()).forEach(permission -> {
            if (!policy.allows(permission.action, permission.resource, Map.of())) {
                throw new AccessDenied(permission);
            }
            used.add(permission);
        });
    }

    /** What a request needs; the actions of a transaction need the permissions of the single operations. */
    private Set<Permission> permissions(SdkRequest request) {
        if (request instanceof GetItemRequest get) {
            return Set.of(onTable("GetItem", get.tableName()));
        } else if (request instanceof PutItemRequest put) {
            return Set.of(onTable("PutItem", put.tableName()));
        } else if (request instanceof UpdateItemRequest update) {
            return Set.of(onTable("UpdateItem", update.tableName()));
        } else if (request instanceof QueryRequest query) {
            String index = query.indexName() == null ? "" : "/index/" + query.indexName();
            return Set.of(onTable("Query", query.tableName() + index));
        } else if (request instanceof BatchWriteItemRequest batch) {
            return batch.requestItems().keySet().stream()
                    .map(tableName -> onTable("BatchWriteItem", tableName))
                    .collect(toSet());
        } else if (request instanceof TransactWriteItemsRequest transaction) {
            return transaction.transactItems().stream().flatMap(this::permissions).collect(toSet());
        }
        // any other operation: by its name, on whatever it is
        return Set.of(new Permission("dynamodb:" + request.getClass().getSimpleName().replace("Request", ""), "*"));
    }

    private Stream<Permission> permissions(TransactWriteItem item) {
        if (item.put() != null) {
            return Stream.of(onTable("PutItem", item.put().tableName()));
        } else if (item.update() != null) {
            return Stream.of(onTable("UpdateItem", item.update().tableName()));
        } else if (item.delete() != null) {
            return Stream.of(onTable("DeleteItem", item.delete().tableName()));
        }
        return Stream.of(onTable("ConditionCheckItem", item.conditionCheck().tableName()));
    }

    private Permission onTable(String operation, String tableNameAndIndex) {
        return new Permission("dynamodb:" + operation, tableArnPrefix + tableNameAndIndex);
    }
}
