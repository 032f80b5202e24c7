package com.aitutor.local;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code pulumi preview --diff} prints, in an order that is always the same, and without repetition. */
final class DiffText {
    private static final String RESOURCE = " *\\S{0,2} *[\\w-]+:[\\w/.-]+:\\w+: \\([\\w-]+\\)";

    /** Not part of what happens to the resource above. */
    private static final String END = " *--outputs:--|\\w+:\\n";

    private static final Pattern START_OF_BLOCK = Pattern.compile("(?m)^(?=" + RESOURCE + "|" + END + ")");

    /** The second line of a resource, which ends with its name; a lock in the first marks a protected one. */
    private static final Pattern URN = Pattern.compile("(?m)^(" + RESOURCE + ")( \\S+)?\\n.*\\[urn=.*::(.*)]$");

    /** Lines that differ from run to run. */
    private static final Pattern IDENTITY = Pattern.compile("(?m)^ +\\S{0,2} *\\[(?:id|provider)=.*]\\n");

    /** Elements of a list from the fifth on, as far as nothing in them changes. */
    private static final Pattern FURTHER_ELEMENTS =
            Pattern.compile("(?m)^(?:( *)\\[(?:[4-9]|\\d\\d+)]: \\{\\n(?:\\1 {4}(?! *[-+~] ).*\\n)+\\1}\\n)+");

    /** A long text that changes, with what stays the same at its start and end. */
    private static final Pattern LONG_TEXT =
            Pattern.compile("\"([^\"]{20,} )([^\"]*?)( [^\"]{20,})\" => \"\\1([^\"]*)\\3\"");

    /** A line with a sign, in three parts: what comes before it, the sign and what comes after. */
    private static final Pattern SIGNED = Pattern.compile("(?m)^( *)(\\+-|-\\+|\\+\\+|--|[-+~])(?!outputs)([ a-z].*)$");

    private DiffText() {}

    static String of(String printed) {
        String text = printed.replaceAll("(?m)^(Previewing update.*)?\\n", "");
        text = URN.matcher(IDENTITY.matcher(text).replaceAll("")).replaceAll("$1 $3$2");
        text = LONG_TEXT.matcher(text).replaceAll("\"...$2...\" => \"...$4...\"");
        return FURTHER_ELEMENTS.matcher(sorted(text)).replaceAll("$1(and more like these)\n");
    }

    /** With colours for signs, as Pulumi has them. */
    static String coloured(String text) {
        return SIGNED.matcher(text)
                .replaceAll(line -> Matcher.quoteReplacement("%s\u001B[%dm%s%s\u001B[0m"
                        .formatted(line.group(1), colour(line.group(2)), line.group(2), line.group(3))));
    }

    /** For a block of kind diff in Markdown, which wants a sign at the start of a line. */
    static String signsFirst(String text) {
        return SIGNED.matcher(text).replaceAll("$2$1$3").replaceAll("(?m)^~", "!");
    }

    private static int colour(String sign) {
        return switch (sign) {
            case "+", "++" -> 32;
            case "-", "--" -> 31;
            case "~" -> 33;
            default -> 35;
        };
    }

    /** Resources beside one another in the order of their texts: the engine lists them as they come. */
    private static String sorted(String text) {
        String[] blocks = START_OF_BLOCK.split(text);
        for (int start = 0, end; start < blocks.length; start = end) {
            end = start + 1;
            while (end < blocks.length && depth(blocks[end]) == depth(blocks[start])) {
                end++;
            }
            Arrays.sort(blocks, start, end);
        }
        return String.join("", blocks);
    }

    /** How deep a resource stands in the tree; for what comes after the last one, a number of its own. */
    private static int depth(String block) {
        return block.matches("(?s)(" + END + ").*")
                ? -1
                : block.length() - block.stripLeading().length();
    }
}
