package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.pulumi.test.Mocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * An AWS account with the tables that a test puts there, and a stack with the state that a test says it has. Answers
 * look-ups as the real provider was recorded to answer them, and registrations with what AWS computes.
 */
final class FakeAws implements Mocks {
    private static final String TABLE_TYPE = "aws:dynamodb/table:Table";

    private static final Map<String, String> ARN_FORMATS = Map.of(
            TABLE_TYPE,
            "arn:%s:dynamodb:%s:123456789012:table/%s",
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            "arn:%s:cloudwatch:%s:123456789012:alarm:%s",
            "aws:sns/topic:Topic",
            "arn:%s:sns:%s:123456789012:%s");

    /** A look-up and its answer; a look-up of a table that is not there was answered by an error, and has no response. */
    private record Recorded(
            String type, Map<String, Map<String, Object>> request, Map<String, Map<String, Object>> response) {}

    private static final List<Recorded> RECORDED = recorded();

    final List<ResourceArgs> registered = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Map<String, Object>> tables = new TreeMap<>();
    private final Map<String, Object> state = new HashMap<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private final String stack;
    private final String region;
    private final String account;

    FakeAws(String stackName, String region, String account) {
        this.stack = "organization/chat-sessions/" + stackName;
        this.region = region;
        this.account = account;
    }

    /** Adds a table as the provider was recorded to answer for it. */
    void recordedTable(String name) {
        tables.put(name, recorded("aws:dynamodb/getTable:getTable", Map.of("name", name)));
    }

    /** Adds a table as this program makes it, but for what is given. */
    void table(String name, Map<String, Object> properties) {
        Map<String, Object> table =
                new HashMap<>(recorded("aws:dynamodb/getTable:getTable", Map.of("name", "indexed")));
        table.putAll(Map.of("name", name, "deletionProtectionEnabled", false, "tags", Map.of()));
        table.put("arn", ARN_FORMATS.get(TABLE_TYPE).formatted("aws", region, name));
        table.putAll(properties);
        tables.put(name, table);
    }

    /** Adds a resource to the stack's state. */
    void deployed(String type, Map<String, Object> outputs) {
        state.put("urn:pulumi:prod::chat-sessions::" + type, Map.of("type", type, "outputs", outputs));
    }

    /** Answers the next look-ups of a function with an error. */
    void failing(String function, int times) {
        failing.put(function, times);
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs call) {
        int failuresLeft = failing.merge(call.token, -1, Integer::sum);
        if (failuresLeft >= 0) {
            String message = "no answer from %s, %d failures left".formatted(call.token, failuresLeft);
            return CompletableFuture.failedFuture(new IOException(message));
        }
        return CompletableFuture.completedFuture(
                switch (call.token) {
                    case "aws:dynamodb/getTables:getTables" ->
                        tables.isEmpty()
                                ? recorded(call.token, Map.of())
                                : Map.of("names", List.copyOf(tables.keySet()));
                    case "aws:dynamodb/getTable:getTable" -> tables.get(call.args.get("name"));
                    case "aws:index/getCallerIdentity:getCallerIdentity" -> Map.of("accountId", account);
                    case "pulumi:pulumi:readStackResourceOutputs" -> {
                        if (!stack.equals(call.args.get("stackName"))) {
                            throw new IllegalArgumentException("no stack " + call.args);
                        }
                        yield Map.of("name", stack, "outputs", state);
                    }
                    default -> throw new IllegalArgumentException("no function " + call.token);
                });
    }

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs resource) {
        registered.add(resource);
        Map<String, Object> outputs = new HashMap<>(resource.inputs);
        Optional.ofNullable(ARN_FORMATS.get(resource.type))
                .map(format -> format.formatted(Arn.partitionOf(region), region, resource.inputs.get("name")))
                .ifPresent(arn -> outputs.put("arn", arn));
        return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(resource.name), outputs));
    }

    private static Map<String, Object> recorded(String function, Map<String, Object> arguments) {
        return RECORDED.stream()
                .filter(look -> look.type().equals(function)
                        && look.request().get("args").equals(arguments))
                .map(look -> look.response().get("return"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Recorded> recorded() {
        try {
            String answers = Files.readString(Path.of("local/src/test/resources/provider-lookups.json"));
            return new Gson().fromJson(answers, new TypeToken<List<Recorded>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
