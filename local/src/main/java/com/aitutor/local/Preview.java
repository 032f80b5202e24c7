package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One preview: a stack file and the program of the working tree, from nothing or on top of another commit's. */
final class Preview {
    private static final Pattern SECRET = Pattern.compile("(['\"]?secure['\"]?: *)['\"]?[^\\s'\"}]+['\"]?");
    private static final Pattern ENCRYPTION =
            Pattern.compile("(?m)^(encryptionsalt|secretsprovider|encryptedkey):.*\\n?");
    private static final Pattern ADOPTION = Pattern.compile("adoptExistingTable['\"]?: *['\"]?true");

    /** The word "encrypted", encrypted with an empty passphrase; and the salt that belongs to it. */
    private static final String STAND_IN = "v1:QW/meEabD9SCGF/H:Zf/S4wWWR6YhaXWeJ7c9R85edPB/neVlCA==";

    private static final String SALT = "v1:2GBDo65On+w=:v1:I5EWejQ5ny6C0zM5:88sGvKyX3wKsO3AX9PTujTRoqjVZ/A==";

    private final Folders folders;
    private final Path stackFile;
    private final String stack;
    private final Path work;
    private final List<String> notes = new ArrayList<>();

    Preview(Folders folders, Path stackFile, String stack) throws IOException {
        this.folders = folders;
        this.stackFile = stackFile;
        this.stack = stack;
        this.work = Children.temporaryFolder();
    }

    /** Makes the preview, on top of a commit if one is given. */
    PreviewResult run(Optional<GitCommit> commit) throws IOException {
        StackProject project = new StackProject(work, Engine.get(folders));
        boolean fromNothing = commit.isEmpty() || !bringUp(commit.get(), project);
        String title = "Stack " + stack
                + (fromNothing ? "" : " against " + commit.get().name());
        List<String> arguments = new ArrayList<>(List.of(
                "preview",
                "--diff",
                "--event-log=" + work.resolve("events"),
                "--stack=" + stack,
                "--non-interactive",
                "--suppress-progress",
                "--color=never"));
        String settings = Folders.read(stackFile);
        if (fromNothing) {
            arguments.addAll(withoutAdoption(settings));
        }
        project.write(folders.plugin(), folders.root());
        project.ensureStack(stack);
        writeSettings(project, settings);
        Path printedErrors = work.resolve("errors");
        Path diff = work.resolve("diff");
        ProcessBuilder builder =
                project.pulumi(arguments).redirectOutput(diff.toFile()).redirectError(printedErrors.toFile());
        builder.environment().put("CHAT_SESSIONS_COMMAND", "pulumi");
        // or there is no --event-log
        builder.environment().put("PULUMI_DEBUG_COMMANDS", "true");
        Children.await(Children.start(builder));
        return PreviewResult.of(
                title,
                fromNothing,
                notes,
                EngineEvents.of(Folders.read(work.resolve("events"))),
                DiffText.of(Folders.read(diff)),
                Folders.read(printedErrors)
                        .replace("getting stack configuration", "getting stack configuration from " + stackFile));
    }

    /** Brings up the program and settings of a commit, in a database of their own. Returns false where that fails. */
    private boolean bringUp(GitCommit commit, StackProject project) throws IOException {
        String file = stackFile.startsWith(folders.root())
                ? folders.root().relativize(stackFile).toString()
                : "Pulumi." + stack + ".yaml";
        String settings = commit.file(file);
        if (settings.isEmpty() || commit.file("Pulumi.yaml").isEmpty()) {
            notes.add(commit.name() + " has no " + (settings.isEmpty() ? file : "Pulumi program")
                    + ": shown is everything that is created, from nothing");
            return false;
        }
        Path program = folders.root();
        if (!commit.hasProgramOfWorkingTree()) {
            program = Folders.createPrivate(work.resolve("program"));
            commit.checkOut(program);
        }
        Database database = new Database(new Folders(folders.local(), work));
        Children.atEnd(database::stopQuietly);
        project.environment().put("AWS_ENDPOINT_URL_DYNAMODB", database.startAnywhere());
        LocalCommand.say("Preview", "bringing up " + commit.name() + ", with the code of that commit");
        project.write(folders.plugin(), program);
        project.ensureStack(stack);
        writeSettings(project, settings);
        List<String> arguments = new ArrayList<>(List.of("up", "--stack=" + stack, "--yes", "--skip-preview"));
        arguments.addAll(List.of("--suppress-outputs", "--suppress-progress", "--non-interactive", "--color=never"));
        arguments.addAll(withoutAdoption(settings));
        Path log = work.resolve("before.log");
        if (Children.run(project.pulumi(arguments), log) != 0) {
            System.err.print(Folders.read(log).indent(2));
            notes.add(commit.name() + " cannot be brought up: shown is everything that is created, from nothing");
            Folders.delete(project.state());
            project.environment().clear();
            return false;
        }
        return true;
    }

    /** Writes the stack's settings. What was encrypted is a secret still, with a value that can be decrypted here. */
    private void writeSettings(StackProject project, String settings) throws IOException {
        String readable = SECRET.matcher(settings).replaceAll("$1" + STAND_IN);
        if (!readable.equals(settings)) {
            note("encrypted values are not known here: they are taken to be \"encrypted\"");
            readable = "encryptionsalt: " + SALT + "\n"
                    + ENCRYPTION.matcher(readable).replaceAll("");
        }
        Folders.write(project.folder().resolve("Pulumi." + stack + ".yaml"), readable);
    }

    /** Options that keep the program from taking over a table: there is none here. */
    private List<String> withoutAdoption(String settings) {
        if (!ADOPTION.matcher(settings).find()) {
            return List.of();
        }
        note("adopting a table is left out: there is none here, so a new one is shown");
        return List.of("--config=chat-sessions:adoptExistingTable=false");
    }

    private void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }
}
