package com.aitutor.localaws;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The properties of one resource: values by name, and the names whose values are secret.
 *
 * <p>A property is secret as a whole as soon as anything inside it is, which is how the engine treats secrets too.
 *
 * @param values the values by property name
 * @param secrets names of secret properties; may name properties that have no value here
 */
record PropertyMap(PropertyValue.Fields values, Set<String> secrets) {

    /** No properties at all. */
    static final PropertyMap EMPTY = new PropertyMap(new PropertyValue.Fields(Map.of()), Set.of());

    /** Copies the set of names. */
    PropertyMap {
        secrets = Set.copyOf(secrets);
    }

    /** Returns properties without secrets. */
    static PropertyMap from(Map<String, PropertyValue> values) {
        return new PropertyMap(new PropertyValue.Fields(values), Set.of());
    }

    /** Returns the value of a property, {@link PropertyValue#ABSENT} when there is none. */
    PropertyValue get(String name) {
        return values.get(name);
    }

    /** Returns the names of all properties with a value, sorted. */
    Set<String> names() {
        return values.values().keySet();
    }

    /** Returns whether there are no properties. */
    boolean isEmpty() {
        return names().isEmpty();
    }

    /** Returns a copy with one property replaced, or removed when the new value is absent. */
    PropertyMap with(String name, PropertyValue value) {
        return new PropertyMap(values.with(name, value), secrets);
    }

    /** Returns a copy in which the properties named here are secret too. */
    PropertyMap withSecrets(Set<String> names) {
        Set<String> all = new HashSet<>(secrets);
        all.addAll(names);
        return new PropertyMap(values, all);
    }

    /**
     * Returns a text in which every value of a secret property is replaced by {@code [secret]}, for error messages.
     *
     * @param message a text that may quote property values
     */
    String redact(String message) {
        Set<String> hidden = new TreeSet<>((a, b) -> a.length() != b.length() ? b.length() - a.length() : a.compareTo(b));
        secrets.forEach(name -> collectTexts(get(name), hidden));
        String redacted = message;
        for (String text : hidden) {
            redacted = redacted.replace(text, "[secret]");
        }
        return redacted;
    }

    private static void collectTexts(PropertyValue value, Set<String> texts) {
        if (value instanceof PropertyValue.Text text && !text.value().isEmpty()) {
            texts.add(text.value());
        } else if (value instanceof PropertyValue.Number number) {
            texts.add(number.toString());
        }
        value.elements().forEach(element -> collectTexts(element, texts));
        value.fields().values().values().forEach(field -> collectTexts(field, texts));
    }
}
