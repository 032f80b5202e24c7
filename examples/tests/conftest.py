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


class Client:
    """Confines a client to a policy, as DynamoDB Local does not, and adds up what its calls consume."""

    def __init__(self, client, policy):
        statements = json.loads(policy)["Statement"]
        self.allowed = {(action, part["Resource"]) for part in statements for action in part["Action"]}
        self.tables = min((resource for _, resource in self.allowed), key=len).rpartition("/")[0]
        self.used = set()
        self.calls = []
        self.units = Counter()
        client.meta.events.register("provide-client-params.dynamodb.*", self.check)
        client.meta.events.register("after-call.dynamodb.*", self.measure)

    def check(self, params, model, **_):
        self.calls.append(model.name)
        needed = {(f"dynamodb:{action}", f"{self.tables}/{name}") for action, name in self.needed(model.name, params)}
        if not needed <= self.allowed:
            raise PermissionError(needed - self.allowed)
        self.used |= needed
        params["ReturnConsumedCapacity"] = "INDEXES"

    def needed(self, operation, params):
        """What a call needs permission for: the writes of a transaction count as the single operations."""
        if operation == "BatchWriteItem":
            return [(operation, table) for table in params["RequestItems"]]
        if operation == "TransactWriteItems":
            writes = [write for item in params["TransactItems"] for write in item.items()]
            return [(f"{action}Item", write["TableName"]) for action, write in writes]
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        return [(operation, params["TableName"] + index)]

    def measure(self, parsed, model, **_):
        consumed = parsed.get("ConsumedCapacity", [])
        is_read = model.name in ("GetItem", "Query")
        for part in consumed if isinstance(consumed, list) else [consumed]:
            self.units["reads" if is_read else "table"] += part["Table"]["CapacityUnits"]
            for index in part.get("GlobalSecondaryIndexes", {}).values():
                self.units["reads" if is_read else "index"] += index["CapacityUnits"]

    def measured(self, call, *arguments):
        """What a call consumed: writes of the table, writes of the index, reads."""
        self.units.clear()
        call(*arguments)
        return self.units["table"], self.units["index"], self.units["reads"]


@pytest.fixture(scope="session")
def shared_memory():
    if not os.environ.get("AWS_ENDPOINT_URL_DYNAMODB", "").startswith("http://127.0.0.1:"):
        pytest.exit("These tests run on the local stack only: set the lines of its output appEnvironment.", 2)
    # nothing of the user's own AWS configuration
    os.environ.pop("AWS_PROFILE", None)
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, NO_PROXY="127.0.0.1")
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
