package com.aitutor.preview;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The list of changes, line by line, shared by what goes to the screen and into a comment. */
final class Body {
    private static final Pattern FIRST_INDEX = Pattern.compile("\\[(\\d+)\\]");
    private static final int LONGEST_PAIR = 60;
    private static final int LONGEST_LINE = 300;

    private final List<Line> lines = new ArrayList<>();

    private Body() {}

    /**
     * A line.
     *
     * @param sign in front of it: of an operation, or blank
     * @param text without the sign
     */
    record Line(String sign, String text) {}

    static List<Line> of(Preview preview) {
        Body body = new Body();
        preview.changes().forEach(body::add);
        if (!preview.outputs().isEmpty()) {
            body.lines.add(new Line("", "Outputs of the stack"));
            preview.outputs().forEach(output -> body.add(output, true));
        }
        return body.lines;
    }

    /** As in "1 to create, 2 to change, 3 unchanged". */
    static String summary(Preview preview) {
        String counts = Arrays.stream(Operation.values())
                .filter(operation -> operation != Operation.NONE && preview.count(operation) > 0)
                .map(operation -> preview.count(operation) + " to " + operation.verb())
                .collect(joining(", "));
        String unchanged = preview.unchanged() + " unchanged";
        if (counts.isEmpty()) {
            return unchanged;
        }
        return preview.unchanged() == 0 ? counts : counts + ", " + unchanged;
    }

    private void add(Change change) {
        lines.add(new Line(change.operation().sign(), change.kind() + " " + change.name()
                + (change.operation() == Operation.DELETE ? " (" + change.physicalName() + ")" : "")));
        boolean withBefore = change.operation() == Operation.UPDATE || change.operation() == Operation.REPLACE;
        merged(change.properties()).forEach(property -> add(property, withBefore));
    }

    private void add(PropertyChange property, boolean withBefore) {
        String name = "    " + property.path() + (property.replaces() ? " (why it is replaced)" : "") + ":";
        String before = Values.text(property.before());
        String after = Values.text(property.after());
        if (!withBefore && property.after().isJsonArray() && isLong(after)) {
            lines.add(new Line("", name));
            property.after().getAsJsonArray().forEach(element -> addPart("", Values.text(element)));
        } else if (!withBefore || Values.isUnknown(property.after())) {
            lines.add(new Line("", name + " " + cut(after.replace("\n", "\\n"))));
        } else if (isLong(before) || isLong(after)) {
            lines.add(new Line("", name));
            lines(property.before()).filter(line -> !has(property.after(), line)).forEach(line -> addPart("-", line));
            lines(property.after()).filter(line -> !has(property.before(), line)).forEach(line -> addPart("+", line));
        } else if (property.before().isJsonNull()) {
            lines.add(new Line("", name + " " + after));
        } else {
            lines.add(new Line("", name + " " + before + " => " + after));
        }
    }

    /** The same change to neighbouring elements of a list as one, for each of the ten metrics of an alarm. */
    private static List<PropertyChange> merged(List<PropertyChange> properties) {
        Map<String, List<PropertyChange>> groups = new LinkedHashMap<>();
        for (PropertyChange property : properties) {
            String group = FIRST_INDEX.matcher(property.path()).replaceFirst("[]")
                    + property.before() + property.after();
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(property);
        }
        return groups.values().stream()
                .map(group -> group.size() == 1 ? group.get(0) : new PropertyChange(
                        FIRST_INDEX.matcher(group.get(0).path()).replaceFirst("[" + group.stream()
                                .map(property -> FIRST_INDEX.matcher(property.path()).results().findFirst().orElseThrow().group(1))
                                .collect(joining(",")) + "]"),
                        group.get(0).before(),
                        group.get(0).after(),
                        group.get(0).replaces()))
                .toList();
    }

    private void addPart(String sign, String line) {
        lines.add(new Line(sign, "      " + cut(line)));
    }

    private static Stream<String> lines(JsonElement value) {
        return value.isJsonNull() ? Stream.empty() : Values.text(value).lines();
    }

    private static boolean has(JsonElement value, String line) {
        return lines(value).anyMatch(line::equals);
    }

    private static boolean isLong(String text) {
        return text.length() > LONGEST_PAIR || text.contains("\n");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE - 3) + "...";
    }
}
