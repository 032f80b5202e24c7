package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An IAM policy document, and what it allows: as much of IAM's evaluation as the documents of this project use. */
record IamPolicy(String version, List<Statement> statements) {
    /** Condition: by operator and condition key, the values of which one has to match. */
    record Statement(
            String id,
            String effect,
            List<String> actions,
            List<String> resources,
            Map<String, Map<String, List<String>>> conditions) {

        boolean covers(String action, String resource, Map<String, String> context) {
            return matchesOne(actions, action) && matchesOne(resources, resource) && conditionsHold(context);
        }

        private boolean conditionsHold(Map<String, String> context) {
            return conditions.entrySet().stream().allMatch(operator -> operator.getValue().entrySet().stream()
                    .allMatch(key -> holds(operator.getKey(), key.getValue(), context.get(key.getKey()))));
        }

        private static boolean holds(String operator, List<String> values, String found) {
            return found != null
                    && switch (operator) {
                        case "StringEquals" -> values.contains(found);
                        case "StringLike" -> matchesOne(values, found);
                        default -> throw new IllegalArgumentException("not evaluated here: " + operator);
                    };
        }

        private static boolean matchesOne(List<String> patterns, String text) {
            return patterns.stream().anyMatch(pattern -> wildcards(pattern).matcher(text).matches());
        }

        private static Pattern wildcards(String pattern) {
            return Pattern.compile(
                    Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }
    }

    static IamPolicy from(String json) {
        JsonObject document = new Gson().fromJson(json, JsonObject.class);
        return new IamPolicy(
                document.get("Version").getAsString(),
                StreamSupport.stream(document.getAsJsonArray("Statement").spliterator(), false)
                        .map(element -> statement(element.getAsJsonObject()))
                        .toList());
    }

    /** Whether a call is allowed: by a statement that allows it, and no statement that denies it. */
    boolean allows(String action, String resource, Map<String, String> context) {
        List<String> effects = statements.stream()
                .filter(statement -> statement.covers(action, resource, context))
                .map(Statement::effect)
                .toList();
        return effects.contains("Allow") && !effects.contains("Deny");
    }

    private static Statement statement(JsonObject statement) {
        Map<String, Map<String, List<String>>> conditions = statement.has("Condition")
                ? statement.getAsJsonObject("Condition").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, operator -> byKey(operator.getValue())))
                : Map.of();
        return new Statement(
                statement.get("Sid").getAsString(),
                statement.get("Effect").getAsString(),
                strings(statement.get("Action")),
                strings(statement.get("Resource")),
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
