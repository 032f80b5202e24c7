package com.aitutor.preview;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.stream.StreamSupport;

/** Property values as people read them. */
final class Values {
    /** What the engine has in place of a value that only a deployment will tell (pulumi/pulumi, UnknownStringValue). */
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static final String UNKNOWN_TEXT = "(known after the deployment)";

    private Values() {}

    /** A value in one line, if it has no line breaks of its own. */
    static String text(JsonElement value) {
        if (value.isJsonObject()) {
            return value.getAsJsonObject().entrySet().stream()
                    .filter(entry -> !isInternal(entry.getKey()))
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(joining(", ", "{", "}"));
        }
        if (value.isJsonArray()) {
            return StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
                    .map(Values::text)
                    .collect(joining(", ", "[", "]"));
        }
        if (value.isJsonNull()) {
            return "(none)";
        }
        String text = value.getAsString();
        return text.equals(UNKNOWN) ? UNKNOWN_TEXT : text.isEmpty() ? "\"\"" : text;
    }

    /** Whether a property is bookkeeping of Pulumi's. */
    static boolean isInternal(String name) {
        return name.startsWith("__");
    }

    static boolean isUnknown(JsonElement value) {
        return value.equals(new JsonPrimitive(UNKNOWN));
    }

    static boolean isTrue(JsonElement value) {
        return value.equals(new JsonPrimitive(true));
    }

    static boolean isLess(JsonElement value, JsonElement other) {
        return isNumber(value) && isNumber(other) && value.getAsDouble() < other.getAsDouble();
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }
}
