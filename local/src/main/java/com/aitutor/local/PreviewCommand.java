package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "preview",
        customSynopsis = "./local/preview STACK [--against REF] [--markdown[=FILE]]",
        description = {
            "Shows what a stack's program and settings would do: through the real Pulumi engine and the local AWS plugin, in a"
                    + " state of its own that is thrown away. No AWS account, no Pulumi account, nothing left behind.",
            ""
        },
        footer = {
            "",
            "Exit code:",
            "  0  nothing changes, or nothing that loses chat sessions",
            "  1  no preview: something is missing on this machine, or failed",
            "  2  wrong usage",
            "  3  the table would be deleted or replaced, and every chat session in it lost",
            "  4  refused by the program, which accepts neither every setting nor every",
            "     change, by the engine or the plugin",
            "  5  the program does not compile or does not run"
        })
final class PreviewCommand implements Callable<Integer> {
    private static final String TO_OUTPUT = "-";

    @Parameters(paramLabel = "STACK", description = "The name of a stack (dev, prod) or the path of a stack file.")
    private String target;

    @Option(
            names = "--against",
            paramLabel = "REF",
            description =
                    "Shows what changes from that git commit, branch or tag, instead of everything from nothing. This"
                            + " runs the code of that commit: it is brought up first, in a database of its own.")
    private String reference = "";

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = TO_OUTPUT,
            description = "Writes the same as Markdown, to FILE or in place of the text.")
    private String markdown = "";

    @Override
    public Integer call() throws IOException {
        Folders folders = Folders.current();
        Path file = stackFile(folders);
        Optional<GitCommit> commit =
                reference.isEmpty() ? Optional.empty() : Optional.of(GitCommit.of(folders.root(), reference));
        PreviewResult result = new Preview(folders, file, stackName(file)).run(commit);
        if (markdown.equals(TO_OUTPUT)) {
            System.out.print(result.markdown());
            return result.exitCode();
        }
        if (!markdown.isEmpty()) {
            Folders.write(Path.of(markdown).toAbsolutePath(), result.markdown());
        }
        System.out.print(Ansi.AUTO.enabled() ? DiffText.coloured(result.text()) : result.text());
        return result.exitCode();
    }

    private Path stackFile(Folders folders) throws IOException {
        boolean isFile = target.contains("/") || target.endsWith(".yaml") || target.endsWith(".yml");
        Path file = isFile ? Path.of(target) : folders.root().resolve("Pulumi." + target + ".yaml");
        if (!Files.isRegularFile(file)) {
            String stacks =
                    folders.stackFiles().stream().map(PreviewCommand::stackName).collect(Collectors.joining(", "));
            throw LocalFailure.usage(
                    isFile ? "there is no file " + file : "there is no stack " + target + "; there are: " + stacks);
        }
        return file.toAbsolutePath().normalize();
    }

    private static String stackName(Path file) {
        String name =
                file.getFileName().toString().replaceFirst("^Pulumi\\.", "").replaceFirst("\\.ya?ml$", "");
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw LocalFailure.usage("the file's name gives no name for a stack: " + file);
        }
        return name;
    }
}
