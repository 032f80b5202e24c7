package com.aitutor.chatsessions.engine;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What the stacks under test are deployed with, and where: the local AWS plugin and DynamoDB Local; or, with the system
 * property {@code conformance.endpoint}, the real AWS provider and moto, an AWS emulator, at that address. The provider is
 * the one in the folder {@code conformance.plugin}, or else the official one, which the engine downloads.
 */
final class TestCloud {
    /** The tag of tests that hold on the real provider too. */
    static final String CONFORMANCE = "conformance";

    /** The system property by which tests are left out, each with its reason, that moto or DynamoDB Local cannot pass. */
    static final String ENDPOINT = "conformance.endpoint";

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Optional<String> MOTO = Optional.ofNullable(System.getProperty(ENDPOINT));

    private TestCloud() {}

    /** Whether it is moto, which has what DynamoDB Local lacks. */
    static boolean isEmulator() {
        return MOTO.isPresent();
    }

    /** The account in the ARNs of all that is deployed. */
    static String account() {
        return isEmulator() ? "123456789012" : "000000000000";
    }

    static String endpoint() {
        return MOTO.orElseGet(() -> LocalDatabase.ENDPOINT);
    }

    /** The folder of the provider; empty for the one that the engine downloads. */
    static Optional<Path> providerFolder() {
        return isEmulator()
                ? Optional.ofNullable(System.getProperty("conformance.plugin")).map(Path::of)
                : Optional.of(PROJECT.resolve("local/plugin"));
    }

    /** The lines of a stack file that send the provider to the emulator. */
    static String settings() {
        return MOTO.map(endpoint -> """
                  aws:accessKey: test
                  aws:secretKey: test
                  aws:skipCredentialsValidation: "true"
                  aws:skipMetadataApiCheck: "true"
                  aws:skipRequestingAccountId: "true"
                  aws:endpoints:
                    - %s
                """.formatted(Stream.of("cloudwatch", "dynamodb", "iam", "kms", "sns", "sts")
                        .map(service -> service + ": " + endpoint)
                        .collect(joining("\n      "))))
                .orElse("");
    }

    /** The variables with which the program and the provider run. */
    static Map<String, String> environment() {
        return isEmulator()
                ? Map.of()
                : Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", endpoint(), "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
    }

    static DynamoDbClient dynamoDb() {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    /** Deletes everything. */
    static void clear() {
        if (isEmulator()) {
            HttpRequest reset = HttpRequest.newBuilder(URI.create(MOTO.get() + "/moto-api/reset"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpClient.newHttpClient()
                    .sendAsync(reset, HttpResponse.BodyHandlers.discarding())
                    .join();
        } else {
            deleteTables();
        }
    }

    static void deleteTables() {
        try (DynamoDbClient client = dynamoDb()) {
            client.listTables().tableNames().forEach(table -> {
                client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(false));
                client.deleteTable(request -> request.tableName(table));
                client.waiter().waitUntilTableNotExists(request -> request.tableName(table));
            });
        }
    }

    /** DynamoDB Local, started with the first stack and stopped when the tests end. */
    private static final class LocalDatabase {
        static final String ENDPOINT = start();

        private static String start() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run("stop")));
            // what it says on the way comes before the endpoint
            return run("start").lines().reduce((line, next) -> next).orElseThrow();
        }

        private static String run(String action) {
            return Command.of(PROJECT.resolve("local/run"), "database", action)
                    .with("CHAT_SESSIONS_LOCAL_DATA", ProjectFiles.WORK + "/database")
                    .with("DYNAMODB_LOCAL_PORT", "0")
                    .run()
                    .successful();
        }
    }
}
