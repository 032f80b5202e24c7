package com.aitutor.chatsessions;

import com.pulumi.aws.cloudwatch.Dashboard;
import com.pulumi.aws.cloudwatch.DashboardArgs;
import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is going on with the table: alarms, errors, throttles, consumed units against the caps, latency (Amazon CloudWatch
 * API reference, "Dashboard body structure and syntax").
 */
final class TableDashboard {
    /** The consoles of partitions that have their own (AWS documentation of each partition). */
    private static final Map<String, String> CONSOLES = Map.of(
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com",
            "aws-eusc", "console.amazonaws-eusc.eu");

    private final String tableName;
    private final StackSettings settings;

    private TableDashboard(String tableName, StackSettings settings) {
        this.tableName = tableName;
        this.settings = settings;
    }

    /** Dashboards are the account's, not a region's, so the region is part of the name. */
    static Dashboard create(
            String name,
            StackSettings settings,
            Output<String> tableName,
            List<MetricAlarm> alarms,
            CustomResourceOptions options) {
        Output<List<String>> alarmArns = Output.all(alarms.stream().map(MetricAlarm::arn).toList());
        return new Dashboard(
                name,
                DashboardArgs.builder()
                        .dashboardName(tableName.applyValue(table -> table + "-" + settings.region()))
                        .dashboardBody(Output.tuple(tableName, alarmArns)
                                .applyValue(known -> new TableDashboard(known.t1, settings).body(known.t2)))
                        .build(),
                options);
    }

    /** The dashboard's address in the console of the region. */
    static String url(String dashboardName, String region) {
        return "https://%s.%s/cloudwatch/home?region=%s#dashboards/dashboard/%s"
                .formatted(
                        region,
                        CONSOLES.getOrDefault(Arn.partitionOf(region), "console.aws.amazon.com"),
                        region,
                        dashboardName);
    }

    private String body(List<String> alarmArns) {
        List<Object> widgets = List.of(
                Json.object(
                        "type", "alarm",
                        "width", 24,
                        "height", 3,
                        "properties", Json.object("title", "Alarms", "alarms", alarmArns)),
                graph("System errors by operation", "Sum", TableMetrics.systemErrors(tableName)),
                graph("User errors of the account in this region", "Sum", List.of(TableMetrics.userErrors())),
                graph("Throttled requests of table and index", "Sum", TableMetrics.throttles(tableName)),
                units("Read units a second", "ConsumedReadCapacityUnits", StackSettings.MAX_READ_REQUEST_UNITS),
                units("Write units a second", "ConsumedWriteCapacityUnits", StackSettings.MAX_WRITE_REQUEST_UNITS),
                graph(
                        "Latency by operation, p99 in milliseconds",
                        "p99",
                        TableMetrics.byOperation("SuccessfulRequestLatency", tableName)));
        return Json.text(Json.object("widgets", widgets));
    }

    private Map<String, Object> graph(String title, String statistic, List<TableMetrics.Metric> metrics) {
        return graph(title, statistic, metrics.stream().map(TableDashboard::line).toList(), List.of());
    }

    /** Units of table and index a second, with the cap, which holds for each of them, as a line. */
    private Map<String, Object> units(String title, String metricName, Setting<Optional<Integer>> cap) {
        List<Object> lines = new ArrayList<>();
        List<TableMetrics.Metric> metrics = TableMetrics.ofTableAndIndex(metricName, tableName);
        for (int i = 0; i < metrics.size(); i++) {
            String id = "m" + i;
            lines.add(Stream.concat(line(metrics.get(i)).stream(), Stream.of(Json.object("id", id, "visible", false)))
                    .toList());
            lines.add(List.of(Json.object("expression", id + "/PERIOD(" + id + ")", "label", i == 0 ? "table" : "index")));
        }
        return graph(title, "Sum", lines, settings.get(cap).filter(units -> units > 0)
                .map(units -> List.<Object>of(Json.object("label", "cap", "value", units)))
                .orElse(List.of()));
    }

    private Map<String, Object> graph(String title, String statistic, List<?> lines, List<?> caps) {
        return Json.object(
                "type", "metric",
                "width", 12,
                "height", 6,
                "properties",
                Json.object(
                        "title", title,
                        "region", settings.region(),
                        "stat", statistic,
                        "period", 60,
                        "metrics", lines,
                        "annotations", Json.object("horizontal", caps)));
    }

    /** A metric as dashboards write it: namespace, name, and each dimension's name and value. */
    private static List<Object> line(TableMetrics.Metric metric) {
        List<Object> line = new ArrayList<>(List.of(TableMetrics.NAMESPACE, metric.name()));
        metric.dimensions().entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByKey().reversed())
                .forEach(dimension -> line.addAll(List.of(dimension.getKey(), dimension.getValue())));
        return line;
    }
}
