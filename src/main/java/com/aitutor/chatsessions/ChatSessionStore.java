package com.aitutor.chatsessions;

import com.pulumi.aws.dynamodb.Table;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import java.util.Optional;

/** Where one environment's chat sessions are kept: the table, its alarms and, where asked for, topic and dashboard. */
final class ChatSessionStore extends ComponentResource {
    final Table table;
    final Alarms alarms;
    final Optional<Output<String>> dashboardUrl;

    /** Registers the store; {@code name} is the prefix of its resources' names in Pulumi's state. */
    ChatSessionStore(String name, StackSettings settings) {
        super("ai-tutor:index:ChatSessionStore", name, ComponentResourceOptions.Empty);
        CustomResourceOptions.Builder child = CustomResourceOptions.builder().parent(this);
        table = SessionTable.create(name + "-table", settings, child.build());
        // All else waits for the table, and has its name from it: when a change to it is refused, nothing else changes.
        CustomResourceOptions afterTable = child.dependsOn(table).build();
        alarms = new Alarms(name, settings, table.name(), afterTable);
        dashboardUrl = settings.isTrue(Setting.DASHBOARD)
                ? TableDashboard.create(name + "-dashboard", settings, table.name(), alarms, afterTable)
                : Optional.empty();
        registerOutputs(Map.of());
    }
}
