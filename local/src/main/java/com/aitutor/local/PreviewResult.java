package com.aitutor.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a preview found.
 *
 * @param exitCode see {@link PreviewCommand}
 * @param verdict what has to be known first, in one line
 * @param remarks on how the preview was made, and messages of the program, the engine and the plugin
 * @param diff what would change, as Pulumi shows it
 */
record PreviewResult(int exitCode, String verdict, List<String> remarks, String diff) {
    private static final int NOTHING_LOST = 0;
    private static final int FAILED = 1;
    private static final int TABLE_LOST = 3;
    private static final int REFUSED = 4;
    private static final int PROGRAM_BROKEN = 5;

    /** What a Java stack trace has in every line. */
    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");

    /** What the engine says of a stack file that it cannot read, before it starts anything. */
    private static final Pattern STACK_FILE = Pattern.compile("getting stack configuration|validating stack config");

    /**
     * The result of a run of the engine.
     *
     * @param title what was previewed
     * @param fromNothing whether nothing was there before
     * @param printed what the engine printed as errors
     */
    static PreviewResult of(
            String title, boolean fromNothing, Set<String> notes, EngineEvents events, String diff, String printed) {
        List<String> remarks = new ArrayList<>();
        notes.forEach(note -> remarks.add("note: " + note));
        events.messages("warning").forEach(warning -> remarks.add("warning: " + warning));
        if (!events.succeeded()) {
            return failed(title, remarks, events, printed);
        }
        String losses = String.join("; ", events.losses());
        String weakenings = String.join("; ", events.weakenings());
        if (!losses.isEmpty()) {
            return new PreviewResult(TABLE_LOST, title + ": TABLE LOST: " + losses + ".", remarks, diff);
        }
        if (!events.hasChanges()) {
            return new PreviewResult(NOTHING_LOST, title + ": nothing changes.", remarks, "");
        }
        String verdict = fromNothing ? "everything is created, from nothing" : "no chat session is lost";
        if (!weakenings.isEmpty()) {
            verdict = "PROTECTION WEAKENED: " + weakenings;
        }
        return new PreviewResult(NOTHING_LOST, title + ": " + verdict + ".", remarks, diff);
    }

    private static PreviewResult failed(String title, List<String> remarks, EngineEvents events, String printed) {
        String maven = String.join("\n", events.messages("info")).strip();
        boolean compiles = !maven.contains("COMPILATION ERROR");
        List<String> causes = events.errors();
        if (!compiles || causes.isEmpty()) {
            causes = List.of(maven.isEmpty() ? printed.strip() : String.join("\n  ", Program.errors(maven)));
        }
        causes.forEach(cause -> remarks.add("error: " + cause.replaceFirst("^error: ", "")));
        if (!compiles || STACK_TRACE.matcher(String.join("\n", causes)).find()) {
            return new PreviewResult(
                    PROGRAM_BROKEN, title + ": BROKEN: the program does not compile or run.", remarks, "");
        }
        return events.errors().isEmpty() && !STACK_FILE.matcher(printed).find()
                ? new PreviewResult(FAILED, title + ": NO PREVIEW: it could not be made.", remarks, "")
                : new PreviewResult(REFUSED, title + ": REFUSED: this cannot be deployed.", remarks, "");
    }

    String text() {
        return verdict + "\n"
                + String.join("", remarks.stream().map(remark -> remark + "\n").toList())
                + (diff.isEmpty() ? "" : "\n" + diff);
    }

    /** For a comment or a summary on GitHub. */
    String markdown() {
        String rest = text().substring(verdict.length() + 1).strip();
        // as a block that nothing in the text can end
        String fence = "```";
        while (rest.contains(fence)) {
            fence += "`";
        }
        return "### " + verdict + "\n"
                + (rest.isEmpty() ? "" : "\n" + fence + "diff\n" + DiffText.signsFirst(rest) + "\n" + fence + "\n");
    }
}
