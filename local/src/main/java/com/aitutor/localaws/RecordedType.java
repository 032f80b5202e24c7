package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Phase;
import java.util.Map;
import java.util.Optional;

/**
 * A type of resource that exists in Pulumi's state alone, because nothing on a developer's machine stands in for its
 * service. Whatever the state says is taken to be so.
 */
abstract class RecordedType implements ResourceType {

    /** Returns the id of a resource about to be created. */
    abstract String newId(PropertyMap planned, AwsRegion region);

    /** Returns the values AWS would choose for a new resource, by property name. */
    abstract Map<String, PropertyValue> outputs(String id, PropertyMap planned, AwsRegion region);

    @Override
    public void checkPlan(PropertyMap inputs, PropertyMap planned) {
        // The official provider plans these without further checks.
    }

    @Override
    public Created create(PropertyMap planned, Account account) {
        String id = newId(planned, account.region());
        return new Created(id, Plan.resolve(schema(), planned, outputs(id, planned, account.region())));
    }

    /** Returns the recorded properties; without any, as when importing, there is nothing to find. */
    @Override
    public Optional<PropertyMap> read(String id, PropertyMap state, Account account) {
        if (state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Plan.of(schema(), state, state, Phase.READ).withSecrets(state.secrets()));
    }

    @Override
    public PropertyMap update(String id, PropertyMap state, PropertyMap planned, Account account) {
        return planned;
    }

    @Override
    public void delete(String id, Account account) {
        // Leaving the state is all there is to it.
    }
}
