package com.aitutor.preview;

import java.util.List;

/** A preview as lines for a terminal. */
final class TextReport {
    private final StringBuilder text = new StringBuilder();

    private TextReport() {}

    static String of(Preview preview) {
        TextReport report = new TextReport();
        report.write(preview);
        return report.text.toString();
    }

    private void write(Preview preview) {
        line(Headline.title(preview));
        preview.notes().forEach(note -> line("note: " + note));
        line("");
        List<String> alarms = Headline.alarms(preview);
        alarms.forEach(alarm -> line("!! " + alarm));
        preview.messages().forEach(message -> {
            line(message.severity() + ":");
            message.text().lines().forEach(part -> line("  " + part));
        });
        if (!alarms.isEmpty() || !preview.messages().isEmpty()) {
            line("");
        }
        switch (preview.outcome()) {
            case UNCHANGED -> line("Nothing changes (" + Body.summary(preview) + ").");
            case CHANGED, TABLE_LOST -> {
                Body.of(preview).forEach(part -> line("%-3s %s".formatted(part.sign(), part.text())));
                line("");
                line(Body.summary(preview));
            }
            case REFUSED, PROGRAM_BROKEN, FAILED -> {
                // the messages have said it all
            }
        }
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
