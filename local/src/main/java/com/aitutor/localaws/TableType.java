package com.aitutor.localaws;

import static com.aitutor.localaws.Constraint.*;
import static com.aitutor.localaws.PropertySchema.Kind.*;
import static com.aitutor.localaws.PropertySchema.Trait.*;
import static com.aitutor.localaws.PropertySchema.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DynamoDB tables, real ones. Existence, keys, indexes, billing, time to live and deletion protection are those of the
 * database; what DynamoDB Local does not keep (point-in-time recovery, encryption, tags, and throughput caps once
 * changed) stays in the state. {@link TableProperties} and {@link TableRequests} hand over what the database keeps.
 */
final class TableType implements ResourceType {
    private static final List<PropertySchema> SCHEMA = List.of(
            property("arn", TEXT).is(OUTPUT),
            property(
                            "attributes",
                            OBJECT_SET,
                            property("name", TEXT).is(REQUIRED),
                            property("type", TEXT).is(REQUIRED).must(oneOf("S N B")))
                    .named("attribute", "attributes")
                    .is(COMPARED_BY_NAME),
            property("billingMode", TEXT).is(REQUIRED).must(oneOf("PROVISIONED PAY_PER_REQUEST")),
            property("deletionProtectionEnabled", BOOL),
            property(
                            "globalSecondaryIndexes",
                            OBJECT_SET,
                            property("hashKey", TEXT).is(REQUIRED),
                            property("name", TEXT).is(REQUIRED),
                            property("projectionType", TEXT).is(REQUIRED).must(oneOf("ALL KEYS_ONLY INCLUDE")),
                            property("rangeKey", TEXT))
                    .named("global_secondary_index", "globalSecondaryIndices"),
            property("hashKey", TEXT).is(REQUIRED, REPLACES),
            property("name", TEXT).is(REQUIRED, REPLACES),
            property(
                    "onDemandThroughput",
                    OBJECT,
                    property("maxReadRequestUnits", INTEGER).is(COMPUTED, UNLIMITED_WHEN_MINUS_ONE),
                    property("maxWriteRequestUnits", INTEGER).is(COMPUTED, UNLIMITED_WHEN_MINUS_ONE)),
            property(
                            "pointInTimeRecovery",
                            OBJECT,
                            property("enabled", BOOL).is(REQUIRED),
                            property("recoveryPeriodInDays", INTEGER)
                                    .is(COMPUTED)
                                    .must(between(1, 35)))
                    .is(COMPUTED, OFF_WHEN_ABSENT),
            property("rangeKey", TEXT).is(REPLACES),
            property(
                            "serverSideEncryption",
                            OBJECT,
                            property("enabled", BOOL).is(REQUIRED),
                            property("kmsKeyArn", TEXT).is(COMPUTED).must(arn()))
                    .is(COMPUTED, OFF_WHEN_ABSENT),
            property("tags", TEXT_MAP),
            property("ttl", OBJECT, property("attributeName", TEXT), property("enabled", BOOL))
                    .is(COMPUTED, OFF_WHEN_ABSENT));

    @Override
    public String token() {
        return "aws:dynamodb/table:Table";
    }

    @Override
    public List<PropertySchema> schema() {
        return SCHEMA;
    }

    @Override
    public void checkPlan(PropertyValue planned) {
        List<PropertyValue> attributes = planned.get("attributes").elements().stream()
                .map(attribute -> attribute.get("name"))
                .toList();
        List<PropertyValue> keys = Stream.concat(
                        Stream.of(planned), planned.get("globalSecondaryIndexes").elements().stream())
                .flatMap(keyed -> Stream.of(keyed.get("hashKey"), keyed.get("rangeKey")))
                .filter(key -> !key.isZero())
                .toList();
        boolean known = Stream.of("attributes", "globalSecondaryIndexes", "hashKey", "rangeKey")
                .allMatch(property -> planned.get(property).isWhollyKnown());
        List<String> problems = new ArrayList<>();
        if (known && !keys.containsAll(attributes)) {
            problems.add("all attributes must be indexed. Unused attributes: " + missing(attributes, keys));
        }
        if (known && !attributes.containsAll(keys)) {
            problems.add("all indexes must match a defined attribute. Unmatched indexes: " + missing(keys, attributes));
        }
        PropertyValue timeToLive = planned.get("ttl");
        if (timeToLive.get("enabled").bool() && timeToLive.get("attributeName").isZero()) {
            problems.add("Invalid value\n\nAttribute \"ttl[0].attribute_name\" cannot have an empty value\n\n"
                    + "Path: ttl[0].attribute_name");
        }
        if (!problems.isEmpty()) {
            throw ProviderException.invalid(String.join("\n", problems));
        }
    }

    @Override
    public Created create(PropertyValue planned, Account account) {
        String name = planned.get("name").text();
        PropertyValue known = planned.withoutUnknowns();
        account.tables().create(TableRequests.create(known));
        PropertyValue withoutTimeToLive = known.with("ttl", PropertyValue.ABSENT);
        try {
            account.tables().awaitActive(name);
            TableRequests.update(existing(name, withoutTimeToLive, account), known, known)
                    .forEach(call -> call.accept(account.tables()));
            return new Created(name, existing(name, known, account));
        } catch (RuntimeException e) {
            throw new PartialFailureException(name, asFarAsKnown(name, withoutTimeToLive, account), e);
        }
    }

    @Override
    public Optional<PropertyValue> read(String id, PropertyValue state, Account account) {
        return ProviderException.ifFound(() -> existing(id, state, account));
    }

    @Override
    public PropertyValue update(String id, PropertyValue state, PropertyValue planned, Account account) {
        int done = 0;
        try {
            PropertyValue actual = existing(id, state, account);
            for (Consumer<DynamoDbTables> call : TableRequests.update(actual, state, planned)) {
                call.accept(account.tables());
                done++;
            }
            return existing(id, planned.withoutUnknowns(), account);
        } catch (ProviderException e) {
            if (done == 0 && e.changedNothing()) {
                throw e;
            }
            throw new PartialFailureException(id, asFarAsKnown(id, state, account), e);
        }
    }

    @Override
    public void delete(String id, Account account) {
        account.tables().delete(id);
    }

    private static String missing(List<PropertyValue> names, List<PropertyValue> others) {
        return names.stream()
                .filter(name -> !others.contains(name))
                .map(name -> '"' + name.text() + '"')
                .distinct()
                .sorted()
                .collect(Collectors.joining(" ", "[", "]"));
    }

    private static PropertyValue existing(String name, PropertyValue state, Account account) {
        return TableProperties.of(
                account.tables().describe(name), account.tables().timeToLive(name), state, account);
    }

    /** Returns the properties of a table after something failed, which may keep it from being described too. */
    private static PropertyValue asFarAsKnown(String name, PropertyValue state, Account account) {
        try {
            return existing(name, state, account);
        } catch (RuntimeException e) {
            return TableProperties.ofUnseen(name, state, account);
        }
    }
}
