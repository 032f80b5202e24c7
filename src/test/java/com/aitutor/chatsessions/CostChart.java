package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chart of monthly cost against users, both on logarithmic axes, as an SVG that can be read on white and on black.
 *
 * @param bills the bill of a number of users
 * @param marked numbers of users whose total is written out
 */
record CostChart(LongFunction<MonthlyBill> bills, List<Long> marked) {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 520;
    private static final int LEFT = 76;
    private static final int RIGHT = 690;
    private static final int TOP = 62;
    private static final int BOTTOM = 460;

    /** Powers of ten at the ends of the axes. */
    private static final int FEWEST_USERS = 2;

    private static final int MOST_USERS = 7;
    private static final int LEAST_DOLLARS = -2;
    private static final int MOST_DOLLARS = 5;

    private static final int POINTS_PER_POWER = 10;
    private static final int LABEL_HEIGHT = 18;

    private record Line(String style, String label, ToDoubleFunction<MonthlyBill> amount) {}

    private record Label(Line line, double y) {}

    private static final List<Line> LINES = List.of(
            new Line("total", "Total", MonthlyBill::total),
            new Line("writes", "Writes to the table", MonthlyBill::tableWrites),
            new Line("index", "Writes to the index", MonthlyBill::indexWrites),
            new Line("reads", "Reads", MonthlyBill::reads),
            new Line("storage", "Storage", MonthlyBill::storage),
            new Line("backup", "Backup", MonthlyBill::backup),
            new Line("alarms", "Alarms", MonthlyBill::alarms));

    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title about">
                <title id="title">Monthly cost against users</title>
                <desc id="about">%s</desc>
                <style>
                text { font: 13px system-ui, sans-serif; fill: #3d444d }
                .title { font-size: 17px; font-weight: 600; fill: #1f2328 }
                .mark { font-weight: 600; fill: #1f2328 }
                .grid { stroke: #d1d9e0; stroke-width: 1 }
                polyline { fill: none; stroke-width: 2; stroke-linejoin: round }
                .total { stroke: #1f2328; stroke-width: 3.5 } .total-text { fill: #1f2328; font-weight: 600 }
                .writes { stroke: #0969da } .writes-text { fill: #0969da }
                .index { stroke: #8250df } .index-text { fill: #8250df }
                .reads { stroke: #1a7f37 } .reads-text { fill: #1a7f37 }
                .storage { stroke: #bc4c00 } .storage-text { fill: #bc4c00 }
                .backup { stroke: #bf3989; stroke-dasharray: 7 4 } .backup-text { fill: #bf3989 }
                .alarms { stroke: #6e7781; stroke-dasharray: 2 4 } .alarms-text { fill: #59636e }
                .dot { fill: #1f2328 }
                @media (prefers-color-scheme: dark) {
                text { fill: #b7bdc8 }
                .title, .mark, .total-text { fill: #f0f6fc }
                .grid { stroke: #3d444d }
                .total { stroke: #f0f6fc } .dot { fill: #f0f6fc }
                .writes { stroke: #58a6ff } .writes-text { fill: #58a6ff }
                .index { stroke: #bc8cff } .index-text { fill: #bc8cff }
                .reads { stroke: #3fb950 } .reads-text { fill: #3fb950 }
                .storage { stroke: #f0883e } .storage-text { fill: #f0883e }
                .backup { stroke: #f778ba } .backup-text { fill: #f778ba }
                .alarms { stroke: #9198a1 } .alarms-text { fill: #9198a1 }
                }
                </style>
                <text class="title" x="%d" y="28">US dollars a month against users a month, both axes logarithmic</text>
                %s%s%s%s</svg>
                """.formatted(WIDTH, HEIGHT, description(), LEFT, grid(), lines(), labels(), marks());
    }

    private String description() {
        return marked.stream()
                .map(users -> "%s users: %s".formatted(grouped(users), dollars(bills.apply(users).total())))
                .collect(joining("; "));
    }

    private String grid() {
        Stream<String> vertical = IntStream.rangeClosed(FEWEST_USERS, MOST_USERS)
                .mapToObj(power -> """
                        <line class="grid" x1="%1$.1f" y1="%2$d" x2="%1$.1f" y2="%3$d"/>
                        <text x="%1$.1f" y="%4$d" text-anchor="middle">%5$s</text>
                        """.formatted(
                                x(Math.pow(10, power)),
                                TOP,
                                BOTTOM,
                                BOTTOM + 22,
                                grouped(Math.round(Math.pow(10, power)))));
        Stream<String> horizontal = IntStream.rangeClosed(LEAST_DOLLARS, MOST_DOLLARS)
                .mapToObj(power -> """
                        <line class="grid" x1="%2$d" y1="%1$.1f" x2="%3$d" y2="%1$.1f"/>
                        <text x="%4$d" y="%5$.1f" text-anchor="end">%6$s</text>
                        """.formatted(
                                y(Math.pow(10, power)),
                                LEFT,
                                RIGHT,
                                LEFT - 8,
                                y(Math.pow(10, power)) + 4.5,
                                axisDollars(power)));
        String name = "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">users</text>\n"
                .formatted((LEFT + RIGHT) / 2, BOTTOM + 46);
        return Stream.concat(vertical, horizontal).collect(joining()) + name;
    }

    private String lines() {
        List<Line> totalOnTop = new ArrayList<>(LINES);
        totalOnTop.sort(Comparator.comparing(line -> line.style().equals("total")));
        return totalOnTop.stream()
                .map(line -> "<polyline class=\"%s\" points=\"%s\"/>\n".formatted(line.style(), points(line)))
                .collect(joining());
    }

    private String points(Line line) {
        return IntStream.rangeClosed(FEWEST_USERS * POINTS_PER_POWER, MOST_USERS * POINTS_PER_POWER)
                .mapToLong(step -> Math.round(Math.pow(10, (double) step / POINTS_PER_POWER)))
                .filter(users -> amount(line, users) >= Math.pow(10, LEAST_DOLLARS))
                .mapToObj(users -> "%.1f,%.1f".formatted(x(users), y(amount(line, users))))
                .collect(joining(" "));
    }

    /** The names of the lines at their right ends, moved apart where they would overlap. */
    private String labels() {
        List<Label> labels = new ArrayList<>();
        LINES.stream()
                .map(line -> new Label(line, y(amount(line, Math.round(Math.pow(10, MOST_USERS))))))
                .sorted(Comparator.comparingDouble(Label::y))
                .forEach(label -> {
                    double lowest = labels.isEmpty() ? TOP : labels.get(labels.size() - 1).y() + LABEL_HEIGHT;
                    labels.add(new Label(label.line(), Math.max(label.y(), lowest)));
                });
        return labels.stream()
                .map(label -> "<text class=\"%s-text\" x=\"%d\" y=\"%.1f\">%s</text>\n".formatted(
                        label.line().style(), RIGHT + 12, label.y() + 4.5, label.line().label()))
                .collect(joining());
    }

    private String marks() {
        return marked.stream()
                .map(users -> {
                    double total = bills.apply(users).total();
                    return """
                            <circle class="dot" cx="%1$.1f" cy="%2$.1f" r="5"/>
                            <text class="mark" x="%3$.1f" y="%4$.1f" text-anchor="end">%5$s</text>
                            """.formatted(x(users), y(total), x(users) - 10, y(total) - 9, dollars(total));
                })
                .collect(joining());
    }

    private double amount(Line line, long users) {
        return line.amount().applyAsDouble(bills.apply(users));
    }

    private static double x(double users) {
        return LEFT + (RIGHT - LEFT) * (Math.log10(users) - FEWEST_USERS) / (MOST_USERS - FEWEST_USERS);
    }

    private static double y(double dollars) {
        return BOTTOM - (BOTTOM - TOP) * (Math.log10(dollars) - LEAST_DOLLARS) / (MOST_DOLLARS - LEAST_DOLLARS);
    }

    private static String axisDollars(int power) {
        return (power < 0 ? "$%.2f" : "$%,.0f").formatted(Math.pow(10, power));
    }

    private static String grouped(long number) {
        return "%,d".formatted(number);
    }

    /** An amount to the cent below $100, to the dollar above. */
    static String dollars(double amount) {
        return (amount < 100 ? "$%,.2f" : "$%,.0f").formatted(amount);
    }
}
