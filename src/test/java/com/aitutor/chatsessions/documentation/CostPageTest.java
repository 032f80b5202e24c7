package com.aitutor.chatsessions.documentation;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of docs/cost-and-scale.md, reckoned again from its prices and the measured units of docs/schema.md. */
class CostPageTest {
    private static final int SESSIONS = 8;
    private static final int TURNS = 10;
    private static final double GIGABYTE = 1L << 30;

    /** Of a month's units, those of a second in its busiest hours. */
    private static final double BUSIEST_SECOND = 0.15 / 30 / 3_600;

    private static final String PAGE = read(Path.of("docs/cost-and-scale.md"));
    private static final String SCHEMA = read(Path.of("docs/schema.md"));

    @ParameterizedTest
    @ValueSource(ints = {1_000, 5_000, 10_000, 100_000, 1_000_000})
    void costOfAMonth(int users) {
        double tableGigabytes = users * SESSIONS * number("sessions x ([\\d,]+), and") / GIGABYTE;
        double indexGigabytes = users * SESSIONS * number("and 8 x ([\\d,]+) in the index") / GIGABYTE;
        double[] columns = {
            users * unitsOfAUser("table writes") / 1e6 * price("1,000,000 write request units"),
            users * unitsOfAUser("index writes") / 1e6 * price("1,000,000 write request units"),
            users * unitsOfAUser("reads") / 1e6 * price("1,000,000 read request units"),
            (tableGigabytes + indexGigabytes) * price("1 GB of table or index, a month"),
            tableGigabytes * price("1 GB of table under point-in-time recovery, a month"),
            number("have (\\d+) alarm\\s+metrics") * price("1 alarm metric, a month")
        };
        double total = DoubleStream.of(columns).sum();
        String row = DoubleStream.concat(DoubleStream.of(columns), DoubleStream.of(total))
                .mapToObj(dollars -> String.format(Locale.ROOT, "$%,.2f", dollars))
                .collect(joining(" | ", String.format(Locale.ROOT, "| %,d | ", users), " |\n"));
        assertThat(PAGE).contains(row);
        if (users <= 10_000) {
            assertThat(PAGE).containsPattern(String.format(Locale.ROOT, "bar \\[.*\\b%.2f[,\\]]", total));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            table writes | Writes that a new table takes at once
            index writes | Writes that a new index takes at once
            reads        | Reads that a new table answers at once
            table writes | Default quota of writes to the table
            index writes | Default quota of writes to the index
            """)
    void usersWithinALimit(String units, String limit) {
        double allowed = price(limit);
        double users = Math.round(allowed / (unitsOfAUser(units) * BUSIEST_SECOND) / 1e5) * 1e5;
        assertThat(PAGE).contains(String.format(Locale.ROOT, "| %s | %,.0f | %,.0f |", limit, allowed, users));
    }

    /** Units that a user consumes a month, as the page writes them down and as its formula has it. */
    private static double unitsOfAUser(String units) {
        double turn = measured("Append a question", units)
                + measured("Append an answer", units)
                + measured("Open with the newest 20 messages", units);
        double total = SESSIONS
                * (measured("List 20 sessions", units)
                        + measured("Create a session", units)
                        + measured("Transcript of 20 messages", units)
                        + TURNS * turn);
        assertThat(number("(?m)^    " + units + " .*= +([\\d,]+)$"))
                .as("%s of a user", units)
                .isEqualTo(total);
        return total;
    }

    private static double measured(String pattern, String units) {
        int column = units.equals("table writes") ? 1 : units.equals("index writes") ? 2 : 3;
        String columns = "[^|]*\\|[^|]*\\|[^|]*\\|" + "[^|]*\\|".repeat(column - 1);
        return number(SCHEMA, Pattern.quote("| " + pattern + " ") + columns + " ([\\d.]+) \\|");
    }

    /** The number beside a name in a table of the page. */
    private static double price(String name) {
        return number(Pattern.quote("| " + name + " | ") + "([\\d.,]+)");
    }

    private static double number(String pattern) {
        return number(PAGE, pattern);
    }

    private static double number(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1).replace(",", "")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not found: " + pattern));
    }
}
