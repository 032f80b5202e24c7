package com.aitutor.localaws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** A DynamoDB of its own for a test class, in memory, with tables kept apart by access key and region. */
final class DynamoDbLocal implements AutoCloseable {

    private final Server server;
    private final URI address;

    private DynamoDbLocal(Server server, URI address) {
        this.server = server;
        this.address = address;
    }

    static DynamoDbLocal start() throws Exception {
        int port = freePort();
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(port, true, null, false, false), null));
        server.start();
        return new DynamoDbLocal(server, URI.create("http://127.0.0.1:" + port));
    }

    /** Returns a port nothing listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return address.toString();
    }

    /** Returns a client that sees what the plugin sees in a region. */
    DynamoDbClient client(String region) {
        return DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        }
    }
}
