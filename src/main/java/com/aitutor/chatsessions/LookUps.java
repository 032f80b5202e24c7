package com.aitutor.chatsessions;

import com.pulumi.aws.AwsFunctions;
import com.pulumi.aws.dynamodb.DynamodbFunctions;
import com.pulumi.aws.dynamodb.inputs.GetTablePlainArgs;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.core.TypeShape;
import com.pulumi.core.annotations.Import;
import com.pulumi.deployment.Deployment;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.InvokeArgs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What AWS and the stack's state say of tables. Every question fails with a RunException where it has no answer. */
final class LookUps {
    /** Longer than the provider needs to start and to repeat a request that AWS throttles. */
    private static final int LONGEST_WAIT_SECONDS = 120;

    private LookUps() {}

    /** The table of this stack, protected or not as the last update that ended, or the last refresh, left it. */
    record DeployedTable(String name, Arn arn, boolean isProtected) {}

    /** What AWS says of the table of a name in the stack's region. */
    static Optional<GetTableResult> table(String tableName) {
        GetTablePlainArgs table = GetTablePlainArgs.builder().name(tableName).build();
        // by way of the list, because the look-up of a table fails alike for no table and no permission
        return await(DynamodbFunctions.getTablesPlain()
                // the provider leaves names out where the region has no table
                .thenCompose(tables -> tables.names() != null && tables.names().contains(tableName)
                        ? DynamodbFunctions.getTablePlain(table).thenApply(Optional::of)
                        : CompletableFuture.completedFuture(Optional.empty())));
    }

    /** The AWS account that the credentials belong to. */
    static String account() {
        return await(AwsFunctions.getCallerIdentityPlain()).accountId();
    }

    /** The table in the stack's state, also where the update that made it failed later and exported nothing. */
    static Optional<DeployedTable> deployedTable() {
        Map<?, ?> resources =
                (Map<?, ?>) await(state(Deployment.getInstance(), 10)).get("outputs");
        boolean exportedAsProtected = outputs(resources, "pulumi:pulumi:Stack")
                .anyMatch(stack -> Boolean.TRUE.equals(stack.get("deletionProtection")));
        return outputs(resources, "aws:dynamodb/table:Table")
                .map(table -> new DeployedTable(
                        (String) table.get("name"),
                        Arn.parse((String) table.get("arn")),
                        exportedAsProtected || Boolean.TRUE.equals(table.get("deletionProtectionEnabled"))))
                .findFirst();
    }

    private static Stream<Map<?, ?>> outputs(Map<?, ?> resources, String type) {
        return resources.values().stream()
                .<Map<?, ?>>map(resource -> (Map<?, ?>) resource)
                .filter(resource -> type.equals(resource.get("type")))
                .map(resource -> (Map<?, ?>) resource.get("outputs"));
    }

    /**
     * The state's resources, each with its type and outputs (pulumi/pulumi, pkg/backend/backend.go,
     * GetStackResourceOutputs). The engine may be writing the state at this moment, and a backend of files shows a file
     * half-written, so a failure counts only when it lasts.
     */
    private static CompletableFuture<Map<String, Object>> state(Deployment engine, int triesLeft) {
        TypeShape<Map<String, Object>> answer = TypeShape.map(String.class, Object.class);
        return engine.invokeAsync("pulumi:pulumi:readStackResourceOutputs", answer, new StateOf(engine))
                .exceptionallyComposeAsync(
                        failure ->
                                triesLeft == 0 ? CompletableFuture.failedFuture(failure) : state(engine, triesLeft - 1),
                        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            String cause = e.getCause() instanceof TimeoutException
                    ? "No answer within %d seconds: did the AWS plugin end?".formatted(LONGEST_WAIT_SECONDS)
                    : e.getCause().getMessage();
            throw new RunException("What is deployed cannot be looked up. Nothing was changed.\n    " + cause, e);
        }
    }

    private static final class StateOf extends InvokeArgs {
        /** With organization and project. */
        @Import(required = true)
        private final String stackName;

        StateOf(Deployment stack) {
            stackName = String.join("/", stack.getOrganizationName(), stack.getProjectName(), stack.getStackName());
        }
    }
}
