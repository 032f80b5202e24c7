package com.aitutor.preview;

/** What a reviewer has to know first, and the exit code that says so. */
enum Outcome {
    /** Nothing would change. */
    UNCHANGED(0),
    /** Something would change, and no chat session be lost. */
    CHANGED(0),
    /** No preview came about, for a reason that is not in the program or its settings. */
    FAILED(1),
    /** The table would be deleted or replaced. */
    TABLE_LOST(3),
    /** The program, the engine or the AWS plugin refuses the change; so would a deployment. */
    REFUSED(4),
    /** The program does not compile, or ends with an exception. */
    PROGRAM_BROKEN(5);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
