package com.aitutor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DatabaseTest {
    @Test
    void aTakenPortIsNotUsedAndTheLockOfARunningDatabaseIsAwaited(@TempDir Path folder) throws Exception {
        Path jvm = Files.writeString(
                folder.resolve("jvm"),
                "#!/bin/sh\nshift\nexec '%s/bin/java' -cp '%s' \"$@\"\n"
                        .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
        assertThat(jvm.toFile().setExecutable(true)).isTrue();
        Path lock = folder.resolve("data/database/lock");
        Database database = new Database(new Folders(folder, folder.resolve("data")));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream errors = System.err;
        System.setErr(new PrintStream(said, true));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            Folders.write(folder.resolve("data/database/port"), taken + "\n");
            assertThatThrownBy(() -> database.start(Optional.of(taken)))
                    .hasMessageStartingWith("Port " + taken + " is taken by another process.");
            assertThat(RunLock.isHeld(lock)).isFalse();
            URI endpoint = URI.create(database.start(Optional.empty()));
            assertThat(said.toString())
                    .contains("port " + taken + " is taken by another process: chose another")
                    .contains("the port is now " + endpoint.getPort() + ", no longer " + taken);
            assertThatThrownBy(() -> database.start(Optional.of(taken)))
                    .hasMessageStartingWith("The database runs already, on port " + endpoint.getPort());
            assertThat(database.start(Optional.of(Database.ANY_PORT))).isEqualTo(endpoint.toString());
            assertThat(statusFor(endpoint, "localhost")).isEqualTo("400");
            assertThat(statusFor(endpoint, "evil.example.com")).isEqualTo("403");
            assertThat(RunLock.isHeld(lock)).isTrue();
            Path server = lock.resolveSibling("server");
            String process = Files.readString(server).split(" ")[0];
            FutureTask<Boolean> work =
                    new FutureTask<>(() -> RunLock.during(lock, "it runs", () -> Files.exists(server)));
            new Thread(work).start();
            while (!said.toString().contains("Waiting   it runs")) {
                Thread.sleep(20);
            }
            ProcessHandle.of(Long.parseLong(process)).orElseThrow().destroy();
            assertThat(work.get()).as("worked while the database ran").isFalse();
        } finally {
            database.stopQuietly();
            System.setErr(errors);
        }
    }

    private static String statusFor(URI endpoint, String host) throws Exception {
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream().write(("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes());
            return new String(socket.getInputStream().readAllBytes()).split(" ")[1];
        }
    }
}
