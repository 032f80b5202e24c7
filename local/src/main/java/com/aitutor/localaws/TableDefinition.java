package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * A table in terms of DynamoDB: what a plan asks for, or what DynamoDB says there is.
 *
 * @param attributes types of key attributes by name
 * @param hashKey the attribute of the hash key
 * @param rangeKey the attribute of the sort key, empty for none
 * @param onDemand whether it is billed per request
 * @param capacity provisioned capacity, zero on demand
 * @param limits caps of on-demand throughput; DynamoDB Local tells them only until they are changed
 * @param indexes global secondary indexes by name
 * @param deletionProtection whether it refuses to be deleted
 * @param timeToLiveAttribute the attribute that holds the expiry time, empty when time to live is off
 */
record TableDefinition(
        Map<String, String> attributes,
        String hashKey,
        String rangeKey,
        boolean onDemand,
        Capacity capacity,
        Limits limits,
        Map<String, Index> indexes,
        boolean deletionProtection,
        String timeToLiveAttribute) {

    /** Provisioned capacity units. */
    record Capacity(long read, long write) {

        static Capacity from(PropertyValue.Fields properties) {
            return new Capacity(
                    properties.get("readCapacity").whole(),
                    properties.get("writeCapacity").whole());
        }

        /** DynamoDB may leave this out on demand, or say zero. */
        static Capacity from(ProvisionedThroughputDescription description) {
            return description == null
                    ? new Capacity(0, 0)
                    : new Capacity(description.readCapacityUnits(), description.writeCapacityUnits());
        }

        ProvisionedThroughput throughput() {
            return ProvisionedThroughput.builder()
                    .readCapacityUnits(read)
                    .writeCapacityUnits(write)
                    .build();
        }
    }

    /** Caps of on-demand throughput in request units per second; -1 for none. */
    record Limits(long read, long write) {

        static final Limits NONE = new Limits(-1, -1);

        static Limits from(PropertyValue value) {
            return new Limits(
                    limit(value.fields().get("maxReadRequestUnits")),
                    limit(value.fields().get("maxWriteRequestUnits")));
        }

        static Limits from(OnDemandThroughput throughput) {
            return throughput == null
                    ? NONE
                    : new Limits(limit(throughput.maxReadRequestUnits()), limit(throughput.maxWriteRequestUnits()));
        }

        private static long limit(PropertyValue value) {
            return value.isZero() ? -1 : value.whole();
        }

        private static long limit(Long units) {
            return units == null ? -1 : units;
        }

        OnDemandThroughput throughput() {
            return OnDemandThroughput.builder()
                    .maxReadRequestUnits(read)
                    .maxWriteRequestUnits(write)
                    .build();
        }
    }

    /**
     * A global secondary index.
     *
     * @param rangeKey the attribute of its sort key, empty for none
     * @param nonKeyAttributes the attributes it copies with projection INCLUDE, sorted
     */
    record Index(
            String name,
            String hashKey,
            String rangeKey,
            String projection,
            List<String> nonKeyAttributes,
            Capacity capacity,
            Limits limits) {

        static Index from(PropertyValue value) {
            PropertyValue.Fields fields = value.fields();
            return new Index(
                    fields.get("name").text(),
                    fields.get("hashKey").text(),
                    fields.get("rangeKey").text(),
                    fields.get("projectionType").text(),
                    fields.get("nonKeyAttributes").elements().stream()
                            .map(PropertyValue::text)
                            .sorted()
                            .toList(),
                    Capacity.from(fields),
                    Limits.from(fields.get("onDemandThroughput")));
        }

        /** Returns whether the other index can become this one without being made anew. */
        boolean sameShape(Index other) {
            return hashKey.equals(other.hashKey)
                    && rangeKey.equals(other.rangeKey)
                    && projection.equals(other.projection)
                    && nonKeyAttributes.equals(other.nonKeyAttributes);
        }

        List<KeySchemaElement> keySchema() {
            return TableDefinition.keySchema(hashKey, rangeKey);
        }

        Projection projectionSettings() {
            return Projection.builder()
                    .projectionType(projection)
                    .nonKeyAttributes(nonKeyAttributes.isEmpty() ? null : nonKeyAttributes)
                    .build();
        }
    }

    /** Reads a plan or a state in which nothing is unknown. */
    static TableDefinition from(PropertyMap properties) {
        Map<String, String> attributes = new TreeMap<>();
        properties.get("attributes").elements().forEach(attribute -> attributes.put(
                attribute.fields().get("name").text(), attribute.fields().get("type").text()));
        Map<String, Index> indexes = new LinkedHashMap<>();
        properties.get("globalSecondaryIndexes").elements().stream()
                .map(Index::from)
                .forEach(index -> indexes.put(index.name(), index));
        PropertyValue.Fields ttl = properties.get("ttl").fields();
        return new TableDefinition(
                attributes,
                properties.get("hashKey").text(),
                properties.get("rangeKey").text(),
                properties.get("billingMode").text().equals(BillingMode.PAY_PER_REQUEST.toString()),
                Capacity.from(properties.values()),
                Limits.from(properties.get("onDemandThroughput")),
                indexes,
                properties.get("deletionProtectionEnabled").bool(),
                ttl.get("enabled").bool() ? ttl.get("attributeName").text() : "");
    }

    /** Reads what DynamoDB says; of its attributes only those that are still part of a key. */
    static TableDefinition from(TableDescription table, TimeToLiveDescription timeToLive) {
        Map<String, Index> indexes = new TreeMap<>();
        table.globalSecondaryIndexes().forEach(index -> indexes.put(
                index.indexName(),
                new Index(
                        index.indexName(),
                        key(index.keySchema(), KeyType.HASH),
                        key(index.keySchema(), KeyType.RANGE),
                        index.projection().projectionTypeAsString(),
                        index.projection().nonKeyAttributes().stream().sorted().toList(),
                        Capacity.from(index.provisionedThroughput()),
                        Limits.from(index.onDemandThroughput()))));
        List<KeySchemaElement> keys = new ArrayList<>(table.keySchema());
        table.globalSecondaryIndexes().forEach(index -> keys.addAll(index.keySchema()));
        table.localSecondaryIndexes().forEach(index -> keys.addAll(index.keySchema()));
        TreeSet<String> used = new TreeSet<>(keys.stream().map(KeySchemaElement::attributeName).toList());
        Map<String, String> attributes = new TreeMap<>();
        table.attributeDefinitions().stream()
                .filter(attribute -> used.contains(attribute.attributeName()))
                .forEach(attribute -> attributes.put(attribute.attributeName(), attribute.attributeTypeAsString()));
        boolean expires = timeToLive.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || timeToLive.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
        return new TableDefinition(
                attributes,
                key(table.keySchema(), KeyType.HASH),
                key(table.keySchema(), KeyType.RANGE),
                table.billingModeSummary() != null
                        && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST,
                Capacity.from(table.provisionedThroughput()),
                Limits.from(table.onDemandThroughput()),
                indexes,
                Optional.ofNullable(table.deletionProtectionEnabled()).orElse(false),
                expires ? timeToLive.attributeName() : "");
    }

    List<KeySchemaElement> keySchema() {
        return keySchema(hashKey, rangeKey);
    }

    List<AttributeDefinition> attributeDefinitions() {
        return attributes.entrySet().stream()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.getKey())
                        .attributeType(attribute.getValue())
                        .build())
                .toList();
    }

    BillingMode billingMode() {
        return onDemand ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED;
    }

    private static List<KeySchemaElement> keySchema(String hashKey, String rangeKey) {
        KeySchemaElement hash = key(hashKey, KeyType.HASH);
        return rangeKey.isEmpty() ? List.of(hash) : List.of(hash, key(rangeKey, KeyType.RANGE));
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static String key(List<KeySchemaElement> schema, KeyType type) {
        return schema.stream()
                .filter(element -> element.keyType() == type)
                .map(KeySchemaElement::attributeName)
                .findFirst()
                .orElse("");
    }
}
