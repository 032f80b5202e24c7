package com.aitutor.preview;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds where two sets of properties differ, down to single values. */
final class Differences {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final Set<String> replacing;
    private final List<PropertyChange> found = new ArrayList<>();

    private Differences(Set<String> replacing) {
        this.replacing = replacing;
    }

    /**
     * The differences.
     *
     * @param replacing the properties whose change replaces the resource
     */
    static List<PropertyChange> between(JsonObject before, JsonObject after, Set<String> replacing) {
        Differences differences = new Differences(replacing);
        differences.compareObjects("", before, after);
        return differences.found;
    }

    /** What is set where nothing was before: whole top-level properties. */
    static List<PropertyChange> fromNothing(JsonObject properties) {
        return properties.entrySet().stream()
                .filter(property -> !Values.isInternal(property.getKey()))
                .map(property -> new PropertyChange(property.getKey(), JsonNull.INSTANCE, property.getValue(), false))
                .toList();
    }

    private void compare(String path, JsonElement before, JsonElement after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isJsonObject() && after.isJsonObject()) {
            compareObjects(path, before.getAsJsonObject(), after.getAsJsonObject());
        } else if (before.isJsonArray() && after.isJsonArray()) {
            compareArrays(path, before.getAsJsonArray(), after.getAsJsonArray());
        } else {
            found.add(new PropertyChange(path, before, after, replaces(path)));
        }
    }

    private void compareObjects(String path, JsonObject before, JsonObject after) {
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(Values::isInternal);
        keys.forEach(key -> compare(child(path, key), orNull(before.get(key)), orNull(after.get(key))));
    }

    private void compareArrays(String path, JsonArray before, JsonArray after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            compare(path + "[" + i + "]", element(before, i), element(after, i));
        }
    }

    // the engine names a property, or something within it
    private boolean replaces(String path) {
        return replacing.stream().anyMatch(key -> top(key).equals(top(path)));
    }

    private static String top(String path) {
        return path.split("[.\\[]", 2)[0];
    }

    private static String child(String path, String key) {
        if (!PLAIN_KEY.matcher(key).matches()) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private static JsonElement element(JsonArray array, int index) {
        return index < array.size() ? array.get(index) : JsonNull.INSTANCE;
    }

    private static JsonElement orNull(JsonElement value) {
        return value == null ? JsonNull.INSTANCE : value;
    }
}
