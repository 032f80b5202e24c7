package com.aitutor.local;

import picocli.CommandLine.ExitCode;

/** Something that went wrong and is told without a stack trace. */
final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int exitCode;

    private LocalFailure(int exitCode, String... lines) {
        super(String.join("\n  ", lines));
        this.exitCode = exitCode;
    }

    /** A failure, with further lines about its cause or the way out. */
    LocalFailure(String... lines) {
        this(ExitCode.SOFTWARE, lines);
    }

    /** Arguments that make no sense. */
    static LocalFailure usage(String... lines) {
        return new LocalFailure(ExitCode.USAGE, lines);
    }
}
