package com.aitutor.chatsessions;

import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Adds up what a client's calls consumed, by asking for it with every call. */
final class CapacityMeter implements ExecutionInterceptor {
    private static final ReturnConsumedCapacity DETAILED = ReturnConsumedCapacity.INDEXES;

    private RequestUnits units = RequestUnits.NONE;
    private int calls;

    /** What was consumed since the last reading. */
    synchronized RequestUnits read() {
        RequestUnits reading = units;
        units = RequestUnits.NONE;
        calls = 0;
        return reading;
    }

    /** How many calls were answered since the last reading. */
    synchronized int calls() {
        return calls;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        if (request instanceof GetItemRequest get) {
            return get.toBuilder().returnConsumedCapacity(DETAILED).build();
        } else if (request instanceof PutItemRequest put) {
            return put.toBuilder().returnConsumedCapacity(DETAILED).build();
        } else if (request instanceof UpdateItemRequest update) {
            return update.toBuilder().returnConsumedCapacity(DETAILED).build();
        } else if (request instanceof QueryRequest query) {
            return query.toBuilder().returnConsumedCapacity(DETAILED).build();
        } else if (request instanceof BatchWriteItemRequest batch) {
            return batch.toBuilder().returnConsumedCapacity(DETAILED).build();
        } else if (request instanceof TransactWriteItemsRequest transaction) {
            return transaction.toBuilder().returnConsumedCapacity(DETAILED).build();
        }
        return request;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        SdkResponse response = context.response();
        if (response instanceof GetItemResponse get) {
            addReads(get.consumedCapacity());
        } else if (response instanceof QueryResponse query) {
            addReads(query.consumedCapacity());
        } else if (response instanceof PutItemResponse put) {
            addWrites(List.of(put.consumedCapacity()));
        } else if (response instanceof UpdateItemResponse update) {
            addWrites(List.of(update.consumedCapacity()));
        } else if (response instanceof BatchWriteItemResponse batch) {
            addWrites(batch.consumedCapacity());
        } else if (response instanceof TransactWriteItemsResponse transaction) {
            addWrites(transaction.consumedCapacity());
        }
    }

    private synchronized void addReads(ConsumedCapacity capacity) {
        units = units.plus(RequestUnits.reads(ofTable(capacity), ofIndex(capacity)));
        calls++;
    }

    private synchronized void addWrites(List<ConsumedCapacity> capacities) {
        capacities.forEach(capacity -> units = units.plus(RequestUnits.writes(ofTable(capacity), ofIndex(capacity))));
        calls++;
    }

    private static double ofTable(ConsumedCapacity capacity) {
        return capacity.table().capacityUnits();
    }

    private static double ofIndex(ConsumedCapacity capacity) {
        return capacity.globalSecondaryIndexes().values().stream()
                .mapToDouble(Capacity::capacityUnits)
                .sum();
    }
}
