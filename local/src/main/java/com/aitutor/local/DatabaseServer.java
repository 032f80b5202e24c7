package com.aitutor.local;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Runs DynamoDB Local on the loopback address until it is told to end or its folder is removed.
 *
 * <p>DynamoDB Local's own main class listens on every network interface and has no option against it, so its request
 * handler is put behind a server made here. Its usage telemetry is started by that main class only; none is sent from
 * here. All access keys and regions share one database.
 *
 * <p>The folder holds, beside the data:
 *
 * <ul>
 *   <li>{@code lock}: locked by the one process that uses the folder;
 *   <li>{@code server}: process id and port, there while the database answers.
 * </ul>
 */
public final class DatabaseServer {
    /** Exit code: another process uses the folder. */
    static final int FOLDER_IN_USE = 3;

    /** Exit code: the port is taken. */
    static final int PORT_TAKEN = 4;

    /**
     * The names under which it answers. A web page of a foreign name that is made to resolve to 127.0.0.1 (DNS
     * rebinding) gets nothing. Containers reach the machine's own address by the last one.
     */
    private static final Set<String> HOST_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "host.docker.internal");

    private static final long FOLDER_CHECK_MILLISECONDS = 2_000;

    private DatabaseServer() {}

    /**
     * Starts the database.
     *
     * @param arguments the folder, and the port or 0 for any that is free
     * @throws Exception when the server does not start for another reason than a taken port
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path lockFile = folder.resolve("lock");
        // never closed: the lock ends with the process, however that ends
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            System.exit(FOLDER_IN_USE);
        }
        Files.deleteIfExists(folder.resolve("server"));
        serve(folder, Integer.parseInt(arguments[1]));
        while (Files.exists(lockFile)) {
            Thread.sleep(FOLDER_CHECK_MILLISECONDS);
        }
        System.exit(0);
    }

    private static void serve(Path folder, int wantedPort) throws Exception {
        // SQLite's native library is unpacked under a new name each time; a killed process leaves it behind
        Folders.delete(folder.resolve("native"));
        System.setProperty(
                "org.sqlite.tmpdir",
                Files.createDirectories(folder.resolve("native")).toString());
        Server server = new Server();
        int port = listen(server, wantedPort);
        LocalDynamoDBRequestHandler requests = new LocalDynamoDBRequestHandler(
                port, false, Files.createDirectories(folder.resolve("tables")).toString(), true, false);
        server.setHandler(new KnownHostsOnly(new LocalDynamoDBServerHandler(requests, null)));
        server.start();
        Path serverFile = folder.resolve("server");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, requests, serverFile)));
        Path complete = serverFile.resolveSibling("server.new");
        Files.writeString(complete, ProcessHandle.current().pid() + " " + port);
        Files.move(complete, serverFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int listen(Server server, int port) {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        try {
            connector.open();
        } catch (IOException taken) {
            System.out.println(taken.getMessage());
            System.exit(PORT_TAKEN);
        }
        server.addConnector(connector);
        return connector.getLocalPort();
    }

    private static void stop(Server server, LocalDynamoDBRequestHandler requests, Path serverFile) {
        try {
            Files.deleteIfExists(serverFile);
            server.stop();
            requests.shutdown();
        } catch (Exception failure) {
            System.err.println("The database did not end cleanly: " + failure);
        }
    }

    /** Refuses requests that were sent to another name than those of this machine. */
    private static final class KnownHostsOnly extends Handler.Wrapper {
        KnownHostsOnly(Handler requests) {
            super(requests);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (HOST_NAMES.contains(Request.getServerName(request))) {
                return super.handle(request, response, callback);
            }
            Response.writeError(request, response, callback, 403);
            return true;
        }
    }
}
