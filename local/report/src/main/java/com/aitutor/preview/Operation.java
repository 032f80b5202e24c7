package com.aitutor.preview;

/** What the engine would do to a resource. */
enum Operation {
    CREATE("+", "create"),
    UPDATE("~", "change"),
    REPLACE("+/-", "replace"),
    DELETE("-", "delete"),
    IMPORT("=", "import"),
    NONE(" ", "leave");

    private final String sign;
    private final String verb;

    Operation(String sign, String verb) {
        this.sign = sign;
        this.verb = verb;
    }

    /** In front of the resource, as Pulumi prints it. */
    String sign() {
        return sign;
    }

    /** As in "3 to create". */
    String verb() {
        return verb;
    }

    /** The operation that a step of the engine belongs to (pulumi/pulumi, sdk/go/common/apitype, OpType). */
    static Operation from(String step) {
        return switch (step) {
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            // three steps of one replacement
            case "replace", "create-replacement", "delete-replaced" -> REPLACE;
            case "import" -> IMPORT;
            // taken over from elsewhere in place of what is there
            case "import-replacement" -> REPLACE;
            default -> NONE;
        };
    }
}
