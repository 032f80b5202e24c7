package com.aitutor.preview;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A preview as a comment for a pull request. What comes from the program or a stack file stands in fences, where no
 * mark-up works.
 */
final class MarkdownReport {
    private static final Pattern MARK_UP = Pattern.compile("[^A-Za-z0-9 .,:;()/+='_-]");

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    static String of(Preview preview) {
        MarkdownReport report = new MarkdownReport();
        report.write(preview);
        return report.text.toString();
    }

    private void write(Preview preview) {
        // whoever posts this finds the earlier comment by it
        line("<!-- chat-sessions preview: %s -->".formatted(preview.stack()));
        line("### " + plain(Headline.title(preview)));
        line("");
        List<String> alarms = Headline.alarms(preview);
        if (!alarms.isEmpty()) {
            line(preview.outcome() == Outcome.CHANGED ? "> [!WARNING]" : "> [!CAUTION]");
            alarms.forEach(alarm -> line("> **" + plain(alarm) + "**"));
            line("");
        }
        preview.notes().forEach(note -> line("_" + plain(note) + "_\n"));
        if (!preview.messages().isEmpty()) {
            fence("text", preview.messages().stream()
                    .map(message -> message.severity() + ": " + message.text())
                    .collect(joining("\n")));
        }
        switch (preview.outcome()) {
            case UNCHANGED -> line("Nothing changes (" + Body.summary(preview) + ").");
            case CHANGED, TABLE_LOST -> {
                fence("diff", Body.of(preview).stream().map(MarkdownReport::diffLine).collect(joining("\n")));
                line(Body.summary(preview) + ".");
            }
            case REFUSED, PROGRAM_BROKEN, FAILED -> {
                // the messages have said it all
            }
        }
    }

    // GitHub colours lines of a diff that begin with +, - or !
    private static String diffLine(Body.Line line) {
        String sign = switch (line.sign()) {
            case "~", "=" -> "!  ";
            case "+/-" -> "-/+";
            case "" -> "   ";
            default -> line.sign() + "  ";
        };
        return (sign + " " + line.text()).stripTrailing();
    }

    private void fence(String language, String content) {
        String fence = "```";
        while (content.contains(fence)) {
            fence += "`";
        }
        line(fence + language);
        line(content);
        line(fence);
        line("");
    }

    /** Text without any mark-up; an underscore in a word is none on GitHub. */
    private static String plain(String text) {
        return MARK_UP.matcher(text).replaceAll("\\\\$0");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
