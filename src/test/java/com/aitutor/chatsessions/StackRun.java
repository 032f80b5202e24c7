package com.aitutor.chatsessions;

import com.google.gson.Gson;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.test.Mocks.ResourceArgs;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * One run of the program against Pulumi's mocks.
 *
 * @param registered by name, all that the program said of each resource; and under "outputs", what it exported
 */
record StackRun(TestResult result, Map<String, Map<String, Object>> registered, List<String> warnings) {
    static StackRun of(StackConfiguration stack) {
        return of(stack, new FakeAws(stack.stackName(), stack.values().get("aws:region"), "123456789012"), Map.of());
    }

    static StackRun of(StackConfiguration stack, FakeAws aws, Map<String, String> environment) {
        Map<String, ResourceOptions> options = new ConcurrentHashMap<>();
        ResourceTransformation recordOptions = resource -> {
            options.put(resource.resource().pulumiResourceName(), resource.options());
            return Optional.empty();
        };
        Map<String, String> processEnvironment = new HashMap<>(stack.processEnvironment());
        processEnvironment.putAll(environment);
        List<String> warnings = keepWarnings();
        try {
            TestResult result = PulumiTest.withMocks(aws)
                    .withOptions(TestOptions.builder()
                            .projectName(environment.getOrDefault("PULUMI_PROJECT", "chat-sessions"))
                            .stackName(stack.stackName())
                            .resourceTransformations(List.of(recordOptions))
                            .build())
                    .runTest(context -> {
                        App.pauseRunner(Logger.getLogger(PulumiTestInternal.class.getName()));
                        App.run(context, processEnvironment);
                    });
            Map<String, Map<String, Object>> registered = new TreeMap<>();
            aws.registered.forEach(resource -> {
                if (registered.put(resource.name, attributes(resource, options.get(resource.name))) != null) {
                    throw new IllegalStateException("Two resources are named " + resource.name);
                }
            });
            result.outputs()
                    .forEach((name, output) -> registered
                            .computeIfAbsent("outputs", outputs -> new TreeMap<>())
                            .put(name, PulumiTest.extractValue(output)));
            return new StackRun(result, registered, warnings);
        } finally {
            PulumiTest.cleanup();
        }
    }

    /** The inputs of a resource. */
    @SuppressWarnings("unchecked")
    Map<String, Object> inputs(String name) {
        return (Map<String, Object>) registered.get(name).get("inputs");
    }

    private static Map<String, Object> attributes(ResourceArgs resource, ResourceOptions options) {
        Map<String, Object> inputs = new HashMap<>(resource.inputs);
        inputs.computeIfPresent("dashboardBody", (name, json) -> new Gson().fromJson((String) json, Map.class));
        return Map.of(
                "type", resource.type,
                "inputs", inputs,
                "parent", options.getParent().map(StackRun::name).orElse("(stack)"),
                "dependsOn",
                        PulumiTest.extractValue(options.getDependsOn()).stream()
                                .map(StackRun::name)
                                .toList(),
                "protect", options.isProtect(),
                "ignoreChanges", options.getIgnoreChanges(),
                "importId", resource.id);
    }

    private static String name(Resource resource) {
        String name = resource.pulumiResourceName();
        return name.contains("pulumi:pulumi:Stack") ? "(stack)" : name;
    }

    /** Takes what the SDK logs off the screen and collects the warnings: the mock engine only keeps errors. */
    private static List<String> keepWarnings() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new ConsoleHandler() {
            @Override
            public void publish(LogRecord message) {
                if (message.getLevel().equals(Level.WARNING)) {
                    warnings.add(message.getMessage());
                }
            }
        });
        return warnings;
    }
}
