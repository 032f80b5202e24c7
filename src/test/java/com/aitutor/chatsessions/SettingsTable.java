package com.aitutor.chatsessions;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The settings as Pulumi.yaml declares them. */
public final class SettingsTable {
    private SettingsTable() {}

    /** A key with its default and, from its description, what it accepts and what it is for. */
    record Row(String key, String defaultText, String accepted, String purpose) {
        private static Row of(Map.Entry<String, Map<String, Object>> declared) {
            String[] description =
                    declared.getValue().get("description").toString().split("\\. (?=[A-Z])", 2);
            return new Row(
                    declared.getKey(), declared.getValue().get("default").toString(), description[0], description[1]);
        }
    }

    /** The keys of all settings, {@code aws:region} among them. */
    public static List<String> fullKeys() {
        return Stream.of(Setting.values()).map(Setting::toString).toList();
    }

    /** The README's rows, without the heading. */
    public static List<String> readmeRows() {
        return rows().map(
                        row -> "| `%s` | %s | %s | %s |".formatted(row.key, row.defaultText, row.accepted, row.purpose))
                .toList();
    }

    static Stream<Row> rows() {
        return declared().entrySet().stream().map(Row::of);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> declared() {
        return (Map<String, Map<String, Object>>)
                StackConfiguration.yaml("Pulumi.yaml").get("config");
    }
}
