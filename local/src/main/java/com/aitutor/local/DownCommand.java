package com.aitutor.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the local database. */
@Command(
        name = "down",
        customSynopsis = "./local/down [--delete-data]",
        description = "Stops DynamoDB Local. Tables and state stay for the next ./local/up.")
final class DownCommand implements Runnable {
    /** Only what these commands made: the folder may be one of the user's. */
    private static final List<String> OURS =
            List.of("database", "state", "pulumi", "project", "program.log", "stack.lock", "up.lock");

    @Option(names = "--delete-data", description = "Deletes them too, without asking.")
    private boolean deleteData;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Override
    public void run() {
        Folders folders = Folders.current();
        Database database = new Database(folders);
        if (!deleteData) {
            database.stop();
            return;
        }
        if (Files.notExists(folders.data())) {
            Console.say("Data", "there is none");
            return;
        }
        RunLock.during(folders.data().resolve("up.lock"), "./local/up is at work here", () -> {
            database.stop();
            OURS.stream().map(folders.data()::resolve).forEach(Folders::delete);
            return true;
        });
        deleteIfEmpty(folders.data());
        Console.say("Data", "deleted: tables, state and logs in " + folders.data());
        Path settings = new LocalStack(folders).settings();
        if (Files.exists(settings)) {
            Console.say("Data", "kept: the stack's settings in " + settings + ", and the engine in your cache folder");
        }
    }

    private static void deleteIfEmpty(Path folder) {
        String[] inside = folder.toFile().list();
        if (inside != null && inside.length == 0) {
            Folders.delete(folder);
        }
    }
}
