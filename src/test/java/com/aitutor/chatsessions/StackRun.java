package com.aitutor.chatsessions;

import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One run of the program against Pulumi's mocks, with everything it registered, exported and warned of. */
record StackRun(
        TestResult result,
        Map<String, Registration> registrations,
        Map<String, Object> outputs,
        List<String> warnings) {
    /** The parent of what has none. */
    static final String STACK = "(stack)";

    /** The new value of a property that is gone. */
    static final String ABSENT = "(absent)";

    /** A registered resource, with all that the program said of it. */
    record Registration(
            String type,
            Map<String, Object> inputs,
            String parent,
            List<String> dependsOn,
            boolean protect,
            List<String> ignoreChanges,
            String importId) {
        Map<String, Object> attributes() {
            return Map.of(
                    "type", type,
                    "inputs", inputs,
                    "parent", parent,
                    "dependsOn", dependsOn,
                    "protect", protect,
                    "ignoreChanges", ignoreChanges,
                    "importId", importId);
        }
    }

    static StackRun of(StackConfiguration configuration) {
        return of(configuration, new FakeAws(configuration.stackName()), Map.of());
    }

    static StackRun of(StackConfiguration configuration, FakeAws aws) {
        return of(configuration, aws, Map.of());
    }

    static StackRun of(StackConfiguration configuration, FakeAws aws, Map<String, String> environment) {
        Map<String, ResourceOptions> options = new ConcurrentHashMap<>();
        ResourceTransformation recordOptions = resource -> {
            options.put(resource.resource().pulumiResourceName(), resource.options());
            return Optional.empty();
        };
        Map<String, String> processEnvironment = new HashMap<>(configuration.processEnvironment());
        processEnvironment.putAll(environment);
        try (SdkLog log = new SdkLog()) {
            TestResult result = PulumiTest.withMocks(aws.in(configuration.values().getOrDefault("aws:region", "us-east-1")))
                    .withOptions(TestOptions.builder()
                            .projectName(environment.getOrDefault("PULUMI_PROJECT", "chat-sessions"))
                            .stackName(configuration.stackName())
                            .resourceTransformations(List.of(recordOptions))
                            .build())
                    .runTest(context -> App.run(context, processEnvironment));
            Map<String, Registration> registrations = new TreeMap<>();
            aws.registered.forEach(resource -> {
                if (registrations.put(resource.name, registration(resource, options.get(resource.name))) != null) {
                    throw new IllegalStateException("Two resources are named " + resource.name);
                }
            });
            Map<String, Object> outputs = new TreeMap<>();
            result.outputs().forEach((name, output) -> outputs.put(name, PulumiTest.extractValue(output)));
            return new StackRun(result, registrations, outputs, log.warnings);
        } finally {
            PulumiTest.cleanup();
        }
    }

    /** What was registered under a name. */
    Registration registration(String name) {
        return registrations.get(name);
    }

    /** All that the run registered and exported, by path: {@code chat-sessions-table.inputs.ttl.enabled}. */
    Map<String, Object> properties() {
        Map<String, Object> properties = PropertyPaths.of(outputs, "outputs");
        registrations.forEach((name, resource) -> properties.putAll(PropertyPaths.of(resource.attributes(), name)));
        return properties;
    }

    /** What of {@link #properties} differs from another run's: the new value, {@link #ABSENT} where there is none. */
    Map<String, Object> changesTo(StackRun other) {
        Map<String, Object> changes = new TreeMap<>(properties());
        changes.replaceAll((path, value) -> ABSENT);
        changes.putAll(other.properties());
        changes.entrySet().removeAll(properties().entrySet());
        return changes;
    }

    private static Registration registration(Mocks.ResourceArgs resource, ResourceOptions options) {
        return new Registration(
                resource.type,
                resource.inputs,
                options.getParent()
                        .map(Resource::pulumiResourceName)
                        .filter(name -> !name.contains("pulumi:pulumi:Stack"))
                        .orElse(STACK),
                PulumiTest.extractValue(options.getDependsOn()).stream()
                        .map(Resource::pulumiResourceName)
                        .toList(),
                options.isProtect(),
                options.getIgnoreChanges(),
                resource.id);
    }

    /** Takes what the SDK logs off the screen and keeps the warnings: the mock engine only keeps errors. */
    private static final class SdkLog extends Handler implements AutoCloseable {
        static {
            LogManager.getLogManager().reset();
        }

        private final List<String> warnings = new CopyOnWriteArrayList<>();

        SdkLog() {
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord message) {
            if (message.getLevel().equals(Level.WARNING)) {
                warnings.add(message.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }
}
