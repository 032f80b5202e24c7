package com.aitutor.localaws;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A value of a property, or all properties of a resource, as the engine sends them. It may be absent, and in a preview
 * it may be unknown. Secrets do not occur: the engine keeps them from providers that do not ask for them.
 *
 * @param wire the value in Pulumi's wire format
 */
record PropertyValue(Value wire) {
    static final PropertyValue ABSENT = new PropertyValue(Values.ofNull());

    /** A value that is known only after the update. Pulumi's SDK for Java has this sign alone, for all kinds of values. */
    static final PropertyValue UNKNOWN = of("04da6b54-80e4-46f7-96ec-b56ff0331ba9");

    static final PropertyValue EMPTY = of(Map.of());

    /**
     * Returns the value of a string, a Boolean, a number, a list or a map of such, or of a property value. Absent values
     * of a map are dropped.
     */
    static PropertyValue of(Object value) {
        if (value instanceof PropertyValue already) {
            return already;
        } else if (value instanceof String text) {
            return new PropertyValue(Values.of(text));
        } else if (value instanceof Boolean bool) {
            return new PropertyValue(Values.of(bool));
        } else if (value instanceof Number number) {
            return new PropertyValue(Values.of(number.doubleValue()));
        } else if (value instanceof List<?> list) {
            return new PropertyValue(
                    Values.of(list.stream().map(element -> of(element).wire).toList()));
        } else if (value instanceof Map<?, ?> map) {
            PropertyValue fields = of(Struct.getDefaultInstance());
            for (Map.Entry<?, ?> field : map.entrySet()) {
                fields = fields.with((String) field.getKey(), field.getValue());
            }
            return fields;
        }
        throw new IllegalArgumentException("no property value: " + value);
    }

    /** Returns the list of what is made of each of some elements. */
    static <T> PropertyValue list(List<T> elements, Function<T, ?> make) {
        return of(elements.stream().map(make).toList());
    }

    static PropertyValue of(Struct properties) {
        return new PropertyValue(Values.of(properties));
    }

    /** Returns the value that a text of JSON describes, absent when the text is no JSON. */
    PropertyValue parsed() {
        Value.Builder parsed = Value.newBuilder();
        try {
            JsonFormat.parser().merge(text(), parsed);
            return new PropertyValue(parsed.build());
        } catch (InvalidProtocolBufferException e) {
            return ABSENT;
        }
    }

    Struct struct() {
        return wire.getStructValue();
    }

    Value.KindCase kind() {
        return wire.getKindCase();
    }

    boolean isAbsent() {
        return kind() == Value.KindCase.NULL_VALUE || kind() == Value.KindCase.KIND_NOT_SET;
    }

    /** Returns whether the value itself is unknown; a list that holds an unknown value is not. */
    boolean isUnknown() {
        return equals(UNKNOWN);
    }

    /** Returns whether nothing in the value, at any depth, is unknown. */
    boolean isWhollyKnown() {
        return !isUnknown()
                && elements().stream().allMatch(PropertyValue::isWhollyKnown)
                && fields().values().stream().allMatch(PropertyValue::isWhollyKnown);
    }

    /**
     * Returns whether the value says nothing: absent, {@code ""}, 0, false, or a list or map without elements. The
     * official provider does not tell these apart.
     */
    boolean isZero() {
        return switch (kind()) {
            case STRING_VALUE -> text().isEmpty();
            case NUMBER_VALUE -> wire.getNumberValue() == 0;
            case BOOL_VALUE -> !bool();
            case LIST_VALUE -> elements().isEmpty();
            case STRUCT_VALUE -> struct().getFieldsMap().isEmpty();
            case NULL_VALUE, KIND_NOT_SET -> true;
        };
    }

    /** Returns the text, {@code ""} when this is none. */
    String text() {
        return wire.getStringValue();
    }

    boolean bool() {
        return wire.getBoolValue();
    }

    long whole() {
        return (long) wire.getNumberValue();
    }

    boolean isWhole() {
        return kind() == Value.KindCase.NUMBER_VALUE && wire.getNumberValue() == Math.rint(wire.getNumberValue());
    }

    /** Returns the elements of a list, none when this is no list. */
    List<PropertyValue> elements() {
        return wire.getListValue().getValuesList().stream()
                .map(PropertyValue::new)
                .toList();
    }

    /** Returns the fields of a map by name, sorted; none when this is no map. */
    Map<String, PropertyValue> fields() {
        Map<String, PropertyValue> fields = new TreeMap<>();
        struct().getFieldsMap().forEach((name, field) -> fields.put(name, new PropertyValue(field)));
        return fields;
    }

    PropertyValue get(String field) {
        return new PropertyValue(struct().getFieldsOrDefault(field, ABSENT.wire));
    }

    /** Returns a copy with one field set, or dropped when the new value is absent. */
    PropertyValue with(String field, Object value) {
        return of(value).isAbsent()
                ? of(struct().toBuilder().removeFields(field).build())
                : of(struct().toBuilder().putFields(field, of(value).wire).build());
    }

    /** Returns a copy of a map without what is unknown in it, at any depth of maps. */
    PropertyValue withoutUnknowns() {
        PropertyValue known = isUnknown() ? ABSENT : this;
        for (Map.Entry<String, PropertyValue> field : fields().entrySet()) {
            known = known.with(field.getKey(), field.getValue().withoutUnknowns());
        }
        return known;
    }
}
