package com.aitutor.localaws;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is known about one property of a resource.
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
}
