package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program lives with every answer that terraform-provider-aws 5.100.0 gave to a look-up. */
class RecordedLookUpsTest {
    /** An answer as it was recorded; fields that AWS has no value for are absent. */
    record Answer(String type, Map<String, Map<String, Object>> request, Map<String, Map<String, Object>> response) {
        String tableName() {
            return (String) request.get("args").get("name");
        }
    }

    private static final List<Answer> ANSWERS = answers();

    @Test
    void noTableInTheRegion() {
        assertThat(runWith("no_such_table", false, Map.of()).exceptions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain       | ''
            indexed     | ''
            include     | index UserSessionsIndex with projection INCLUDE
            hash_only   | sort key (none) instead of SK
            streamed    | ''
            local_index | ''
            with_key    | ''
            infrequent  | ''
            provisioned | ''
            other_ttl   | TTL attribute expires instead of ttl
            """)
    void aTableToAdopt(String tableName, String refusal) {
        TestResult result = runWith(tableName, true, answer("aws:dynamodb/getTables:getTables", "names"));
        assertThat(String.join("", result.errors())).contains(refusal).doesNotContain("Exception");
        assertThat(result.errors()).hasSize(refusal.isEmpty() ? 0 : 1);
    }

    private static TestResult runWith(String tableName, boolean adopt, Map<String, Object> tables) {
        StackConfiguration stack = StackConfiguration.from("prod")
                .with("chat-sessions:tableName", tableName)
                .with("chat-sessions:adoptExistingTable", String.valueOf(adopt));
        try {
            return PulumiTest.withMocks(new Provider(tables))
                    .withOptions(TestOptions.builder().stackName("prod").build())
                    .runTest(context -> App.run(context, stack.processEnvironment(), Tables.from(context)));
        } finally {
            PulumiTest.cleanup();
        }
    }

    private static Map<String, Object> answer(String type, String field) {
        return ANSWERS.stream()
                .filter(answer -> answer.type().equals(type) && answer.response() != null)
                .map(answer -> answer.response().get("return"))
                .filter(answer -> answer.containsKey(field))
                .findFirst()
                .orElseThrow();
    }

    private static List<Answer> answers() {
        try {
            return new Gson()
                    .fromJson(
                            Files.readString(Path.of("local/src/test/resources/provider-lookups.json")),
                            new TypeToken<List<Answer>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Provider(Map<String, Object> tables) implements Mocks {
        @Override
        public CompletableFuture<Map<String, Object>> callAsync(CallArgs call) {
            return CompletableFuture.completedFuture(switch (call.token) {
                case "aws:dynamodb/getTables:getTables" -> tables;
                case "aws:dynamodb/getTable:getTable" -> ANSWERS.stream()
                        .filter(answer -> call.args.get("name").equals(answer.tableName()))
                        .map(answer -> answer.response().get("return"))
                        .findFirst()
                        .orElseThrow();
                default -> Map.of("outputs", Map.of());
            });
        }

        @Override
        public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs resource) {
            Map<String, Object> state = new HashMap<>(resource.inputs);
            state.put("arn", "arn:aws:dynamodb:us-east-1:123456789012:table/" + resource.inputs.get("name"));
            return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(resource.name), state));
        }
    }
}
