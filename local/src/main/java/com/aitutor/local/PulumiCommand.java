package com.aitutor.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs any Pulumi command on the local stack. */
@Command(
        name = "pulumi",
        customSynopsis = "./local/pulumi COMMAND [ARGUMENT...]",
        description = {
            "Runs a Pulumi command on the stack \"local\", for example:",
            "  ./local/pulumi preview          what would change",
            "  ./local/pulumi config           the settings, in local/Pulumi.local.yaml",
            "  ./local/pulumi stack output     the outputs",
            "  ./local/pulumi refresh --yes    take over what was changed by hand",
            "  ./local/pulumi destroy --yes    delete everything the stack made",
            "  ./local/pulumi help             all of Pulumi's commands",
            "The database is started when a command needs it. Your own Pulumi account and settings are neither read nor"
                    + " changed."
        })
final class PulumiCommand implements Callable<Integer> {
    private static final Set<String> WITH_DATABASE =
            Set.of("up", "update", "preview", "pre", "refresh", "destroy", "down", "dn", "import", "watch");

    private static final Set<String> WITHOUT_STACK = Set.of("help", "version", "");

    /** Pulumi's own options that take the next argument, as far as they stand before a command. */
    private static final Set<String> WITH_VALUE =
            Set.of("-C", "--cwd", "--color", "-v", "--verbose", "--profiling", "--tracing", "--memprofilerate");

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        if (arguments.isEmpty()) {
            throw LocalFailure.usage("name a Pulumi command, for example: ./local/pulumi preview");
        }
        if (Set.of("-h", "--help").contains(arguments.get(0))) {
            new picocli.CommandLine(this).usage(System.out);
            return 0;
        }
        Folders folders = Folders.current();
        refuseOtherStack(arguments);
        List<String> command = commands(arguments);
        String first = command.isEmpty() ? "" : command.get(0);
        boolean asksForHelp = arguments.contains("-h") || arguments.contains("--help");
        Engine engine = Engine.get(folders);
        if (asksForHelp || WITHOUT_STACK.contains(first)) {
            List<String> line = new ArrayList<>(List.of(engine.pulumi().toString()));
            line.addAll(arguments);
            return Children.runOnTerminal(KnownEnvironment.process(line));
        }
        StackProject project = new LocalStack(folders).project(engine);
        if (WITH_DATABASE.contains(first)) {
            String endpoint = new Database(folders).start(Database.askedPort(System.getenv()));
            project.environment().put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
        }
        if (first.equals("stack") && command.contains("output") && !LocalStack.isDeployed(project)) {
            throw new LocalFailure("Nothing is deployed, so there are no outputs.", "Deploy first: ./local/up");
        }
        if (first.equals("stack") && (command.contains("rm") || command.contains("remove"))) {
            // or Pulumi would delete the settings with the state
            arguments.add("--preserve-config");
        }
        return Children.runOnTerminal(project.pulumi(arguments));
    }

    /** The Pulumi command and its own arguments, without options. */
    static List<String> commands(List<String> arguments) {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (WITH_VALUE.contains(arguments.get(i))) {
                i++;
            } else if (!arguments.get(i).startsWith("-")) {
                commands.add(arguments.get(i));
            }
        }
        return commands;
    }

    private static void refuseOtherStack(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String stack = "";
            if (argument.startsWith("--stack=")) {
                stack = argument.substring("--stack=".length());
            } else if (Set.of("-s", "--stack").contains(argument) && i + 1 < arguments.size()) {
                stack = arguments.get(i + 1);
            }
            if (!stack.isEmpty() && !stack.equals(LocalStack.NAME)) {
                throw LocalFailure.usage(
                        "./local/pulumi works on the stack local alone.",
                        "A stack on AWS: pulumi " + String.join(" ", arguments),
                        "What it would do, without AWS: ./local/preview " + stack);
            }
        }
    }
}
