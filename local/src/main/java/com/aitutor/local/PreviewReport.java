package com.aitutor.local;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a preview found.
 *
 * @param exitCode see {@link PreviewCommand}
 * @param verdict what has to be known first, in one line
 * @param notes on how the preview was made
 * @param messages of the program, the engine and the plugin
 * @param diff what would change, as Pulumi shows it
 */
record PreviewReport(int exitCode, String verdict, List<String> notes, List<String> messages, String diff) {
    static final int FAILED = 1;
    static final int TABLE_LOST = 3;
    static final int REFUSED = 4;
    static final int PROGRAM_BROKEN = 5;

    /** What a Java stack trace has in every line. */
    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");

    /** What the engine says of a stack file that it cannot read, before it starts anything. */
    private static final Pattern STACK_FILE = Pattern.compile("getting stack configuration|validating stack config");

    /**
     * The report on a run of the engine.
     *
     * @param title what was previewed
     * @param fromNothing whether nothing was there before
     * @param errors what the engine printed as errors
     */
    static PreviewReport of(
            String title, boolean fromNothing, List<String> notes, EngineEvents events, String diff, String errors) {
        List<String> messages = new ArrayList<>();
        events.warnings().forEach(warning -> messages.add("warning: " + warning));
        if (events.succeeded()) {
            List<String> losses = events.losses();
            List<String> weakenings = events.weakenings();
            if (!losses.isEmpty()) {
                return new PreviewReport(
                        TABLE_LOST, title + ": TABLE LOST: " + String.join("; ", losses) + ".", notes, messages, diff);
            }
            String verdict = fromNothing ? "everything is created, from nothing" : "no chat session is lost";
            if (!events.hasChanges()) {
                return new PreviewReport(0, title + ": nothing changes.", notes, messages, "");
            }
            if (!weakenings.isEmpty()) {
                verdict = "PROTECTION WEAKENED: " + String.join("; ", weakenings);
            }
            return new PreviewReport(0, title + ": " + verdict + ".", notes, messages, diff);
        }
        List<String> causes = events.errors().isEmpty() ? List.of(errors.strip()) : events.errors();
        causes.forEach(error -> messages.add("error: " + error.replaceFirst("^error: ", "")));
        if (causes.stream().anyMatch(error -> STACK_TRACE.matcher(error).find())) {
            return broken(title, notes, messages);
        }
        if (events.errors().isEmpty() && !STACK_FILE.matcher(errors).find()) {
            return new PreviewReport(FAILED, title + ": NO PREVIEW: it could not be made.", notes, messages, "");
        }
        return refused(title, notes, messages);
    }

    static PreviewReport refused(String title, List<String> notes, List<String> messages) {
        return new PreviewReport(REFUSED, title + ": REFUSED: this cannot be deployed.", notes, messages, "");
    }

    static PreviewReport broken(String title, List<String> notes, List<String> messages) {
        return new PreviewReport(
                PROGRAM_BROKEN, title + ": BROKEN: the program does not compile or run.", notes, messages, "");
    }

    String text() {
        List<String> parts = new ArrayList<>(List.of(verdict));
        notes.forEach(note -> parts.add("note: " + note));
        messages.forEach(parts::add);
        if (!diff.isEmpty()) {
            parts.add("\n" + diff);
        }
        return String.join("\n", parts) + "\n";
    }

    /** For a comment or a summary on GitHub. */
    String markdown() {
        List<String> parts = new ArrayList<>(List.of("### " + verdict));
        notes.forEach(note -> parts.add("note: " + note));
        if (!messages.isEmpty()) {
            parts.add(fenced("", String.join("\n", messages)));
        }
        if (!diff.isEmpty()) {
            parts.add(fenced("diff", DiffText.forMarkdown(diff)));
        }
        return String.join("\n\n", parts) + "\n";
    }

    /** As a block that nothing in the text can end. */
    private static String fenced(String kind, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + kind + "\n" + text + "\n" + fence;
    }
}
