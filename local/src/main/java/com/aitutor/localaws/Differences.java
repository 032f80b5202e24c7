package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pulumirpc.Provider.PropertyDiff;

/**
 * What differs between a resource as it is and as it is planned.
 *
 * @param changed names of the properties that differ
 * @param replacing those of them whose change needs a new resource
 * @param detailed for display: the places in the inputs that differ, in Pulumi's path notation
 */
record Differences(Set<String> changed, Set<String> replacing, Map<String, PropertyDiff> detailed) {

    /**
     * Compares.
     *
     * @param schema the resource's properties
     * @param state its properties now
     * @param planned its properties as planned from the new inputs
     * @param oldInputs the inputs that led to {@code state}
     * @param newInputs the inputs that led to {@code planned}
     */
    static Differences between(
            List<PropertySchema> schema,
            PropertyMap state,
            PropertyMap planned,
            PropertyMap oldInputs,
            PropertyMap newInputs) {
        Set<String> changed = new TreeSet<>();
        Set<String> replacing = new TreeSet<>();
        Map<String, PropertyDiff> detailed = new LinkedHashMap<>();
        for (PropertySchema property : schema) {
            String name = property.name();
            PropertyValue now = state.get(name);
            PropertyValue then = planned.get(name);
            if (property.has(Trait.OUTPUT) || same(property, then, now)) {
                continue;
            }
            boolean replaces = property.has(Trait.REPLACES)
                    || property.has(Trait.REPLACES_WHEN_SET) && !then.isZero();
            changed.add(name);
            if (replaces) {
                replacing.add(name);
            }
            if (property.has(Trait.COMPUTED) && newInputs.get(name).isAbsent() && changed.contains(property.origin())) {
                continue; // follows from a property that is described already
            }
            boolean fromInputs = !oldInputs.get(name).isAbsent() || now.isZero();
            describe(
                    property,
                    fromInputs ? oldInputs.get(name) : now,
                    newInputs.get(name),
                    replaces,
                    fromInputs,
                    detailed);
        }
        return new Differences(changed, replacing, detailed);
    }

    private static boolean same(PropertySchema schema, PropertyValue planned, PropertyValue now) {
        if (saysNothing(schema, planned) && saysNothing(schema, now)) {
            return true;
        }
        return switch (schema.kind()) {
            case TEXT, BOOL, INTEGER, NUMBER, TEXT_MAP -> planned.equals(now);
            case TEXT_SET -> !planned.isUnknown() && Set.copyOf(planned.elements()).equals(Set.copyOf(now.elements()));
            case OBJECT -> !planned.isUnknown() && sameFields(schema, planned, now);
            case OBJECT_SET -> !planned.isUnknown() && sameElements(schema, planned, now);
        };
    }

    private static boolean saysNothing(PropertySchema schema, PropertyValue value) {
        return value.isZero()
                || schema.has(Trait.OFF_WHEN_ABSENT)
                        && value instanceof PropertyValue.Fields fields
                        && fields.get("enabled").equals(PropertyValue.of(false))
                || schema.has(Trait.UNLIMITED_WHEN_MINUS_ONE) && value.equals(PropertyValue.of(-1));
    }

    private static boolean sameFields(PropertySchema schema, PropertyValue planned, PropertyValue now) {
        return schema.fields().stream()
                .allMatch(field ->
                        same(field, planned.fields().get(field.name()), now.fields().get(field.name())));
    }

    private static boolean sameElements(PropertySchema schema, PropertyValue planned, PropertyValue now) {
        return planned.elements().size() == now.elements().size()
                && planned.elements().stream()
                        .allMatch(element -> now.elements().stream()
                                .anyMatch(candidate -> schema.has(Trait.COMPARED_BY_IDENTITY)
                                        ? candidate.fields().get(schema.identity())
                                                .equals(element.fields().get(schema.identity()))
                                        : sameFields(schema, element, candidate)));
    }

    private static void describe(
            PropertySchema property,
            PropertyValue before,
            PropertyValue after,
            boolean replaces,
            boolean fromInputs,
            Map<String, PropertyDiff> detailed) {
        boolean named = property.kind() == Kind.TEXT_MAP || property.kind() == Kind.OBJECT;
        if (named && before instanceof PropertyValue.Fields && after instanceof PropertyValue.Fields) {
            Set<String> names = new TreeSet<>(before.fields().values().keySet());
            names.addAll(after.fields().values().keySet());
            for (String name : names) {
                PropertyValue old = before.fields().get(name);
                PropertyValue now = after.fields().get(name);
                if (!old.equals(now)) {
                    detailed.put(property.name() + part(name), kind(old, now, replaces, fromInputs));
                }
            }
        } else if (!before.isAbsent() || !after.isAbsent()) {
            detailed.put(property.name(), kind(before, after, replaces, fromInputs));
        }
    }

    private static String part(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*")
                ? "." + name
                : "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }

    private static PropertyDiff kind(PropertyValue before, PropertyValue after, boolean replaces, boolean fromInputs) {
        PropertyDiff.Kind kind;
        if (before.isAbsent()) {
            kind = replaces ? PropertyDiff.Kind.ADD_REPLACE : PropertyDiff.Kind.ADD;
        } else if (after.isAbsent()) {
            kind = replaces ? PropertyDiff.Kind.DELETE_REPLACE : PropertyDiff.Kind.DELETE;
        } else {
            kind = replaces ? PropertyDiff.Kind.UPDATE_REPLACE : PropertyDiff.Kind.UPDATE;
        }
        return PropertyDiff.newBuilder().setKind(kind).setInputDiff(fromInputs).build();
    }
}
