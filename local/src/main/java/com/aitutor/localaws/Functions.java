package com.aitutor.localaws;

import io.grpc.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The functions a program can call: looking up one table, and listing all. */
final class Functions {

    private static final String GET_TABLE = "aws:dynamodb/getTable:getTable";
    private static final String GET_TABLES = "aws:dynamodb/getTables:getTables";

    private final TableType tableType;

    Functions(TableType tableType) {
        this.tableType = tableType;
    }

    /**
     * Calls a function.
     *
     * @throws ProviderException for a function or an argument that is not known, or when it fails
     */
    PropertyMap invoke(String token, PropertyMap arguments, Account account) {
        return switch (token) {
            case GET_TABLE -> getTable(arguments, account);
            case GET_TABLES -> getTables(arguments, account);
            default -> throw ProviderException.invalid("the local AWS plugin has no function " + token
                    + "; it has " + GET_TABLE + " and " + GET_TABLES);
        };
    }

    private PropertyMap getTable(PropertyMap arguments, Account account) {
        refuseUnknown(GET_TABLE, arguments, Set.of("name", "serverSideEncryption", "tags"));
        String name = arguments.get("name").text();
        if (name.isEmpty()) {
            throw ProviderException.invalid(
                    "Missing required argument. The argument \"name\" is required, but no definition was found.");
        }
        PropertyMap table = (account.tables().hasEndpoint()
                        ? tableType.read(name, PropertyMap.EMPTY, account)
                        : Optional.<PropertyMap>empty())
                .orElseThrow(() -> new ProviderException(
                        Status.Code.NOT_FOUND,
                        "reading DynamoDB Table (" + name + "): couldn't find resource"));
        Map<String, PropertyValue> result = new HashMap<>(table.values().values());
        result.put("id", PropertyValue.of(name));
        result.putIfAbsent("rangeKey", PropertyValue.of(""));
        result.put("onDemandThroughputs", PropertyValue.of(List.of()));
        result.put("serverSideEncryption", PropertyValue.of(
                Map.of("enabled", PropertyValue.of(false), "kmsKeyArn", PropertyValue.of(""))));
        result.put("globalSecondaryIndexes", table.get("globalSecondaryIndexes").mapElements(index -> index.fields()
                .with("onDemandThroughput", PropertyValue.ABSENT)
                .with("onDemandThroughputs", PropertyValue.of(List.of()))));
        result.remove("tagsAll");
        return PropertyMap.from(result);
    }

    private static PropertyMap getTables(PropertyMap arguments, Account account) {
        refuseUnknown(GET_TABLES, arguments, Set.of());
        List<String> names = account.tables().hasEndpoint() ? account.tables().names() : List.of();
        return PropertyMap.from(Map.of(
                "id", PropertyValue.of(account.region().name()),
                "names", PropertyValue.of(names.stream().map(PropertyValue::of).toList())));
    }

    private static void refuseUnknown(String token, PropertyMap arguments, Set<String> known) {
        Set<String> unknown = new TreeSet<>(arguments.names());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw ProviderException.invalid("unknown argument " + String.join(", ", unknown) + " of " + token);
        }
    }
}
