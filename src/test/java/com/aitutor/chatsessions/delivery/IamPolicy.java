package com.aitutor.chatsessions.delivery;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** IAM policies, and what they allow together: as much of IAM's evaluation as the documents of this project use. */
record IamPolicy(List<Statement> statements) {
    /** Conditions: by operator and condition key, the values of which one has to match. */
    record Statement(
            String effect, List<String> actions, List<String> resources, Map<String, Map<String, List<String>>> conditions) {
        private boolean covers(String action, String resource, Map<String, List<String>> context) {
            return actions.contains(action) && resources.stream().anyMatch(like(resource)) && conditions.entrySet().stream()
                    .allMatch(operator -> operator.getValue().entrySet().stream()
                            .allMatch(key -> holds(operator.getKey(), key.getValue(), context.get(key.getKey()))));
        }

        private static boolean holds(String operator, List<String> accepted, List<String> found) {
            return switch (operator) {
                case "StringEquals" -> found != null && accepted.containsAll(found);
                case "StringLike" -> found != null && found.stream().allMatch(each -> accepted.stream().anyMatch(like(each)));
                // also where the request has no such key (IAM user guide, "Multivalued context keys")
                case "ForAllValues:StringEquals" -> found == null || accepted.containsAll(found);
                default -> throw new IllegalArgumentException("not evaluated here: " + operator);
            };
        }

        /** Whether a pattern with asterisks matches a text. */
        private static Predicate<String> like(String text) {
            return pattern -> Pattern.matches(
                    Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), text);
        }
    }

    /** Documents of docs/policies, attached to one role. */
    static IamPolicy of(String... documents) {
        List<Statement> statements = new ArrayList<>();
        for (String document : documents) {
            statements.addAll(from(read(Path.of("docs/policies", document + ".json"))).statements);
        }
        return new IamPolicy(statements);
    }

    static IamPolicy from(String json) {
        return new IamPolicy(new Gson().fromJson(json, JsonObject.class).getAsJsonArray("Statement").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(IamPolicy::statement)
                .toList());
    }

    /** Whether a call is allowed: by a statement that allows it, and by none that denies it. */
    boolean allows(String action, String resource, Map<String, List<String>> context) {
        List<String> effects = statements.stream()
                .filter(statement -> statement.covers(action, resource, context))
                .map(Statement::effect)
                .toList();
        return effects.contains("Allow") && !effects.contains("Deny");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Statement statement(JsonObject statement) {
        Map<String, Map<String, List<String>>> conditions = statement.has("Condition")
                ? statement.getAsJsonObject("Condition").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, operator -> byKey(operator.getValue())))
                : Map.of();
        return new Statement(
                statement.get("Effect").getAsString(),
                strings(statement.get("Action")),
                statement.has("Resource") ? strings(statement.get("Resource")) : List.of(),
                conditions);
    }

    private static Map<String, List<String>> byKey(JsonElement operator) {
        return operator.getAsJsonObject().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, key -> strings(key.getValue())));
    }

    private static List<String> strings(JsonElement element) {
        return element.isJsonArray()
                ? element.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList()
                : List.of(element.getAsString());
    }
}
