package com.aitutor.chatsessions;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** What AWS and the stack's state say of tables. */
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

    /**
     * Looks for the table of a name in the stack's region.
     *
     * @return what AWS says of it; fails where AWS does not answer, or does not permit the question
     */
    static CompletableFuture<Optional<GetTableResult>> table(String tableName) {
        // by way of the list, because the look-up of a table fails alike for no table and no permission
        return DynamodbFunctions.getTablesPlain()
                // the provider leaves names out where the region has no table
                .thenCompose(tables -> tables.names() != null && tables.names().contains(tableName)
                        ? DynamodbFunctions.getTablePlain(GetTablePlainArgs.builder()
                                        .name(tableName)
                                        .build())
                                .thenApply(Optional::of)
                        : CompletableFuture.completedFuture(Optional.empty()));
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
        List<Map<?, ?>> resources = resources(context, 10);
        boolean exportedAsProtected = outputs(resources, "pulumi:pulumi:Stack")
                .map(stack -> Boolean.TRUE.equals(stack.get("deletionProtection")))
                .orElse(false);
        return outputs(resources, "aws:dynamodb/table:Table")
                .map(table -> new DeployedTable(
                        (String) table.get("name"),
                        Arn.parse((String) table.get("arn")),
                        exportedAsProtected || Boolean.TRUE.equals(table.get("deletionProtectionEnabled"))));
    }

    private static Optional<Map<?, ?>> outputs(List<Map<?, ?>> resources, String type) {
        return resources.stream()
                .filter(resource -> type.equals(resource.get("type")))
                .<Map<?, ?>>map(resource -> (Map<?, ?>) resource.get("outputs"))
                .findFirst();
    }

    /**
     * The state's resources, each with its type and outputs (pulumi/pulumi, pkg/backend/backend.go,
     * GetStackResourceOutputs).
     *
     * <p>The engine may be writing the state at this moment, and a backend of files shows a file half-written. So a
     * failure counts only when it lasts.
     */
    private static List<Map<?, ?>> resources(Context context, int triesLeft) {
        try {
            Map<String, Object> state = await(Deployment.getInstance()
                    .invokeAsync(
                            "pulumi:pulumi:readStackResourceOutputs",
                            TypeShape.map(String.class, Object.class),
                            new StateOf(context)));
            return ((Map<?, ?>) state.get("outputs"))
                    .values().stream()
                            .<Map<?, ?>>map(resource -> (Map<?, ?>) resource)
                            .toList();
        } catch (RunException e) {
            if (triesLeft == 0) {
                throw e;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            return resources(context, triesLeft - 1);
        }
    }

    /**
     * Waits for an answer.
     *
     * @throws RunException where there is none
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
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
