package com.aitutor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One preview: a stack file and the program of the working tree, from nothing or on top of another commit's.
 *
 * @param work folder for all that the preview needs, deleted at the end
 * @param notes on what is shown otherwise than it would be on AWS
 */
record Preview(Folders folders, Path stackFile, String stack, Path work, Set<String> notes) {
    private static final Pattern SECRET = Pattern.compile("(['\"]?secure['\"]?: *)['\"]?[^\\s'\"}]+['\"]?");
    private static final Pattern ENCRYPTION =
            Pattern.compile("(?m)^(encryptionsalt|secretsprovider|encryptedkey):.*\\n?");
    private static final Pattern TABLE_NAME = Pattern.compile("(?m)^ *(?:chat-sessions:)?tableName: *['\"]?([\\w.-]+)");
    private static final Pattern ADOPTION = Pattern.compile("adoptExistingTable['\"]?: *['\"]?true");

    /** The word "encrypted", encrypted with an empty passphrase; and the salt that belongs to it. */
    private static final String STAND_IN = "v1:QW/meEabD9SCGF/H:Zf/S4wWWR6YhaXWeJ7c9R85edPB/neVlCA==";

    private static final String SALT = "v1:2GBDo65On+w=:v1:I5EWejQ5ny6C0zM5:88sGvKyX3wKsO3AX9PTujTRoqjVZ/A==";

    Preview(Folders folders, Path stackFile, String stack) throws IOException {
        this(folders, stackFile, stack, Children.temporaryFolder(), new LinkedHashSet<>());
    }

    /** Makes the preview, on top of a commit if one is given. */
    PreviewResult run(Optional<GitCommit> commit) throws IOException {
        StackProject project = new StackProject(work, Engine.get(folders));
        boolean fromNothing = commit.isEmpty() || !bringUp(commit.get(), project);
        String title = "Stack " + stack
                + (fromNothing ? "" : " against " + commit.get().name());
        List<String> arguments = arguments("preview", "--diff", "--event-log=" + work.resolve("events"));
        String settings = Folders.read(stackFile);
        if (fromNothing) {
            arguments.addAll(withoutAdoption(settings));
        }
        noteOthersWithTableOf(settings);
        write(project, folders.root(), settings);
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
            // what it would prepare for further runs goes with the folder
            project.environment().put("CHAT_SESSIONS_LAUNCH", "once");
        }
        Database database = new Database(new Folders(folders.local(), work));
        Children.atEnd(database::stopQuietly);
        project.environment().put(Database.ENDPOINT_VARIABLE, database.start(Optional.of(Database.ANY_PORT)));
        LocalCommand.say("Preview", "bringing up " + commit.name() + ", with the code of that commit");
        write(project, program, settings);
        List<String> arguments = arguments("up", "--yes", "--skip-preview", "--suppress-outputs");
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

    /** Two stacks in one account and region cannot have tables of one name. */
    private void noteOthersWithTableOf(String settings) throws IOException {
        String table = tableName(settings);
        for (Path file : folders.stackFiles()) {
            boolean isOther = !file.endsWith("Pulumi." + stack + ".yaml");
            if (isOther && tableName(Folders.read(file)).equals(table)) {
                notes.add(file.getFileName() + " has the same table name, " + table);
            }
        }
    }

    private static String tableName(String settings) {
        Matcher name = TABLE_NAME.matcher(settings);
        return name.find() ? name.group(1) : "chat_sessions";
    }

    private List<String> arguments(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--stack=" + stack, "--non-interactive", "--suppress-progress", "--color=never"));
        return arguments;
    }

    /** Writes project and stack. What was encrypted is a secret still, with a value that can be decrypted here. */
    private void write(StackProject project, Path program, String settings) throws IOException {
        project.write(folders, program);
        project.ensureStack(stack);
        String readable = SECRET.matcher(settings).replaceAll("$1" + STAND_IN);
        if (!readable.equals(settings)) {
            notes.add("encrypted values are not known here: they are taken to be \"encrypted\"");
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
        notes.add("adopting a table is left out: there is none here, so a new one is shown");
        return List.of("--config=chat-sessions:adoptExistingTable=false");
    }
}
