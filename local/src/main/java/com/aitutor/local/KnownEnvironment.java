package com.aitutor.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The environment of the engine, the program, the plugin and the database. It is made of names known here, so that no
 * setting of the user's shell (an AWS profile, a Pulumi account, a JVM option) changes what runs locally.
 */
final class KnownEnvironment {
    /** What comes from the user: where programs and files are, the terminal, and the way to Maven's repositories. */
    private static final List<String> FROM_USER =
            List.of(("PATH HOME USER LOGNAME TMPDIR TZ LANG LC_ALL LC_CTYPE TERM COLORTERM NO_COLOR"
                            + " HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy"
                            + " MAVEN_ARGS MAVEN_HOME MAVEN_OPTS MAVEN_SKIP_RC M2_HOME CHAT_SESSIONS_LAUNCH")
                    .split(" "));

    private KnownEnvironment() {}

    /** A process that sees nothing but the known environment. */
    static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        keepKnown(builder.environment());
        return builder;
    }

    /** A run of the engine with a state and a home of its own, and stand-ins for AWS credentials. */
    static ProcessBuilder engine(List<String> command, Path home, Path state) {
        ProcessBuilder builder = process(command);
        Map<String, String> environment = builder.environment();
        environment.put("PULUMI_HOME", home.toString());
        // a URL in which #, % and ? of the path are written as the engine reads them
        environment.put("PULUMI_BACKEND_URL", state.toUri().toString().replaceFirst("/$", ""));
        environment.put("PULUMI_CONFIG_PASSPHRASE", "");
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        environment.put("PULUMI_IGNORE_AMBIENT_PLUGINS", "true");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        return builder;
    }

    /** Leaves of a user's environment what is known here, and adds what this JVM knows better. */
    static void keepKnown(Map<String, String> environment) {
        environment.keySet().retainAll(FROM_USER);
        environment.putIfAbsent("HOME", System.getProperty("user.home"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }
}
