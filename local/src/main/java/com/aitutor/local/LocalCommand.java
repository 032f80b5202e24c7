package com.aitutor.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of local/: what {@code local/run} and the stubs beside it start. */
@Command(
        name = "local/run",
        description = "Runs the chat-session store on this machine, without an AWS account.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            PulumiCommand.class,
            PreviewCommand.class,
            EnvCommand.class,
            EngineCommand.class,
            DatabaseCommand.class
        })
public final class LocalCommand {
    /** Exit code of arguments that are not understood. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    private LocalCommand() {}

    /** Runs a command and ends with its exit code: 0, 1 where it failed, 2 for wrong usage, or the command's own. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new LocalCommand())
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure))
                .setParameterExceptionHandler((failure, unused) -> {
                    System.err.println("error: " + failure.getMessage());
                    System.err.println("Usage: " + failure.getCommandLine().getHelp().synopsis(7).strip());
                    return USAGE;
                });
        // what follows is Pulumi's
        line.getSubcommands().get("pulumi").setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        int exitCode = line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
        ClassDataArchive.makeMissing();
        System.exit(exitCode);
    }

    private static int report(Exception failure) throws Exception {
        if (failure instanceof LocalFailure told) {
            System.err.println("error: " + told.getMessage());
            told.details().forEach(line -> System.err.println("  " + line));
            return told.exitCode();
        }
        throw failure;
    }
}
