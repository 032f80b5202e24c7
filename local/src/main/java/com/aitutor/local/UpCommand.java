package com.aitutor.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the local stack up. */
@Command(
        name = "up",
        customSynopsis = "./local/up",
        description = {
            "Brings the chat-session store up on this machine: the real Pulumi engine and program, the table in DynamoDB"
                    + " Local. Run it again after any change; unchanged things stay as they are.",
            "",
            "Gets what is missing (the first time: the Pulumi engine, up to 8 minutes), starts DynamoDB Local on 127.0.0.1"
                    + " and runs \"pulumi up\" on the stack \"local\". Its settings are in local/Pulumi.local.yaml.",
            "",
            "Environment:",
            "  DYNAMODB_LOCAL_PORT       port of the database (default: 8000, or a free one; then always the same)",
            "  CHAT_SESSIONS_LOCAL_DATA  folder for tables, state and logs (default: local/.data)"
        })
final class UpCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Override
    public Integer call() {
        Folders folders = Folders.current();
        Folders.createPrivate(folders.data());
        return RunLock.during(
                folders.data().resolve("up.lock"), "another ./local/up is at work here", () -> up(folders));
    }

    private static int up(Folders folders) {
        Optional<Integer> port = Database.askedPort(System.getenv());
        LocalStack stack = new LocalStack(folders);
        List<StackProject> project = new ArrayList<>();
        List<String> endpoint = new ArrayList<>();
        sideBySide(
                () -> endpoint.add(new Database(folders).start(port)),
                () -> project.add(stack.project(Engine.get(folders))),
                () -> Engine.isThere(folders) || build(folders));
        StackProject deployed = project.get(0);
        deployed.environment().put("AWS_ENDPOINT_URL_DYNAMODB", endpoint.get(0));
        boolean interrupted = LocalStack.isInterrupted(deployed);
        int exitCode = Children.runOnTerminal(
                deployed.pulumi(List.of("up", "--yes", "--skip-preview", "--suppress-outputs")));
        if (exitCode != 0) {
            if (interrupted) {
                Console.say("Stack", "an earlier run was cut off: what it was making is there without being in the state");
                Console.say("Stack", "to start over with an empty database: ./local/down --delete-data");
            }
            return 1;
        }
        report(folders, endpoint.get(0), LocalStack.appEnvironment(deployed));
        return 0;
    }

    private static boolean build(Folders folders) {
        try {
            Program.build(folders);
            return true;
        } catch (Program.BrokenProgram e) {
            throw new LocalFailure("The Pulumi program could not be built.", e.getMessage().split("\n"));
        }
    }

    /** Runs tasks at the same time; ends with the first that fails. */
    private static void sideBySide(Callable<?>... tasks) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        ExecutorCompletionService<Object> completion = new ExecutorCompletionService<>(threads);
        try {
            for (Callable<?> task : tasks) {
                completion.submit(task::call);
            }
            for (int i = 0; i < tasks.length; i++) {
                Future<Object> ended = completion.take();
                ended.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(Folders folders, String endpoint, List<String> appEnvironment) {
        boolean fromRoot = Path.of("").toAbsolutePath().equals(folders.root());
        String local = fromRoot ? "./local" : folders.local().toString();
        System.out.printf("%nThe table is there, at %s. For the app's .env (%s/env FILE writes them):%n%n", endpoint, local);
        appEnvironment.forEach(line -> System.out.println("  " + line));
        System.out.printf(
                """

                The database takes any AWS credentials. An app that has none at all needs two more lines, never for AWS:
                AWS_ACCESS_KEY_ID=local and AWS_SECRET_ACCESS_KEY=local.

                Next:
                  %1$s/pulumi stack output   all outputs
                  %1$s/pulumi preview        what a change to the program or its settings would do
                  %1$s/up                    make the change
                  %1$s/down                  stop the database; its data stay
                """,
                local);
    }
}
