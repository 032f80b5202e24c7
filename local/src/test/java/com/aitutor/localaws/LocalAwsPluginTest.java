package com.aitutor.localaws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulumirpc.ResourceProviderGrpc;

/** The plugin as a process: what it prints, where it listens, when it ends. */
@Timeout(120)
class LocalAwsPluginTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void itPrintsItsPortAndEndsWhenCancelled() throws Exception {
        process = new ProcessBuilder(plugin()).start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port())
                .usePlaintext()
                .build();
        ResourceProviderGrpc.newBlockingStub(channel).cancel(Empty.getDefaultInstance());
        channel.shutdownNow();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void itEndsWhenTheProcessThatStartedItIsGone() throws Exception {
        String command =
                String.join(" ", plugin().stream().map(word -> "'" + word + "'").toList());
        process = new ProcessBuilder("bash", "-c", command + " & echo $!; wait").start();
        BufferedReader output = process.inputReader();
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        try {
            assertThat(Integer.parseInt(output.readLine())).isPositive();

            process.destroyForcibly();

            assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void itAsksTheDatabaseBeforeTheEngineDoes() throws Exception {
        BlockingQueue<String> questions = new LinkedBlockingQueue<>();
        HttpServer database = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        database.createContext("/", exchange -> {
            questions.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        database.start();
        try {
            start("http://127.0.0.1:" + database.getAddress().getPort());
            assertThat(questions.poll(60, TimeUnit.SECONDS)).isEqualTo("DynamoDB_20120810.ListTables");
        } finally {
            database.stop(0);
        }
        assertThat(folder.resolve("errors")).as("what is said of the answer").isEmptyFile();
    }

    @Test
    void itAsksNoDatabaseThatTheEngineCouldNotName() throws Exception {
        start("http://192.0.2.1");
        assertThat(folder.resolve("errors")).isEmptyFile();
    }

    private void start(String database) throws IOException {
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(plugin()).redirectError(errors.toFile());
        builder.environment().put("AWS_ENDPOINT_URL_DYNAMODB", database);
        process = builder.start();
        assertThat(port()).isPositive();
    }

    private static List<String> plugin() {
        // the options with which local/jvm starts it
        return List.of(
                JAVA,
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LocalAwsPlugin.class.getName(),
                "127.0.0.1:1234");
    }

    private int port() throws IOException {
        return Integer.parseInt(process.inputReader().readLine());
    }
}
