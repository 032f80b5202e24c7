package com.aitutor.localaws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in front of a database and spoils some of its answers. */
final class FaultyEndpoint implements AutoCloseable {
    /** What happens to a call. */
    enum Fault {
        /** It is refused for being one too many. */
        THROTTLED,
        /** It fails inside the service. */
        BROKEN,
        /** It happens, and nobody hears of it. */
        LOST,
        /** Nothing happens, and nothing is answered. */
        SILENT,
        /** It finds no such table. */
        ABSENT,
        /** It tells that the table is still being created. */
        CREATING
    }

    private record Spoiled(Fault fault, AtomicInteger times) {}

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI database;
    private final Map<String, Spoiled> spoiled = new ConcurrentHashMap<>();
    private final CountDownLatch silence = new CountDownLatch(1);
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private FaultyEndpoint(HttpServer server, URI database) {
        this.server = server;
        this.database = database;
    }

    static FaultyEndpoint inFrontOf(InMemoryDynamoDb database) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FaultyEndpoint endpoint = new FaultyEndpoint(server, URI.create(database.address()));
            server.createContext("/", endpoint::handle);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Spoils the next so many calls of an operation. */
    void spoil(String operation, Fault fault, int times) {
        spoiled.put(operation, new Spoiled(fault, new AtomicInteger(times)));
    }

    /** Lets everything through again. */
    void heal() {
        spoiled.clear();
    }

    /** Returns how often an operation was called. */
    long calls(String operation) {
        return calls.stream().filter(operation::equals).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target.substring(target.indexOf('.') + 1);
            calls.add(operation);
            byte[] request = exchange.getRequestBody().readAllBytes();
            Spoiled fault = spoiled.get(operation);
            if (fault == null || fault.times().getAndDecrement() <= 0) {
                HttpResponse<byte[]> answer = forward(exchange, request);
                answer(exchange, answer.statusCode(), answer.body());
                return;
            }
            switch (fault.fault()) {
                case THROTTLED -> refuse(exchange, 400, "com.amazon.coral.availability#ThrottlingException");
                case BROKEN -> refuse(exchange, 500, "com.amazonaws.dynamodb.v20120810#InternalServerError");
                case ABSENT -> refuse(exchange, 400, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
                case LOST -> forward(exchange, request);
                case SILENT -> silence.await();
                case CREATING -> {
                    String answer = new String(forward(exchange, request).body(), StandardCharsets.UTF_8)
                            .replace("\"TableStatus\":\"ACTIVE\"", "\"TableStatus\":\"CREATING\"");
                    answer(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(database).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.getResponseHeaders().add("x-amzn-RequestId", "REQUEST");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
        answer(exchange, status, ("{\"__type\":\"" + type + "\",\"message\":\"spoiled\"}").getBytes());
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }
}
