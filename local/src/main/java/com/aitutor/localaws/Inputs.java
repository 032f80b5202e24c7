package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works out which inputs would have led to a resource as it is, which is what a read answers beside the properties. */
final class Inputs {

    private Inputs() {}

    /**
     * Returns the inputs of a resource.
     *
     * @param properties the resource as it is
     * @param known the inputs it is known to come from, whose properties are kept with the values they have now; empty
     *     when it is imported, and then every property that says something is an input
     */
    static PropertyMap from(List<PropertySchema> schema, PropertyMap properties, PropertyMap known) {
        Map<String, PropertyValue> inputs = new HashMap<>();
        for (PropertySchema property : schema) {
            if (property.has(Trait.OUTPUT)) {
                continue;
            }
            PropertyValue value = properties.get(property.name());
            PropertyValue before = known.get(property.name());
            if (known.isEmpty() ? !value.isZero() && !property.has(Trait.UNSUPPORTED) : !before.isAbsent()) {
                inputs.put(property.name(), project(property, value, before));
            }
        }
        if (known.isEmpty() && inputs.getOrDefault("tagsAll", PropertyValue.ABSENT).isZero()) {
            inputs.remove("tagsAll");
        }
        inputs.values().removeIf(PropertyValue::isAbsent);
        return new PropertyMap(new PropertyValue.Fields(inputs), properties.secrets());
    }

    private static PropertyValue project(PropertySchema schema, PropertyValue value, PropertyValue before) {
        if (schema.kind() == Kind.OBJECT && value instanceof PropertyValue.Fields) {
            PropertyValue fields = fields(schema, value, before);
            return before.isAbsent() && fields.isZero() ? PropertyValue.ABSENT : fields;
        }
        if (schema.kind() != Kind.OBJECT_SET) {
            return value;
        }
        List<PropertyValue> elements = new ArrayList<>();
        for (PropertyValue element : value.elements()) {
            PropertyValue identity = element.fields().get(schema.identity());
            PropertyValue match = before.elements().stream()
                    .filter(candidate -> candidate.fields().get(schema.identity()).equals(identity))
                    .findFirst()
                    .orElse(PropertyValue.ABSENT);
            elements.add(fields(schema, element, match));
        }
        return PropertyValue.of(elements);
    }

    private static PropertyValue fields(PropertySchema schema, PropertyValue value, PropertyValue before) {
        Map<String, PropertyValue> fields = new HashMap<>();
        for (PropertySchema field : schema.fields()) {
            PropertyValue now = value.fields().get(field.name());
            boolean kept = before.isAbsent()
                    ? !now.isZero() || field.has(Trait.REQUIRED)
                    : !before.fields().get(field.name()).isAbsent();
            if (kept) {
                fields.put(field.name(), project(field, now, before.fields().get(field.name())));
            }
        }
        return PropertyValue.of(fields);
    }
}
