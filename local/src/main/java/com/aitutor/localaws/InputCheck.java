package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Trait;
import com.google.protobuf.Value.KindCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the inputs of a resource against its schema: unknown properties, kinds, required properties, rules. Values that
 * are not known yet pass.
 */
final class InputCheck {
    private final ResourceType type;
    private final List<String> failures = new ArrayList<>();

    private InputCheck(ResourceType type) {
        this.type = type;
    }

    /** Returns what is wrong with the inputs of a named resource, or throws that a value is of another kind. */
    static List<String> failures(ResourceType type, String resource, PropertyValue inputs) {
        InputCheck check = new InputCheck(type);
        check.fields(type.schema(), inputs, new Place("", resource, false));
        return List.copyOf(check.failures);
    }

    /**
     * Where a value is.
     *
     * @param attribute in the official provider's notation
     * @param reported in the notation of "Examine values at", which does not look inside sets
     * @param insideSet whether a set is on the way
     */
    private record Place(String attribute, String reported, boolean insideSet) {

        Place property(String nativeName, String reportedName) {
            return new Place(
                    attribute.isEmpty() ? nativeName : attribute + "." + nativeName,
                    insideSet ? reported : reported + "." + reportedName,
                    insideSet);
        }

        Place element(int index) {
            return new Place(attribute + "." + index, reported, true);
        }

        /** The official provider keeps single objects as lists of one. */
        Place object() {
            return new Place(attribute + ".0", reported, insideSet);
        }
    }

    private void fields(List<PropertySchema> schema, PropertyValue values, Place place) {
        if (values.isUnknown()) {
            return;
        }
        Set<String> unknown = new TreeSet<>(values.fields().keySet());
        for (PropertySchema property : schema) {
            PropertyValue value = values.get(property.name());
            Place there = place.property(property.nativeName(), property.reportedName());
            if (value.isAbsent() && property.has(Trait.REQUIRED)) {
                fail(
                        "Missing required argument. The argument \"" + property.nativeName()
                                + "\" is required, but no definition was found.",
                        there);
            } else if (!value.isAbsent()) {
                value(property, value, there);
            }
            if (!property.has(Trait.OUTPUT)) {
                unknown.remove(property.name());
            }
        }
        // the class of the file: the types kept in the state are of a class inside it
        String home = type.getClass().getNestHost().getSimpleName();
        unknown.forEach(name -> fail(
                "\"" + name + "\" of " + type.token() + " is not in the local plugin: add it to " + home,
                place.property(name, name)));
    }

    private void value(PropertySchema schema, PropertyValue value, Place place) {
        requireKind(schema.kind(), value, place);
        switch (schema.kind()) {
            case TEXT_MAP ->
                value.fields().forEach((name, text) -> requireKind(Kind.TEXT, text, place.property(name, name)));
            case OBJECT -> fields(schema.fields(), value, place.object());
            case TEXT_SET, OBJECT_SET -> {
                int index = 0;
                for (PropertyValue element : value.elements()) {
                    element(schema, element, place.element(index++));
                }
            }
            case TEXT, BOOL, INTEGER, NUMBER -> {}
        }
        if (schema.kind() != Kind.TEXT_SET) {
            constrain(schema, value, place);
        }
    }

    private void element(PropertySchema schema, PropertyValue element, Place place) {
        if (schema.kind() == Kind.OBJECT_SET) {
            requireKind(Kind.OBJECT, element, place);
            fields(schema.fields(), element, place);
        } else {
            requireKind(Kind.TEXT, element, place);
            constrain(schema, element, place);
        }
    }

    private void constrain(PropertySchema schema, PropertyValue value, Place place) {
        if (!value.isUnknown()) {
            schema.constraint().problems(place.attribute(), value).forEach(problem -> fail(problem, place));
        }
    }

    private void fail(String problem, Place place) {
        failures.add(problem + ". Examine values at '" + place.reported() + "'.");
    }

    private static void requireKind(Kind kind, PropertyValue value, Place place) {
        boolean fits = value.isUnknown()
                || switch (kind) {
                    case TEXT -> value.kind() == KindCase.STRING_VALUE;
                    case BOOL -> value.kind() == KindCase.BOOL_VALUE;
                    case INTEGER -> value.isWhole();
                    case NUMBER -> value.kind() == KindCase.NUMBER_VALUE;
                    case TEXT_MAP, OBJECT -> value.kind() == KindCase.STRUCT_VALUE;
                    case TEXT_SET, OBJECT_SET -> value.kind() == KindCase.LIST_VALUE;
                };
        if (!fits) {
            throw ProviderException.invalid("cannot encode resource inputs to call ValidateResourceConfig:"
                    + " objectEncoder failed on property \"" + place.attribute() + "\": Expected "
                    + kind.description);
        }
    }
}
