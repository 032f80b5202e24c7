package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;

@Command(
        name = "up",
        customSynopsis = "./local/up",
        description = {
            "Brings the chat-session store up on this machine: the real Pulumi engine and program, the table in DynamoDB"
                    + " Local. Run it again after any change; unchanged things stay as they are.",
            "",
            "Gets what is missing (the first time: the Pulumi engine, about 6 minutes), starts DynamoDB Local on 127.0.0.1"
                    + " and runs \"pulumi up\" on the stack \"local\". Its settings are in local/Pulumi.local.yaml.",
            "",
            "Environment:",
            "  DYNAMODB_LOCAL_PORT       port of the database (default: 8000, or a free one; then always the same)",
            "  CHAT_SESSIONS_LOCAL_DATA  folder for tables, state and logs (default: local/.data)"
        })
final class UpCommand implements Callable<Integer> {
    private final Folders folders = Folders.current();

    @Override
    public Integer call() throws IOException {
        return LocalStack.changing(folders, this::up);
    }

    private int up() throws IOException {
        CompletionService<Object> tasks = new ExecutorCompletionService<>(Executors.newCachedThreadPool());
        Future<Object> endpoint = tasks.submit(() -> new Database(folders).start());
        Future<Object> engine = tasks.submit(() -> Engine.get(folders));
        tasks.submit(() -> {
            Program.prepare(folders.root(), folders.data().resolve("program.log"));
            return folders;
        });
        try {
            for (int task = 0; task < 3; task++) {
                tasks.take().get(); // the first failure ends it all
            }
            return up((Engine) engine.get(), (String) endpoint.get());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int up(Engine engine, String endpoint) throws IOException {
        StackProject project = LocalStack.project(folders, engine);
        project.environment().put(Database.ENDPOINT_VARIABLE, endpoint);
        boolean isInterrupted = project.stateOf(LocalStack.NAME).contains("\"pending_operations\"");
        int exitCode = Children.runShown(
                project.pulumi(List.of("up", "--yes", "--skip-preview", "--suppress-outputs", "--suppress-progress")));
        if (exitCode == 0) {
            report(endpoint, LocalStack.appEnvironment(project));
            return 0;
        }
        LocalCommand.say("Stack", "its settings are in " + LocalStack.settings(folders));
        if (isInterrupted) {
            LocalCommand.say(
                    "Stack", "an earlier run was cut off: what it was making is there without being in the state");
            LocalCommand.say("Stack", "to start over with an empty database: ./local/down --delete-data");
        }
        return 1;
    }

    private void report(String endpoint, List<String> appEnvironment) {
        boolean fromRoot = Path.of("").toAbsolutePath().equals(folders.root());
        String local = fromRoot ? "./local" : folders.local().toString();
        System.out.printf("""

                The table is there, at %2$s. For the app's .env (%1$s/env FILE writes them):

                  %3$s

                The database takes any AWS credentials. An app that has none at all needs two more lines, never for AWS:
                AWS_ACCESS_KEY_ID=local and AWS_SECRET_ACCESS_KEY=local.

                Next:
                  %1$s/pulumi stack output   all outputs
                  %1$s/pulumi preview        what a change to the program or its settings would do
                  %1$s/up                    make the change
                  %1$s/down                  stop the database; its data stay
                  aws dynamodb list-tables --endpoint-url %2$s --region us-east-1
                """, local, endpoint, String.join("\n  ", appEnvironment));
    }
}
