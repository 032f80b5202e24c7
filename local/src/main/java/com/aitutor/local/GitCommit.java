package com.aitutor.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit of the repository.
 *
 * @param root folder of the project
 * @param name for people: what they called it, and the start of its hash
 */
record GitCommit(Path root, String hash, String name) {
    /** What the program is built from. */
    private static final List<String> PROGRAM = List.of("Pulumi.yaml", "pom.xml", "src/main", "launch", ".mvn");

    /** The commit that a person means by a reference. */
    static GitCommit of(Path root, String reference) throws IOException {
        if (Engine.findOnPath("git").isEmpty()) {
            throw new LocalFailure("git is not installed; --against needs it.");
        }
        String hash =
                git(root, List.of("rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"));
        if (hash.isBlank()) {
            String known = git(root, List.of("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags"));
            throw known.isBlank()
                    ? new LocalFailure(root + " is not in a git repository.")
                    : LocalFailure.usage("git knows no " + reference + "; there are: "
                            + String.join(", ", known.lines().limit(20).toList()));
        }
        return new GitCommit(root, hash.strip(), reference + " (" + hash.substring(0, 8) + ")");
    }

    /** The text of a file of the project; empty when it has none of that path. */
    String file(String path) throws IOException {
        return git(root, List.of("show", hash + ":./" + path));
    }

    /** Whether the working tree has the same program. */
    boolean hasProgramOfWorkingTree() throws IOException {
        List<String> changed = new ArrayList<>(List.of("diff", "--name-only", hash, "--"));
        List<String> untracked = new ArrayList<>(List.of("ls-files", "--others", "--exclude-standard", "--"));
        changed.addAll(PROGRAM);
        untracked.addAll(PROGRAM);
        return git(root, changed).isEmpty() && git(root, untracked).isEmpty();
    }

    /** Writes the project as it was into a folder. */
    void checkOut(Path folder) throws IOException {
        Path archive = folder.resolve("commit.tar");
        Path log = folder.resolve("tar.log");
        git(root, List.of("archive", "--output=" + archive, hash));
        if (Children.run(new ProcessBuilder("tar", "-xf", archive.toString(), "-C", folder.toString()), log) != 0) {
            throw new LocalFailure(
                    name + " could not be checked out.", Folders.read(log).strip());
        }
    }

    private static String git(Path root, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, "git");
        return Children.output(
                new ProcessBuilder(command).directory(root.toFile()).redirectError(Redirect.DISCARD));
    }
}
