package com.aitutor.preview;

import java.util.List;

/**
 * What would happen to one resource.
 *
 * @param operation what would be done
 * @param type Pulumi's, such as {@code aws:dynamodb/table:Table}
 * @param name in Pulumi's state
 * @param physicalName in AWS, before the change where there is a before; empty where it has none
 * @param properties what is set or would change
 */
record Change(Operation operation, String type, String name, String physicalName, List<PropertyChange> properties) {
    private static final String TABLE = "aws:dynamodb/table:Table";

    Change {
        properties = List.copyOf(properties);
    }

    /** The last part of the type: {@code Table}. */
    String kind() {
        return type.substring(type.lastIndexOf(':') + 1);
    }

    boolean isTable() {
        return type.equals(TABLE);
    }

    /** Whether it takes a table away, with everything in it. */
    boolean losesTable() {
        return isTable() && (operation == Operation.DELETE || operation == Operation.REPLACE);
    }
}
