package com.aitutor.chatsessions;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.pulumi.Context;
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
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What AWS and the stack's state say of tables. Every question fails with a RunException where it has no answer. */
final class LookUps {
    /** Longer than the provider needs to start and to repeat a request that AWS throttles. */
    private static final int LONGEST_WAIT_SECONDS = 120;

    private LookUps() {}

    /**
     * The table of this stack, as its state has it.
     *
     * @param isProtected whether the last update that ended, or the last refresh, left it protected against deletion
     */
    record DeployedTable(String name, Arn arn, boolean isProtected) {}

    /** What AWS says of the table of a name in the stack's region. */
    static Optional<GetTableResult> table(String tableName) {
        GetTablePlainArgs table = GetTablePlainArgs.builder().name(tableName).build();
        // by way of the list, because the look-up of a table fails alike for no table and no permission
        return await(DynamodbFunctions.getTablesPlain()
                // the provider leaves names out where the region has no table
                .thenCompose(tables -> tables.names() != null && tables.names().contains(tableName)
                        ? DynamodbFunctions.getTablePlain(table).thenApply(Optional::of)
                        : completedFuture(Optional.empty())));
    }

    /** The AWS account that the credentials belong to. */
    static String account() {
        return await(AwsFunctions.getCallerIdentityPlain()).accountId();
    }

    /**
     * The table that this stack has, also where the update that made it failed later and exported nothing. Empty where
     * the stack has none, or where its state was lost.
     */
    static Optional<DeployedTable> deployedTable(Context context) {
        Map<String, Object> state = await(state(Deployment.getInstance(), new StateOf(context), 10));
        Map<?, ?> resources = (Map<?, ?>) state.get("outputs");
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
    private static CompletableFuture<Map<String, Object>> state(Deployment engine, StateOf stack, int triesLeft) {
        return engine.invokeAsync(
                        "pulumi:pulumi:readStackResourceOutputs", TypeShape.map(String.class, Object.class), stack)
                .exceptionallyComposeAsync(
                        failure -> triesLeft == 0 ? failedFuture(failure) : state(engine, stack, triesLeft - 1),
                        delayedExecutor(100, MILLISECONDS));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(LONGEST_WAIT_SECONDS, SECONDS).join();
        } catch (CompletionException e) {
            String cause = e.getCause() instanceof TimeoutException
                    ? "No answer within %d seconds: did the AWS plugin end?".formatted(LONGEST_WAIT_SECONDS)
                    : e.getCause().getMessage();
            throw new RunException("What is deployed cannot be looked up. Nothing was changed.\n    " + cause, e);
        }
    }

    /** The running stack, by its name with organization and project. */
    private static final class StateOf extends InvokeArgs {
        @Import(required = true)
        private final String stackName;

        StateOf(Context context) {
            stackName = String.join("/", context.organizationName(), context.projectName(), context.stackName());
        }
    }
}
