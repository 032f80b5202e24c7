package com.aitutor.chatsessions;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in graphs (Amazon CloudWatch API reference, "Dashboard body structure and syntax"). */
record TableDashboard(StackSettings settings, TableMetrics metrics, List<String> alarmArns) {
    /** The consoles of the partitions; those of the isolated ones are not public. */
    private static final Map<String, String> CONSOLES = Map.of(
            "aws", "console.aws.amazon.com",
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com",
            "aws-eusc", "console.amazonaws-eusc.eu");

    /** Registers a dashboard, and tells its address in the console, where the console's host is known. */
    static Optional<Output<String>> create(
            String name,
            StackSettings settings,
            Output<String> tableName,
            Alarms alarms,
            CustomResourceOptions options) {
        String region = settings.region();
        var alarmArns = Output.all(alarms.all().map(MetricAlarm::arn).toList());
        DashboardArgs args = DashboardArgs.builder()
                // dashboards are the account's, not a region's
                .dashboardName(tableName.applyValue(table -> table + "-" + region))
                .dashboardBody(Output.tuple(tableName, alarmArns)
                        .applyValue(all -> new TableDashboard(settings, new TableMetrics(all.t1), all.t2).body()))
                .build();
        Output<String> dashboard = new Dashboard(name, args, options).dashboardName();
        String address = "https://%1$s.%2$s/cloudwatch/home?region=%1$s#dashboards/dashboard/%3$s";
        return Optional.ofNullable(CONSOLES.get(Arn.partitionOf(region)))
                .map(host -> dashboard.applyValue(dashboardName -> address.formatted(region, host, dashboardName)));
    }

    private String body() {
        var reads = metrics.ofTableAndIndex("ConsumedReadCapacityUnits");
        var writes = metrics.ofTableAndIndex("ConsumedWriteCapacityUnits");
        var latency = metrics.byOperation("SuccessfulRequestLatency");
        String alarms = """
                {"type":"alarm","width":24,"height":3,"properties":{"title":"Alarms","alarms":%s}}""";
        return Stream.of(
                        alarms.formatted(new Gson().toJson(alarmArns)),
                        graph("System errors by operation", "Sum", metrics.systemErrors()),
                        graph("User errors, whole account", "Sum", metrics.userErrors()),
                        graph("Throttled requests", "Sum", metrics.throttles()),
                        graph("Read units a minute", "Sum", reads, Setting.MAX_READ_REQUEST_UNITS),
                        graph("Write units a minute", "Sum", writes, Setting.MAX_WRITE_REQUEST_UNITS),
                        graph("Latency in milliseconds, p99", "p99", latency))
                .collect(Collectors.joining(",", "{\"widgets\":[", "]}"));
    }

    /** A graph of values a minute, with a line for a cap, which is in units a second. */
    private String graph(String title, String statistic, List<Metric> metricsOfGraph, Setting... cap) {
        String line = Stream.of(cap)
                .flatMap(setting -> settings.cap(setting).stream())
                .map(units -> "{\"label\":\"cap\",\"value\":%d}".formatted(60L * units))
                .collect(Collectors.joining());
        String lines = new Gson()
                .toJson(metricsOfGraph.stream().map(TableDashboard::line).toList());
        String graph = """
                {"type":"metric","width":12,"height":6,"properties":{"title":"%s","region":"%s","stat":"%s",\
                "period":60,"metrics":%s,"annotations":{"horizontal":[%s]}}}""";
        return graph.formatted(title, settings.region(), statistic, lines, line);
    }

    /** A metric as dashboards write it: namespace, name, and each dimension's name and value. */
    private static List<String> line(Metric metric) {
        List<String> line = new ArrayList<>(List.of(TableMetrics.NAMESPACE, metric.name()));
        metric.dimensions().forEach((name, value) -> line.addAll(List.of(name, value)));
        return line;
    }
}
