package com.aitutor.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Runs DynamoDB Local on the loopback address until it is told to end or its folder is removed.
 *
 * <p>DynamoDB Local's own main class listens on every network interface and has no option against it, so
 * its request handler is put behind a server made here. Its usage telemetry is started by that main class
 * only; none is sent from here.
 *
 * <p>Regions are kept apart, as on AWS. The folder holds, beside the data:
 * <ul>
 *   <li>{@code lock}: locked by the one process that uses the folder;
 *   <li>{@code server}: process id and port, there while the database answers.
 * </ul>
 */
public final class LocalDatabase {

    /** Exit code: another process uses the folder. */
    static final int FOLDER_IN_USE = 3;

    /** Exit code: none of the ports is free. */
    static final int PORTS_TAKEN = 4;

    private static final int WRONG_USAGE = 2;
    private static final long FOLDER_CHECK_MILLISECONDS = 2_000;

    private LocalDatabase() {}

    /**
     * Starts the database.
     *
     * @param arguments the folder, the first port and the last port; the first free port of that range is
     *     used
     * @throws Exception when the server does not start for another reason than taken ports
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            System.err.println("usage: LocalDatabase FOLDER FIRST_PORT LAST_PORT");
            System.exit(WRONG_USAGE);
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        List<Integer> ports = IntStream.rangeClosed(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
                .boxed()
                .toList();
        Files.createDirectories(folder);
        Path lockFile = folder.resolve("lock");
        // Never closed: the lock ends with the process, however that ends.
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            System.err.println("The folder is in use by another process: " + folder);
            System.exit(FOLDER_IN_USE);
        }
        Path serverFile = folder.resolve("server");
        Files.deleteIfExists(serverFile);
        serve(folder, ports, serverFile);
        endWithFolder(lockFile);
    }

    private static void serve(Path folder, List<Integer> ports, Path serverFile) throws Exception {
        System.setProperty("org.sqlite.tmpdir", emptied(folder.resolve("native")).toString());
        Logger.getLogger("").setLevel(Level.WARNING);

        Server server = new Server();
        ServerConnector connector = listen(server, ports);
        int port = connector.getLocalPort();
        LocalDynamoDBRequestHandler handler = new LocalDynamoDBRequestHandler(
                port, false, Files.createDirectories(folder.resolve("tables")).toString(), false, false);
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(handler, null));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, handler, serverFile)));
        publish(serverFile, port);
        System.out.println("DynamoDB Local listens on 127.0.0.1:" + port);
    }

    /** SQLite's native library is unpacked from its jar under a new name each time; a killed process leaves it behind. */
    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(folder)) {
            for (Path file : leftOver) {
                Files.delete(file);
            }
        }
        return folder;
    }

    private static ServerConnector listen(Server server, List<Integer> ports) throws IOException {
        for (int port : ports) {
            ServerConnector connector = new ServerConnector(server);
            connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
            connector.setPort(port);
            try {
                connector.open();
                return connector;
            } catch (IOException taken) {
                System.out.println(taken.getMessage());
            }
        }
        System.err.println("No free port: tried " + ports);
        System.exit(PORTS_TAKEN);
        throw new AssertionError("not reached");
    }

    private static void publish(Path serverFile, int port) throws IOException {
        Path complete = serverFile.resolveSibling("server.new");
        Files.writeString(complete, ProcessHandle.current().pid() + " " + port + "\n");
        Files.move(complete, serverFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void stop(Server server, LocalDynamoDBRequestHandler handler, Path serverFile) {
        try {
            Files.deleteIfExists(serverFile);
            server.stop();
            handler.shutdown();
        } catch (Exception failure) {
            System.err.println("The database did not end cleanly: " + failure);
        }
    }

    private static void endWithFolder(Path lockFile) throws InterruptedException {
        while (Files.exists(lockFile)) {
            Thread.sleep(FOLDER_CHECK_MILLISECONDS);
        }
        System.exit(0);
    }
}
