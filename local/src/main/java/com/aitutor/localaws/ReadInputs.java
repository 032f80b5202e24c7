package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.List;

/** Works out which inputs would have led to a resource as it is, which is what a read answers beside the properties. */
final class ReadInputs {
    private ReadInputs() {}

    /**
     * Returns the inputs of a resource.
     *
     * @param properties the resource as it is
     * @param known the inputs it is known to come from, whose properties are kept with the values they have now; empty
     *     when it is imported, and then every property that says something is an input
     */
    static PropertyValue of(List<PropertySchema> schema, PropertyValue properties, PropertyValue known) {
        PropertyValue inputs = PropertyValue.EMPTY;
        for (PropertySchema property : schema) {
            PropertyValue now = properties.get(property.name());
            PropertyValue before = known.get(property.name());
            boolean kept = known.isZero() ? !now.isZero() || property.has(Trait.REQUIRED) : !before.isAbsent();
            if (kept && !property.has(Trait.OUTPUT)) {
                inputs = inputs.with(property.name(), project(property, now, before));
            }
        }
        return inputs;
    }

    private static PropertyValue project(PropertySchema schema, PropertyValue now, PropertyValue before) {
        if (schema.kind() == Kind.OBJECT && !now.isAbsent()) {
            PropertyValue object = of(schema.fields(), now, before);
            return before.isAbsent() && object.isZero() ? PropertyValue.ABSENT : object;
        }
        if (schema.kind() != Kind.OBJECT_SET) {
            return now;
        }
        String identity =
                schema.fields().stream().anyMatch(field -> field.name().equals("id")) ? "id" : "name";
        return PropertyValue.list(
                now.elements(),
                element -> of(
                        schema.fields(),
                        element,
                        before.elements().stream()
                                .filter(former -> former.get(identity).equals(element.get(identity)))
                                .findFirst()
                                .orElse(PropertyValue.EMPTY)));
    }
}
