package com.aitutor.localaws;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The value of one property as Pulumi knows it: plain data, or not known yet.
 *
 * <p>Secretness is not part of a value; it belongs to the property that holds it, see {@link PropertyMap}.
 */
sealed interface PropertyValue {

    /** The value of a property that is absent, or present and null: Pulumi does not tell the two apart. */
    record Absent() implements PropertyValue {}

    /** A value that only the real run will know, met in previews. */
    record Unknown() implements PropertyValue {}

    /** A truth value. */
    record Bool(boolean value) implements PropertyValue {}

    /** A number; Pulumi has one kind, a double. */
    record Number(double value) implements PropertyValue {

        /** Returns whether the number has no fraction and fits a {@code long} exactly. */
        boolean isWhole() {
            return value == Math.rint(value) && Math.abs(value) < 1L << 53;
        }

        /** Returns the number as Go and AWS print it: no decimal point on whole numbers. */
        @Override
        public String toString() {
            return isWhole() ? Long.toString((long) value) : Double.toString(value);
        }
    }

    /** A string. */
    record Text(String value) implements PropertyValue {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(value);
        }
    }

    /** An ordered list. */
    record Sequence(List<PropertyValue> values) implements PropertyValue {
        /** Copies the list. */
        public Sequence {
            values = List.copyOf(values);
        }
    }

    /** A map from names to values; absent values are dropped, and the names are kept sorted. */
    record Fields(Map<String, PropertyValue> values) implements PropertyValue {
        /** Copies the map. */
        public Fields {
            Map<String, PropertyValue> present = new TreeMap<>(values);
            present.values().removeIf(Absent.class::isInstance);
            values = Collections.unmodifiableMap(present);
        }

        /** Returns the value under a name, {@link #ABSENT} when there is none. */
        PropertyValue get(String name) {
            return values.getOrDefault(name, ABSENT);
        }

        /** Returns a copy with one value replaced, or dropped when the new one is absent. */
        Fields with(String name, PropertyValue value) {
            Map<String, PropertyValue> changed = new TreeMap<>(values);
            changed.put(name, value);
            return new Fields(changed);
        }
    }

    /** The absent value. */
    PropertyValue ABSENT = new Absent();

    /** The unknown value. */
    PropertyValue UNKNOWN = new Unknown();

    /** Returns a string value. */
    static PropertyValue of(String value) {
        return new Text(value);
    }

    /** Returns a truth value. */
    static PropertyValue of(boolean value) {
        return new Bool(value);
    }

    /** Returns a number. */
    static PropertyValue of(double value) {
        return new Number(value);
    }

    /** Returns a list. */
    static PropertyValue of(List<PropertyValue> values) {
        return new Sequence(values);
    }

    /** Returns a map. */
    static PropertyValue of(Map<String, PropertyValue> values) {
        return new Fields(values);
    }

    /** Returns whether this value is absent. */
    default boolean isAbsent() {
        return this instanceof Absent;
    }

    /** Returns whether this value itself is unknown; a list that holds an unknown value is not. */
    default boolean isUnknown() {
        return this instanceof Unknown;
    }

    /** Returns whether nothing in this value, at any depth, is unknown. */
    default boolean isWhollyKnown() {
        if (this instanceof Sequence sequence) {
            return sequence.values().stream().allMatch(PropertyValue::isWhollyKnown);
        }
        if (this instanceof Fields fields) {
            return fields.values().values().stream().allMatch(PropertyValue::isWhollyKnown);
        }
        return !isUnknown();
    }

    /**
     * Returns whether this value says nothing: absent, {@code ""}, {@code 0}, {@code false}, or a list or map without
     * elements. The official provider does not tell these apart.
     */
    default boolean isZero() {
        if (this instanceof Text text) {
            return text.value().isEmpty();
        }
        if (this instanceof Number number) {
            return number.value() == 0;
        }
        if (this instanceof Bool bool) {
            return !bool.value();
        }
        if (this instanceof Sequence sequence) {
            return sequence.values().isEmpty();
        }
        if (this instanceof Fields fields) {
            return fields.values().isEmpty();
        }
        return isAbsent();
    }

    /** Returns the text, or {@code ""} when this is no text. */
    default String text() {
        return this instanceof Text text ? text.value() : "";
    }

    /** Returns the truth value, or false when this is none. */
    default boolean bool() {
        return this instanceof Bool bool && bool.value();
    }

    /** Returns the number cut to a whole one, or 0 when this is no number. */
    default long whole() {
        return this instanceof Number number ? (long) number.value() : 0;
    }

    /** Returns the elements of a list, or none when this is no list. */
    default List<PropertyValue> elements() {
        return this instanceof Sequence sequence ? sequence.values() : List.of();
    }

    /** Returns the fields of a map, or none when this is no map. */
    default Fields fields() {
        return this instanceof Fields fields ? fields : new Fields(Map.of());
    }

    /** Returns this value with every element of a list changed; other values are returned as they are. */
    default PropertyValue mapElements(UnaryOperator<PropertyValue> change) {
        return this instanceof Sequence sequence
                ? of(sequence.values().stream().map(change).toList())
                : this;
    }
}
