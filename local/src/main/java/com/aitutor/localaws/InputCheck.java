package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks the inputs of a resource against its schema: unknown properties, kinds, required properties, rules,
 * properties that exclude each other. Values that are not known yet pass.
 */
final class InputCheck {

    private final String type;
    private final String resource;
    private final List<String> failures = new ArrayList<>();

    private InputCheck(String type, String resource) {
        this.type = type;
        this.resource = resource;
    }

    /**
     * What came of a check.
     *
     * @param inputs the inputs, each value of the kind its schema asks for
     * @param failures what is wrong with them, ready to show
     */
    record Result(PropertyMap inputs, List<String> failures) {}

    /**
     * Checks inputs.
     *
     * @param type the resource's type token, for messages
     * @param resource the resource's name in the program, for messages
     * @throws ProviderException when a value is of another kind than its property
     */
    static Result check(String type, String resource, List<PropertySchema> schema, PropertyMap inputs) {
        InputCheck check = new InputCheck(type, resource);
        PropertyValue.Fields checked =
                check.fields(schema, inputs.values(), new Place("", resource, false)).fields();
        check.conflicts(schema, checked);
        return new Result(new PropertyMap(checked, inputs.secrets()), List.copyOf(check.failures));
    }

    /** Words a failure as the official provider does: what is wrong, then where to look. */
    static String failure(String problem, String resource, String property) {
        return problem + ". Examine values at '" + resource + "." + property + "'.";
    }

    /**
     * Where a value is.
     *
     * @param attribute in the official provider's notation
     * @param reported in the notation of "Examine values at", which does not look inside sets
     * @param insideSet whether a set is on the way
     */
    private record Place(String attribute, String reported, boolean insideSet) {

        Place property(PropertySchema schema) {
            return new Place(
                    attribute.isEmpty() ? schema.nativeName() : attribute + "." + schema.nativeName(),
                    insideSet ? reported : reported + "." + schema.reportedName(),
                    insideSet);
        }

        Place unknownProperty(String name) {
            return new Place(attribute, insideSet ? reported : reported + "." + name, insideSet);
        }

        Place element(int index) {
            return new Place(attribute + "." + index, reported, true);
        }

        /** The official provider keeps single objects as lists of one. */
        Place object() {
            return new Place(attribute + ".0", reported, insideSet);
        }
    }

    private PropertyValue fields(List<PropertySchema> schema, PropertyValue.Fields values, Place place) {
        Map<String, PropertyValue> checked = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>(values.values().keySet());
        for (PropertySchema property : schema) {
            PropertyValue value = values.get(property.name());
            unknown.remove(property.name());
            if (value.isAbsent()) {
                if (property.has(Trait.REQUIRED)) {
                    fail("Missing required argument. The argument \"" + property.nativeName()
                            + "\" is required, but no definition was found.", place.property(property));
                }
            } else {
                checked.put(property.name(), value(property, value, place.property(property)));
            }
        }
        for (String name : unknown) {
            String accepted = schema.stream()
                    .filter(property -> !property.has(Trait.OUTPUT) && !property.has(Trait.UNSUPPORTED))
                    .map(PropertySchema::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            fail("Unknown property \"" + name + "\" of " + type + "; known here: " + accepted,
                    place.unknownProperty(name));
        }
        return PropertyValue.of(checked);
    }

    private PropertyValue value(PropertySchema schema, PropertyValue value, Place place) {
        if (value.isUnknown()) {
            return value;
        }
        if (schema.has(Trait.UNSUPPORTED)) {
            if (!value.isZero()) {
                fail("The local AWS plugin does not support \"" + schema.name() + "\" of " + type, place);
            }
            return value;
        }
        PropertyValue coerced = coerce(schema.kind(), value, place);
        return switch (schema.kind()) {
            case TEXT, BOOL, INTEGER, NUMBER, TEXT_MAP -> {
                constrain(schema, coerced, place);
                yield coerced;
            }
            case OBJECT -> fields(schema.fields(), coerced.fields(), place.object());
            case TEXT_SET, OBJECT_SET -> {
                List<PropertyValue> elements = new ArrayList<>();
                for (PropertyValue element : coerced.elements()) {
                    elements.add(element(schema, element, place.element(elements.size())));
                }
                yield PropertyValue.of(elements);
            }
        };
    }

    private PropertyValue element(PropertySchema schema, PropertyValue element, Place place) {
        if (element.isUnknown()) {
            return element;
        }
        if (schema.kind() == Kind.OBJECT_SET) {
            return fields(schema.fields(), coerce(Kind.OBJECT, element, place).fields(), place);
        }
        PropertyValue text = coerce(Kind.TEXT, element, place);
        constrain(schema, text, place);
        return text;
    }

    private void constrain(PropertySchema schema, PropertyValue value, Place place) {
        schema.constraints().forEach(constraint ->
                constraint.problems(place.attribute(), value).forEach(problem -> fail(problem, place)));
    }

    private void conflicts(List<PropertySchema> schema, PropertyValue.Fields values) {
        for (PropertySchema property : schema) {
            if (values.get(property.name()).isAbsent()) {
                continue;
            }
            schema.stream()
                    .filter(other -> property.conflicts().contains(other.name()))
                    .filter(other -> !values.get(other.name()).isAbsent())
                    .findFirst()
                    .ifPresent(other -> failures.add(failure(
                            "Conflicting configuration arguments. \"" + property.nativeName() + "\": conflicts with "
                                    + other.nativeName(),
                            resource,
                            property.reportedName())));
        }
    }

    private void fail(String problem, Place place) {
        failures.add(problem + ". Examine values at '" + place.reported() + "'.");
    }

    /** Turns texts into the numbers and truth values they spell, and the other way round, as Pulumi does. */
    private static PropertyValue coerce(Kind kind, PropertyValue value, Place place) {
        PropertyValue coerced = switch (kind) {
            case BOOL -> value.text().equals("true") || value.text().equals("false")
                    ? PropertyValue.of(Boolean.parseBoolean(value.text()))
                    : value;
            case INTEGER, NUMBER -> value instanceof PropertyValue.Text text ? parseNumber(text) : value;
            case TEXT -> textOf(value);
            case TEXT_MAP -> value instanceof PropertyValue.Fields fields ? textValues(fields, place) : value;
            case OBJECT, TEXT_SET, OBJECT_SET -> value;
        };
        boolean fits = switch (kind) {
            case BOOL -> coerced instanceof PropertyValue.Bool;
            case INTEGER -> coerced instanceof PropertyValue.Number number && number.isWhole();
            case NUMBER -> coerced instanceof PropertyValue.Number;
            case TEXT -> coerced instanceof PropertyValue.Text;
            case TEXT_MAP, OBJECT -> coerced instanceof PropertyValue.Fields;
            case TEXT_SET, OBJECT_SET -> coerced instanceof PropertyValue.Sequence;
        };
        if (!fits) {
            String expected = switch (kind) {
                case BOOL -> "a Boolean";
                case INTEGER -> "a whole Number";
                case NUMBER -> "a Number";
                case TEXT -> "a String";
                case TEXT_MAP, OBJECT -> "an Object";
                case TEXT_SET, OBJECT_SET -> "an Array";
            };
            throw ProviderException.invalid("cannot encode resource inputs to call ValidateResourceConfig:"
                    + " objectEncoder failed on property \"" + place.attribute() + "\": Expected " + expected);
        }
        return coerced;
    }

    private static PropertyValue textValues(PropertyValue.Fields fields, Place place) {
        Map<String, PropertyValue> texts = new LinkedHashMap<>();
        fields.values().forEach((name, value) -> texts.put(
                name,
                value.isUnknown()
                        ? value
                        : coerce(Kind.TEXT, value, new Place(place.attribute() + "." + name, "", false))));
        return PropertyValue.of(texts);
    }

    private static PropertyValue textOf(PropertyValue value) {
        if (value instanceof PropertyValue.Number number) {
            return PropertyValue.of(number.toString());
        }
        return value instanceof PropertyValue.Bool bool ? PropertyValue.of(Boolean.toString(bool.value())) : value;
    }

    private static PropertyValue parseNumber(PropertyValue.Text text) {
        try {
            return PropertyValue.of(Double.parseDouble(text.value()));
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
