package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "env",
        customSynopsis = "./local/env [--stack STACK] FILE",
        description = {
            "Writes the lines that the app needs into FILE, such as its .env. Earlier lines of the same names are replaced,"
                    + " all others stay.",
            ""
        })
final class EnvCommand implements Callable<Integer> {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=.*");
    /** What leads an app to the local stack. */
    private static final Pattern LOCAL = Pattern.compile("[^#]*(?:" + Database.ENDPOINT_VARIABLE
            + "\\s*=\\s*[\"']?http://(?:127\\.0\\.0\\.1|localhost|\\[::1]|host\\.docker\\.internal)[:/].*"
            + "|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)\\s*=\\s*[\"']?local[\"']?\\s*)");

    @Option(
            names = {"-s", "--stack"},
            paramLabel = "STACK",
            description = "A stack on AWS, read with the pulumi on your PATH. Default: the local stack.")
    private String stack = LocalStack.NAME;

    @Parameters(paramLabel = "FILE", description = "Is made when it is not there.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Folders folders = Folders.current();
        List<String> lines = stack.equals(LocalStack.NAME)
                ? LocalStack.appEnvironment(LocalStack.project(folders, Engine.get(folders)))
                : ofStackOnAws(folders);
        write(file, lines);
        System.out.println(file + " has the " + lines.size() + " lines of stack " + stack + ".");
        return 0;
    }

    private List<String> ofStackOnAws(Folders folders) throws IOException {
        Path pulumi = Engine.findOnPath("pulumi")
                .orElseThrow(
                        () -> new LocalFailure("There is no pulumi on your PATH to read stack " + stack + " with."));
        String lines = Children.output(
                new ProcessBuilder(pulumi.toString(), "stack", "output", "appEnvironment", "--stack", stack)
                        .directory(folders.root().toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT));
        if (lines.isBlank()) {
            throw new LocalFailure("Stack " + stack + " has no lines for an .env file.", "Is it deployed?");
        }
        return lines.lines().toList();
    }

    /**
     * Puts lines into a file where their predecessors were, or at its end. Endpoint and credentials left from the local
     * stack go when the new lines are for AWS: the app would go on using them.
     */
    static void write(Path file, List<String> lines) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        String text = Files.readString(file);
        Map<String, String> fresh = new LinkedHashMap<>();
        lines.forEach(line -> fresh.put(line.substring(0, line.indexOf('=')), line));
        boolean isForAws = !fresh.containsKey(Database.ENDPOINT_VARIABLE);
        Map<String, String> toCome = new LinkedHashMap<>(fresh);
        List<String> result = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher assignment = ASSIGNMENT.matcher(line);
            String name = assignment.matches() ? assignment.group(1) : "";
            if (toCome.containsKey(name)) {
                result.add(toCome.remove(name));
            } else if (!fresh.containsKey(name)
                    && !(isForAws && LOCAL.matcher(line).matches())) {
                result.add(line);
            }
        }
        result.addAll(toCome.values());
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        Files.writeString(file, String.join(end, result) + end);
    }
}
