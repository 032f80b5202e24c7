package com.aitutor.preview;

import java.util.List;

/** The first words of a report. */
final class Headline {
    private Headline() {}

    /** What was previewed, and from where. */
    static String title(Preview preview) {
        return preview.against()
                .map(against -> "Stack %s: what changes from %s".formatted(preview.stack(), against))
                .orElseGet(() -> "Stack %s: everything it creates, from nothing".formatted(preview.stack()));
    }

    /** What has to be seen before all else; usually nothing. */
    static List<String> alarms(Preview preview) {
        return switch (preview.outcome()) {
            case UNCHANGED, CHANGED -> preview.weakenings();
            case TABLE_LOST -> preview.losses();
            case REFUSED -> List.of("Refused: this cannot be deployed, and nothing would be changed.");
            case PROGRAM_BROKEN -> List.of("The program does not compile, or does not run.");
            case FAILED -> List.of("There is no preview: it could not be made.");
        };
    }
}
