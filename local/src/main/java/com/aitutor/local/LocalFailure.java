package com.aitutor.local;

import java.util.List;

/** Something that went wrong and is told without a stack trace. */
final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> details;

    private LocalFailure(int exitCode, String message, List<String> details) {
        super(message);
        this.exitCode = exitCode;
        this.details = details;
    }

    LocalFailure(String message, String... details) {
        this(1, message, List.of(details));
    }

    /** Arguments that make no sense. */
    static LocalFailure usage(String message, String... details) {
        return new LocalFailure(LocalCommand.USAGE, message, List.of(details));
    }

    int exitCode() {
        return exitCode;
    }

    /** More lines, about the cause or the way out. */
    List<String> details() {
        return details;
    }
}
