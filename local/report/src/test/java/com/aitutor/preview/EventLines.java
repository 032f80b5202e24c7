package com.aitutor.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes the lines that the engine prints. */
final class EventLines {
    private static final String TABLE = "aws:dynamodb/table:Table";
    private static final String STACK = "pulumi:pulumi:Stack";

    private final List<String> lines = new ArrayList<>();

    EventLines table(String operation, String before, String after, String replacing) {
        return step("resourcePreEvent", operation, TABLE, "sessions-table", "inputs", before, after, replacing);
    }

    EventLines alarm(String operation, String before, String after) {
        return step(
                "resourcePreEvent", operation, "aws:cloudwatch/metricAlarm:MetricAlarm", "errors", "inputs", before, after, "");
    }

    EventLines resource(String operation, String type) {
        return step("resourcePreEvent", operation, type, "other", "inputs", "{}", "{}", "");
    }

    EventLines stackOutputs(String before, String after) {
        return step("resOutputsEvent", "same", STACK, "stack", "outputs", before, after, "");
    }

    EventLines message(String severity, String text) {
        lines.add("""
                {"diagnosticEvent":{"message":%s,"severity":"%s"}}""".formatted(quoted(text), severity));
        return this;
    }

    EventLines line(String line) {
        lines.add(line);
        return this;
    }

    EngineEvents succeeded() {
        return end("succeeded");
    }

    EngineEvents failed() {
        return end("failed");
    }

    private EngineEvents end(String result) {
        lines.add("{\"summaryEvent\":{\"result\":\"" + result + "\"}}");
        return EngineEvents.from(lines.stream());
    }

    Stream<String> lines() {
        return lines.stream();
    }

    private EventLines step(
            String event,
            String operation,
            String type,
            String name,
            String part,
            String before,
            String after,
            String replacing) {
        lines.add("""
                {"%s":{"metadata":{"op":"%s","urn":"urn:pulumi:dev::chat-sessions::%s::%s","type":"%s","old":%s,"new":%s,"keys":[%s]}}}"""
                .formatted(event, operation, type, name, type, state(part, before), state(part, after), replacing));
        return this;
    }

    private static String state(String part, String properties) {
        return properties.isEmpty() ? "null" : "{\"%s\":%s}".formatted(part, properties);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + '"';
    }
}
