package com.aitutor.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/** Processes started here. They end with this one, also when that is interrupted. */
final class Children {
    static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

    private static final Pattern REFUSAL =
            Pattern.compile("error: an unhandled error occurred: '.*' exited with non-zero exit code: 32");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What was started, with the time it gets to end by itself. */
    private static final Map<Process, Duration> STARTED = new ConcurrentHashMap<>();

    /** What is to be done after that, the last first. */
    private static final Deque<Closeable> AT_END = new ConcurrentLinkedDeque<>();

    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll));
    }

    private Children() {}

    /**
     * Runs a process on this one's terminal and returns its exit code. Ctrl-C reaches it too, so that it gets time to
     * end by itself: the engine takes a second request as one to end without writing down what it did.
     */
    static int runOnTerminal(ProcessBuilder builder) throws IOException {
        return await(start(builder.inheritIO(), PATIENCE));
    }

    /**
     * Runs a command of the engine's that asks nothing, and shows what it prints, but for the line with which Pulumi
     * repeats, as an error of its own, that the program has refused something.
     */
    static int runShown(ProcessBuilder builder) throws IOException {
        builder.command().add(1, Ansi.AUTO.enabled() ? "--color=always" : "--color=never");
        builder.redirectInput(NOTHING).redirectError(Redirect.INHERIT);
        Process process = start(builder, PATIENCE);
        // byte for byte, whatever the locale
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true, ISO_8859_1);
        process.inputReader(ISO_8859_1)
                .lines()
                .filter(REFUSAL.asPredicate().negate())
                .forEach(output::println);
        return await(process);
    }

    /** Runs a process without input; both its outputs go to a file. Returns its exit code. */
    static int run(ProcessBuilder builder, Path output) throws IOException {
        return await(start(builder.redirectErrorStream(true).redirectOutput(output.toFile())));
    }

    /** Runs a process without input and returns its output, empty when it fails; its errors go where it says. */
    static String output(ProcessBuilder builder) throws IOException {
        Process process = start(builder);
        String output = new String(process.getInputStream().readAllBytes());
        return await(process) == 0 ? output : "";
    }

    /** Starts a process without input that is asked to end as soon as this one is. */
    static Process start(ProcessBuilder builder) throws IOException {
        return start(builder.redirectInput(NOTHING), Duration.ZERO);
    }

    private static synchronized Process start(ProcessBuilder builder, Duration toItself) throws IOException {
        Process process = builder.start();
        STARTED.put(process, toItself);
        return process;
    }

    static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this process ends, and what fails now fails for that. */
    static boolean isEnding() {
        return ending;
    }

    /** A folder that is deleted when this process ends. */
    static Path temporaryFolder() throws IOException {
        String place = System.getenv().getOrDefault("TMPDIR", "/tmp");
        Path folder = Files.createTempDirectory(Path.of(place), "chat-sessions").toRealPath();
        atEnd(() -> Folders.delete(folder));
        return folder;
    }

    /** Does something when this process ends, after all that was started, and before what is to be done already. */
    static void atEnd(Closeable work) {
        AT_END.push(work);
    }

    /** Meanwhile nothing can be started. */
    private static synchronized void endAll() {
        ending = true;
        STARTED.forEach(Children::end);
        for (Closeable work : AT_END) {
            try {
                work.close();
            } catch (IOException e) {
                System.err.println("not cleaned up: " + e);
            }
        }
    }

    /** Asks a process and its descendants to end, then asks again, then insists. */
    private static void end(Process process, Duration toItself) {
        try {
            if (process.waitFor(toItself.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            for (int request = 0; request < 2; request++) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                if (process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            // nobody interrupts what runs at the end
        }
        process.destroyForcibly();
    }
}
