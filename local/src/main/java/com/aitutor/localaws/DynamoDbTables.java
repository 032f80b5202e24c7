package com.aitutor.localaws;

import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * The tables in the DynamoDB that runs on this machine. Every call waits until the table is ready for the next one, and
 * every failure is a {@link ProviderException}.
 */
final class DynamoDbTables {
    /** How often a call is tried before throttling or a server's error is passed on. */
    static final int ATTEMPTS = 4;

    /**
     * For an attempt. Longer than a busy machine needs for a database's first answer: an attempt at CreateTable that was
     * given up too early makes the next one find the table.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final ProviderConfig config;
    private final BooleanSupplier cancelled;
    private DynamoDbClient client;

    /**
     * @param config without an address of DynamoDB every call fails with a message that says what to do
     * @param cancelled tells whether to stop waiting
     */
    DynamoDbTables(ProviderConfig config, BooleanSupplier cancelled) {
        this.config = config;
        this.cancelled = cancelled;
    }

    /** Creates a table; {@link #awaitActive} waits for it. */
    void create(CreateTableRequest request) {
        call("creating", request.tableName(), "CreateTable", dynamo -> dynamo.createTable(request));
    }

    /** Changes a table and waits until it is ready again. */
    void update(UpdateTableRequest request) {
        call("updating", request.tableName(), "UpdateTable", dynamo -> dynamo.updateTable(request));
        awaitActive(request.tableName());
    }

    /** Switches a table's time to live on or off, which takes up to an hour on AWS and no time here. */
    void updateTimeToLive(String table, String attribute, boolean enabled) {
        call(
                "updating",
                table,
                "UpdateTimeToLive",
                dynamo -> dynamo.updateTimeToLive(request -> request.tableName(table)
                        .timeToLiveSpecification(
                                ttl -> ttl.attributeName(attribute).enabled(enabled))));
    }

    /** Deletes a table and waits until it is gone. */
    void delete(String table) {
        call("deleting", table, "DeleteTable", dynamo -> dynamo.deleteTable(request -> request.tableName(table)));
        await(
                "table " + table + " to be deleted",
                () -> ProviderException.ifFound(() -> describe(table)).isEmpty());
    }

    TableDescription describe(String table) {
        return call(
                        "reading",
                        table,
                        "DescribeTable",
                        dynamo -> dynamo.describeTable(request -> request.tableName(table)))
                .table();
    }

    TimeToLiveDescription timeToLive(String table) {
        return call(
                        "reading",
                        table,
                        "DescribeTimeToLive",
                        dynamo -> dynamo.describeTimeToLive(request -> request.tableName(table)))
                .timeToLiveDescription();
    }

    /** Returns the names of all tables, sorted; none where there is no database to ask. */
    List<String> names() {
        return config.dynamoDb().isEmpty()
                ? List.of()
                : call(
                        "listing",
                        "*",
                        "ListTables",
                        dynamo -> dynamo.listTablesPaginator().tableNames().stream()
                                .sorted()
                                .toList());
    }

    /** Waits until a table and its indexes are active. */
    void awaitActive(String table) {
        await("table " + table + " to become active", () -> {
            TableDescription description = describe(table);
            return description.tableStatus() == TableStatus.ACTIVE
                    && description.globalSecondaryIndexes().stream()
                            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
        });
    }

    private <T> T call(String doing, String table, String operation, Function<DynamoDbClient, T> call) {
        URI address = config.dynamoDb()
                .orElseThrow(() -> new ProviderException(
                        Status.Code.FAILED_PRECONDITION,
                        operation + " needs DynamoDB, and none is configured: start it with ./local/up, or name one in "
                                + ProviderConfig.ENDPOINT_VARIABLE));
        try {
            return call.apply(client(address));
        } catch (SdkException e) {
            throw new DynamoDbFailure(doing, table, operation, address).from(e);
        }
    }

    private synchronized DynamoDbClient client(URI address) {
        if (client == null) {
            client = DynamoDbClient.builder()
                    .endpointOverride(address)
                    .region(Region.of(config.region()))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                    .httpClient(UrlConnectionHttpClient.builder()
                            .socketTimeout(ANSWER_TIMEOUT)
                            .tlsTrustManagersProvider(trustManagers(address))
                            .proxyConfiguration(ProxyConfiguration.builder()
                                    .useSystemPropertyValues(false)
                                    .useEnvironmentVariablesValues(false)
                                    .build())
                            .build())
                    .endpointDiscoveryEnabled(false)
                    .overrideConfiguration(settings -> settings.defaultProfileFile(
                                    ProfileFile.aggregator().build())
                            .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                    .maxAttempts(ATTEMPTS)
                                    .build()))
                    .build();
        }
        return client;
    }

    /** Reading the certificates that the JDK trusts takes as long as a call; without TLS nothing asks for them. */
    private static TlsTrustManagersProvider trustManagers(URI address) {
        return address.getScheme().equals("http") ? () -> new TrustManager[0] : null;
    }

    private void await(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!reached.getAsBoolean()) {
            if (cancelled.getAsBoolean()) {
                throw new ProviderException(Status.Code.CANCELLED, "cancelled while waiting for " + what);
            }
            if (System.nanoTime() > end) {
                throw new ProviderException(
                        Status.Code.DEADLINE_EXCEEDED, "waited " + LONGEST_WAIT.toMinutes() + " minutes for " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
