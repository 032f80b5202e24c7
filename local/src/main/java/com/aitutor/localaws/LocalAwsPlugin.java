package com.aitutor.localaws;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ForkJoinPool;

/**
 * Starts the plugin: serves the provider protocol on a free port of 127.0.0.1, prints the port, and ends when the engine
 * cancels or is gone.
 */
public final class LocalAwsPlugin {
    /** The engine sends messages as large as this one, in bytes. */
    private static final int LARGEST_MESSAGE = 400 * 1024 * 1024;

    private LocalAwsPlugin() {}

    /** The engine gives its address, which is not used. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String endpoint = System.getenv().getOrDefault(ProviderConfig.ENDPOINT_VARIABLE, "");
        askDatabase(endpoint);
        Server[] server = new Server[1];
        server[0] = start(new LocalAwsProvider(endpoint, () -> server[0].shutdown()));
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(server[0]::shutdown));
        System.out.println(server[0].getPort());
        System.out.flush();
        server[0].awaitTermination();
    }

    /**
     * Asks the database a first question while the server starts, and passes over the answer or failure: most of the
     * time that a first question takes goes into starting the AWS SDK, and the engine will soon have one.
     */
    private static void askDatabase(String endpoint) {
        ForkJoinPool.commonPool().submit(() -> {
            ProviderConfig config = ProviderConfig.from(PropertyValue.EMPTY.with("region", "us-east-1"), endpoint);
            return new DynamoDbTables(config, () -> true).names();
        });
    }

    /** Starts a server for a provider on a free port of 127.0.0.1. */
    static Server start(LocalAwsProvider provider) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .addService(provider)
                .build()
                .start();
    }
}
