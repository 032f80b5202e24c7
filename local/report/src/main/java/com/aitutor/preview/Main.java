package com.aitutor.preview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what the engine reported into a report; {@code local/preview} runs it. */
public final class Main {
    private String stack = "";
    private String against = "";
    private final List<String> notes = new ArrayList<>();
    private Path events;
    private String screen = "";
    private String brokenProgram = "";
    private String refusal = "";
    private final List<Runnable> reports = new ArrayList<>();
    private Preview preview;

    private Main() {}

    /**
     * Writes reports and ends with the exit code of what was found.
     *
     * @param arguments {@code --stack NAME [--against REF] [--note TEXT]...}, the source of what is reported
     *     ({@code --events FILE --screen FILE}, {@code --broken-program FILE} or {@code --refusal TEXT}), and what to
     *     write where ({@code --text}, {@code --json} or {@code --markdown}, each followed by a file or -)
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Main main = new Main();
        main.read(arguments);
        main.preview = main.preview();
        main.reports.forEach(Runnable::run);
        System.out.flush();
        System.exit(main.preview.outcome().exitCode());
    }

    private void read(String[] arguments) throws IOException {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--stack" -> stack = value;
                case "--against" -> against = value;
                case "--note" -> notes.add(value);
                case "--events" -> events = Path.of(value);
                case "--screen" -> screen = Files.readString(Path.of(value));
                case "--broken-program" -> brokenProgram = Files.readString(Path.of(value));
                case "--refusal" -> refusal = value;
                case "--text" -> reports.add(() -> write(value, TextReport.of(preview)));
                case "--json" -> reports.add(() -> write(value, JsonReport.of(preview)));
                case "--markdown" -> reports.add(() -> write(value, MarkdownReport.of(preview)));
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
    }

    private Preview preview() throws IOException {
        if (!brokenProgram.isBlank()) {
            return withoutChanges(Outcome.PROGRAM_BROKEN, brokenProgram);
        }
        if (!refusal.isBlank()) {
            return withoutChanges(Outcome.REFUSED, refusal);
        }
        EngineEvents found;
        try (Stream<String> lines = Files.lines(events)) {
            found = EngineEvents.from(lines);
        }
        Preview whole = Preview.from(found, stack, reference(), notes);
        return found.succeeded() || whole.messages().stream().anyMatch(Message::isError)
                ? whole
                : withoutChanges(Verdict.ofScreen(screen), screen);
    }

    private Preview withoutChanges(Outcome outcome, String why) {
        List<Message> messages = List.of(new Message(Message.ERROR, why.strip()));
        return new Preview(stack, reference(), notes, outcome, List.of(), List.of(), 0, messages);
    }

    private Optional<String> reference() {
        return Optional.of(against).filter(name -> !name.isEmpty());
    }

    private static void write(String file, String report) {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        try {
            if (file.equals("-")) {
                System.out.write(bytes);
            } else {
                Files.write(Path.of(file), bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
