package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import com.aitutor.chatsessions.TableMetrics.Metric;
import com.google.gson.Gson;
import com.pulumi.aws.cloudwatch.Dashboard;
import com.pulumi.aws.cloudwatch.DashboardArgs;
import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.dynamodb.Table;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table in graphs (Amazon CloudWatch API reference, "Dashboard body structure and syntax"). */
final class TableDashboard {
    /** The consoles of the partitions; those of the isolated ones are not public. */
    private static final Map<String, String> CONSOLES = Map.of(
            "aws", "console.aws.amazon.com",
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com",
            "aws-eusc", "console.amazonaws-eusc.eu");

    private static final Gson GSON = new Gson();

    private TableDashboard() {}

    /**
     * Registers the dashboard. Dashboards are the account's, not a region's, so the region is part of the name.
     *
     * @return the address in the region's console, where the console's host is known
     */
    static Optional<Output<String>> create(
            String name, StackSettings settings, Table table, Alarms alarms, CustomResourceOptions options) {
        String region = settings.region();
        Output<List<String>> alarmArns =
                Output.all(alarms.all().map(MetricAlarm::arn).toList());
        DashboardArgs args = DashboardArgs.builder()
                .dashboardName(table.name().applyValue(tableName -> tableName + "-" + region))
                .dashboardBody(Output.tuple(table.name(), alarmArns).applyValue(all -> body(settings, all.t1, all.t2)))
                .build();
        Dashboard dashboard = new Dashboard(name, args, options);
        return Optional.ofNullable(CONSOLES.get(Arn.partitionOf(region)))
                .map(host ->
                        "https://%1$s.%2$s/cloudwatch/home?region=%1$s#dashboards/dashboard/".formatted(region, host))
                .map(dashboards -> dashboard.dashboardName().applyValue(dashboards::concat));
    }

    private static String body(StackSettings settings, String table, List<String> alarmArns) {
        var readCap = settings.optionalInteger(Setting.MAX_READ_REQUEST_UNITS);
        var writeCap = settings.optionalInteger(Setting.MAX_WRITE_REQUEST_UNITS);
        var reads = TableMetrics.ofTableAndIndex("ConsumedReadCapacityUnits", table);
        var writes = TableMetrics.ofTableAndIndex("ConsumedWriteCapacityUnits", table);
        var latency = TableMetrics.byOperation("SuccessfulRequestLatency", table);
        String alarms = """
                {"type":"alarm","width":24,"height":3,"properties":{"title":"Alarms","alarms":ARNS}}""";
        return Stream.of(
                        alarms.replace("ARNS", GSON.toJson(alarmArns)),
                        graph("System errors by operation", "Sum", TableMetrics.systemErrors(table), Optional.empty()),
                        graph("User errors, whole account", "Sum", TableMetrics.userErrors(table), Optional.empty()),
                        graph("Throttled requests", "Sum", TableMetrics.throttles(table), Optional.empty()),
                        graph("Read units a minute", "Sum", reads, readCap),
                        graph("Write units a minute", "Sum", writes, writeCap),
                        graph("Latency in milliseconds, p99", "p99", latency, Optional.empty()))
                .map(widget -> widget.replace("REGION", settings.region()))
                .collect(joining(",", "{\"widgets\":[", "]}"));
    }

    /** A graph of values a minute, with a line for a cap, which is in units a second. */
    private static String graph(String title, String statistic, List<Metric> metrics, Optional<Integer> cap) {
        String line = cap.filter(units -> units > 0)
                .map(units -> "{\"label\":\"cap\",\"value\":%d}".formatted(60L * units))
                .orElse("");
        String lines = GSON.toJson(metrics.stream().map(TableDashboard::line).toList());
        String graph = """
                {"type":"metric","width":12,"height":6,"properties":{"title":"%s","region":"REGION","stat":"%s",\
                "period":60,"metrics":%s,"annotations":{"horizontal":[%s]}}}""";
        return graph.formatted(title, statistic, lines, line);
    }

    /** A metric as dashboards write it: namespace, name, and each dimension's name and value. */
    private static List<String> line(Metric metric) {
        List<String> line = new ArrayList<>(List.of(TableMetrics.NAMESPACE, metric.name()));
        metric.dimensions().forEach((name, value) -> line.addAll(List.of(name, value)));
        return line;
    }
}
