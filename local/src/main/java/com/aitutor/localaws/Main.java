package com.aitutor.localaws;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Starts the plugin: serves the provider protocol on a free port of 127.0.0.1, prints the port, and ends when the engine
 * cancels or is gone.
 */
public final class Main {

    /** The engine sends messages as large as this one, in bytes. */
    private static final int LARGEST_MESSAGE = 400 * 1024 * 1024;

    private static final long LONGEST_SHUTDOWN_SECONDS = 30;

    private Main() {}

    /**
     * Runs the plugin.
     *
     * @param arguments the engine's address, which is not used; or {@code --train} to serve one round of calls and end
     * @throws IOException when no port can be opened
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("--train")) {
            Training.run();
            return;
        }
        askDatabase(System::getenv);
        Server[] server = new Server[1];
        LocalAwsProvider provider = new LocalAwsProvider(System::getenv, () -> server[0].shutdown());
        server[0] = start(provider);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(server[0]::shutdown));
        System.out.println(server[0].getPort());
        System.out.flush();
        server[0].awaitTermination();
    }

    /**
     * Asks the database a first question while the server starts, and passes over the answer: most of the time that a
     * first question takes goes into starting the AWS SDK, and the engine will soon have one.
     */
    private static void askDatabase(UnaryOperator<String> environment) {
        Thread thread = new Thread(
                () -> {
                    try {
                        ProviderConfig config = ProviderConfig.from(
                                PropertyMap.from(Map.of("region", PropertyValue.of("us-east-1"))), environment);
                        if (config.dynamoDb().isPresent()) {
                            new Tables(config.dynamoDb(), config.region(), () -> true).names();
                        }
                    } catch (ProviderException e) {
                        // the engine's own question will find the same, and there is somebody to be told then
                    }
                },
                "first-question");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a server for a provider on a free port of 127.0.0.1. */
    static Server start(LocalAwsProvider provider) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .executor(Executors.newCachedThreadPool(task -> {
                    Thread thread = new Thread(task, "provider-call");
                    thread.setDaemon(true);
                    return thread;
                }))
                .addService(provider)
                .build()
                .start();
    }

    /** Stops a server, letting calls under way end. */
    static void stop(Server server) throws InterruptedException {
        server.shutdown();
        if (!server.awaitTermination(LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            server.shutdownNow();
        }
    }
}
