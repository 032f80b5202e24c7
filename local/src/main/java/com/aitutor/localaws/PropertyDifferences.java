package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Trait;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between a resource as it is and as it is planned.
 *
 * @param changed names of the properties that differ
 * @param replacing those of them whose change needs a new resource
 */
record PropertyDifferences(Set<String> changed, Set<String> replacing) {
    static PropertyDifferences between(List<PropertySchema> schema, PropertyValue state, PropertyValue planned) {
        Set<String> changed = new TreeSet<>();
        Set<String> replacing = new TreeSet<>();
        for (PropertySchema property : schema) {
            if (!property.has(Trait.OUTPUT)
                    && !same(property, planned.get(property.name()), state.get(property.name()))) {
                changed.add(property.name());
                if (property.has(Trait.REPLACES)) {
                    replacing.add(property.name());
                }
            }
        }
        return new PropertyDifferences(changed, replacing);
    }

    private static boolean same(PropertySchema schema, PropertyValue planned, PropertyValue now) {
        if (saysNothing(schema, planned) && saysNothing(schema, now)) {
            return true;
        }
        if (planned.isUnknown()) {
            return false;
        }
        return switch (schema.kind()) {
            case TEXT ->
                planned.equals(now)
                        || schema.has(Trait.JSON) && planned.parsed().equals(now.parsed());
            case BOOL, INTEGER, NUMBER, TEXT_MAP -> planned.equals(now);
            case TEXT_SET -> Set.copyOf(planned.elements()).equals(Set.copyOf(now.elements()));
            case OBJECT -> sameFields(schema, planned, now);
            case OBJECT_SET ->
                planned.elements().size() == now.elements().size()
                        && planned.elements().stream()
                                .allMatch(element -> now.elements().stream()
                                        .anyMatch(candidate -> sameFields(schema, element, candidate)));
        };
    }

    private static boolean saysNothing(PropertySchema schema, PropertyValue value) {
        return value.isZero()
                || schema.has(Trait.OFF_WHEN_ABSENT) && value.get("enabled").equals(PropertyValue.of(false))
                || schema.has(Trait.UNLIMITED_WHEN_MINUS_ONE) && value.equals(PropertyValue.of(-1));
    }

    private static boolean sameFields(PropertySchema schema, PropertyValue planned, PropertyValue now) {
        return schema.fields().stream()
                .filter(field ->
                        !schema.has(Trait.COMPARED_BY_NAME) || field.name().equals("name"))
                .allMatch(field -> same(field, planned.get(field.name()), now.get(field.name())));
    }
}
