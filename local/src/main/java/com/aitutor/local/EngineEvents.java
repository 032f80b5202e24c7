package com.aitutor.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the engine wrote into an event log, one JSON object a line.
 *
 * @param events in the form of pulumi/pulumi, sdk/go/common/apitype/events.go
 */
record EngineEvents(List<JsonElement> events) {
    private static final String TABLE = "aws:dynamodb/table:Table";

    /** AWS's own, where none is given. */
    private static final int DEFAULT_RECOVERY_DAYS = 35;

    /** How the language host names a program that ended with an error. */
    private static final String PROGRAM_ENDED = "(?s).*exited with non-zero exit code: \\d+";

    /** Reads a log; a line that is cut off is passed over. */
    static EngineEvents of(String log) {
        List<JsonElement> events = new ArrayList<>();
        for (String line : log.lines().toList()) {
            try {
                events.add(JsonParser.parseString(line));
            } catch (JsonParseException e) {
                // cut off
            }
        }
        return new EngineEvents(events);
    }

    /** Whether the engine came to its end without an error. */
    boolean succeeded() {
        return all("summaryEvent").anyMatch(summary -> text(summary, "result").equals("succeeded"));
    }

    /** Whether anything would change, outputs included. */
    boolean hasChanges() {
        return all("summaryEvent")
                        .flatMap(summary -> at(summary, "resourceChanges").getAsJsonObject().keySet().stream())
                        .anyMatch(operation -> !operation.equals("same"))
                || all("resOutputsEvent", "metadata")
                        .filter(step -> text(step, "type").equals("pulumi:pulumi:Stack"))
                        .anyMatch(stack -> !at(stack, "old", "outputs").equals(at(stack, "new", "outputs")));
    }

    /** Why it did not. That the program ended with an error is none: the program has said why. */
    List<String> errors() {
        return messages("error").stream()
                .filter(message -> !message.matches(PROGRAM_ENDED))
                .toList();
    }

    /** Messages of a severity: error, warning or info. What the program and Maven print is info. */
    List<String> messages(String severity) {
        return all("diagnosticEvent")
                .filter(message -> text(message, "severity").equals(severity) && !isTrue(message, "ephemeral"))
                .map(message -> text(message, "message").stripTrailing())
                .distinct()
                .toList();
    }

    /** Of every table that would be taken away, half a sentence. */
    List<String> losses() {
        return tables("delete", "replace", "delete-replaced", "create-replacement")
                .map(step -> "table %s would be %s, and every chat session in it lost"
                        .formatted(
                                text(step, "old", "inputs", "name"),
                                text(step, "op").equals("delete") ? "deleted" : "replaced"))
                .distinct()
                .toList();
    }

    /** Of every protection that would be taken away from a table that stays, half a sentence. */
    List<String> weakenings() {
        return tables("update")
                .flatMap(step -> weakenings(at(step, "old", "inputs"), at(step, "new", "inputs")).stream())
                .toList();
    }

    private static List<String> weakenings(JsonElement before, JsonElement after) {
        List<String> found = new ArrayList<>();
        if (isTrue(before, "deletionProtectionEnabled") && !isTrue(after, "deletionProtectionEnabled")) {
            found.add("deletion protection would be off, and a later change may delete the table");
        }
        if (isTrue(before, "pointInTimeRecovery", "enabled")) {
            if (!isTrue(after, "pointInTimeRecovery", "enabled")) {
                found.add("point-in-time recovery would be off, and its backups dropped");
            } else if (recoveryDays(after) < recoveryDays(before)) {
                found.add("the recovery window would be shorter, and older backups dropped");
            }
        }
        return found;
    }

    private static int recoveryDays(JsonElement table) {
        String days = text(table, "pointInTimeRecovery", "recoveryPeriodInDays");
        return days.isEmpty() ? DEFAULT_RECOVERY_DAYS : Integer.parseInt(days);
    }

    private Stream<JsonElement> tables(String... operations) {
        return all("resourcePreEvent", "metadata")
                .filter(step ->
                        text(step, "type").equals(TABLE) && List.of(operations).contains(text(step, "op")));
    }

    private Stream<JsonElement> all(String... path) {
        return events.stream().map(event -> at(event, path)).filter(JsonElement::isJsonObject);
    }

    private static boolean isTrue(JsonElement parent, String... path) {
        return text(parent, path).equals("true");
    }

    private static String text(JsonElement parent, String... path) {
        JsonElement found = at(parent, path);
        return found.isJsonPrimitive() ? found.getAsString() : "";
    }

    /** What is at the end of a path through objects; JSON's null when there is nothing. */
    private static JsonElement at(JsonElement parent, String... path) {
        JsonElement found = parent;
        for (String key : path) {
            found = found instanceof JsonObject object && object.has(key) ? object.get(key) : JsonNull.INSTANCE;
        }
        return found;
    }
}
