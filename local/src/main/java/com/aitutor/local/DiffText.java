package com.aitutor.local;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code pulumi preview --diff} prints, in an order that is always the same, and without repetition. */
final class DiffText {
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern RESOURCE = Pattern.compile("( *)(?:\\S{1,2} *)?[\\w-]+:[\\w/.-]+:\\w+: \\([\\w-]+\\).*");
    private static final Pattern IDENTITY = Pattern.compile(" +(?:\\S{1,2} *)?\\[(urn|provider|id)=(.*)]");
    private static final Pattern ELEMENT = Pattern.compile("( *(?:\\S )? *)\\[\\d+]: \\{");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final int FEW = 2;

    private DiffText() {}

    static String of(String printed) {
        List<String> lines = printed.lines()
                .filter(line -> !plain(line).startsWith("Previewing update"))
                .filter(line -> !line.isBlank())
                .toList();
        return folded(sorted(lines)).stream().collect(joining("\n"));
    }

    /** For a block of kind diff in Markdown: with the sign of a line in front. */
    static String forMarkdown(String text) {
        return text.lines()
                .map(line -> plain(line)
                        .replaceFirst("^( *)~", "!$1")
                        .replaceFirst("^( +)(\\+-|-\\+|\\+\\+|--|[+-])(?= )", "$2$1"))
                .collect(joining("\n"));
    }

    /** One resource: its lines, how deep it stands in the tree, and its name there. */
    private record Block(List<String> lines, int depth, String urn) {}

    /** Resources beside one another, in the order of their names: the engine lists them as they come. */
    private static List<String> sorted(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block(new ArrayList<>(), 0, ""));
        for (String line : lines) {
            Matcher resource = RESOURCE.matcher(plain(line));
            Matcher identity = IDENTITY.matcher(plain(line));
            Block last = blocks.get(blocks.size() - 1);
            if (resource.matches()) {
                blocks.add(new Block(new ArrayList<>(List.of(line)), resource.group(1).length(), ""));
            } else if (identity.matches()) {
                if (identity.group(1).equals("urn")) {
                    String name = identity.group(2).replaceFirst(".*::", "");
                    last.lines.set(0, last.lines.get(0) + " " + name);
                    blocks.set(blocks.size() - 1, new Block(last.lines, last.depth, identity.group(2)));
                }
            } else if (plain(line).matches(" *--outputs:--.*|\\S.*")) {
                // after the last resource
                blocks.add(new Block(new ArrayList<>(List.of(line)), -1, ""));
            } else {
                last.lines.add(line);
            }
        }
        List<String> result = new ArrayList<>();
        for (int i = 0; i < blocks.size(); ) {
            int end = i + 1;
            while (end < blocks.size() && blocks.get(end).depth == blocks.get(i).depth) {
                end++;
            }
            blocks.subList(i, end).stream()
                    .sorted(Comparator.comparing(Block::urn))
                    .forEach(block -> result.addAll(block.lines));
            i = end;
        }
        return result;
    }

    /** Elements of a list that follow one another and differ in texts alone: the first, and how many there are more. */
    private static List<String> folded(List<String> lines) {
        List<String> result = new ArrayList<>();
        String shape = "";
        List<List<String>> alike = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            List<String> element = element(lines, i);
            if (!shape.equals(shape(element)) || !ELEMENT.matcher(plain(element.get(0))).matches()) {
                flush(alike, result);
                shape = shape(element);
            }
            alike.add(element);
            i += element.size();
        }
        flush(alike, result);
        return result;
    }

    /** The element of a list that starts in a line, to its closing bracket; or that line alone. */
    private static List<String> element(List<String> lines, int start) {
        Matcher first = ELEMENT.matcher(plain(lines.get(start)));
        if (first.matches()) {
            String indent = " ".repeat(first.group(1).length());
            for (int end = start + 1; end < lines.size(); end++) {
                String line = plain(lines.get(end)).replaceFirst("^( *)[+~-] ", "$1  ");
                if (line.equals(indent + "}")) {
                    return lines.subList(start, end + 1);
                }
            }
        }
        return lines.subList(start, start + 1);
    }

    private static void flush(List<List<String>> alike, List<String> result) {
        if (alike.size() <= FEW) {
            alike.forEach(result::addAll);
        } else {
            result.addAll(alike.get(0));
            String indent = plain(alike.get(0).get(0)).replaceFirst("\\[.*", "");
            result.add(indent + "(and %d more like it)".formatted(alike.size() - 1));
        }
        alike.clear();
    }

    /** An element's lines without what may differ: its number, and the texts in lines that do not change. */
    private static String shape(List<String> element) {
        return element.stream()
                .map(DiffText::plain)
                .map(line -> line.replaceFirst("\\[\\d+]", "[]"))
                .flatMap(line -> Stream.of(line.stripLeading().startsWith("~") ? line : STRING.matcher(line).replaceAll("")))
                .collect(joining("\n"));
    }

    private static String plain(String line) {
        return COLOUR.matcher(line).replaceAll("");
    }
}
