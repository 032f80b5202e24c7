package com.aitutor.localaws;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateResponse;

/**
 * Answers in one form, recorded or given now, without what differs from run to run (request ids, made-up ids) and without
 * order where order means nothing (failures, names of properties).
 */
final class Answer {

    private static final String MADE_UP_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    private Answer() {}

    static Map<String, Object> of(Struct recorded) {
        Map<String, Object> answer = new TreeMap<>();
        recorded.getFieldsMap().forEach((name, value) -> answer.put(name, switch (name) {
            case "failures" -> value.getListValue().getValuesList().stream()
                    .map(failure -> failure.getStructValue().getFieldsOrThrow("reason").getStringValue())
                    .sorted()
                    .toList();
            case "diffs", "replaces" -> value.getListValue().getValuesList().stream()
                    .map(Value::getStringValue)
                    .sorted()
                    .toList();
            default -> plain(value);
        }));
        return answer;
    }

    static Map<String, Object> ofError(String message) {
        String words = message.replaceAll("RequestID: [^,]*,", "RequestID: ...,")
                .replaceFirst("^1 error occurred:\\n\\t\\* : ((?s:.*)) - \\n\\n$", "$1")
                .replaceFirst(": $", "");
        return Map.of("error", words);
    }

    static Map<String, Object> of(StatusRuntimeException error) {
        return ofError(String.valueOf(error.getStatus().getDescription()));
    }

    static Map<String, Object> of(CheckResponse response) {
        Map<String, Object> answer = new TreeMap<>();
        answer.put("inputs", plain(response.getInputs()));
        if (response.getFailuresCount() > 0) {
            answer.put(
                    "failures",
                    response.getFailuresList().stream()
                            .map(failure -> failure.getReason())
                            .sorted()
                            .toList());
        }
        return answer;
    }

    static Map<String, Object> of(DiffResponse response) {
        Map<String, Object> answer = new TreeMap<>();
        answer.put("changes", response.getChanges().name());
        if (response.getDiffsCount() > 0) {
            answer.put("diffs", response.getDiffsList().stream().sorted().toList());
        }
        if (response.getReplacesCount() > 0) {
            answer.put("replaces", response.getReplacesList().stream().sorted().toList());
        }
        return answer;
    }

    static Map<String, Object> of(CreateResponse response) {
        Map<String, Object> answer = new TreeMap<>();
        if (!response.getId().isEmpty()) {
            answer.put("id", withoutMadeUpId(response.getId()));
        }
        answer.put("properties", plain(response.getProperties()));
        return answer;
    }

    static Map<String, Object> of(ReadResponse response) {
        Map<String, Object> answer = new TreeMap<>();
        if (!response.getId().isEmpty()) {
            answer.put("id", response.getId());
        }
        answer.put("properties", plain(response.getProperties()));
        answer.put("inputs", plain(response.getInputs()));
        return answer;
    }

    static Map<String, Object> of(UpdateResponse response) {
        return Map.of("properties", plain(response.getProperties()));
    }

    /** Turns a struct into maps, lists and plain values, which compare and print well. */
    static Map<String, Object> plain(Struct struct) {
        return struct.getFieldsMap().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> plain(entry.getValue()), (a, b) -> b, LinkedHashMap::new));
    }

    private static Object plain(Value value) {
        return switch (value.getKindCase()) {
            case BOOL_VALUE -> value.getBoolValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> withoutMadeUpId(value.getStringValue());
            case LIST_VALUE -> plain(value.getListValue());
            case STRUCT_VALUE -> plain(value.getStructValue());
            case NULL_VALUE, KIND_NOT_SET -> "null";
        };
    }

    private static List<Object> plain(ListValue list) {
        return list.getValuesList().stream().map(Answer::plain).toList();
    }

    private static String withoutMadeUpId(String text) {
        return text.startsWith("arn:") ? text.replaceFirst(MADE_UP_ID, "...") : text;
    }
}
