package com.aitutor.localaws;

import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * The tables of one region in the DynamoDB that runs on this machine. Every call waits until the table is ready for the
 * next one, and every failure is worded the way the official provider words it.
 *
 * <p>The credentials are stand-ins: DynamoDB Local keeps tables apart by access key and region, and takes any key.
 */
final class Tables {

    /** The access key under which tables are kept; whoever wants to see them uses the same one. */
    static final String ACCESS_KEY = "local";

    /** How often a call is tried before throttling or a server's error is passed on. */
    static final int ATTEMPTS = 4;

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Optional<URI> endpoint;
    private final AwsRegion region;
    private final BooleanSupplier cancelled;
    private DynamoDbClient client;

    /**
     * Prepares access; nothing is called yet.
     *
     * @param endpoint where DynamoDB answers; without one every call fails with a message that says what to do
     * @param cancelled tells whether to stop waiting
     */
    Tables(Optional<URI> endpoint, AwsRegion region, BooleanSupplier cancelled) {
        this.endpoint = endpoint;
        this.region = region;
        this.cancelled = cancelled;
    }

    /** Returns whether there is a database to ask. */
    boolean hasEndpoint() {
        return endpoint.isPresent();
    }

    /** Creates a table; {@link #awaitActive} waits for it. */
    void create(CreateTableRequest request) {
        call("creating", request.tableName(), "CreateTable", dynamo -> dynamo.createTable(request));
    }

    /** Changes a table and waits until it is ready again. */
    void update(UpdateTableRequest request) {
        call("updating", request.tableName(), "UpdateTable", dynamo -> dynamo.updateTable(request));
        awaitActive("updating", request.tableName());
    }

    /** Switches a table's time to live on or off and waits until it is. */
    void updateTimeToLive(String table, TimeToLiveSpecification specification) {
        call("updating", table, "UpdateTimeToLive", dynamo ->
                dynamo.updateTimeToLive(request -> request.tableName(table).timeToLiveSpecification(specification)));
        await("time to live of table " + table + " to change", () -> {
            TimeToLiveStatus status = timeToLive(table).timeToLiveStatus();
            return status != TimeToLiveStatus.ENABLING && status != TimeToLiveStatus.DISABLING;
        });
    }

    /** Deletes a table and waits until it is gone. */
    void delete(String table) {
        call("deleting", table, "DeleteTable", dynamo -> dynamo.deleteTable(request -> request.tableName(table)));
        await("table " + table + " to be deleted", () -> describe("deleting", table).isEmpty());
    }

    /** Describes a table; nothing when there is none of that name. */
    Optional<TableDescription> describe(String table) {
        return describe("reading", table);
    }

    /** Describes a table's time to live. */
    TimeToLiveDescription timeToLive(String table) {
        return call("reading", table, "DescribeTimeToLive", dynamo ->
                        dynamo.describeTimeToLive(request -> request.tableName(table)))
                .timeToLiveDescription();
    }

    /** Returns the names of all tables, sorted. */
    List<String> names() {
        return call("listing", "*", "ListTables", dynamo ->
                dynamo.listTablesPaginator().tableNames().stream().sorted().toList());
    }

    /** Waits until a table and its indexes are active. */
    void awaitActive(String doing, String table) {
        await("table " + table + " to become active", () -> {
            TableDescription description = describe(doing, table)
                    .orElseThrow(() -> new ProviderException(
                            Status.Code.NOT_FOUND,
                            doing + " AWS DynamoDB Table (" + table + "): the table has gone meanwhile"));
            return description.tableStatus() == TableStatus.ACTIVE
                    && description.globalSecondaryIndexes().stream()
                            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
        });
    }

    private Optional<TableDescription> describe(String doing, String table) {
        try {
            return Optional.of(client("DescribeTable")
                    .describeTable(request -> request.tableName(table))
                    .table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure(doing, table, "DescribeTable", e);
        }
    }

    private <T> T call(String doing, String table, String operation, Function<DynamoDbClient, T> call) {
        try {
            return call.apply(client(operation));
        } catch (SdkException e) {
            throw failure(doing, table, operation, e);
        }
    }

    private synchronized DynamoDbClient client(String operation) {
        if (client == null) {
            URI address = endpoint.orElseThrow(() -> new ProviderException(
                    Status.Code.FAILED_PRECONDITION,
                    operation + " needs DynamoDB, and none is configured: start it with ./local/up, or name one with"
                            + " the configuration aws:endpoints or the environment variable"
                            + " AWS_ENDPOINT_URL_DYNAMODB"));
            client = DynamoDbClient.builder()
                    .endpointOverride(address)
                    .region(Region.of(region.name()))
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, ACCESS_KEY)))
                    .httpClient(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECTION_TIMEOUT)
                            .socketTimeout(ANSWER_TIMEOUT)
                            .tlsTrustManagersProvider(trustManagers(address))
                            .proxyConfiguration(ProxyConfiguration.builder()
                                    .useSystemPropertyValues(false)
                                    .useEnvironmentVariablesValues(false)
                                    .build())
                            .build())
                    .endpointDiscoveryEnabled(false)
                    .overrideConfiguration(settings -> settings
                            .defaultProfileFile(ProfileFile.aggregator().build())
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

    private void await(String what, Supplier<Boolean> reached) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        long pause = FIRST_PAUSE.toMillis();
        while (!reached.get()) {
            if (cancelled.getAsBoolean()) {
                throw new ProviderException(Status.Code.CANCELLED, "cancelled while waiting for " + what);
            }
            if (System.nanoTime() > end) {
                throw new ProviderException(
                        Status.Code.DEADLINE_EXCEEDED,
                        "waited " + LONGEST_WAIT.toMinutes() + " minutes for " + what);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProviderException(Status.Code.CANCELLED, "interrupted while waiting for " + what);
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE.toMillis());
        }
    }

    private ProviderException failure(String doing, String table, String operation, SdkException e) {
        return new DynamoDbFailure(doing, table, operation, endpoint.map(URI::toString).orElse("")).from(e);
    }
}
