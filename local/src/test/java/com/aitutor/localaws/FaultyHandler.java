package com.aitutor.localaws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** Answers as DynamoDB Local, and spoils some of its answers. */
final class FaultyHandler extends LocalDynamoDBServerHandler {
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

    private final Map<String, Spoiled> spoiled = new ConcurrentHashMap<>();

    FaultyHandler(LocalDynamoDBRequestHandler database) {
        super(database, null);
    }

    /** Spoils the next so many calls of an operation. */
    void spoil(String operation, Fault fault, int times) {
        spoiled.put(operation, new Spoiled(fault, new AtomicInteger(times)));
    }

    /** Lets everything through again. */
    void heal() {
        spoiled.clear();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String target = request.getHeaders().get("X-Amz-Target");
        Spoiled fault = spoiled.get(target.substring(target.indexOf('.') + 1));
        if (fault == null || fault.times().getAndDecrement() <= 0) {
            return super.handle(request, response, callback);
        }
        return switch (fault.fault()) {
            case THROTTLED -> refuse(response, callback, 400, "ThrottlingException");
            case BROKEN -> refuse(response, callback, 500, "InternalServerError");
            case ABSENT -> refuse(response, callback, 400, "ResourceNotFoundException");
            case CREATING -> answer(response, callback, 200, "{\"Table\":{\"TableStatus\":\"CREATING\"}}");
            case LOST -> super.handle(request, new Unheard(request, response), callback);
            case SILENT -> true;
        };
    }

    private static boolean refuse(Response response, Callback callback, int status, String type) {
        return answer(response, callback, status, "{\"__type\":\"" + type + "\",\"message\":\"spoiled\"}");
    }

    private static boolean answer(Response response, Callback callback, int status, String body) {
        response.setStatus(status);
        Content.Sink.write(response, true, body, callback);
        return true;
    }

    /** Breaks the connection where an answer would be written. */
    private static final class Unheard extends Response.Wrapper {
        Unheard(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new IOException("unheard"));
        }
    }
}
