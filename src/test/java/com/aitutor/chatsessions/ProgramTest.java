package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the program makes of a stack, of AWS and of the stack's state: exactly what it registers, exports, warns of or
 * refuses. The cases are in program.yaml and safeguards.yaml, and say what differs from expected.yaml.
 */
class ProgramTest {
    private static final StackConfiguration STACK = StackConfiguration.fixture();
    private static final Map<String, Object> EXPECTED = paths(StackConfiguration.fixture("expected.yaml"));

    private static final String ABSENT = "(absent)";

    private static final class Case {
        // the stack
        String stack = "prod";
        Map<String, String> settings = Map.of();
        Map<String, String> environment = Map.of();
        // AWS, where tables are as the program makes them, but for what is given, and the stack's state
        Map<String, Map<String, Object>> tables = Map.of();
        String recordedTable;
        Map<String, Map<String, Object>> state = Map.of();
        String account = "123456789012";
        String region;
        Map<String, Integer> failing = Map.of();
        // what differs: texts in all values, values by the last part of their path, values by path
        Map<String, String> replaced = Map.of();
        Map<String, Object> everywhere = Map.of();
        Map<String, Object> changed = Map.of();
        List<String> absent = List.of();
        List<String> warnings = List.of();
        // a refusal, as it is or by its variable part
        String refused;
        String loss;
        String difference;
    }

    static Stream<Arguments> program() {
        return cases("program.yaml");
    }

    static Stream<Arguments> safeguards() {
        return cases("safeguards.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"program", "safeguards"})
    void cases(String name, Case given) {
        StackConfiguration stack = STACK.named(given.stack);
        for (Map.Entry<String, String> setting : given.settings.entrySet()) {
            String key = setting.getKey();
            stack = stack.with(key.contains(":") ? key : "chat-sessions:" + key, setting.getValue());
        }
        String region = given.region == null ? stack.values().get("aws:region") : given.region;
        FakeAws aws = new FakeAws(given.stack, region, given.account);
        if (given.recordedTable != null) {
            stack = stack.with(Setting.TABLE_NAME, given.recordedTable);
            aws.recordedTable(given.recordedTable);
        }
        given.tables.forEach(aws::table);
        given.state.forEach(aws::deployed);
        given.failing.forEach(aws::failing);
        StackRun run = StackRun.of(stack, aws, given.environment);
        String refusal = refusal(given, stack.values().get("chat-sessions:tableName"));
        if (refusal == null) {
            assertThat(run.result().errors()).as(name).isEmpty();
            assertThat(run.result().exceptions()).isEmpty();
            assertThat(run.result().exitCode()).isZero();
            assertThat(differences(expected(given), paths(run.registered())))
                    .as(name)
                    .isEmpty();
            assertThat(run.warnings()).as(name).containsExactlyElementsOf(given.warnings);
        } else {
            assertThat(run.result().errors()).as(name).containsExactly(refusal);
            assertThat(run.result().exitCode()).isNotZero();
            assertThat(run.registered()).isEmpty();
        }
    }

    private static Map<String, Object> expected(Case given) {
        Map<String, Object> expected = new TreeMap<>(EXPECTED);
        expected.putAll(paths(given.changed));
        given.replaced.forEach((text, other) -> expected.replaceAll(
                (path, value) -> value instanceof String string ? string.replace(text, other) : value));
        paths(given.everywhere)
                .forEach(
                        (key, other) -> expected.replaceAll((path, value) -> path.endsWith("." + key) ? other : value));
        expected.values().removeIf(ABSENT::equals);
        expected.keySet().removeIf(path -> given.absent.stream().anyMatch(path::startsWith));
        return expected;
    }

    /** Nested maps and lists as one map, from the path of each value to the value. */
    private static Map<String, Object> paths(Map<String, ?> trees) {
        Map<String, Object> properties = new TreeMap<>();
        trees.forEach((name, tree) -> properties.putAll(paths(tree, name)));
        return properties;
    }

    /** The values below {@code path}, an empty map or list being a value. Whole numbers become longs. */
    private static Map<String, Object> paths(Object tree, String path) {
        Map<String, Object> properties = new TreeMap<>();
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> properties.putAll(paths(value, path + "." + key)));
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                properties.putAll(paths(list.get(i), path + "[" + i + "]"));
            }
        } else {
            boolean whole = tree instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
            properties.put(path, whole ? ((Number) tree).longValue() : tree);
        }
        return properties;
    }

    private static List<String> differences(Map<String, Object> expected, Map<String, Object> found) {
        return Stream.concat(expected.keySet().stream(), found.keySet().stream())
                .distinct()
                .filter(path -> !Objects.equals(expected.get(path), found.get(path)))
                .map(path -> "%s: expected %s, found %s".formatted(path, expected.get(path), found.get(path)))
                .toList();
    }

    private static String refusal(Case given, String tableName) {
        if (given.loss != null) {
            return """
                    Table %s has what its adoption would drop or lower: %s. Nothing was changed.
                        at risk: no item yet, but what depends on these
                        go back: pulumi config set chat-sessions:adoptExistingTable false --stack prod
                        go on:   set what a setting is named for, give up the rest by hand, and adopt the table then""".formatted(tableName, given.loss);
        }
        if (given.difference != null) {
            return """
                    Table %s is not laid out as this program expects: %s. Nothing was changed.
                        at risk: every chat session in it: AWS changes no key of a table that exists
                        go back: the program's KeySchema as it was, or another chat-sessions:tableName
                        go on:   docs/operations.md, "Adopt a table\"""".formatted(tableName, given.difference);
        }
        return given.refused;
    }

    private static Stream<Arguments> cases(String file) {
        Gson gson = new Gson();
        Map<String, Case> cases =
                gson.fromJson(gson.toJsonTree(StackConfiguration.fixture(file)), new TypeToken<Map<String, Case>>() {});
        return cases.entrySet().stream().map(entry -> arguments(entry.getKey(), entry.getValue()));
    }
}
