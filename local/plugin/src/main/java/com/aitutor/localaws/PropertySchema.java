package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about one property of a resource: its kind, who sets it, and what the official provider does with it.
 *
 * @param name the property's name in Pulumi
 * @param nativeName its name in the official provider, which its messages use
 * @param reportedName its name where a message says which value to examine
 * @param kind what values it takes
 * @param traits what the official provider does with it
 * @param whenAbsent the value shown when the program gives none, absent for none
 * @param shownFrom the first phase that shows {@code whenAbsent}
 * @param constraints rules for its value; for a set of texts, for each text
 * @param conflicts names of properties it cannot be given together with
 * @param origin the property whose value this one contains, so that it is secret when the other is; empty for none
 * @param identity the field that tells the elements of a set of objects apart; empty when the whole element does
 * @param fields the fields of an object, or of each object of a set
 */
record PropertySchema(
        String name,
        String nativeName,
        String reportedName,
        Kind kind,
        Set<Trait> traits,
        PropertyValue whenAbsent,
        Phase shownFrom,
        List<Constraint> constraints,
        List<String> conflicts,
        String origin,
        String identity,
        List<PropertySchema> fields) {

    /** What values a property takes. */
    enum Kind {
        /** A string. */
        TEXT,
        /** A truth value. */
        BOOL,
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** A map from names to strings. */
        TEXT_MAP,
        /** Strings without an order. */
        TEXT_SET,
        /** One object with known fields. */
        OBJECT,
        /** Objects with known fields, without an order. */
        OBJECT_SET
    }

    /** What the official provider does with a property. */
    enum Trait {
        /** The program must give it. */
        REQUIRED,
        /** The program cannot give it. */
        OUTPUT,
        /** A change replaces the resource. */
        REPLACES,
        /** A change replaces the resource, unless it takes the value away. */
        REPLACES_WHEN_SET,
        /** When the program leaves it out, AWS's value stays and nothing differs. */
        COMPUTED,
        /** Leaving it out, and giving an object whose field {@code enabled} is false, are the same. */
        OFF_WHEN_ABSENT,
        /** -1 means the same as leaving it out: no limit. */
        UNLIMITED_WHEN_MINUS_ONE,
        /** Only the identity of the elements of the set counts as a difference. */
        COMPARED_BY_IDENTITY,
        /** AWS has it, this plugin does not: only a value that says nothing is accepted. */
        UNSUPPORTED
    }

    /** The moments a resource's properties are shown, in the order they come. */
    enum Phase {
        /** A preview of a create. */
        PREVIEW,
        /** A create. */
        CREATE,
        /** An update. */
        UPDATE,
        /** A read, for a refresh or an import. */
        READ,
        /** No moment at all. */
        NEVER
    }

    static PropertySchema text(String name) {
        return of(name, Kind.TEXT);
    }

    static PropertySchema bool(String name) {
        return of(name, Kind.BOOL);
    }

    static PropertySchema integer(String name) {
        return of(name, Kind.INTEGER);
    }

    static PropertySchema number(String name) {
        return of(name, Kind.NUMBER);
    }

    static PropertySchema textMap(String name) {
        return of(name, Kind.TEXT_MAP);
    }

    static PropertySchema textSet(String name) {
        return of(name, Kind.TEXT_SET);
    }

    static PropertySchema object(String name, PropertySchema... fields) {
        return of(name, Kind.OBJECT).withFields(List.of(fields));
    }

    static PropertySchema objectSet(String name, PropertySchema... fields) {
        return of(name, Kind.OBJECT_SET).withFields(List.of(fields));
    }

    private static PropertySchema of(String name, Kind kind) {
        return new PropertySchema(
                name,
                snakeCase(name),
                name,
                kind,
                Set.of(),
                PropertyValue.ABSENT,
                Phase.NEVER,
                List.of(),
                List.of(),
                "",
                "",
                List.of());
    }

    /** Names it as the official provider does, where that is more than a change of spelling. */
    PropertySchema named(String newNativeName, String newReportedName) {
        return new PropertySchema(name, newNativeName, newReportedName, kind, traits, whenAbsent, shownFrom,
                constraints, conflicts, origin, identity, fields);
    }

    /** Adds traits. */
    PropertySchema is(Trait... more) {
        EnumSet<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(List.of(more));
        return new PropertySchema(name, nativeName, reportedName, kind, Set.copyOf(all), whenAbsent, shownFrom,
                constraints, conflicts, origin, identity, fields);
    }

    /** Says what is shown when the program gives no value, from the first phase to show it. */
    PropertySchema defaultsTo(PropertyValue value, Phase from) {
        return new PropertySchema(name, nativeName, reportedName, kind, traits, value, from, constraints, conflicts,
                origin, identity, fields);
    }

    /** Says that {@code ""}, {@code 0}, {@code false} or an empty collection is shown when the program gives none. */
    PropertySchema zeroFrom(Phase from) {
        return defaultsTo(zero(), from);
    }

    /** Adds a rule for the value. */
    PropertySchema must(Constraint constraint) {
        List<Constraint> all = new ArrayList<>(constraints);
        all.add(constraint);
        return new PropertySchema(name, nativeName, reportedName, kind, traits, whenAbsent, shownFrom,
                List.copyOf(all), conflicts, origin, identity, fields);
    }

    /** Names properties it cannot be given together with. */
    PropertySchema conflictsWith(String... names) {
        return new PropertySchema(name, nativeName, reportedName, kind, traits, whenAbsent, shownFrom, constraints,
                List.of(names), origin, identity, fields);
    }

    /** Says that its value contains that of another property. */
    PropertySchema containing(String property) {
        return new PropertySchema(name, nativeName, reportedName, kind, traits, whenAbsent, shownFrom, constraints,
                conflicts, property, identity, fields);
    }

    /** Names the field that tells the elements of the set apart. */
    PropertySchema identifiedBy(String field) {
        return new PropertySchema(name, nativeName, reportedName, kind, traits, whenAbsent, shownFrom, constraints,
                conflicts, origin, field, fields);
    }

    private PropertySchema withFields(List<PropertySchema> newFields) {
        return new PropertySchema(name, nativeName, reportedName, kind, traits, whenAbsent, shownFrom, constraints,
                conflicts, origin, identity, List.copyOf(newFields));
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns whether a value is a set, whose elements have no position. */
    boolean isSet() {
        return kind == Kind.TEXT_SET || kind == Kind.OBJECT_SET;
    }

    Optional<PropertySchema> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /** Returns the value of this kind that says nothing. */
    PropertyValue zero() {
        return switch (kind) {
            case TEXT -> PropertyValue.of("");
            case BOOL -> PropertyValue.of(false);
            case INTEGER, NUMBER -> PropertyValue.of(0);
            case TEXT_SET, OBJECT_SET -> PropertyValue.of(List.of());
            case TEXT_MAP, OBJECT -> PropertyValue.of(Map.of());
        };
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
