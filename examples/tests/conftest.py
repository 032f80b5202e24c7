"""The table is the one that the engine made. The client may do what the output appAccessPolicy allows, and no more.

Environment: the lines of the output appEnvironment, and the output appAccessPolicy in APP_ACCESS_POLICY.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(EXAMPLES))

from dynamodb_memory import DynamoDBMemory  # noqa: E402


class AccessDenied(Exception):
    """DynamoDB Local checks no permissions; AWS would have answered AccessDeniedException."""


class Client:
    """Confines a client to a policy, and adds up what its calls consume."""

    def __init__(self, client, policy):
        self.allowed = {
            (action, resource)
            for statement in json.loads(policy)["Statement"]
            for action in statement["Action"]
            for resource in [statement["Resource"]]
        }
        self.table_arn = min((resource for _, resource in self.allowed), key=len).rpartition("/")[0]
        self.used = set()
        self.calls = []
        self.units = Counter()
        client.meta.events.register("provide-client-params.dynamodb.*", self.check)
        client.meta.events.register("after-call.dynamodb.*", self.measure)

    def check(self, params, model, **_):
        needed = set(self.needed(model.name, params))
        if not needed <= self.allowed:
            raise AccessDenied(needed - self.allowed)
        self.used |= needed
        self.calls.append(model.name)
        params["ReturnConsumedCapacity"] = "INDEXES"

    def needed(self, operation, params):
        if operation == "BatchWriteItem":
            return [(f"dynamodb:{operation}", self.arn(name)) for name in params["RequestItems"]]
        if operation == "TransactWriteItems":
            writes = [write for item in params["TransactItems"] for write in item.items()]
            return [(f"dynamodb:{action}Item", self.arn(write["TableName"])) for action, write in writes]
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        return [(f"dynamodb:{operation}", self.arn(params["TableName"]) + index)]

    def arn(self, table):
        return f"{self.table_arn}/{table}"

    def measure(self, parsed, model, **_):
        consumed = parsed.get("ConsumedCapacity", [])
        kind = "reads" if model.name in ("GetItem", "Query") else "writes"
        for part in consumed if isinstance(consumed, list) else [consumed]:
            self.units[f"table {kind}"] += part["Table"]["CapacityUnits"]
            for index in part.get("GlobalSecondaryIndexes", {}).values():
                self.units[f"index {kind}"] += index["CapacityUnits"]

    def measured(self, call, *arguments):
        """What a call consumed: writes of the table, writes of the index, reads."""
        self.units.clear()
        call(*arguments)
        return (
            self.units["table writes"],
            self.units["index writes"],
            self.units["table reads"] + self.units["index reads"],
        )


@pytest.fixture(scope="session")
def shared_memory():
    if not os.environ.get("AWS_ENDPOINT_URL_DYNAMODB", "").startswith("http://127.0.0.1:"):
        pytest.exit("These tests run on the local stack only: set the lines of its output appEnvironment.", 2)
    os.environ.update(AWS_ACCESS_KEY_ID="local", AWS_SECRET_ACCESS_KEY="local")
    return DynamoDBMemory.from_environment()


@pytest.fixture(scope="session")
def client(shared_memory):
    return Client(shared_memory.client, os.environ["APP_ACCESS_POLICY"])


@pytest.fixture
def memory(shared_memory, client):
    client.calls.clear()
    client.used.clear()
    return shared_memory
