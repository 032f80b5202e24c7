package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is known about one property of a resource: its kind, who sets it, and what the official provider does with it. */
final class PropertySchema {

    /** What values a property takes. */
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

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        String description() {
            return description;
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

    private final String name;
    private final Kind kind;
    private final List<PropertySchema> fields;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<Constraint> constraints = new ArrayList<>();
    private String nativeName;
    private String reportedName;

    private PropertySchema(String name, Kind kind, PropertySchema... fields) {
        this.name = name;
        this.kind = kind;
        this.fields = List.of(fields);
        this.nativeName = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        this.reportedName = name;
    }

    static PropertySchema text(String name) {
        return new PropertySchema(name, Kind.TEXT);
    }

    static PropertySchema bool(String name) {
        return new PropertySchema(name, Kind.BOOL);
    }

    static PropertySchema integer(String name) {
        return new PropertySchema(name, Kind.INTEGER);
    }

    static PropertySchema number(String name) {
        return new PropertySchema(name, Kind.NUMBER);
    }

    static PropertySchema textMap(String name) {
        return new PropertySchema(name, Kind.TEXT_MAP);
    }

    static PropertySchema textSet(String name) {
        return new PropertySchema(name, Kind.TEXT_SET);
    }

    static PropertySchema object(String name, PropertySchema... fields) {
        return new PropertySchema(name, Kind.OBJECT, fields);
    }

    static PropertySchema objectSet(String name, PropertySchema... fields) {
        return new PropertySchema(name, Kind.OBJECT_SET, fields);
    }

    /**
     * Names it as the official provider's messages do, where that is more than a change of spelling.
     *
     * @param nativeName its name in terraform-provider-aws
     * @param reportedName its name after "Examine values at"
     */
    PropertySchema named(String nativeName, String reportedName) {
        this.nativeName = nativeName;
        this.reportedName = reportedName;
        return this;
    }

    PropertySchema is(Trait... more) {
        traits.addAll(List.of(more));
        return this;
    }

    /** Adds a rule for the value; for a set of texts, for each text. */
    PropertySchema must(Constraint constraint) {
        constraints.add(constraint);
        return this;
    }

    String name() {
        return name;
    }

    String nativeName() {
        return nativeName;
    }

    String reportedName() {
        return reportedName;
    }

    Kind kind() {
        return kind;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    List<Constraint> constraints() {
        return constraints;
    }

    /** Returns the fields of an object, or of each object of a set. */
    List<PropertySchema> fields() {
        return fields;
    }
}
