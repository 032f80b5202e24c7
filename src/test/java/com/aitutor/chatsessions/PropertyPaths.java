package com.aitutor.chatsessions;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Nested maps and lists as one map, from the path of each value to the value. */
final class PropertyPaths {
    private PropertyPaths() {}

    static Map<String, Object> of(Map<String, ?> trees) {
        Map<String, Object> properties = new TreeMap<>();
        trees.forEach((name, tree) -> properties.putAll(of(tree, name)));
        return properties;
    }

    /** The values below {@code path}, an empty map or list being a value. Whole numbers become longs. */
    private static Map<String, Object> of(Object tree, String path) {
        Map<String, Object> properties = new TreeMap<>();
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> properties.putAll(of(value, path + "." + key)));
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                properties.putAll(of(list.get(i), path + "[" + i + "]"));
            }
        } else {
            boolean whole = tree instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
            properties.put(path, whole ? ((Number) tree).longValue() : tree);
        }
        return properties;
    }

    /** Where maps of paths differ, a line each. */
    static List<String> differences(Map<String, Object> expected, Map<String, Object> found) {
        return Stream.concat(expected.keySet().stream(), found.keySet().stream())
                .distinct()
                .filter(path -> !Objects.equals(expected.get(path), found.get(path)))
                .map(path -> "%s: expected %s, found %s".formatted(path, expected.get(path), found.get(path)))
                .toList();
    }
}
