package com.aitutor.chatsessions;

import java.util.Map;

/** The Pulumi commands that messages propose, as they are typed for the running stack. */
record PulumiCommand(String program, String options) {
    /** The variable in which the local stack names the command that runs Pulumi on it. */
    static final String VARIABLE = "CHAT_SESSIONS_COMMAND";

    static PulumiCommand of(String stackName, Map<String, String> processEnvironment) {
        String local = processEnvironment.get(VARIABLE);
        return local == null ? new PulumiCommand("pulumi", " --stack " + stackName) : new PulumiCommand(local, "");
    }

    String with(String arguments) {
        return program + " " + arguments + options;
    }

    String set(Setting setting, Object value) {
        return with("config set %s %s".formatted(setting, value));
    }
}
