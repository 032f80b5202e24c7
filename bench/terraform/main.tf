# The resources of one stack of the program with its defaults, for comparison: table with index, two alarms, no topic.
# Nothing is ever applied: bench/run only plans.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.98"
    }
  }
}

variable "table_name" {
  type    = string
  default = "chat_sessions"
}

variable "region" {
  type    = string
  default = "us-east-1"
}

# No account is asked for anything.
provider "aws" {
  region                      = var.region
  access_key                  = "local"
  secret_key                  = "local"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

locals {
  tags = {
    Environment = "local"
    Project     = "ai-tutor"
    ManagedBy   = "terraform"
  }
  item_operations = [
    "GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem",
    "TransactGetItems", "TransactWriteItems",
  ]
}

resource "aws_dynamodb_table" "chat_sessions" {
  name                        = var.table_name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "PK"
  range_key                   = "SK"
  deletion_protection_enabled = false
  tags                        = local.tags

  dynamic "attribute" {
    for_each = ["PK", "SK", "GSI1PK", "GSI1SK"]
    content {
      name = attribute.value
      type = "S"
    }
  }

  global_secondary_index {
    name            = "UserSessionsIndex"
    hash_key        = "GSI1PK"
    range_key       = "GSI1SK"
    projection_type = "ALL"
  }

  ttl {
    attribute_name = "ttl"
    enabled        = true
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }

  server_side_encryption {
    enabled = false
  }
}

resource "aws_cloudwatch_metric_alarm" "system_errors" {
  alarm_name          = "${aws_dynamodb_table.chat_sessions.name}-system-errors"
  alarm_description   = "Requests to table ${var.table_name} failed inside DynamoDB (HTTP 500)."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 5
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  tags                = local.tags

  metric_query {
    id          = "total"
    label       = "SystemErrors"
    expression  = "SUM(FILL(METRICS(), 0))"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.item_operations
    content {
      id = "${lower(substr(metric_query.value, 0, 1))}${substr(metric_query.value, 1, -1)}"
      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = "SystemErrors"
        period      = 300
        stat        = "Sum"
        dimensions = {
          TableName = aws_dynamodb_table.chat_sessions.name
          Operation = metric_query.value
        }
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "user_errors" {
  alarm_name          = "${aws_dynamodb_table.chat_sessions.name}-user-errors"
  alarm_description   = "DynamoDB refused requests (HTTP 400) somewhere in this account in ${var.region}."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 20
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  namespace           = "AWS/DynamoDB"
  metric_name         = "UserErrors"
  statistic           = "Sum"
  period              = 300
  tags                = local.tags
}
