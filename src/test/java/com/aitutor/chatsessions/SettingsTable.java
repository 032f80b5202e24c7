package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/** The declared settings as Pulumi.yaml and the README write them. */
public final class SettingsTable {
    private SettingsTable() {}

    /** The full keys of all settings, {@code aws:region} among them. */
    public static List<String> fullKeys() {
        return StackSettings.ALL.stream().map(Setting::fullKey).toList();
    }

    /** The README's rows, without the heading: key, default, accepted values, description. */
    public static String readmeRows() {
        return declared()
                .map(setting -> "| `%s` | %s | %s | %s |"
                        .formatted(setting.key(), setting.defaultText(), setting.accepted().words(), setting.description()))
                .collect(joining("\n"));
    }

    /** The block {@code config:} of Pulumi.yaml. */
    public static String pulumiYaml() {
        return declared()
                .map(setting -> """
                          %s:
                            default: %s
                            description: "%s. %s"
                        """
                        .formatted(setting.key(), setting.defaultText(), setting.accepted().words(), setting.description()))
                .collect(joining("", "config:\n", ""));
    }

    private static Stream<Setting<?>> declared() {
        return StackSettings.ALL.stream().filter(setting -> setting.fullKey().startsWith(Setting.NAMESPACE + ":"));
    }
}
