package com.aitutor.preview;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Locale;

/** A preview as JSON. Its shape is described in docs/delivery.md. */
final class JsonReport {
    private JsonReport() {}

    static String of(Preview preview) {
        JsonObject report = new JsonObject();
        report.addProperty("stack", preview.stack());
        report.add("against", preview.against().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        report.addProperty("outcome", name(preview.outcome()));
        report.addProperty("exitCode", preview.outcome().exitCode());
        report.add("notes", strings(preview.notes()));
        report.add("losses", strings(preview.losses()));
        report.add("weakenings", strings(preview.weakenings()));
        report.add("messages", array(preview.messages().stream().map(JsonReport::message).toList()));
        report.add("changes", array(preview.changes().stream().map(JsonReport::change).toList()));
        report.add("outputs", array(preview.outputs().stream().map(JsonReport::output).toList()));
        report.add("count", count(preview));
        return new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create().toJson(report) + "\n";
    }

    private static JsonObject count(Preview preview) {
        JsonObject count = new JsonObject();
        for (Operation operation : Operation.values()) {
            count.addProperty(
                    operation == Operation.NONE ? "unchanged" : name(operation), preview.count(operation));
        }
        return count;
    }

    private static JsonObject message(Message message) {
        JsonObject object = new JsonObject();
        object.addProperty("severity", message.severity());
        object.addProperty("text", message.text());
        return object;
    }

    private static JsonObject change(Change change) {
        JsonObject object = new JsonObject();
        object.addProperty("operation", name(change.operation()));
        object.addProperty("type", change.type());
        object.addProperty("name", change.name());
        object.addProperty("physicalName", change.physicalName());
        object.add("properties", array(change.properties().stream().map(JsonReport::property).toList()));
        return object;
    }

    private static JsonObject property(PropertyChange property) {
        JsonObject object = output(property);
        object.addProperty("replaces", property.replaces());
        return object;
    }

    private static JsonObject output(PropertyChange output) {
        JsonObject object = new JsonObject();
        object.addProperty("path", output.path());
        object.add("before", known(output.before()));
        object.add("after", known(output.after()));
        return object;
    }

    private static JsonElement known(JsonElement value) {
        return Values.isUnknown(value) ? new JsonPrimitive(Values.text(value)) : value;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonArray strings(Collection<String> values) {
        return array(values.stream().map(JsonPrimitive::new).toList());
    }

    private static JsonArray array(Collection<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }
}
