package com.aitutor.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets one process at a time do something. A lock ends with the process that holds it, however that ends. */
final class RunLock {
    private RunLock() {}

    /**
     * Waits until no other process holds the lock, then does something.
     *
     * @param meanwhile what is said when there is somebody to wait for
     */
    static <T> T during(Path file, String meanwhile, Supplier<T> work) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = open(file)) {
                for (boolean said = false; channel.tryLock() == null; said = true) {
                    if (!said) {
                        Console.say("Waiting", meanwhile);
                    }
                    TimeUnit.MILLISECONDS.sleep(200);
                }
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a process holds the lock. */
    static boolean isHeld(Path file) {
        if (Files.notExists(file)) {
            return false;
        }
        try (FileChannel channel = open(file)) {
            return channel.tryLock() == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
