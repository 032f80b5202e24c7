package com.aitutor.localaws;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is known about one property of a resource: its kind, who sets it, and what the official provider does with it.
 * Immutable; the methods that add to it return a copy.
 */
final class PropertySchema {

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

    private final String name;
    private final Kind kind;
    private final List<PropertySchema> fields;
    private String nativeName;
    private String reportedName;
    private Set<Trait> traits = Set.of();
    private PropertyValue whenAbsent = PropertyValue.ABSENT;
    private Phase shownFrom = Phase.NEVER;
    private List<Constraint> constraints = List.of();
    private List<String> conflicts = List.of();
    private String origin = "";
    private String identity = "";

    private PropertySchema(String name, Kind kind, PropertySchema... fields) {
        this.name = name;
        this.kind = kind;
        this.fields = List.of(fields);
        this.nativeName = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        this.reportedName = name;
    }

    private PropertySchema changed(Consumer<PropertySchema> change) {
        PropertySchema copy = new PropertySchema(name, kind, fields.toArray(PropertySchema[]::new));
        copy.nativeName = nativeName;
        copy.reportedName = reportedName;
        copy.traits = traits;
        copy.whenAbsent = whenAbsent;
        copy.shownFrom = shownFrom;
        copy.constraints = constraints;
        copy.conflicts = conflicts;
        copy.origin = origin;
        copy.identity = identity;
        change.accept(copy);
        return copy;
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

    /** Names it as the official provider does, where that is more than a change of spelling. */
    PropertySchema named(String nativeName, String reportedName) {
        return changed(copy -> {
            copy.nativeName = nativeName;
            copy.reportedName = reportedName;
        });
    }

    /** Adds traits. */
    PropertySchema is(Trait... more) {
        EnumSet<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(List.of(more));
        return changed(copy -> copy.traits = Set.copyOf(all));
    }

    /** Says what is shown when the program gives no value, from the first phase to show it. */
    PropertySchema defaultsTo(PropertyValue value, Phase from) {
        return changed(copy -> {
            copy.whenAbsent = value;
            copy.shownFrom = from;
        });
    }

    /** Says that {@code ""}, {@code 0}, {@code false} or an empty collection is shown when the program gives none. */
    PropertySchema zeroFrom(Phase from) {
        return defaultsTo(zero(), from);
    }

    /** Adds a rule for the value; for a set of texts, for each text. */
    PropertySchema must(Constraint constraint) {
        return changed(copy ->
                copy.constraints = Stream.concat(constraints.stream(), Stream.of(constraint)).toList());
    }

    /** Names properties it cannot be given together with. */
    PropertySchema conflictsWith(String... names) {
        return changed(copy -> copy.conflicts = List.of(names));
    }

    /** Says that its value contains that of another property, so that it is secret when the other is. */
    PropertySchema containing(String property) {
        return changed(copy -> copy.origin = property);
    }

    /** Names the field that tells the elements of the set apart. */
    PropertySchema identifiedBy(String field) {
        return changed(copy -> copy.identity = field);
    }

    /** Returns the property's name in Pulumi. */
    String name() {
        return name;
    }

    /** Returns its name in the official provider, which its messages use. */
    String nativeName() {
        return nativeName;
    }

    /** Returns its name where a message says which value to examine. */
    String reportedName() {
        return reportedName;
    }

    Kind kind() {
        return kind;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns the value shown when the program gives none, absent for none. */
    PropertyValue whenAbsent() {
        return whenAbsent;
    }

    /** Returns the first phase that shows {@link #whenAbsent}. */
    Phase shownFrom() {
        return shownFrom;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    /** Returns the names of properties it cannot be given together with. */
    List<String> conflicts() {
        return conflicts;
    }

    /** Returns the name of the property whose value this one contains, empty for none. */
    String origin() {
        return origin;
    }

    /** Returns the field that tells the elements of a set of objects apart, empty for none. */
    String identity() {
        return identity;
    }

    /** Returns the fields of an object, or of each object of a set. */
    List<PropertySchema> fields() {
        return fields;
    }

    /** Returns the value of this kind that says nothing. */
    private PropertyValue zero() {
        return switch (kind) {
            case TEXT -> PropertyValue.of("");
            case BOOL -> PropertyValue.of(false);
            case INTEGER, NUMBER -> PropertyValue.of(0);
            case TEXT_SET, OBJECT_SET -> PropertyValue.of(List.of());
            case TEXT_MAP, OBJECT -> PropertyValue.of(Map.of());
        };
    }
}
