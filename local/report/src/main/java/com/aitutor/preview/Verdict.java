package com.aitutor.preview;

import java.util.List;
import java.util.regex.Pattern;

/** Decides what a reviewer has to know first. */
final class Verdict {
    /** What a Java stack trace has in every line. */
    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");

    /** How the engine's language host names a program that ended with an error; the program has said why. */
    private static final Pattern PROGRAM_ENDED = Pattern.compile("exited with non-zero exit code: \\d+$");

    /** What the engine says of a stack file that it cannot read, before it starts anything. */
    private static final Pattern STACK_FILE = Pattern.compile("getting stack configuration|validating stack config");

    private Verdict() {}

    static Outcome of(boolean succeeded, List<Change> changes, List<PropertyChange> outputs, List<Message> messages) {
        if (succeeded) {
            if (changes.stream().anyMatch(Change::losesTable)) {
                return Outcome.TABLE_LOST;
            }
            return changes.isEmpty() && outputs.isEmpty() ? Outcome.UNCHANGED : Outcome.CHANGED;
        }
        return messages.stream().filter(Message::isError).map(Message::text).anyMatch(text -> STACK_TRACE.matcher(text).find())
                ? Outcome.PROGRAM_BROKEN
                : Outcome.REFUSED;
    }

    /** What an engine that came to no end, and reported no error, has printed: whose fault it is. */
    static Outcome ofScreen(String screen) {
        return STACK_FILE.matcher(screen).find() ? Outcome.REFUSED : Outcome.FAILED;
    }

    /** The messages worth reading: not that the program ended with an error, where that error is among them. */
    static List<Message> worthReading(List<Message> messages) {
        List<Message> saying = messages.stream()
                .filter(message -> !message.isError() || !PROGRAM_ENDED.matcher(message.text()).find())
                .toList();
        return saying.stream().anyMatch(Message::isError) ? saying : messages;
    }
}
