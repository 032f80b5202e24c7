package com.aitutor.localaws;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A type of resource that exists in Pulumi's state alone, because nothing on a developer's machine stands in for its
 * service: alarms never go off, and nothing is ever sent. Whatever the state says is taken to be so.
 *
 * @param idProperty the property whose value is the resource's id
 * @param arnProperty the output that holds the ARN
 * @param arn makes the ARN of a resource as planned
 */
record StateOnlyType(
        String token,
        List<PropertySchema> schema,
        String idProperty,
        String arnProperty,
        BiFunction<PropertyValue, AwsRegion, String> arn)
        implements ResourceType {
    @Override
    public String schemaHome() {
        return StateOnlyTypes.class.getSimpleName();
    }

    @Override
    public Created create(PropertyValue planned, Account account) {
        PropertyValue created = planned.withoutUnknowns().with(arnProperty, arn.apply(planned, account.region()));
        return new Created(created.get(idProperty).text(), created);
    }

    /** Returns the state; without one, as when importing, there is nothing to find. */
    @Override
    public Optional<PropertyValue> read(String id, PropertyValue state, Account account) {
        return state.isZero() ? Optional.empty() : Optional.of(state);
    }

    @Override
    public PropertyValue update(String id, PropertyValue state, PropertyValue planned, Account account) {
        return planned.withoutUnknowns();
    }

    @Override
    public void delete(String id, Account account) {
        // Leaving the state is all there is to it.
    }
}
