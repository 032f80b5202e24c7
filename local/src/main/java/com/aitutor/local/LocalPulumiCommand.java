package com.aitutor.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
final class LocalPulumiCommand implements Callable<Integer> {
    private static final Set<String> WITH_DATABASE =
            Set.of("up", "update", "preview", "pre", "refresh", "destroy", "down", "dn", "import", "watch");

    private static final Set<String> WITHOUT_QUESTIONS = Set.of("preview", "pre", "--yes", "-y");

    private static final Pattern STACK = Pattern.compile("(?:^|\n)(?:-s|--stack)[=\n]([^\n]+)");

    @Parameters(arity = "1..*", hidden = true, paramLabel = "COMMAND")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        refuseOtherStack();
        Folders folders = Folders.current();
        boolean asksForHelp = arguments.contains("-h") || arguments.contains("--help");
        if (asksForHelp || Collections.disjoint(arguments, WITH_DATABASE)) {
            return run(folders, Map.of());
        }
        return LocalStack.changing(
                folders, () -> run(folders, Map.of(Database.ENDPOINT_VARIABLE, new Database(folders).start())));
    }

    private int run(Folders folders, Map<String, String> environment) throws IOException {
        StackProject project = LocalStack.project(folders, Engine.get(folders));
        project.environment().putAll(environment);
        if (arguments.containsAll(List.of("stack", "output"))
                && !project.stateOf(LocalStack.NAME).contains("\"resources\"")) {
            throw new LocalFailure("Nothing is deployed, so there are no outputs.", "Deploy first: ./local/up");
        }
        if (arguments.containsAll(List.of("stack", "rm"))) {
            // or Pulumi would delete the settings with the state
            arguments.add("--preserve-config");
        }
        if (Collections.disjoint(arguments, WITHOUT_QUESTIONS)) {
            return Children.runOnTerminal(project.pulumi(arguments));
        }
        return Children.runShown(project.pulumi(arguments));
    }

    private void refuseOtherStack() {
        Matcher stack = STACK.matcher(String.join("\n", arguments));
        if (stack.find() && !stack.group(1).equals(LocalStack.NAME)) {
            throw LocalFailure.usage(
                    "./local/pulumi works on the stack local alone.",
                    "A stack on AWS: pulumi " + String.join(" ", arguments),
                    "What it would do, without AWS: ./local/preview " + stack.group(1));
        }
    }
}
