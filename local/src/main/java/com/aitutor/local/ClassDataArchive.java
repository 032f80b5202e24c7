package com.aitutor.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes the programs of local/ start faster: see {@code local/jvm}. */
final class ClassDataArchive {
    /** A list with the program's own classes is larger than this, in bytes. */
    private static final long SHORTEST_LIST = 50_000;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private ClassDataArchive() {}

    /** Starts making the archives for which a run has recorded the classes. Goes on when this process ends. */
    static void makeMissing() {
        Path build = Folders.current().build();
        try (Stream<Path> files = Files.list(build)) {
            for (Path classes : files.filter(file -> file.toString().endsWith(".classes")).toList()) {
                String name = classes.getFileName().toString().replace(".classes", "");
                if (Files.size(classes) > SHORTEST_LIST
                        && Files.notExists(build.resolve(name + ".jsa"))
                        && claim(build.resolve(name + ".claim"))) {
                    make(build, name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nobody else makes it, or somebody began so long ago that it was killed. */
    private static boolean claim(Path claim) throws IOException {
        try {
            if (Files.exists(claim)
                    && Files.getLastModifiedTime(claim).toInstant().isBefore(Instant.now().minus(LONGEST))) {
                Files.deleteIfExists(claim);
            }
            Files.createFile(claim);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void make(Path build, String name) throws IOException {
        String complete = build.resolve(name + ".jsa").toString();
        String part = complete + "." + ProcessHandle.current().pid();
        ProcessBuilder builder = KnownEnvironment.process(List.of(
                "sh",
                "-c",
                "trap '' INT HUP; out=$1 complete=$2; shift 2; nice \"$@\" && mv \"$out\" \"$complete\" || rm -f \"$out\"",
                "sh",
                part,
                complete,
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + build.resolve(name + ".classes"),
                "-XX:SharedArchiveFile=" + part,
                "-cp",
                System.getProperty("java.class.path")));
        builder.redirectInput(Children.nothing())
                .redirectErrorStream(true)
                .redirectOutput(build.resolve(name + ".log").toFile())
                .start();
    }
}
