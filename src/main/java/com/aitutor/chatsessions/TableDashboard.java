package com.aitutor.chatsessions;

import static java.util.stream.Collectors.joining;

import com.aitutor.chatsessions.TableMetrics.Metric;
import com.google.gson.Gson;
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

/** The table in graphs (Amazon CloudWatch API reference, "Dashboard body structure and syntax"). */
final class TableDashboard {
    /** The consoles of partitions that have one of their own. */
    private static final Map<String, String> CONSOLES = Map.of(
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com",
            "aws-eusc", "console.amazonaws-eusc.eu");

    private static final Gson GSON = new Gson();

    private TableDashboard() {}

    /** Dashboards are the account's, not a region's, so the region is part of the name. */
    static Dashboard create(
            String name,
            StackSettings settings,
            Output<String> tableName,
            List<MetricAlarm> alarms,
            CustomResourceOptions options) {
        var alarmArns = Output.all(alarms.stream().map(MetricAlarm::arn).toList());
        DashboardArgs dashboard = DashboardArgs.builder()
                .dashboardName(tableName.applyValue(table -> table + "-" + settings.region()))
                .dashboardBody(Output.tuple(tableName, alarmArns).applyValue(all -> body(settings, all.t1, all.t2)))
                .build();
        return new Dashboard(name, dashboard, options);
    }

    /** The dashboard's address in the console of the region. */
    static String url(String dashboardName, String region) {
        String console = CONSOLES.getOrDefault(Arn.partitionOf(region), "console.aws.amazon.com");
        return "https://%1$s.%2$s/cloudwatch/home?region=%1$s#dashboards/dashboard/%3$s"
                .formatted(region, console, dashboardName);
    }

    private static String body(StackSettings settings, String table, List<String> alarmArns) {
        var readCap = settings.get(StackSettings.MAX_READ_REQUEST_UNITS);
        var writeCap = settings.get(StackSettings.MAX_WRITE_REQUEST_UNITS);
        var reads = TableMetrics.ofTableAndIndex("ConsumedReadCapacityUnits", table);
        var writes = TableMetrics.ofTableAndIndex("ConsumedWriteCapacityUnits", table);
        var latency = TableMetrics.byOperation("SuccessfulRequestLatency", table);
        String alarms = """
                {"type":"alarm","width":24,"height":3,"properties":{"title":"Alarms","alarms":%s}}"""
                .formatted(GSON.toJson(alarmArns));
        return Stream.of(
                        alarms,
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
        return """
                {"type":"metric","width":12,"height":6,"properties":{"title":"%s","region":"REGION","stat":"%s",\
                "period":60,"metrics":%s,"annotations":{"horizontal":[%s]}}}""".formatted(
                        title,
                        statistic,
                        GSON.toJson(metrics.stream().map(TableDashboard::line).toList()),
                        line);
    }

    /** A metric as dashboards write it: namespace, name, and each dimension's name and value. */
    private static List<String> line(Metric metric) {
        List<String> line = new ArrayList<>(List.of(TableMetrics.NAMESPACE, metric.name()));
        metric.dimensions().forEach((name, value) -> line.addAll(List.of(name, value)));
        return line;
    }
}
