package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place inside a resource's properties, as Pulumi writes it: {@code tags.Environment}, {@code tags["a.b"]},
 * {@code attributes[0].type}; {@code *} stands for every name or position.
 */
record PropertyPath(List<String> parts) {

    private static final Pattern PART = Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|\\[([^\\]]*)]|\\.?([^.\\[]+)");

    static PropertyPath from(String path) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(path);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                parts.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
            } else {
                parts.add(matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
            }
        }
        return new PropertyPath(List.copyOf(parts));
    }

    /** Returns {@code target} with what is at this place taken from {@code source}. */
    PropertyValue.Fields copy(PropertyValue.Fields source, PropertyValue.Fields target) {
        return parts.isEmpty() ? target : copy(source, target, 0).fields();
    }

    private PropertyValue copy(PropertyValue source, PropertyValue target, int depth) {
        if (depth == parts.size()) {
            return source;
        }
        String part = parts.get(depth);
        if (target instanceof PropertyValue.Sequence list) {
            List<PropertyValue> elements = new ArrayList<>();
            for (int index = 0; index < list.values().size(); index++) {
                boolean here = part.equals("*") || part.equals(Integer.toString(index));
                PropertyValue element = list.values().get(index);
                elements.add(here && index < source.elements().size()
                        ? copy(source.elements().get(index), element, depth + 1)
                        : element);
            }
            return PropertyValue.of(elements);
        }
        if (!(target instanceof PropertyValue.Fields) && !target.isAbsent()) {
            return target;
        }
        PropertyValue.Fields copied = target.fields();
        List<String> names = new ArrayList<>();
        if (part.equals("*")) {
            names.addAll(source.fields().values().keySet());
            target.fields().values().keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        } else {
            names.add(part);
        }
        for (String name : names) {
            copied = copied.with(name, copy(source.fields().get(name), copied.get(name), depth + 1));
        }
        return target.isAbsent() && copied.values().isEmpty() ? target : copied;
    }
}
