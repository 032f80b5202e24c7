package com.aitutor.local;

import picocli.CommandLine.Command;

/** For tests and the build. */
@Command(name = "database", description = "Starts and stops DynamoDB Local alone.")
final class DatabaseCommand {
    private final Database database = new Database(Folders.current());

    @Command(description = "Starts it unless it runs, and prints its endpoint.")
    void start() {
        System.out.println(database.start(Database.askedPort(System.getenv())));
    }

    @Command(description = "Stops it; its data stay.")
    void stop() {
        database.stop();
    }
}
