package com.aitutor.localaws;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.util.List;

/** Properties written as JSON, the way they read best in tests. */
final class Json {

    /** What stands for a value that is not known yet. */
    static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private Json() {}

    static Struct struct(String json) {
        Struct.Builder struct = Struct.newBuilder();
        merge(json, struct);
        return struct.build();
    }

    static List<Struct> structs(String json) {
        ListValue.Builder list = ListValue.newBuilder();
        merge(json, list);
        return list.getValuesList().stream().map(value -> value.getStructValue()).toList();
    }

    static String text(Struct struct) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().sortingMapKeys().print(struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void merge(String json, com.google.protobuf.Message.Builder builder) {
        try {
            JsonFormat.parser().merge(json, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
