import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws medians (a line each: measurement, launch, stores, part, median, ...) from standard input as bars, an SVG that
 * can be read on white and on black. The argument describes the machine.
 */
final class Chart {
    private static final int WIDTH = 860;
    private static final int LEFT = 330;
    private static final int RIGHT = 790;
    private static final int TOP = 92;
    private static final int BAR = 18;
    private static final int BAR_STEP = 22;
    private static final int GROUP_GAP = 16;

    private record Part(String key, String label) {}

    private static final List<Part> PARTS = List.of(
            new Part("engine", "engine"),
            new Part("discovery", "plugin discovery"),
            new Part("program", "program start"),
            new Part("plugin", "plugin start"),
            new Part("resources", "resources"));

    private record Group(String measurement, String stores, String label) {}

    private static final List<Group> GROUPS = List.of(
            new Group("preview", "-", "preview, nothing changed"),
            new Group("changed", "-", "preview, one file changed"),
            new Group("up", "-", "up, nothing deployed"),
            new Group("fresh", "-", "up, nothing deployed or built"),
            new Group("preview", "10", "preview, 10 stores"),
            new Group("preview", "50", "preview, 50 stores"));

    private final Map<String, Double> medians;
    private final String machine;
    private final List<Group> groups;
    private final double longest;
    private final double step;

    private Chart(Map<String, Double> medians, String machine) {
        this.medians = medians;
        this.machine = machine;
        groups = GROUPS.stream()
                .filter(group -> medians.containsKey(key(group, "fast", "total")))
                .toList();
        double slowest = groups.stream()
                .flatMapToDouble(group -> List.of("stock", "fast").stream()
                        .mapToDouble(launch -> medians.get(key(group, launch, "total"))))
                .max()
                .orElseThrow();
        step = List.of(1, 2, 5, 10, 20, 50, 100).stream()
                .filter(candidate -> slowest / candidate <= 8)
                .findFirst()
                .orElse(200);
        longest = Math.ceil(slowest / step) * step;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, Double> medians = new HashMap<>();
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            input.lines().map(line -> line.split(" ")).forEach(fields ->
                    medians.put(String.join(" ", fields[0], fields[1], fields[2], fields[3]), Double.valueOf(fields[4])));
        }
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        output.print(new Chart(medians, arguments[0]).svg());
        output.flush();
    }

    private String svg() {
        int bottom = TOP + groups.size() * (2 * BAR_STEP + GROUP_GAP);
        int height = bottom + 60;
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < groups.size(); i++) {
            int y = TOP + GROUP_GAP / 2 + i * (2 * BAR_STEP + GROUP_GAP);
            bars.append(text("group", 16, y + BAR_STEP + 2, "start", groups.get(i).label()));
            bars.append(bar(groups.get(i), "stock", "stock", y)).append(bar(groups.get(i), "fast", "this project", y + BAR_STEP));
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title about">
                <title id="title">Seconds a Pulumi command takes, stock launch and this project's</title>
                <desc id="about">%s</desc>
                <style>
                text { font: 13px system-ui, sans-serif; fill: #3d444d }
                .title { font-size: 17px; font-weight: 600; fill: #1f2328 }
                .group { font-weight: 600; fill: #1f2328 } .total { font-weight: 600; fill: #1f2328 }
                .grid { stroke: #d1d9e0; stroke-width: 1 }
                .engine { fill: #8c959f } .discovery { fill: #bc4c00 } .program { fill: #0969da } .plugin { fill: #8250df }
                .resources { fill: #1a7f37 }
                @media (prefers-color-scheme: dark) {
                text { fill: #b7bdc8 }
                .title, .group, .total { fill: #f0f6fc }
                .grid { stroke: #3d444d }
                .engine { fill: #6e7681 } .discovery { fill: #f0883e } .program { fill: #58a6ff } .plugin { fill: #bc8cff }
                .resources { fill: #3fb950 }
                }
                </style>
                %s%s%s%s%s</svg>
                """.formatted(
                WIDTH,
                height,
                escaped(description()),
                text("title", 16, 28, "start", "Seconds a Pulumi command takes"),
                legend(),
                grid(bottom),
                bars,
                text("machine", 16, height - 12, "start", machine));
    }

    private String description() {
        return groups.stream()
                .map(group -> "%s: stock %s, this project %s".formatted(
                        group.label(),
                        seconds(medians.get(key(group, "stock", "total"))),
                        seconds(medians.get(key(group, "fast", "total")))))
                .collect(joining("; "));
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        int x = LEFT - 80;
        for (Part part : PARTS) {
            legend.append("<rect class=\"%s\" x=\"%d\" y=\"48\" width=\"12\" height=\"12\" rx=\"2\"/>\n".formatted(part.key(), x));
            legend.append(text("", x + 17, 59, "start", part.label()));
            x += 36 + 7 * part.label().length();
        }
        return legend.toString();
    }

    private String grid(int bottom) {
        List<String> lines = new ArrayList<>();
        for (double value = 0; value <= longest; value += step) {
            lines.add(format("<line class=\"grid\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>%n", x(value), TOP, bottom)
                    + text("", x(value), bottom + 20, "middle", format("%.0f s", value)));
        }
        return String.join("", lines);
    }

    private String bar(Group group, String launch, String label, int y) {
        StringBuilder bar = new StringBuilder(text("", LEFT - 10, y + 14, "end", label));
        double done = 0;
        for (Part part : PARTS) {
            double seconds = medians.get(key(group, launch, part.key()));
            bar.append(format(
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s %s</title></rect>%n",
                    part.key(), x(done), y, x(seconds) - x(0), BAR, part.label(), seconds(seconds)));
            done += seconds;
        }
        return bar.append(text("total", x(done) + 7, y + 14, "start", seconds(medians.get(key(group, launch, "total")))))
                .toString();
    }

    private double x(double seconds) {
        return LEFT + (RIGHT - LEFT) * seconds / longest;
    }

    private static String key(Group group, String launch, String part) {
        return String.join(" ", group.measurement(), launch, group.stores(), part);
    }

    private static String seconds(double seconds) {
        return format("%.1f s", new BigDecimal(seconds)); // rounds as the table does
    }

    private static String text(String style, double x, double y, String anchor, String text) {
        return format(
                "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style.isEmpty() ? "" : " class=\"" + style + "\"", x, y, anchor, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
