package com.aitutor.chatsessions;

import com.pulumi.Context;
import com.pulumi.aws.dynamodb.DynamodbFunctions;
import com.pulumi.aws.dynamodb.inputs.GetTablePlainArgs;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.core.TypeShape;
import com.pulumi.core.annotations.Import;
import com.pulumi.deployment.Deployment;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.InvokeArgs;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** The tables that exist, and the one that this stack deployed last. */
interface Tables {
    /**
     * Looks for the table of a name in the stack's region.
     *
     * @return what AWS says of it; fails where AWS does not answer, or does not permit the question
     */
    CompletableFuture<Optional<GetTableResult>> find(String tableName);

    /** The table that this stack deployed last; empty where it has deployed none, or where its state was lost. */
    Optional<Deployed> lastDeployed();

    /**
     * A table and its region, from the outputs of a stack's last deployment.
     *
     * @param tableName the table
     * @param region its region
     */
    record Deployed(String tableName, String region) {}

    /** The tables of the AWS account, and the outputs that this very stack has in its state. */
    static Tables from(Context context) {
        return new Tables() {
            @Override
            public CompletableFuture<Optional<GetTableResult>> find(String tableName) {
                // by way of the list, because the look-up of a table fails alike for no table and no permission
                return DynamodbFunctions.getTablesPlain()
                        // the provider leaves names out where the region has no table
                        .thenCompose(tables -> tables.names() != null && tables.names().contains(tableName)
                                ? DynamodbFunctions.getTablePlain(
                                                GetTablePlainArgs.builder().name(tableName).build())
                                        .thenApply(Optional::of)
                                : CompletableFuture.completedFuture(Optional.empty()));
            }

            @Override
            public Optional<Deployed> lastDeployed() {
                Map<String, Object> answer = readStackOutputs(context, 10);
                Map<?, ?> outputs = (Map<?, ?>) answer.get("outputs");
                Object tableName = outputs.get("tableName");
                Object region = outputs.get("region");
                return tableName == null || region == null
                        ? Optional.empty()
                        : Optional.of(new Deployed(tableName.toString(), region.toString()));
            }
        };
    }

    /**
     * Reads what a StackReference reads; but that is a resource, and each later refresh would find its outputs old.
     *
     * <p>The engine may be writing the state at this moment, and a backend of files shows a file half-written. So a
     * failure counts only when it lasts.
     */
    private static Map<String, Object> readStackOutputs(Context context, int triesLeft) {
        try {
            return await(Deployment.getInstance().invokeAsync(
                    "pulumi:pulumi:readStackOutputs", TypeShape.map(String.class, Object.class), new OutputsOf(context)));
        } catch (RunException e) {
            if (triesLeft == 0) {
                throw e;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            return readStackOutputs(context, triesLeft - 1);
        }
    }

    /**
     * Waits for an answer.
     *
     * @throws RunException where there is none
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw new RunException(
                    "What is deployed cannot be looked up. Nothing was changed.\n    " + e.getCause().getMessage(), e);
        }
    }

    /** The running stack, by its name with organization and project. */
    final class OutputsOf extends InvokeArgs {
        @Import(required = true)
        private final String name;

        OutputsOf(Context context) {
            name = String.join("/", context.organizationName(), context.projectName(), context.stackName());
        }
    }
}
