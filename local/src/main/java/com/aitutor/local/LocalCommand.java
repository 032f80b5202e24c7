package com.aitutor.local;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The command line of local/: what {@code local/run} and the stubs beside it start. */
@Command(
        name = "local/run",
        description = "Runs the chat-session store on this machine, without an AWS account.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            LocalPulumiCommand.class,
            PreviewCommand.class,
            EnvCommand.class
        })
public final class LocalCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this.")
    private boolean help;

    enum DatabaseAction {
        start,
        stop
    }

    private LocalCommand() {}

    /** Runs a command and ends with its exit code: 0, 1 where it failed, 2 for wrong usage, or the command's own. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new LocalCommand())
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure))
                .setParameterExceptionHandler((failure, unused) -> {
                    System.err.println("error: " + failure.getMessage());
                    System.err.println("Usage: "
                            + failure.getCommandLine().getHelp().synopsis(7).strip());
                    return CommandLine.ExitCode.USAGE;
                });
        // what follows is Pulumi's
        line.getSubcommands().get("pulumi").setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        System.exit(line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
    }

    @Command(description = "For the build: gets the Pulumi engine when it is missing, and prints its folder.")
    void engine() throws IOException {
        System.out.println(Engine.get(Folders.current()).pulumi().getParent());
    }

    @Command(description = "For tests: starts DynamoDB Local unless it runs and prints its endpoint, or stops it.")
    void database(@Parameters(paramLabel = "start|stop") DatabaseAction action) throws IOException {
        Database database = new Database(Folders.current());
        if (action == DatabaseAction.start) {
            System.out.println(database.start());
        } else {
            database.stop();
        }
    }

    /** Says what a part of the local stack does. Standard output stays what a command is asked for. */
    static void say(String part, String text) {
        System.err.printf("%-9s %s%n", part, text);
    }

    private static int report(Exception failure) throws Exception {
        if (Children.isEnding()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LocalFailure told) {
                System.err.println("error: " + told.getMessage());
                return told.exitCode;
            }
            if (cause instanceof IOException) {
                System.err.println("error: " + cause);
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        throw failure;
    }
}
