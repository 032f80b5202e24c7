package com.aitutor.localaws;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/** Inputs most tests start from. */
final class Fixtures {

    private Fixtures() {}

    /** A table with a sort key, an index, time to live and recovery. */
    static Struct table(String name) {
        return with(
                Json.struct(
                        """
                        {
                          "attributes": [
                            {"name": "PK", "type": "S"}, {"name": "SK", "type": "S"},
                            {"name": "GSI1PK", "type": "S"}, {"name": "GSI1SK", "type": "S"}],
                          "billingMode": "PAY_PER_REQUEST",
                          "globalSecondaryIndexes": [{
                            "name": "UserSessionsIndex", "hashKey": "GSI1PK", "rangeKey": "GSI1SK",
                            "projectionType": "ALL"}],
                          "hashKey": "PK",
                          "pointInTimeRecovery": {"enabled": true, "recoveryPeriodInDays": 35},
                          "rangeKey": "SK",
                          "tags": {"Environment": "test"},
                          "ttl": {"attributeName": "ttl", "enabled": true}
                        }
                        """),
                "name",
                '"' + name + '"');
    }

    /** The same table without its index. */
    static Struct tableWithoutIndex(String name) {
        return without(
                with(
                        table(name),
                        "attributes",
                        """
                        [{"name": "PK", "type": "S"}, {"name": "SK", "type": "S"}]"""),
                "globalSecondaryIndexes");
    }

    /** An alarm on one metric. */
    static Struct alarm() {
        return Json.struct(
                """
                {
                  "name": "user-errors", "comparisonOperator": "GreaterThanOrEqualToThreshold",
                  "evaluationPeriods": 1, "metricName": "UserErrors", "namespace": "AWS/DynamoDB", "period": 300,
                  "statistic": "Sum", "threshold": 5, "treatMissingData": "notBreaching"
                }
                """);
    }

    /** An alarm on a sum of two metrics. */
    static Struct mathAlarm() {
        return Json.struct(
                """
                {
                  "name": "system-errors", "comparisonOperator": "GreaterThanOrEqualToThreshold",
                  "evaluationPeriods": 1, "threshold": 1,
                  "metricQueries": [
                    {"id": "total", "expression": "m0 + m1", "label": "errors", "returnData": true},
                    {"id": "m0", "metric": {"metricName": "SystemErrors", "namespace": "AWS/DynamoDB", "period": 60,
                      "stat": "Sum", "dimensions": {"TableName": "t", "Operation": "GetItem"}}},
                    {"id": "m1", "metric": {"metricName": "SystemErrors", "namespace": "AWS/DynamoDB", "period": 60,
                      "stat": "Sum", "dimensions": {"TableName": "t", "Operation": "Query"}}}]
                }
                """);
    }

    /** Returns a copy with one property set to a JSON value. */
    static Struct with(Struct struct, String name, String json) {
        Value value = Json.struct("{\"value\": " + json + "}").getFieldsOrThrow("value");
        return struct.toBuilder().putFields(name, value).build();
    }

    /** Returns a copy without some properties. */
    static Struct without(Struct struct, String... names) {
        Struct.Builder copy = struct.toBuilder();
        for (String name : names) {
            copy.removeFields(name);
        }
        return copy.build();
    }
}
