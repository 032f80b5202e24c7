package com.aitutor.chatsessions;

/**
 * One key of a stack file. Pulumi.yaml and the README repeat what is declared here; tests compare them.
 *
 * @param fullKey the key with its namespace
 * @param defaultText the value where the stack file has none
 * @param accepted what the key accepts
 * @param description what the value is for, one sentence
 */
record Setting<T>(String fullKey, String defaultText, Accepted<T> accepted, String description) {
    /** The namespace of the program's settings, which is the project's name in Pulumi.yaml. */
    static final String NAMESPACE = "chat-sessions";

    /** Means "without": Pulumi demands a value for each key that a project declares. */
    static final String NONE = "none";

    /** The key without its namespace. */
    String key() {
        return fullKey.substring(fullKey.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return fullKey;
    }
}
