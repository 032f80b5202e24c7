package com.aitutor.preview;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what the engine reports of a preview: one JSON object a line, as {@code pulumi preview --json} prints with
 * PULUMI_ENABLE_STREAMING_JSON_PREVIEW (pulumi/pulumi, sdk/go/common/apitype/events.go).
 */
final class EngineEvents {
    private static final String STACK = "pulumi:pulumi:Stack";

    private final Map<String, List<JsonObject>> steps = new LinkedHashMap<>();
    private final Set<Message> messages = new LinkedHashSet<>();
    private List<PropertyChange> outputs = List.of();
    private String result = "";

    private EngineEvents() {}

    /** Reads the engine's lines; what is no JSON, or cut off, is passed over. */
    static EngineEvents from(Stream<String> lines) {
        EngineEvents events = new EngineEvents();
        lines.forEach(events::read);
        return events;
    }

    /** Whether the preview came to its end without an error. */
    boolean succeeded() {
        return result.equals("succeeded");
    }

    List<PropertyChange> outputs() {
        return outputs;
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    int unchanged() {
        return (int) steps.values().stream()
                .filter(ofResource -> operation(ofResource) == Operation.NONE)
                .count();
    }

    List<Change> changes() {
        return steps.values().stream()
                .filter(ofResource -> operation(ofResource) != Operation.NONE)
                .map(EngineEvents::change)
                .toList();
    }

    private void read(String line) {
        JsonObject event;
        try {
            JsonElement parsed = JsonParser.parseString(line);
            if (!parsed.isJsonObject()) {
                return;
            }
            event = parsed.getAsJsonObject();
        } catch (JsonParseException e) {
            return;
        }
        if (event.has("diagnosticEvent")) {
            readDiagnostic(event.getAsJsonObject("diagnosticEvent"));
        } else if (event.has("resourcePreEvent")) {
            readStep(event.getAsJsonObject("resourcePreEvent").getAsJsonObject("metadata"));
        } else if (event.has("resOutputsEvent")) {
            readOutputs(event.getAsJsonObject("resOutputsEvent").getAsJsonObject("metadata"));
        } else if (event.has("summaryEvent")) {
            result = string(event.getAsJsonObject("summaryEvent"), "result");
        }
    }

    private void readDiagnostic(JsonObject diagnostic) {
        String severity = string(diagnostic, "severity");
        boolean ephemeral = diagnostic.has("ephemeral") && diagnostic.get("ephemeral").getAsBoolean();
        if (!ephemeral && (severity.equals(Message.ERROR) || severity.equals(Message.WARNING))) {
            messages.add(new Message(severity, string(diagnostic, "message").strip()));
        }
    }

    private void readStep(JsonObject step) {
        String type = string(step, "type");
        // the rest of pulumi: are stack, providers and references, which cost and hold nothing
        if (!type.startsWith("pulumi:")) {
            steps.computeIfAbsent(string(step, "urn"), urn -> new ArrayList<>()).add(step);
        }
    }

    private void readOutputs(JsonObject step) {
        if (string(step, "type").equals(STACK)) {
            outputs = Differences.between(state(step, "old", "outputs"), state(step, "new", "outputs"), Set.of());
        }
    }

    private static Operation operation(List<JsonObject> ofResource) {
        return ofResource.stream()
                .map(step -> Operation.from(string(step, "op")))
                .filter(operation -> operation != Operation.NONE)
                .reduce((first, second) -> first == Operation.REPLACE ? first : second)
                .orElse(Operation.NONE);
    }

    private static Change change(List<JsonObject> ofResource) {
        Operation operation = operation(ofResource);
        // of a replacement's steps, the one that knows both sides
        JsonObject step = ofResource.stream()
                .filter(candidate -> has(candidate, "old") && has(candidate, "new"))
                .findFirst()
                .orElse(ofResource.get(0));
        String urn = string(step, "urn");
        return new Change(
                operation,
                string(step, "type"),
                urn.substring(urn.lastIndexOf("::") + 2),
                string(state(step, has(step, "old") ? "old" : "new", "inputs"), "name"),
                properties(operation, step));
    }

    private static List<PropertyChange> properties(Operation operation, JsonObject step) {
        return switch (operation) {
            case CREATE, IMPORT -> Differences.fromNothing(state(step, "new", "inputs"));
            case UPDATE, REPLACE -> changed(step);
            case DELETE, NONE -> List.of();
        };
    }

    private static List<PropertyChange> changed(JsonObject step) {
        Set<String> replacing = strings(step, "keys");
        List<PropertyChange> inputs =
                Differences.between(state(step, "old", "inputs"), state(step, "new", "inputs"), replacing);
        if (!inputs.isEmpty()) {
            return inputs;
        }
        // the settings are as before, what AWS has is not
        JsonObject after = state(step, "new", "inputs");
        JsonObject before = new JsonObject();
        JsonObject wanted = new JsonObject();
        for (String key : strings(step, "diffs")) {
            before.add(key, state(step, "old", "outputs").get(key));
            wanted.add(key, after.get(key));
        }
        return Differences.between(before, wanted, replacing);
    }

    private static boolean has(JsonObject step, String side) {
        return step.has(side) && step.get(side).isJsonObject();
    }

    private static JsonObject state(JsonObject step, String side, String part) {
        JsonElement properties = has(step, side) ? step.getAsJsonObject(side).get(part) : null;
        return properties != null && properties.isJsonObject() ? properties.getAsJsonObject() : new JsonObject();
    }

    private static Set<String> strings(JsonObject object, String name) {
        Set<String> strings = new LinkedHashSet<>();
        if (object.has(name) && object.get(name).isJsonArray()) {
            object.getAsJsonArray(name).forEach(element -> strings.add(element.getAsString()));
        }
        return strings;
    }

    private static String string(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
