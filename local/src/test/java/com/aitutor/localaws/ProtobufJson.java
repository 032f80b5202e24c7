package com.aitutor.localaws;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages of the provider protocol as JSON, the form in which they were recorded. */
final class ProtobufJson {
    private ProtobufJson() {}

    /** Reads a recording, with the plugin's account in place of the recorded one. */
    static List<PropertyValue> recording(String resource) throws IOException {
        try (InputStream stream = ProtobufJson.class.getResourceAsStream(resource)) {
            String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return PropertyValue.of(json.replace("123456789012", Account.NUMBER))
                    .parsed()
                    .elements();
        }
    }

    static Message message(Message empty, PropertyValue value) {
        try {
            Message.Builder builder = empty.newBuilderForType();
            JsonFormat.parser().merge(text(value.wire()), builder);
            return builder.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static PropertyValue value(Message message) {
        return PropertyValue.of(text(message)).parsed();
    }

    static String text(Message message) {
        try {
            return JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .sortingMapKeys()
                    .print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
