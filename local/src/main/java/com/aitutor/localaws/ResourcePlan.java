package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Kind;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.List;

/** Works out the properties a resource will have, from the program's inputs and from what AWS keeps or chooses. */
final class ResourcePlan {
    private ResourcePlan() {}

    /** Plans a resource, given its state, empty when it is to be created. What only AWS can tell is unknown. */
    static PropertyValue of(List<PropertySchema> schema, PropertyValue inputs, PropertyValue state) {
        return fields(schema, inputs, state, state.isZero());
    }

    private static PropertyValue fields(
            List<PropertySchema> schema, PropertyValue input, PropertyValue old, boolean creating) {
        PropertyValue planned = PropertyValue.EMPTY;
        for (PropertySchema field : schema) {
            planned =
                    planned.with(field.name(), field(field, input.get(field.name()), old.get(field.name()), creating));
        }
        return planned;
    }

    private static PropertyValue field(
            PropertySchema schema, PropertyValue input, PropertyValue old, boolean creating) {
        if (input.isAbsent() || schema.has(Trait.OUTPUT)) {
            boolean chosenByAws = schema.has(Trait.OUTPUT) || schema.has(Trait.COMPUTED);
            return !chosenByAws ? PropertyValue.ABSENT : creating ? PropertyValue.UNKNOWN : old;
        }
        // the official provider shows a map or a set of texts with an unknown part as unknown
        boolean whole = schema.kind() == Kind.TEXT_MAP || schema.kind() == Kind.TEXT_SET;
        if (input.isUnknown() || whole && !input.isWhollyKnown()) {
            return PropertyValue.UNKNOWN;
        }
        return switch (schema.kind()) {
            case OBJECT -> fields(schema.fields(), input, old, creating);
            case OBJECT_SET ->
                PropertyValue.of(input.elements().stream()
                        .map(element -> element.isUnknown()
                                ? element
                                : fields(schema.fields(), element, PropertyValue.EMPTY, creating))
                        .toList());
            case TEXT, BOOL, INTEGER, NUMBER, TEXT_MAP, TEXT_SET -> input;
        };
    }
}
