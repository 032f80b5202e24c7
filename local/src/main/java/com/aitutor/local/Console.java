package com.aitutor.local;

/** Lines for people. They go to standard error, so that standard output stays what a command is asked for. */
final class Console {
    private Console() {}

    /** Says what a part of the local stack does. */
    static void say(String part, String text) {
        System.err.printf("%-9s %s%n", part, text);
    }
}
