package com.aitutor.chatsessions.engine;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.aitutor.chatsessions.engine.Command.Result;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.ConfigValue;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.PreviewOptions;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * One stack of this project on the real engine, with the local AWS plugin in front of DynamoDB Local.
 *
 * <p>It has the project's own Pulumi.yaml and stack file, a state of its own, and a database that is shared by all
 * tests and emptied by {@link #close}.
 */
public final class LocalStack implements AutoCloseable {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Path folder;
    private final WorkspaceStack stack;
    private final Map<String, String> environment;

    private LocalStack(Path folder, WorkspaceStack stack, Map<String, String> environment) {
        this.folder = folder;
        this.stack = stack;
        this.environment = environment;
    }

    private static String projectFile(Path program) throws IOException {
        return Files.readString(PROJECT.resolve("Pulumi.yaml")) + """
                main: "%s"
                plugins:
                  providers:
                    - name: aws
                      path: "%s"
                """.formatted(program, PROJECT.resolve("local/plugin"));
    }

    /** The stack of a name, with the stack file that the project has for it. */
    public static LocalStack of(String stackName) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(PROJECT.resolve("target/stacks")), stackName);
            Files.createDirectories(folder.resolve("state"));
            Files.writeString(folder.resolve("Pulumi.yaml"), projectFile(PROJECT));
            String stackFile = "Pulumi." + stackName + ".yaml";
            Files.copy(PROJECT.resolve(stackFile), folder.resolve(stackFile));
            Map<String, String> environment = Map.of(
                    "PULUMI_HOME", PROJECT.resolve("target/pulumi-home").toString(),
                    "PULUMI_BACKEND_URL", folder.resolve("state").toUri().toString(),
                    "PULUMI_CONFIG_PASSPHRASE", "",
                    "PULUMI_SKIP_UPDATE_CHECK", "true",
                    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true",
                    "AWS_ENDPOINT_URL_DYNAMODB", Database.endpoint());
            WorkspaceStack stack = LocalWorkspace.createStack(
                    stackName,
                    folder,
                    LocalWorkspaceOptions.builder().environmentVariables(environment).build());
            return new LocalStack(folder, stack, environment);
        } catch (IOException | AutomationException e) {
            throw new IllegalStateException(e);
        }
    }

    public LocalStack set(String key, String value) {
        return attempt(() -> {
            stack.setConfig(key, new ConfigValue(value));
            return this;
        });
    }

    public LocalStack remove(String key) {
        return attempt(() -> {
            stack.removeConfig(key);
            return this;
        });
    }

    /** From here on the stack runs the program in another folder. */
    LocalStack runs(Path program) {
        try {
            Files.writeString(folder.resolve("Pulumi.yaml"), projectFile(program));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From here on the stack runs the project's program with the project's stack file again. */
    public LocalStack reset() {
        try {
            String name = "Pulumi." + stack.name() + ".yaml";
            // the engine's own line, which it wrote when it made the stack
            String salt = Files.readAllLines(folder.resolve(name)).stream()
                    .filter(line -> line.startsWith("encryptionsalt:"))
                    .collect(joining());
            Files.writeString(folder.resolve(name), Files.readString(PROJECT.resolve(name)) + salt + "\n");
            return runs(PROJECT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the stack up; answers with what was done, by kind of operation. */
    public Map<OperationType, Integer> up() {
        return attempt(() -> stack.up().summary().resourceChanges());
    }

    /** Brings the stack up and fails when anything had to be changed. */
    void upWithoutChanges() {
        attempt(() -> stack.up(UpOptions.builder().expectNoChanges(true).build()));
    }

    Map<OperationType, Integer> preview() {
        return attempt(() -> stack.preview().changeSummary());
    }

    void previewWithoutChanges() {
        attempt(() -> stack.preview(PreviewOptions.builder().expectNoChanges(true).build()));
    }

    Map<OperationType, Integer> refresh() {
        return attempt(() -> stack.refresh().summary().resourceChanges());
    }

    Map<OperationType, Integer> destroy() {
        return attempt(() -> stack.destroy().summary().resourceChanges());
    }

    public Map<String, Object> outputs() {
        return attempt(() -> stack.getOutputs().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, output -> output.getValue().value())));
    }

    /** The program's own resources in the stack's state, without the times at which they were written. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> resources() {
        return attempt(() -> {
            List<Map<String, Object>> resources =
                    (List<Map<String, Object>>) stack.exportStack().deployment().get("resources");
            return resources.stream()
                    .filter(resource -> !resource.get("type").toString().startsWith("pulumi:"))
                    .map(resource -> {
                        Map<String, Object> timeless = new TreeMap<>(resource);
                        timeless.keySet().removeAll(List.of("created", "modified", "sourcePosition"));
                        return timeless;
                    })
                    .toList();
        });
    }

    /** Runs a command as a user types it; for those that are to fail, and those that the Automation API has not. */
    public Result pulumi(String... arguments) {
        return command(arguments).run();
    }

    /** The same, to be changed, run or started. */
    Command command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--non-interactive", "--color=never", "--stack=" + stack.name()));
        return run("pulumi", words.toArray(String[]::new));
    }

    /** A command for which `pulumi` means this stack's program and state. */
    public Command run(Object program, String... arguments) {
        return Command.of(program, arguments).in(folder).with(environment);
    }

    /** The folder with the stack's Pulumi.yaml, stack file and state. */
    public Path folder() {
        return folder;
    }

    /** A client on the database, in a region. */
    public static DynamoDbClient dynamoDb(String region) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(Database.endpoint()))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    /** Deletes every table and the stack's folder. */
    @Override
    public void close() {
        for (String region : List.of("us-east-1", "eu-west-1")) {
            try (DynamoDbClient client = dynamoDb(region)) {
                client.listTables().tableNames().forEach(table -> {
                    client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(false));
                    client.deleteTable(request -> request.tableName(table));
                    client.waiter().waitUntilTableNotExists(request -> request.tableName(table));
                });
            }
        }
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws AutomationException;
    }

    private static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (AutomationException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** DynamoDB Local, started with the first stack and stopped when the tests end. */
    private static final class Database {
        private static final String ENDPOINT = start();

        static String endpoint() {
            return ENDPOINT;
        }

        private static String start() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run("stop")));
            // what it says on the way comes before the endpoint
            return run("start").lines().reduce((line, next) -> next).orElseThrow();
        }

        private static String run(String script) {
            return Command.of(PROJECT.resolve("local/database/" + script))
                    .with("CHAT_SESSIONS_LOCAL_DATA", PROJECT.resolve("target/database").toString())
                    .run()
                    .successful();
        }
    }
}
