package com.aitutor.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one process at a time do something. A lock ends with the process that holds it, however that ends. */
final class RunLock {
    private RunLock() {}

    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something when no other process holds the lock; what the other one does is said meanwhile. */
    static <T> T during(Path file, String meanwhile, Work<T> work) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = open(file)) {
            if (channel.tryLock() == null) {
                LocalCommand.say("Waiting", meanwhile);
                channel.lock();
            }
            return work.run();
        }
    }

    /** Whether a process holds the lock, whose folder is there. */
    static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            return channel.tryLock() == null;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
