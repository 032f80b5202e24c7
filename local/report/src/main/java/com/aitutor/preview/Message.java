package com.aitutor.preview;

/**
 * What the program, the engine or the AWS plugin says.
 *
 * @param severity {@code error} or {@code warning}
 * @param text one or more lines
 */
record Message(String severity, String text) {
    static final String ERROR = "error";
    static final String WARNING = "warning";

    boolean isError() {
        return severity.equals(ERROR);
    }
}
