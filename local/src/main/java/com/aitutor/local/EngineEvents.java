package com.aitutor.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the engine wrote into an event log (pulumi/pulumi, sdk/go/common/apitype/events.go): one JSON object a line. */
final class EngineEvents {
    private static final String TABLE = "aws:dynamodb/table:Table";

    /** How the language host names a program that ended with an error; the program has said why. */
    private static final Pattern PROGRAM_ENDED = Pattern.compile("exited with non-zero exit code: \\d+$");

    private final List<JsonObject> steps = new ArrayList<>();
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private boolean succeeded;
    private boolean changes;

    /** Reads a log; what is no JSON, or cut off, is passed over. */
    static EngineEvents of(String log) {
        EngineEvents events = new EngineEvents();
        log.lines().forEach(events::read);
        return events;
    }

    /** Whether the engine came to its end without an error. */
    boolean succeeded() {
        return succeeded;
    }

    /** Whether anything would change, outputs included. */
    boolean hasChanges() {
        return changes;
    }

    /** Error messages: not that the program ended with an error, where that error is among them. */
    List<String> errors() {
        List<String> telling = errors.stream()
                .filter(error -> !PROGRAM_ENDED.matcher(error).find())
                .toList();
        return telling.isEmpty() ? List.copyOf(errors) : telling;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Of every table that would be taken away, half a sentence. */
    List<String> losses() {
        return tables("delete", "replace", "delete-replaced", "create-replacement").stream()
                .map(step -> "table %s would be %s, and every chat session in it lost"
                        .formatted(
                                text(inputs(step, "old"), "name"),
                                text(step, "op").equals("delete") ? "deleted" : "replaced"))
                .distinct()
                .toList();
    }

    /** Of every protection that would be taken away from a table that stays, half a sentence. */
    List<String> weakenings() {
        List<String> found = new ArrayList<>();
        for (JsonObject step : tables("update")) {
            JsonObject before = inputs(step, "old");
            JsonObject after = inputs(step, "new");
            if (isTrue(before, "deletionProtectionEnabled") && !isTrue(after, "deletionProtectionEnabled")) {
                found.add("deletion protection would be off, and a later change may delete the table");
            }
            JsonObject recovery = object(before, "pointInTimeRecovery");
            JsonObject later = object(after, "pointInTimeRecovery");
            if (isTrue(recovery, "enabled") && !isTrue(later, "enabled")) {
                found.add("point-in-time recovery would be off, and its backups dropped");
            } else if (days(later) < days(recovery)) {
                found.add("the recovery window would be shorter, and older backups dropped");
            }
        }
        return found;
    }

    private void read(String line) {
        try {
            JsonObject event = JsonParser.parseString(line).getAsJsonObject();
            if (event.has("diagnosticEvent")) {
                readDiagnostic(event.getAsJsonObject("diagnosticEvent"));
            } else if (event.has("resourcePreEvent")) {
                steps.add(object(object(event, "resourcePreEvent"), "metadata"));
            } else if (event.has("resOutputsEvent")) {
                JsonObject step = object(object(event, "resOutputsEvent"), "metadata");
                changes |= text(step, "type").equals("pulumi:pulumi:Stack")
                        && !object(object(step, "old"), "outputs").equals(object(object(step, "new"), "outputs"));
            } else if (event.has("summaryEvent")) {
                JsonObject summary = event.getAsJsonObject("summaryEvent");
                succeeded = text(summary, "result").equals("succeeded");
                changes |= object(summary, "resourceChanges").keySet().stream().anyMatch(key -> !key.equals("same"));
            }
        } catch (JsonParseException | IllegalStateException e) {
            // cut off
        }
    }

    private void readDiagnostic(JsonObject diagnostic) {
        if (!isTrue(diagnostic, "ephemeral")) {
            String message = text(diagnostic, "message").strip();
            switch (text(diagnostic, "severity")) {
                case "error" -> errors.add(message);
                case "warning" -> warnings.add(message);
                default -> {}
            }
        }
    }

    private List<JsonObject> tables(String... operations) {
        return steps.stream()
                .filter(step -> text(step, "type").equals(TABLE) && List.of(operations).contains(text(step, "op")))
                .filter(step -> step.get("old") instanceof JsonObject)
                .toList();
    }

    private static JsonObject inputs(JsonObject step, String side) {
        return object(object(step, side), "inputs");
    }

    private static int days(JsonObject recovery) {
        JsonElement days = recovery.get("recoveryPeriodInDays");
        return days == null ? 0 : days.getAsInt();
    }

    private static JsonObject object(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonObject child ? child : new JsonObject();
    }

    private static boolean isTrue(JsonObject parent, String key) {
        return parent.get(key) != null && parent.get(key).getAsString().equals("true");
    }

    private static String text(JsonObject parent, String key) {
        return parent.get(key) == null ? "" : parent.get(key).getAsString();
    }
}
