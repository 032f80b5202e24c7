package com.aitutor.localaws;

/** Inputs most tests start from, in the form in which the program sends them. */
final class SampleInputs {
    private SampleInputs() {}

    static PropertyValue json(String json) {
        PropertyValue value = PropertyValue.of(json).parsed();
        if (value.isAbsent()) {
            throw new IllegalArgumentException(json);
        }
        return value;
    }

    /** A table with a sort key, an index, time to live and recovery. */
    static PropertyValue table(String name) {
        return json("""
                        {
                          "attributes": [
                            {"name": "PK", "type": "S"}, {"name": "SK", "type": "S"},
                            {"name": "GSI1PK", "type": "S"}, {"name": "GSI1SK", "type": "S"}],
                          "billingMode": "PAY_PER_REQUEST", "deletionProtectionEnabled": false,
                          "globalSecondaryIndexes": [{
                            "name": "UserSessionsIndex", "hashKey": "GSI1PK", "rangeKey": "GSI1SK",
                            "projectionType": "ALL"}],
                          "hashKey": "PK", "pointInTimeRecovery": {"enabled": true, "recoveryPeriodInDays": 35},
                          "rangeKey": "SK", "serverSideEncryption": {"enabled": false},
                          "tags": {"Environment": "test"}, "ttl": {"attributeName": "ttl", "enabled": true}
                        }
                        """).with("name", name);
    }

    /** The same table without its index. */
    static PropertyValue tableWithoutIndex(String name) {
        return table(name)
                .with("attributes", json("[{\"name\": \"PK\", \"type\": \"S\"}, {\"name\": \"SK\", \"type\": \"S\"}]"))
                .with("globalSecondaryIndexes", PropertyValue.ABSENT);
    }

    static PropertyValue timeToLive(String attribute, boolean enabled) {
        return PropertyValue.EMPTY.with("attributeName", attribute).with("enabled", enabled);
    }

    /** An alarm on a sum of two metrics. */
    static PropertyValue alarm() {
        return json("""
                {
                  "name": "system-errors", "comparisonOperator": "GreaterThanOrEqualToThreshold",
                  "evaluationPeriods": 1, "threshold": 1, "treatMissingData": "notBreaching",
                  "metricQueries": [
                    {"id": "total", "expression": "SUM(FILL(METRICS(), 0))", "label": "errors", "returnData": true},
                    {"id": "m0", "metric": {"metricName": "SystemErrors", "namespace": "AWS/DynamoDB", "period": 300,
                      "stat": "Sum", "dimensions": {"TableName": "t", "Operation": "GetItem"}}},
                    {"id": "m1", "metric": {"metricName": "SystemErrors", "namespace": "AWS/DynamoDB", "period": 300,
                      "stat": "Sum", "dimensions": {"TableName": "t", "Operation": "Query"}}}]
                }
                """);
    }

    static PropertyValue dashboard() {
        return json("{\"dashboardName\": \"sessions\"}").with("dashboardBody", """
                        {"widgets": [{"type": "metric", "x": 12, "width": 12, "properties": {"metrics": []}}]}""");
    }
}
