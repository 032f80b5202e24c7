package com.aitutor.chatsessions.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.engine.Command;
import com.aitutor.chatsessions.engine.PythonEnvironment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands in the pages are commands of the programs they name, with options that these have. */
class CommandsIT {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\(([^()]*)\\)");
    private static final Pattern COMMAND = Pattern.compile("^ *((pulumi|aws|\\./local/\\w+) .*)");
    private static final Map<List<String>, String> HELP = new HashMap<>();
    private static final Pattern OPTION = Pattern.compile(" (--[a-z-]+)");

    /** Prints what is wrong with AWS commands, by the models of AWS's interfaces that boto3 has. */
    private static final String AWS = """
            import sys
            import botocore.session
            from botocore import xform_name

            session = botocore.session.get_session()
            for command in sys.argv[1].splitlines():
                _, service, operation, *words = command.split()
                if service == "sso":
                    continue
                service = {"s3api": "s3"}.get(service, service)
                model = session.get_service_model(service)
                operations = {xform_name(name, "-"): name for name in model.operation_names}
                if operation == "wait":
                    waiters = session.get_waiter_model(service)
                    names = {xform_name(name, "-"): name for name in waiters.waiter_names}
                    operation = xform_name(waiters.get_waiter(names[words[0]]).operation, "-")
                if operation not in operations:
                    print(command, "is no operation")
                    continue
                shape = model.operation_model(operations[operation]).input_shape
                options = {"--" + xform_name(name, "-"): name for name in shape.members} if shape else {}
                used = {word.replace("--no-", "--") for word in words if word.startswith("--")}
                needed = {option for option, name in options.items() if name in shape.required_members}
                if service not in {"iam", "s3", "sts"}:
                    needed.add("--region")
                wrong = needed - used | used - {*options, "--region", "--query", "--output"}
                if wrong:
                    print(command, "lacks, or does not know", *wrong)
            """;

    @Test
    void pulumiAndTheLocalCommandsKnowTheirs() {
        assertThat(commands(code -> true, "pulumi ", "./local/")).isNotEmpty().allSatisfy(command -> {
            String help = help(command);
            assertThat(OPTION.matcher(command).results().map(option -> option.group(1)))
                    .allSatisfy(option -> assertThat(help).containsPattern(option + "(?![a-z-])"));
        });
    }

    @Test
    void awsKnowsItsOwn() {
        // in the text, others than whole commands are named, too
        List<String> commands = commands(code -> code.contains(" --region "), "aws ");
        assertThat(commands).isNotEmpty();
        assertThat(PythonEnvironment.python("-c", AWS, String.join("\n", commands))
                        .run()
                        .successful())
                .isEmpty();
    }

    /** What a command prints for {@code --help}, after a check that it exists. */
    private static String help(String command) {
        List<String> words = Stream.of(command.split(" "))
                .takeWhile(word -> !word.startsWith("-"))
                .map(word -> word.equals("./local/pulumi") ? "pulumi" : word)
                .limit(command.startsWith("./local/") && !command.startsWith("./local/pulumi") ? 1 : 3)
                .toList();
        return HELP.computeIfAbsent(words, CommandsIT::askForHelp);
    }

    private static String askForHelp(List<String> words) {
        String help = Command.of("sh", "-c", String.join(" ", words) + " --help")
                .run()
                .successful();
        if (words.size() > 1) {
            // for a command that it does not know, Pulumi prints the help of the one above
            String usage = help.replaceFirst("(?s).*?Usage:\\s*(\\V*).*", "$1");
            assertThat(usage.split(" ")).as(usage).hasSizeGreaterThan(words.size());
        }
        return help;
    }

    /** The commands of all pages that begin so, of those in the text some, each in one line; what is in quotes or substituted is VALUE there. */
    private static List<String> commands(Predicate<String> inText, String... beginnings) {
        return Page.all().stream()
                .flatMap(page -> Stream.concat(
                        page.shellBlocks().stream(), page.code().stream().filter(inText)))
                .flatMap(CommandsIT::split)
                .filter(command -> Arrays.stream(beginnings).anyMatch(command::startsWith))
                .distinct()
                .toList();
    }

    private static Stream<String> split(String block) {
        String text = block.replaceAll("\\\\\\n *", "");
        Matcher inner = SUBSTITUTION.matcher(text);
        if (inner.find()) {
            return Stream.concat(split(inner.group(1)), split(inner.replaceFirst("VALUE")));
        }
        return Stream.of(text.replaceAll("'[^']*'|\"[^\"]*\"", "VALUE").split("[|\\n;]"))
                .map(COMMAND::matcher)
                .filter(Matcher::find)
                .map(command -> command.group(1).strip());
    }
}
