package com.aitutor.localaws;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes properties in Pulumi's wire format, a protobuf {@code Struct} in which secrets, unknown values and
 * outputs are marked by agreed signatures.
 *
 * <p>The signatures are those of {@code sdk/go/common/resource/sig} and {@code sdk/go/common/resource/plugin/rpc.go} of
 * pulumi/pulumi.
 */
final class PropertyCodec {

    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    private static final String RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

    /** The texts that stand for an unknown string, number, truth value, list, map and so on. */
    private static final Set<String> UNKNOWNS = Set.of(
            "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
            "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
            "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
            "030794c1-ac77-496b-92df-f27374a8bd58",
            "e48ece36-62e2-4504-bad9-02848725956a",
            "dd056dcd-154b-4c76-9bd3-c8f88648b5ff");

    private static final Value UNKNOWN =
            Value.newBuilder().setStringValue("04da6b54-80e4-46f7-96ec-b56ff0331ba9").build();

    private PropertyCodec() {}

    /**
     * Reads properties.
     *
     * @throws ProviderException when a property holds a kind of value no resource here has, such as an asset
     */
    static PropertyMap read(Struct struct) {
        Map<String, PropertyValue> values = new HashMap<>();
        Set<String> secrets = new HashSet<>();
        struct.getFieldsMap().forEach((name, wire) -> {
            Reader reader = new Reader(name);
            values.put(name, reader.read(wire));
            if (reader.secret) {
                secrets.add(name);
            }
        });
        return new PropertyMap(new PropertyValue.Fields(values), secrets);
    }

    /** Writes properties; secret ones are marked as such. */
    static Struct write(PropertyMap properties) {
        Struct.Builder struct = Struct.newBuilder();
        properties.values().values().forEach((name, value) -> {
            Value wire = write(value);
            struct.putFields(name, properties.secrets().contains(name) ? secret(wire) : wire);
        });
        return struct.build();
    }

    private static Value secret(Value wire) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder()
                        .putFields(SIGNATURE, Value.newBuilder().setStringValue(SECRET).build())
                        .putFields("value", wire))
                .build();
    }

    private static Value write(PropertyValue value) {
        Value.Builder wire = Value.newBuilder();
        if (value instanceof PropertyValue.Absent) {
            return wire.setNullValue(NullValue.NULL_VALUE).build();
        } else if (value instanceof PropertyValue.Unknown) {
            return UNKNOWN;
        } else if (value instanceof PropertyValue.Bool bool) {
            return wire.setBoolValue(bool.value()).build();
        } else if (value instanceof PropertyValue.Number number) {
            return wire.setNumberValue(number.value()).build();
        } else if (value instanceof PropertyValue.Text text) {
            return wire.setStringValue(text.value()).build();
        } else if (value instanceof PropertyValue.Sequence sequence) {
            ListValue.Builder list = ListValue.newBuilder();
            sequence.values().forEach(element -> list.addValues(write(element)));
            return wire.setListValue(list).build();
        }
        Struct.Builder struct = Struct.newBuilder();
        value.fields().values().forEach((name, field) -> struct.putFields(name, write(field)));
        return wire.setStructValue(struct).build();
    }

    /** Reads the value of one property and remembers whether it met a secret. */
    private static final class Reader {
        private final String property;
        private boolean secret;

        private Reader(String property) {
            this.property = property;
        }

        private PropertyValue read(Value wire) {
            return switch (wire.getKindCase()) {
                case NULL_VALUE, KIND_NOT_SET -> PropertyValue.ABSENT;
                case BOOL_VALUE -> PropertyValue.of(wire.getBoolValue());
                case NUMBER_VALUE -> PropertyValue.of(wire.getNumberValue());
                case STRING_VALUE -> UNKNOWNS.contains(wire.getStringValue())
                        ? PropertyValue.UNKNOWN
                        : PropertyValue.of(wire.getStringValue());
                case LIST_VALUE -> list(wire.getListValue());
                case STRUCT_VALUE -> struct(wire.getStructValue());
            };
        }

        private PropertyValue list(ListValue list) {
            List<PropertyValue> elements = new ArrayList<>();
            list.getValuesList().forEach(element -> elements.add(read(element)));
            return PropertyValue.of(elements);
        }

        private PropertyValue struct(Struct struct) {
            Value signature = struct.getFieldsMap().get(SIGNATURE);
            if (signature == null) {
                Map<String, PropertyValue> fields = new HashMap<>();
                struct.getFieldsMap().forEach((name, field) -> fields.put(name, read(field)));
                return PropertyValue.of(fields);
            }
            return switch (signature.getStringValue()) {
                case SECRET -> {
                    secret = true;
                    yield read(struct.getFieldsOrDefault("value", Value.getDefaultInstance()));
                }
                case OUTPUT -> {
                    secret |= struct.getFieldsOrDefault("secret", Value.getDefaultInstance()).getBoolValue();
                    Value value = struct.getFieldsMap().get("value");
                    yield value == null ? PropertyValue.UNKNOWN : read(value);
                }
                case RESOURCE -> throw ProviderException.invalid(
                        "property \"" + property + "\" holds a resource; expected plain data");
                default -> throw ProviderException.invalid(
                        "property \"" + property + "\" holds an asset, an archive or another special value;"
                                + " expected plain data");
            };
        }
    }
}
