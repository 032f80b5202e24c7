package com.aitutor.local;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConditionalHandler;
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

    /** Takes the folder, and the ports to try in turn, 0 for any that is free. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path lockFile = folder.resolve("lock");
        // never closed: the lock ends with the process, however that ends
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            System.exit(FOLDER_IN_USE);
        }
        Files.deleteIfExists(folder.resolve("server"));
        serve(folder, List.of(arguments).subList(1, arguments.length));
        while (Files.exists(lockFile)) {
            Thread.sleep(FOLDER_CHECK_MILLISECONDS);
        }
        System.exit(0);
    }

    private static void serve(Path folder, List<String> ports) throws Exception {
        // SQLite's native library is unpacked under a new name each time; a killed process leaves it behind
        Folders.delete(folder.resolve("native"));
        System.setProperty(
                "org.sqlite.tmpdir",
                Files.createDirectories(folder.resolve("native")).toString());
        Server server = new Server();
        int port = listen(server, ports);
        LocalDynamoDBRequestHandler requests = new LocalDynamoDBRequestHandler(
                port, false, Files.createDirectories(folder.resolve("tables")).toString(), true, false);
        ConditionalHandler.Reject foreignNames =
                new ConditionalHandler.Reject(new LocalDynamoDBServerHandler(requests, null), HttpStatus.FORBIDDEN_403);
        foreignNames.exclude(request -> HOST_NAMES.contains(Request.getServerName(request)));
        server.setHandler(foreignNames);
        server.start();
        Path serverFile = folder.resolve("server");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, requests, serverFile)));
        Path complete = serverFile.resolveSibling("server.new");
        Files.writeString(complete, ProcessHandle.current().pid() + " " + port);
        Files.move(complete, serverFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int listen(Server server, List<String> ports) {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        for (Iterator<String> port = ports.iterator(); !connector.isOpen(); ) {
            if (!port.hasNext()) {
                System.exit(PORT_TAKEN);
            }
            connector.setPort(Integer.parseInt(port.next()));
            try {
                connector.open();
            } catch (IOException taken) {
                System.out.println(taken.getMessage());
            }
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
}
