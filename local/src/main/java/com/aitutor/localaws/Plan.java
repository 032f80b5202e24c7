package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Works out the properties a resource will have: the program's inputs, completed with defaults and with what AWS keeps
 * or chooses. What only AWS can tell is unknown.
 */
final class Plan {

    private final Phase phase;

    private Plan(Phase phase) {
        this.phase = phase;
    }

    /**
     * Plans a resource.
     *
     * @param schema its properties
     * @param inputs the program's inputs
     * @param state the properties it has now, empty when it is to be created
     * @param phase what is planned
     */
    static PropertyMap of(List<PropertySchema> schema, PropertyMap inputs, PropertyMap state, Phase phase) {
        Plan plan = new Plan(phase);
        Map<String, PropertyValue> planned = new HashMap<>();
        Set<String> secrets = new HashSet<>(inputs.secrets());
        boolean exists = !state.isEmpty();
        for (PropertySchema property : schema) {
            planned.put(property.name(), plan.property(
                    property, inputs.get(property.name()), state.get(property.name()), exists));
            if (secrets.contains(property.origin())) {
                secrets.add(property.name());
            }
        }
        return new PropertyMap(new PropertyValue.Fields(planned), secrets);
    }

    private PropertyValue property(PropertySchema schema, PropertyValue input, PropertyValue old, boolean exists) {
        if (schema.has(Trait.OUTPUT)) {
            return exists ? old : chosenByAws(schema, false);
        }
        return complete(schema, input, old, exists);
    }

    private PropertyValue complete(PropertySchema schema, PropertyValue input, PropertyValue old, boolean exists) {
        if (input.isUnknown()) {
            return input;
        }
        if (input.isAbsent()) {
            if (schema.has(Trait.COMPUTED)) {
                return exists && !old.isAbsent() ? old : chosenByAws(schema, exists);
            }
            // a state that was read shows empty collections, and goes on doing so
            return whenAbsent(schema).isAbsent() && old.isZero() ? old : whenAbsent(schema);
        }
        return switch (schema.kind()) {
            case TEXT, BOOL, INTEGER, NUMBER -> input;
            case TEXT_MAP -> input.isWhollyKnown() ? input : PropertyValue.UNKNOWN;
            case TEXT_SET -> input.isWhollyKnown()
                    ? PropertyValue.of(input.elements().stream()
                            .distinct()
                            .sorted(Comparator.comparing(PropertyValue::text))
                            .toList())
                    : PropertyValue.UNKNOWN;
            case OBJECT -> fields(schema, input, old, exists);
            case OBJECT_SET -> elements(schema, input, old);
        };
    }

    private PropertyValue elements(PropertySchema schema, PropertyValue input, PropertyValue old) {
        List<PropertyValue> elements = new ArrayList<>();
        for (PropertyValue element : input.elements()) {
            if (element.isUnknown()) {
                return element;
            }
            PropertyValue identity = element.fields().get(schema.identity());
            PropertyValue former = old.elements().stream()
                    .filter(candidate -> candidate.fields().get(schema.identity()).equals(identity))
                    .findFirst()
                    .orElse(PropertyValue.ABSENT);
            PropertyValue completed = fields(schema, element, former, !former.isAbsent());
            if (!elements.contains(completed)) {
                elements.add(completed);
            }
        }
        elements.sort(Comparator.comparing(element -> element.fields().get(schema.identity()).text()));
        return PropertyValue.of(elements);
    }

    private PropertyValue fields(PropertySchema schema, PropertyValue input, PropertyValue old, boolean exists) {
        Map<String, PropertyValue> completed = new HashMap<>();
        for (PropertySchema field : schema.fields()) {
            completed.put(field.name(), complete(
                    field, input.fields().get(field.name()), old.fields().get(field.name()), exists));
        }
        return PropertyValue.of(completed);
    }

    /** What AWS chooses is unknown until the resource is made; part of one that exists, it begins with the default. */
    private PropertyValue chosenByAws(PropertySchema schema, boolean exists) {
        boolean making = phase == Phase.PREVIEW || phase == Phase.CREATE;
        return making && !exists ? PropertyValue.UNKNOWN : whenAbsent(schema);
    }

    private PropertyValue whenAbsent(PropertySchema schema) {
        return phase.compareTo(schema.shownFrom()) >= 0 ? schema.whenAbsent() : PropertyValue.ABSENT;
    }

    /**
     * Replaces what a plan left unknown.
     *
     * @param schema the properties
     * @param planned a plan for a resource that now exists
     * @param outputs the values AWS chose; an unknown property without one reads as its default, or as nothing
     */
    static PropertyMap resolve(List<PropertySchema> schema, PropertyMap planned, Map<String, PropertyValue> outputs) {
        PropertyMap resolved = planned;
        for (PropertySchema property : schema) {
            PropertyValue value = planned.get(property.name());
            if (value.isUnknown()) {
                value = outputs.getOrDefault(property.name(), property.whenAbsent());
            }
            resolved = resolved.with(property.name(), resolveNested(property, value));
        }
        return resolved;
    }

    private static PropertyValue resolveNested(PropertySchema schema, PropertyValue value) {
        if (schema.kind() == Kind.OBJECT_SET) {
            return value.mapElements(element -> resolveFields(schema, element));
        }
        return schema.kind() == Kind.OBJECT && value instanceof PropertyValue.Fields
                ? resolveFields(schema, value)
                : value;
    }

    private static PropertyValue resolveFields(PropertySchema schema, PropertyValue value) {
        PropertyValue.Fields resolved = value.fields();
        for (PropertySchema field : schema.fields()) {
            PropertyValue old = resolved.get(field.name());
            resolved = resolved.with(
                    field.name(), old.isUnknown() ? field.whenAbsent() : resolveNested(field, old));
        }
        return resolved;
    }
}
