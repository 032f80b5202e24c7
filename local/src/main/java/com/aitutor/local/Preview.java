package com.aitutor.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One preview: a stack file and the program of the working tree, from nothing or on top of another commit's. */
final class Preview {
    /** A value that is encrypted, in either way to write YAML. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("(?m)^( +)(['\"]?[\\w:./\\[\\]-]+['\"]?): *(?:\\n\\1 +secure: *\\S.*|\\{ *secure:.*})$");

    private static final Pattern ENCRYPTION = Pattern.compile("(?m)^(encryptionsalt|secretsprovider|encryptedkey):.*\\n?");

    private final Folders folders;
    private final Path stackFile;
    private final String stack;
    private final String reference;
    private final boolean colours;
    private final Path work;
    private final List<String> notes = new ArrayList<>();

    /**
     * A preview.
     *
     * @param reference the git commit to compare with; empty for none
     * @param colours whether the text is for a terminal
     */
    Preview(Folders folders, Path stackFile, String reference, boolean colours) {
        this.folders = folders;
        this.stackFile = stackFile;
        this.stack = stackName(stackFile.getFileName().toString());
        this.reference = reference;
        this.colours = colours;
        this.work = Children.temporaryFolder();
    }

    /** The stack that a file belongs to. */
    static String stackName(String file) {
        String name = file.replaceFirst("^Pulumi\\.", "").replaceFirst("\\.ya?ml$", "");
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw LocalFailure.usage("the file's name gives no name for a stack: " + file);
        }
        return name;
    }

    PreviewReport run() {
        Optional<String> commit = reference.isEmpty() ? Optional.empty() : Optional.of(commit());
        Engine engine = Engine.get(folders);
        String settings = Folders.read(stackFile);
        String title = "Stack " + stack;
        Optional<String> encrypted = encryptedSetting(settings);
        if (encrypted.isPresent()) {
            return PreviewReport.refused(
                    title,
                    notes,
                    List.of("error: " + stackFile.getFileName() + " has an encrypted value, " + encrypted.get()
                            + ", and the program accepts none."));
        }
        try {
            Program.build(new Folders(folders.local(), folders.build(), work));
        } catch (Program.BrokenProgram e) {
            if (e.doesNotCompile()) {
                return PreviewReport.broken(title, notes, List.of(e.getMessage()));
            }
            throw new LocalFailure("The Pulumi program could not be built.", e.getMessage().split("\n"));
        }
        boolean fromNothing = true;
        StackProject after = project("after", engine, folders.root());
        if (commit.isPresent()) {
            String name = reference + " (" + commit.get().substring(0, 8) + ")";
            fromNothing = !bringUp(commit.get(), name, engine, after);
            title = fromNothing ? title : title + " against " + name;
        }
        List<String> options = fromNothing ? fromNothing(settings) : List.of();
        if (!options.isEmpty()) {
            notes.add("adopting a table is left out: there is none here, so a new one is shown");
        }
        after.ensureStack(stack);
        writeSettings(after, settings);
        return preview(after, title, fromNothing, options);
    }

    private PreviewReport preview(StackProject project, String title, boolean fromNothing, List<String> options) {
        Path events = work.resolve("events");
        List<String> command = new ArrayList<>(List.of("preview", "--diff", "--stack", stack, "--event-log"));
        command.addAll(List.of(
                events.toString(),
                "--non-interactive",
                "--suppress-progress",
                "--color",
                colours ? "always" : "never"));
        command.addAll(options);
        Path errors = work.resolve("errors");
        Path diff = work.resolve("diff");
        ProcessBuilder builder = project.pulumi(command)
                .redirectInput(Children.nothing())
                .redirectOutput(diff.toFile())
                .redirectError(errors.toFile());
        // or there is no --event-log
        builder.environment().put("PULUMI_DEBUG_COMMANDS", "true");
        Children.await(Children.start(builder));
        return PreviewReport.of(
                title,
                fromNothing,
                notes,
                EngineEvents.of(Folders.read(events)),
                DiffText.of(Folders.read(diff)),
                Folders.read(errors)
                        .replace("getting stack configuration", "getting stack configuration from " + stackFile));
    }

    private StackProject project(String name, Engine engine, Path program) {
        StackProject project = StackProject.in(work.resolve(name), engine, folders, program);
        project.environment().put("CHAT_SESSIONS_COMMAND", "pulumi");
        return project;
    }

    /** What it is encrypted with is not here, and the plugin needs no credentials. */
    private void writeSettings(StackProject project, String settings) {
        String plain = ENCRYPTION.matcher(settings).replaceAll("");
        String readable = ENCRYPTED.matcher(plain).replaceAll("$1$2: encrypted");
        if (!readable.equals(plain) && !notes.contains("encrypted values are left out")) {
            notes.add("encrypted values are left out");
        }
        Folders.write(project.folder().resolve("Pulumi." + stack + ".yaml"), readable);
    }

    /** The first of the program's own settings that is encrypted. */
    private static Optional<String> encryptedSetting(String settings) {
        Matcher value = ENCRYPTED.matcher(settings);
        while (value.find()) {
            String key = value.group(2).replaceAll("['\"]", "");
            if (!key.contains(":") || key.startsWith("chat-sessions:")) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** Options against settings that take over a table: there is none here. */
    private static List<String> fromNothing(String settings) {
        return Pattern.compile("(?m)^ *['\"]?(chat-sessions:)?adoptExistingTable['\"]? *:").matcher(settings).find()
                ? List.of("--config", "chat-sessions:adoptExistingTable=false")
                : List.of();
    }

    /** The commit that the reference names. */
    private String commit() {
        if (Engine.findOnPath("git").isEmpty()) {
            throw new LocalFailure("git is not installed; --against needs it.");
        }
        String commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}");
        if (commit.isBlank()) {
            String branches = git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags");
            throw branches.isBlank()
                    ? new LocalFailure(folders.root() + " is not in a git repository.")
                    : LocalFailure.usage("git knows no " + reference + "; there are: "
                            + String.join(", ", branches.lines().limit(20).toList()));
        }
        return commit.strip();
    }

    /** Brings up the program and settings of a commit, in a database of their own. Returns false where that fails. */
    private boolean bringUp(String commit, String name, Engine engine, StackProject after) {
        String file = stackFile.startsWith(folders.root())
                ? folders.root().relativize(stackFile).toString()
                : "Pulumi." + stack + ".yaml";
        String settings = git("show", commit + ":./" + file);
        if (settings.isEmpty()) {
            notes.add(name + " has no " + file + ": shown is everything that is created, from nothing");
            return false;
        }
        Path program = isWorkingTree(commit) ? folders.root() : checkOut(commit);
        if (Files.notExists(program.resolve("Pulumi.yaml"))) {
            notes.add(name + " has no Pulumi program: shown is everything that is created, from nothing");
            return false;
        }
        StackProject project = StackProject.in(after.folder().getParent(), engine, folders, program);
        Database database = new Database(new Folders(folders.local(), folders.build(), work));
        Runtime.getRuntime().addShutdownHook(new Thread(database::stopQuietly));
        String endpoint = database.start(Optional.of(0));
        after.environment().put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
        project.environment().put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
        Console.say("Preview", "bringing up " + name + ", with the code of that commit");
        project.ensureStack(stack);
        writeSettings(project, settings);
        List<String> command = new ArrayList<>(List.of("up", "--stack", stack, "--yes", "--skip-preview"));
        command.addAll(List.of("--suppress-outputs", "--suppress-progress", "--non-interactive", "--color=never"));
        command.addAll(fromNothing(settings));
        Path log = work.resolve("before.log");
        boolean isUp = Children.run(project.pulumi(command), log) == 0;
        if (!isUp) {
            System.err.print(Folders.read(log).indent(2));
            notes.add(name + " cannot be brought up: shown is everything that is created, from nothing");
            Folders.delete(project.state());
            after.environment().remove("AWS_ENDPOINT_URL_DYNAMODB");
        }
        // the working tree's again
        StackProject.in(after.folder().getParent(), engine, folders, folders.root());
        return isUp;
    }

    /** Whether the program of a commit is the working tree's. */
    private boolean isWorkingTree(String commit) {
        List<String> command = new ArrayList<>(List.of("status", "--porcelain", "--"));
        List<String> parts = List.of("Pulumi.yaml", "pom.xml", "src/main", "launch", ".mvn");
        command.addAll(parts);
        List<String> diff = new ArrayList<>(List.of("diff", "--name-only", commit, "--"));
        diff.addAll(parts);
        return git(diff.toArray(String[]::new)).isEmpty()
                && git(command.toArray(String[]::new)).lines().noneMatch(line -> line.startsWith("??"));
    }

    private Path checkOut(String commit) {
        Path archive = work.resolve("program.tar");
        Path program = work.resolve("program");
        git("archive", "--output=" + archive, commit);
        Folders.createPrivate(program);
        Children.run(
                new ProcessBuilder("tar", "-xf", archive.toString(), "-C", program.toString()), work.resolve("tar.log"));
        return program;
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return Children.output(new ProcessBuilder(command)
                .directory(folders.root().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }
}
