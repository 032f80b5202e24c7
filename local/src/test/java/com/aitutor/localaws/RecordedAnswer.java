package com.aitutor.localaws;

import io.grpc.StatusRuntimeException;
import java.util.List;

/**
 * An answer, recorded or given now, in the form in which two of them are compared: without what differs from run to run
 * (request ids, ids made up by AWS), without order (all lists are sets), without values that say nothing, and without
 * properties that the plugin does not carry.
 */
final class RecordedAnswer {
    private static final String MADE_UP_ID = ":[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    private RecordedAnswer() {}

    static PropertyValue of(PropertyValue answer, List<PropertySchema> schema) {
        List<String> names = schema.stream().map(PropertySchema::name).toList();
        PropertyValue comparable = PropertyValue.EMPTY;
        for (String part : List.of("changes", "failures", "id")) {
            comparable = comparable.with(part, answer.get(part));
        }
        for (String part : List.of("inputs", "properties")) {
            comparable = comparable.with(part, carried(answer.get(part), schema));
        }
        for (String part : List.of("diffs", "replaces")) {
            comparable = comparable.with(
                    part,
                    answer.get(part).elements().stream()
                            .filter(name -> names.contains(name.text()))
                            .toList());
        }
        return normal(comparable);
    }

    static PropertyValue ofError(String message) {
        return PropertyValue.EMPTY.with(
                "error",
                message.replaceAll("RequestID: [^,]*,", "RequestID: ...,")
                        .replaceFirst("^1 error occurred:\\n\\t\\* : ((?s:.*)) - \\n\\n$", "$1")
                        .replaceFirst(": $", ""));
    }

    static PropertyValue ofError(StatusRuntimeException e) {
        return ofError(String.valueOf(e.getStatus().getDescription()));
    }

    /** Returns properties without those, at any depth, that a schema does not have. */
    static PropertyValue carried(PropertyValue properties, List<PropertySchema> schema) {
        if (properties.fields().isEmpty()) {
            return properties;
        }
        PropertyValue carried = PropertyValue.EMPTY;
        for (PropertySchema property : schema) {
            PropertyValue value = properties.get(property.name());
            carried = carried.with(
                    property.name(),
                    switch (property.kind()) {
                        case OBJECT -> carried(value, property.fields());
                        case OBJECT_SET ->
                            value.elements().isEmpty()
                                    ? value
                                    : value.elements().stream()
                                            .map(element -> carried(element, property.fields()))
                                            .toList();
                        default -> value;
                    });
        }
        return carried;
    }

    static PropertyValue normal(PropertyValue value) {
        if (!value.elements().isEmpty()) {
            return PropertyValue.of(value.elements().stream()
                    .map(RecordedAnswer::normal)
                    .sorted((a, b) -> ProtobufJson.text(a.wire()).compareTo(ProtobufJson.text(b.wire())))
                    .toList());
        }
        PropertyValue normal =
                value.text().isEmpty() ? value : PropertyValue.of(value.text().replaceFirst(MADE_UP_ID, ":..."));
        for (String name : value.fields().keySet()) {
            PropertyValue field = normal(value.get(name));
            normal = normal.with(name, field.isZero() ? PropertyValue.ABSENT : field);
        }
        return normal;
    }
}
