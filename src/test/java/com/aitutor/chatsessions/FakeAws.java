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
    /** A look-up of a table that is not there was answered by an error, and has no response. */
    private record Recorded(String type, Map<String, Map<String, Object>> request, Map<String, Map<String, Object>> response) {}

    private static final List<Recorded> RECORDED = recorded();

    private static final Map<String, String> ARN_FORMATS = Map.of(
            "aws:dynamodb/table:Table", "arn:%s:dynamodb:%s:123456789012:table/%s",
            "aws:cloudwatch/metricAlarm:MetricAlarm", "arn:%s:cloudwatch:%s:123456789012:alarm:%s",
            "aws:sns/topic:Topic", "arn:%s:sns:%s:123456789012:%s");

    final List<ResourceArgs> registered = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Map<String, Object>> tables = new TreeMap<>();
    private final Map<String, Object> state = new HashMap<>();
    private final String stackName;
    private String account = "123456789012";
    private String region = "us-east-1";
    private String failure;
    private int failures;

    /** For the stack of the fixture. */
    FakeAws() {
        this("prod");
    }

    FakeAws(String stackName) {
        this.stackName = stackName;
    }

    /** A table as this program makes it, for a test to change. */
    static Map<String, Object> table(String name) {
        Map<String, Object> table = recordedTable("indexed");
        table.put("name", name);
        table.put("arn", "arn:aws:dynamodb:us-east-1:123456789012:table/" + name);
        table.put("deletionProtectionEnabled", false);
        table.put("tags", Map.of());
        return table;
    }

    /** What the provider was recorded to say of a table. */
    static Map<String, Object> recordedTable(String name) {
        return RECORDED.stream()
                .filter(answer -> name.equals(answer.request().get("args").get("name")))
                .map(answer -> new HashMap<>(answer.response().get("return")))
                .findFirst()
                .orElseThrow();
    }

    FakeAws with(Map<String, Object> table) {
        tables.put((String) table.get("name"), table);
        return this;
    }

    /** A table of the stack's state. */
    FakeAws deployed(String name, boolean deletionProtection) {
        String type = "aws:dynamodb/table:Table";
        String arn = "arn:aws:dynamodb:us-east-1:123456789012:table/" + name;
        return resource(type, Map.of("name", name, "arn", arn, "deletionProtectionEnabled", deletionProtection));
    }

    /** What the stack's last update exported. */
    FakeAws exported(Map<String, Object> outputs) {
        return resource("pulumi:pulumi:Stack", outputs);
    }

    FakeAws credentialsOf(String otherAccount) {
        account = otherAccount;
        return this;
    }

    FakeAws in(String otherRegion) {
        region = otherRegion;
        return this;
    }

    /** Answers the next look-ups of a function with an error. */
    FakeAws failing(String function, int times) {
        failure = function;
        failures = times;
        return this;
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs call) {
        if (call.token.equals(failure) && failures > 0) {
            failures--;
            return CompletableFuture.failedFuture(new IOException("no answer from " + failure));
        }
        return CompletableFuture.completedFuture(switch (call.token) {
            case "aws:dynamodb/getTables:getTables" ->
                tables.isEmpty() ? recordedWithoutTables() : Map.of("names", List.copyOf(tables.keySet()));
            case "aws:dynamodb/getTable:getTable" -> tables.get(call.args.get("name"));
            case "aws:index/getCallerIdentity:getCallerIdentity" -> Map.of("accountId", account);
            case "pulumi:pulumi:readStackResourceOutputs" -> {
                if (!("organization/chat-sessions/" + stackName).equals(call.args.get("stackName"))) {
                    throw new IllegalArgumentException("no stack " + call.args);
                }
                yield Map.of("name", call.args.get("stackName"), "outputs", state);
            }
            default -> throw new IllegalArgumentException("no function " + call.token);
        });
    }

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs resource) {
        registered.add(resource);
        Map<String, Object> outputs = new HashMap<>(resource.inputs);
        if (ARN_FORMATS.containsKey(resource.type)) {
            outputs.put(
                    "arn",
                    ARN_FORMATS.get(resource.type).formatted(Arn.partitionOf(region), region, resource.inputs.get("name")));
        }
        return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(resource.name), outputs));
    }

    private FakeAws resource(String type, Map<String, Object> outputs) {
        state.put("urn:pulumi:prod::chat-sessions::%s::%d".formatted(type, state.size()), Map.of("type", type, "outputs", outputs));
        return this;
    }

    private static Map<String, Object> recordedWithoutTables() {
        return RECORDED.stream()
                .filter(answer -> answer.type().equals("aws:dynamodb/getTables:getTables"))
                .map(answer -> answer.response().get("return"))
                .filter(Map::isEmpty)
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
