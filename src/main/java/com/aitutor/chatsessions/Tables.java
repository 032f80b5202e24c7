package com.aitutor.chatsessions;

import com.pulumi.Context;
import com.pulumi.aws.dynamodb.DynamodbFunctions;
import com.pulumi.aws.dynamodb.inputs.GetTablePlainArgs;
import com.pulumi.aws.dynamodb.outputs.GetTableResult;
import com.pulumi.resources.StackReference;
import java.util.Optional;

/** The tables that exist, and the one that this stack deployed last. */
interface Tables {
    /** The table of a name in the stack's region, as AWS describes it. */
    Optional<GetTableResult> find(String tableName);

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
            public Optional<GetTableResult> find(String tableName) {
                // by way of the list, because the look-up of a table fails alike for no table and no permission
                return DynamodbFunctions.getTablesPlain().join().names().contains(tableName)
                        ? Optional.of(DynamodbFunctions.getTablePlain(
                                        GetTablePlainArgs.builder().name(tableName).build())
                                .join())
                        : Optional.empty();
            }

            @Override
            public Optional<Deployed> lastDeployed() {
                String stack = String.join(
                        "/", context.organizationName(), context.projectName(), context.stackName());
                StackReference outputs = new StackReference(stack);
                Object tableName = outputs.getValueAsync("tableName").join();
                Object region = outputs.getValueAsync("region").join();
                return tableName == null || region == null
                        ? Optional.empty()
                        : Optional.of(new Deployed(tableName.toString(), region.toString()));
            }
        };
    }
}
