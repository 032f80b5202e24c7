package com.aitutor.chatsessions;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The settings as Pulumi.yaml declares them. */
public final class SettingsTable {
    private SettingsTable() {}

    /** The keys of all settings, {@code aws:region} among them. */
    public static List<String> fullKeys() {
        return Stream.of(Setting.values()).map(Setting::toString).toList();
    }

    /** The README's rows, without the heading; what a setting is for is the rest of its description in Pulumi.yaml. */
    public static List<String> readmeRows() {
        return settings()
                .map(setting -> "| `%s` | %s | %s | %s |"
                        .formatted(
                                setting.key,
                                setting.defaultText,
                                setting.accepted,
                                declared()
                                        .get(setting.key)
                                        .get("description")
                                        .toString()
                                        .substring(setting.accepted.length() + 2)))
                .toList();
    }

    static Stream<Setting> settings() {
        return Stream.of(Setting.values()).filter(setting -> setting != Setting.REGION);
    }

    static Map<String, Map<String, Object>> declared() {
        return StackConfiguration.<Map<String, Map<String, Object>>>yaml("Pulumi.yaml")
                .get("config");
    }
}
