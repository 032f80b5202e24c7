package com.aitutor.localaws;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is known about one property of a resource, and what follows from it: its value as planned, whether it differs, and
 * what it is as an input.
 *
 * @param fields of an object, or of each object of a set
 * @param traits what the official provider does with it
 * @param constraint a rule for the value; for a set of texts, for each text
 * @param nativeName its name in terraform-provider-aws
 * @param reportedName its name after "Examine values at" in messages
 */
record PropertySchema(
        String name,
        Kind kind,
        List<PropertySchema> fields,
        Set<Trait> traits,
        Constraint constraint,
        String nativeName,
        String reportedName) {

    /** What values a property takes, as the official provider's messages call them. */
    enum Kind {
        TEXT("a String"),
        BOOL("a Boolean"),
        INTEGER("a whole Number"),
        NUMBER("a Number"),
        /** A map from names to strings. */
        TEXT_MAP("an Object"),
        /** Strings without an order. */
        TEXT_SET("an Array"),
        /** One object with known fields. */
        OBJECT("an Object"),
        /** Objects with known fields, without an order. */
        OBJECT_SET("an Array");

        final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    /** What the official provider does with a property. */
    enum Trait {
        /** The program must give it. */
        REQUIRED,
        /** The program cannot give it. */
        OUTPUT,
        /** A change replaces the resource. */
        REPLACES,
        /** When the program leaves it out, AWS's value stays and nothing differs. */
        COMPUTED,
        /** Leaving it out, and giving an object whose field {@code enabled} is false, are the same. */
        OFF_WHEN_ABSENT,
        /** -1 means the same as leaving it out: no cap. */
        UNLIMITED_WHEN_MINUS_ONE,
        /** Only the field {@code name} of the set's objects counts as a difference. */
        COMPARED_BY_NAME,
        /** A text that is compared as the JSON it holds. */
        JSON
    }

    /** A property that nothing more is known about. */
    static PropertySchema property(String name, Kind kind, PropertySchema... fields) {
        String nativeName = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return new PropertySchema(name, kind, List.of(fields), Set.of(), Constraint.NONE, nativeName, name);
    }

    PropertySchema is(Trait... given) {
        return new PropertySchema(name, kind, fields, Set.of(given), constraint, nativeName, reportedName);
    }

    PropertySchema must(Constraint given) {
        return new PropertySchema(name, kind, fields, traits, given, nativeName, reportedName);
    }

    /** Names it as the official provider's messages do, where that is more than a change of spelling. */
    PropertySchema named(String otherNativeName, String otherReportedName) {
        return new PropertySchema(name, kind, fields, traits, constraint, otherNativeName, otherReportedName);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /**
     * Plans the properties of a resource, or the fields of an object, from the program's inputs and from what AWS keeps
     * or chooses.
     *
     * @param state unknown when the resource is to be created: so is then what only AWS can tell
     */
    static PropertyValue plan(List<PropertySchema> schema, PropertyValue inputs, PropertyValue state) {
        PropertyValue planned = PropertyValue.EMPTY;
        for (PropertySchema property : schema) {
            String name = property.name();
            PropertyValue old = state.isUnknown() ? state : state.get(name);
            planned = planned.with(name, property.plan(inputs.get(name), old));
        }
        return planned;
    }

    private PropertyValue plan(PropertyValue input, PropertyValue old) {
        if (input.isAbsent() || has(Trait.OUTPUT)) {
            return has(Trait.OUTPUT) || has(Trait.COMPUTED) ? old : PropertyValue.ABSENT;
        }
        // the official provider shows a map or a set of texts with an unknown part as unknown
        boolean whole = kind == Kind.TEXT_MAP || kind == Kind.TEXT_SET;
        if (input.isUnknown() || whole && !input.isWhollyKnown()) {
            return PropertyValue.UNKNOWN;
        }
        return switch (kind) {
            case OBJECT -> plan(fields, input, old);
            case OBJECT_SET ->
                PropertyValue.list(
                        input.elements(),
                        element -> element.isUnknown() ? element : plan(fields, element, PropertyValue.EMPTY));
            case TEXT, BOOL, INTEGER, NUMBER, TEXT_MAP, TEXT_SET -> input;
        };
    }

    /** Whether the property differs between a resource as planned and as it is. */
    boolean differs(PropertyValue planned, PropertyValue now) {
        return !has(Trait.OUTPUT) && !same(planned.get(name), now.get(name));
    }

    private boolean same(PropertyValue planned, PropertyValue now) {
        if (saysNothing(planned) && saysNothing(now)) {
            return true;
        }
        if (planned.isUnknown()) {
            return false;
        }
        return switch (kind) {
            case TEXT ->
                planned.equals(now) || has(Trait.JSON) && planned.parsed().equals(now.parsed());
            case BOOL, INTEGER, NUMBER, TEXT_MAP -> planned.equals(now);
            case TEXT_SET -> Set.copyOf(planned.elements()).equals(Set.copyOf(now.elements()));
            case OBJECT -> sameFields(planned, now);
            case OBJECT_SET ->
                planned.elements().size() == now.elements().size()
                        && planned.elements().stream()
                                .allMatch(element ->
                                        now.elements().stream().anyMatch(candidate -> sameFields(element, candidate)));
        };
    }

    private boolean saysNothing(PropertyValue value) {
        return value.isZero()
                || has(Trait.OFF_WHEN_ABSENT) && value.get("enabled").equals(PropertyValue.of(false))
                || has(Trait.UNLIMITED_WHEN_MINUS_ONE) && value.equals(PropertyValue.of(-1));
    }

    private boolean sameFields(PropertyValue planned, PropertyValue now) {
        return fields.stream()
                .filter(field -> !has(Trait.COMPARED_BY_NAME) || field.name().equals("name"))
                .allMatch(field -> field.same(planned.get(field.name()), now.get(field.name())));
    }

    /**
     * Returns the inputs that would have led to a resource as it is, which is what a read answers beside the properties.
     *
     * @param known the inputs it is known to come from, whose properties are kept with the values they have now; empty
     *     when it is imported, and then every property that says something is an input
     */
    static PropertyValue inputs(List<PropertySchema> schema, PropertyValue properties, PropertyValue known) {
        PropertyValue inputs = PropertyValue.EMPTY;
        for (PropertySchema property : schema) {
            PropertyValue now = properties.get(property.name());
            PropertyValue before = known.get(property.name());
            boolean kept = known.isZero() ? !now.isZero() || property.has(Trait.REQUIRED) : !before.isAbsent();
            if (kept && !property.has(Trait.OUTPUT)) {
                inputs = inputs.with(property.name(), property.input(now, before));
            }
        }
        return inputs;
    }

    private PropertyValue input(PropertyValue now, PropertyValue before) {
        if (kind == Kind.OBJECT && !now.isAbsent()) {
            PropertyValue object = inputs(fields, now, before);
            return before.isAbsent() && object.isZero() ? PropertyValue.ABSENT : object;
        }
        if (kind != Kind.OBJECT_SET) {
            return now;
        }
        String identity = fields.stream().anyMatch(field -> field.name().equals("id")) ? "id" : "name";
        return PropertyValue.list(
                now.elements(),
                element -> inputs(
                        fields,
                        element,
                        before.elements().stream()
                                .filter(former -> former.get(identity).equals(element.get(identity)))
                                .findFirst()
                                .orElse(PropertyValue.EMPTY)));
    }
}
