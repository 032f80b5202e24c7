package com.aitutor.chatsessions.engine;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static com.aitutor.chatsessions.engine.ProjectFiles.write;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command.Result;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * One stack of this project on the real engine. It has the project's own Pulumi.yaml, a stack file of the tests (those
 * of the project change every day), a state of its own, and shares the tables of {@link TestCloud} with all tests;
 * {@link #close} deletes them.
 *
 * @param folder with the stack's Pulumi.yaml, stack file and state
 */
public record TestStack(String name, Path folder) implements AutoCloseable {
    static final Path PROJECT = Path.of("").toAbsolutePath();
    static final Path STACK_FILES = PROJECT.resolve("src/test/resources/com/aitutor/chatsessions/engine");
    private static final Pattern CHANGES = Pattern.compile("\"(?:changeSummary|resourceChanges)\":\\s*(\\{[^}]*})");

    /** The stack dev, which may be thrown away, or prod, which is protected. */
    public static TestStack of(String name) {
        try {
            Path stacks = Files.createDirectories(PROJECT.resolve("target/stacks"));
            TestStack stack = new TestStack(name, Files.createTempDirectory(stacks, name));
            Files.createDirectories(stack.folder.resolve("state"));
            stack.reset();
            stack.pulumi("stack", "init").successful();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From here on the stack runs the project's program with its stack file as it was. */
    public TestStack reset() {
        // the engine's own line, which it wrote when it made the stack
        String salt = lines(stackFile())
                .filter(line -> line.startsWith("encryptionsalt:"))
                .collect(joining());
        write(stackFile(), read(STACK_FILES.resolve(stackFile().getFileName())) + TestCloud.settings() + salt + "\n");
        return runs(PROJECT, TestCloud.providerFolder());
    }

    /** From here on the stack runs the program of a folder, with the provider of another, or else the official one. */
    TestStack runs(Path program, Optional<Path> provider) {
        String plugins = provider.map("""
                plugins:
                  providers:
                    - name: aws
                      path: "%s"
                """::formatted).orElse("");
        write(
                folder.resolve("Pulumi.yaml"),
                "%smain: \"%s\"\n%s".formatted(read(PROJECT.resolve("Pulumi.yaml")), program, plugins));
        return this;
    }

    public TestStack set(String key, String value) {
        remove(key);
        write(
                stackFile(),
                read(stackFile()).replaceFirst("config:\n", "config:\n  %s: \"%s\"\n".formatted(key, value)));
        return this;
    }

    public TestStack remove(String key) {
        write(
                stackFile(),
                lines(stackFile())
                        .filter(line -> !line.startsWith("  " + key + ":"))
                        .collect(joining("\n", "", "\n")));
        return this;
    }

    /** Brings the stack up, without a preview; answers with the number of resources by what was done to them. */
    public Map<String, Integer> up() {
        return changes("up", "--yes", "--skip-preview", "--json");
    }

    /** The same as its user sees it, whether it succeeds or not. */
    Result tryUp() {
        return pulumi("up", "--yes", "--skip-preview");
    }

    public Map<String, Integer> preview() {
        return changes("preview", "--json");
    }

    /** Fails where anything is left to do. */
    public void previewWithoutChanges() {
        pulumi("preview", "--diff", "--expect-no-changes").successful();
    }

    Map<String, Integer> refresh() {
        return changes("refresh", "--yes", "--skip-preview", "--json");
    }

    Map<String, Integer> destroy() {
        return changes("destroy", "--yes", "--skip-preview", "--json");
    }

    private Map<String, Integer> changes(String... command) {
        String output = pulumi(command).successful();
        Matcher changes = CHANGES.matcher(output);
        assertThat(changes.find()).as(output).isTrue();
        return new Gson().fromJson(changes.group(1), new TypeToken<Map<String, Integer>>() {});
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> outputs() {
        return state().filter(resource -> resource.get("type").equals("pulumi:pulumi:Stack"))
                .findFirst()
                .map(resource -> (Map<String, Object>) resource.get("outputs"))
                .orElseThrow();
    }

    /** The program's own resources in the stack's state, without the times at which they were written. */
    public List<Map<String, Object>> resources() {
        return state().filter(resource -> !resource.get("type").toString().startsWith("pulumi:"))
                .peek(resource -> resource.keySet().removeAll(List.of("created", "modified", "sourcePosition")))
                .toList();
    }

    /** Changes the state behind the engine's back. */
    void replaceInState(String text, String replacement) {
        write(stateFile(), read(stateFile()).replace(text, replacement));
    }

    private Path stateFile() {
        return folder.resolve("state/.pulumi/stacks/chat-sessions/" + name + ".json");
    }

    private Stream<Map<String, Object>> state() {
        JsonElement resources = JsonParser.parseString(read(stateFile()))
                .getAsJsonObject()
                .getAsJsonObject("checkpoint")
                .getAsJsonObject("latest")
                .get("resources");
        return new Gson().fromJson(resources, new TypeToken<List<Map<String, Object>>>() {}).stream();
    }

    /** Runs a command of Pulumi as a user types it, whether it succeeds or not. */
    public Result pulumi(String... arguments) {
        return command(arguments).run();
    }

    /** The same, to be changed, run or started. */
    Command command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--non-interactive", "--color=never", "--stack=" + name));
        return run("pulumi", words.toArray(String[]::new));
    }

    /** A command for which `pulumi` means this stack's program and state. */
    public Command run(Object program, String... arguments) {
        return Command.of(program, arguments)
                .in(folder)
                .with("PULUMI_HOME", ProjectFiles.WORK + "/pulumi")
                .with("PULUMI_BACKEND_URL", folder.resolve("state").toUri().toString())
                .with(Map.of("PULUMI_CONFIG_PASSPHRASE", "", "PULUMI_SKIP_UPDATE_CHECK", "true"))
                .with(TestCloud.environment());
    }

    /** A client on the tables. */
    public static DynamoDbClient dynamoDb() {
        return TestCloud.dynamoDb();
    }

    /** Deletes every table. */
    @Override
    public void close() {
        TestCloud.clear();
    }

    private Path stackFile() {
        return folder.resolve("Pulumi." + name + ".yaml");
    }

    private static Stream<String> lines(Path file) {
        return Files.exists(file) ? read(file).lines() : Stream.empty();
    }
}
