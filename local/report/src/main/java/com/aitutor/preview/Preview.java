package com.aitutor.preview;

import java.util.List;
import java.util.Optional;

/**
 * What a stack's program and settings would do.
 *
 * @param stack its name
 * @param against what they are compared with; empty for nothing at all
 * @param notes on how the preview was made
 * @param outcome what a reviewer has to know first
 * @param changes to resources
 * @param outputs of the stack that would change
 * @param unchanged the number of resources that stay as they are
 * @param messages of the program, the engine and the AWS plugin
 */
record Preview(
        String stack,
        Optional<String> against,
        List<String> notes,
        Outcome outcome,
        List<Change> changes,
        List<PropertyChange> outputs,
        int unchanged,
        List<Message> messages) {
    Preview {
        notes = List.copyOf(notes);
        changes = List.copyOf(changes);
        outputs = List.copyOf(outputs);
        messages = List.copyOf(messages);
    }

    /** A preview that the engine has made. */
    static Preview from(EngineEvents found, String stack, Optional<String> against, List<String> notes) {
        List<Message> messages = Verdict.worthReading(found.messages());
        return new Preview(
                stack,
                against,
                notes,
                Verdict.of(found.succeeded(), found.changes(), found.outputs(), messages),
                found.changes(),
                found.outputs(),
                found.unchanged(),
                messages);
    }

    /** How many resources an operation would be done to. */
    long count(Operation operation) {
        return operation == Operation.NONE
                ? unchanged
                : changes.stream().filter(change -> change.operation() == operation).count();
    }

    /** Of every table that would be taken away, one sentence. */
    List<String> losses() {
        return changes.stream()
                .filter(Change::losesTable)
                .map(change -> "The table would be %s: every chat session in %s would be lost."
                        .formatted(
                                change.operation() == Operation.DELETE ? "deleted" : "replaced", change.physicalName()))
                .toList();
    }

    /** Of every protection that would be taken away from a table that stays, one sentence. */
    List<String> weakenings() {
        return changes.stream()
                .filter(change -> change.isTable() && change.operation() == Operation.UPDATE)
                .flatMap(change -> change.properties().stream())
                .flatMap(property -> weakening(property).stream())
                .toList();
    }

    private static Optional<String> weakening(PropertyChange property) {
        return switch (property.path()) {
            case "deletionProtectionEnabled" -> Values.isTrue(property.after())
                    ? Optional.empty()
                    : Optional.of("Deletion protection would be switched off: a later change may delete the table.");
            case "pointInTimeRecovery.enabled" -> Values.isTrue(property.after())
                    ? Optional.empty()
                    : Optional.of("Point-in-time recovery would be switched off, and the backups dropped.");
            case "pointInTimeRecovery.recoveryPeriodInDays" -> Values.isLess(property.after(), property.before())
                    ? Optional.of("The recovery window would get shorter: older backups are dropped at once.")
                    : Optional.empty();
            default -> Optional.empty();
        };
    }
}
