package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        customSynopsis = "./local/down [--delete-data]",
        description = "Stops DynamoDB Local. Tables and state stay for the next ./local/up.")
final class DownCommand implements Callable<Integer> {
    /** Only what these commands made: the folder may be one of the user's. */
    private static final List<String> OURS =
            List.of("database", "state", "pulumi", "project", "program.log", "stack.lock", "up.lock");

    @Option(names = "--delete-data", description = "Deletes them too, without asking.")
    private boolean deleteData;

    @Override
    public Integer call() throws IOException {
        Folders folders = Folders.current();
        Path data = folders.data();
        if (!deleteData) {
            new Database(folders).stop();
        } else if (Files.notExists(data)) {
            LocalCommand.say("Data", "there is none");
        } else {
            LocalStack.changing(folders, () -> {
                new Database(folders).stopQuietly();
                for (String ours : OURS) {
                    Folders.delete(data.resolve(ours));
                }
                return true;
            });
            if (data.toFile().list().length == 0) {
                Files.delete(data);
            }
            LocalCommand.say("Data", "deleted: tables, state and logs in " + data);
            LocalCommand.say(
                    "Data", "kept: settings in " + LocalStack.settings(folders) + ", the engine in your cache folder");
        }
        return 0;
    }
}
