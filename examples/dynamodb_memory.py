"""Stores the tutor's chat sessions in DynamoDB. Needs Python 3.9 or later and boto3 1.28 or later.

docs/schema.md explains the items and how to use this file. Copy it into the app.
"""

from __future__ import annotations

import os
import random
import re
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import Any, Callable

import boto3
from boto3.dynamodb.table import BatchWriter
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from botocore.exceptions import ClientError

ID = re.compile(r"[A-Za-z0-9._:@|+=,~-]{1,128}")
MESSAGE_ID = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z#[A-Za-z0-9-]{1,64}", re.ASCII)
LONGEST_CONTENT = 380 * 1024  # bytes; an item has at most 400 KB, with all its attributes

# why DynamoDB cancels transactions
CONDITION_FAILED = "ConditionalCheckFailed"
RETRYABLE = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"}
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0)  # the longest before each repetition, in seconds


class SessionNotFound(LookupError):
    """The user has no such session: it never existed, has expired, was deleted, or is somebody else's."""


class SessionIdTaken(ValueError):
    """Another session has this id, or messages of one are left."""


def timestamp(moment: datetime | None = None) -> str:
    """Now, or another moment, in UTC with six decimals: text sorts by time only where all of it has one width."""
    return (moment or datetime.now()).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_message_id(moment: datetime | None = None) -> str:
    """The time of a message and something random. Made once for a message, it makes every retry the same message."""
    return f"{timestamp(moment)}#{uuid.uuid4().hex[:12]}"


@dataclass(frozen=True)
class Message:
    role: str
    content: str
    tokens: int = 0
    context_ids: tuple[str, ...] = ()
    message_id: str = field(default_factory=new_message_id)

    @property
    def sent_at(self) -> str:
        return self.message_id.partition("#")[0]


@dataclass(frozen=True)
class Session:
    session_id: str
    user_id: str
    created_at: str
    last_accessed: str
    total_tokens: int
    pedagogy_mode: str
    expires_at: int


@dataclass(frozen=True)
class Conversation:
    """A session and some of its messages, oldest first."""

    session: Session
    messages: list[Message]
    has_older: bool = False


@dataclass(frozen=True)
class SessionPage:
    """A user's sessions, the one last accessed first; `next_page` is None on the last page."""

    sessions: list[Session]
    next_page: str | None


@dataclass(eq=False)
class DynamoDBMemory:
    """The sessions of all users. One object serves all threads of a process."""

    client: Any  # takes and gives plain Python values, as `boto3.resource("dynamodb").meta.client` does
    table_name: str
    index_name: str
    ttl_attribute: str
    retention: timedelta

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> DynamoDBMemory:
        """Reads the lines of the output appEnvironment."""
        # boto3 repeats throttled and failed requests itself, with exponential backoff and jitter
        retries = {"mode": "standard", "total_max_attempts": 5}
        config = Config(retries=retries, connect_timeout=2, read_timeout=5, max_pool_connections=50)
        endpoint = environment.get("AWS_ENDPOINT_URL_DYNAMODB") or None
        region = environment["DYNAMODB_REGION"]
        resource = boto3.resource("dynamodb", region_name=region, endpoint_url=endpoint, config=config)
        return cls(
            resource.meta.client,
            environment["DYNAMODB_TABLE_NAME"],
            environment["DYNAMODB_USER_SESSIONS_INDEX_NAME"],
            environment["DYNAMODB_TTL_ATTRIBUTE_NAME"],
            timedelta(days=int(environment["DYNAMODB_SESSION_RETENTION_DAYS"])),
        )

    def create_session(self, user_id: str, pedagogy_mode: str, session_id: str | None = None) -> Session:
        """Makes a session. A retry with the same id gets the session that the first attempt made."""
        existing = None
        if session_id:  # messages may outlive METADATA by days: a new session must not take them over
            existing = next(self._items(session_id, ScanIndexForward=False, Limit=1), None)
        now = datetime.now(timezone.utc)
        item = {
            **_key(session_id or str(uuid.uuid4())),
            "GSI1PK": _owner(user_id),
            "GSI1SK": timestamp(now),
            "created_at": timestamp(now),
            "last_accessed": timestamp(now),
            "total_tokens": 0,
            "pedagogy_mode": pedagogy_mode,
            self.ttl_attribute: int((now + self.retention).timestamp()),
        }
        if not existing:
            try:
                _write(
                    self.client.put_item,
                    TableName=self.table_name,
                    Item=item,
                    ConditionExpression="attribute_not_exists(PK)",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
                return self._session(item)
            except self.client.exceptions.ConditionalCheckFailedException as error:
                existing = _plain(error.response)
        try:
            return self._opened(user_id, session_id, existing)
        except SessionNotFound:
            raise SessionIdTaken(session_id) from None

    def find_session(self, user_id: str, session_id: str) -> Session:
        """The session without its messages."""
        answer = self.client.get_item(TableName=self.table_name, Key=_key(session_id), ConsistentRead=True)
        return self._opened(user_id, session_id, answer.get("Item", {}))

    def open_session(self, user_id: str, session_id: str, newest: int | None = 20) -> Conversation:
        """The session and its newest messages, in one query: METADATA sorts behind every MESSAGE."""
        limit = {} if newest is None else {"Limit": newest + 2}
        items = self._items(session_id, ScanIndexForward=False, **limit)
        session = self._opened(user_id, session_id, next(items, {}))
        return _conversation(session, items, newest)

    def page_back(self, user_id: str, session_id: str, before: str, count: int = 20) -> Conversation:
        """The newest messages older than the message id `before`."""
        if len(before) > 100:
            raise ValueError(f"not a message id: {before!r}")
        session = self.find_session(user_id, session_id)
        start = _key(session_id, f"MESSAGE#{before}")
        items = self._items(session_id, ScanIndexForward=False, ExclusiveStartKey=start, Limit=count + 1)
        return _conversation(session, items, count)

    def transcript(self, user_id: str, session_id: str) -> list[Message]:
        """All messages of a session, oldest first."""
        return self.open_session(user_id, session_id, newest=None).messages

    def list_sessions(self, user_id: str, count: int = 20, page: str | None = None) -> SessionPage:
        """A page of the user's sessions; `page` is the `next_page` of the page before."""
        query: dict[str, Any] = {"Limit": count + 1}
        if page is not None:
            last_accessed, _, session_id = page.rpartition("#")
            if not 0 < len(last_accessed) < 100:
                raise ValueError(f"not a next_page: {page!r}")
            query["ExclusiveStartKey"] = {**_key(session_id), "GSI1PK": _owner(user_id), "GSI1SK": last_accessed}
        items = self._query(
            "GSI1PK = :owner",
            {":owner": _owner(user_id), ":now": int(time.time())},
            IndexName=self.index_name,
            FilterExpression="#ttl > :now AND attribute_not_exists(deleted_at)",
            ExpressionAttributeNames={"#ttl": self.ttl_attribute},
            ScanIndexForward=False,
            **query,
        )
        sessions = [self._session(item) for item in islice(items, count + 1)]
        more = len(sessions) > count
        sessions = sessions[:count]
        return SessionPage(sessions, f"{sessions[-1].last_accessed}#{sessions[-1].session_id}" if more else None)

    def append(self, session: Session, *messages: Message) -> None:
        """Stores messages and counts their tokens, all or nothing, and once however often it is repeated."""
        for message in messages:
            if not MESSAGE_ID.fullmatch(message.message_id):
                raise ValueError(f"not a message id, see new_message_id: {message.message_id!r}")
            if len(message.content.encode()) > LONGEST_CONTENT:
                raise ValueError("the content is too long for an item, see docs/schema.md, Long contents in S3")
        left = list(messages)
        latest = max((message.sent_at for message in messages), default="")
        moves = latest > session.last_accessed
        while left:
            writes = [{"Put": self._put(session, message)} for message in left]
            values = {":ttl": session.expires_at, ":tokens": sum(message.tokens for message in left)}
            ids = session.user_id, session.session_id
            update = self._update(*ids, values, latest if moves else "", " AND #ttl = :ttl")
            try:
                _write(self.client.transact_write_items, TransactItems=[*writes, {"Update": update}])
                return
            except self.client.exceptions.TransactionCanceledException as error:
                *puts, metadata = error.response["CancellationReasons"]
                new = [message for message, reason in zip(left, puts) if reason["Code"] != CONDITION_FAILED]
                if len(new) == len(left):
                    if metadata["Code"] != CONDITION_FAILED:
                        raise
                    self._opened(*ids, _plain(metadata))
                    if not moves:
                        raise SessionNotFound(session.session_id) from error
                    moves = False  # a later message was stored first
                left = new  # what is stored already was counted with it

    def touch(self, user_id: str, session_id: str) -> None:
        """Moves the session to the top of its user's list."""
        try:
            _write(self.client.update_item, **self._update(user_id, session_id, {}, timestamp()))
        except self.client.exceptions.ConditionalCheckFailedException as error:
            # fine where it only was accessed later than now, on another machine
            self._opened(user_id, session_id, _plain(error.response))

    def delete_session(self, user_id: str, session_id: str) -> bool:
        """Deletes the session and its messages; False where the user has none of this id. A retry finishes the work."""
        try:
            # from here on nobody can open it or append to it, and delete_user still finds it
            _write(
                self.client.update_item,
                TableName=self.table_name,
                Key=_key(session_id),
                UpdateExpression="SET deleted_at = :at",
                ConditionExpression="GSI1PK = :owner",
                ExpressionAttributeValues={":at": timestamp(), ":owner": _owner(user_id)},
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        with BatchWriter(self.table_name, self.client) as messages:
            for item in self._items(session_id, ProjectionExpression="PK, SK"):
                if item["SK"] != "METADATA":
                    messages.delete_item(item)
        with BatchWriter(self.table_name, self.client) as metadata:
            metadata.delete_item(_key(session_id))
        return True

    def export_user(self, user_id: str) -> Iterator[Conversation]:
        """Everything stored of a user, session by session, with what has expired or is being deleted."""
        for session in self._all_sessions(user_id):
            yield _conversation(session, self._items(session.session_id, ScanIndexForward=False), None)

    def delete_user(self, user_id: str) -> int:
        """Deletes everything of a user; answers with the number of sessions. Run it again until it answers 0."""
        return sum(self.delete_session(user_id, session.session_id) for session in self._all_sessions(user_id))

    def _all_sessions(self, user_id: str) -> Iterator[Session]:
        # oldest access first: a session that is accessed meanwhile comes again at the end, and is not missed
        seen = set()
        for item in self._query("GSI1PK = :owner", {":owner": _owner(user_id)}, IndexName=self.index_name):
            if item["PK"] not in seen:
                seen.add(item["PK"])
                yield self._session(item)

    def _items(self, session_id: str, **query: Any) -> Iterator[dict[str, Any]]:
        return self._query("PK = :pk", {":pk": _key(session_id)["PK"]}, ConsistentRead=True, **query)

    def _query(self, condition: str, values: dict[str, Any], **query: Any) -> Iterator[dict[str, Any]]:
        """Page by page, as far as the caller iterates: a page ends at 1 MB, whatever Limit says."""
        query.update(TableName=self.table_name, KeyConditionExpression=condition, ExpressionAttributeValues=values)
        for page in self.client.get_paginator("query").paginate(**query):
            yield from page["Items"]

    def _put(self, session: Session, message: Message) -> dict[str, Any]:
        item = {
            **_key(session.session_id, f"MESSAGE#{message.message_id}"),
            "role": message.role,
            "content": message.content,
            "tokens": message.tokens,
            "context_ids": list(message.context_ids),
            self.ttl_attribute: session.expires_at,
        }
        return {"TableName": self.table_name, "Item": item, "ConditionExpression": "attribute_not_exists(PK)"}

    def _update(
        self, user_id: str, session_id: str, values: dict[str, Any], accessed: str, condition: str = ""
    ) -> dict[str, Any]:
        """An update of METADATA, on condition that the session is open to the user and was not accessed later."""
        changes = ["ADD total_tokens :tokens"] if ":tokens" in values else []
        if accessed:
            changes.append("SET last_accessed = :at, GSI1SK = :at")
            condition += " AND GSI1SK < :at"
            values = {**values, ":at": accessed}
        return {
            "TableName": self.table_name,
            "Key": _key(session_id),
            "UpdateExpression": " ".join(changes),
            "ConditionExpression": f"GSI1PK = :owner AND #ttl > :now AND attribute_not_exists(deleted_at){condition}",
            "ExpressionAttributeNames": {"#ttl": self.ttl_attribute},
            "ExpressionAttributeValues": {**values, ":owner": _owner(user_id), ":now": int(time.time())},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _opened(self, user_id: str, session_id: str, item: Mapping[str, Any]) -> Session:
        is_expired = item.get(self.ttl_attribute, 0) <= time.time()
        if item.get("GSI1PK") != _owner(user_id) or is_expired or "deleted_at" in item:
            raise SessionNotFound(session_id)
        return self._session(item)

    def _session(self, item: Mapping[str, Any]) -> Session:
        return Session(
            session_id=item["PK"].partition("#")[2],
            user_id=item["GSI1PK"].partition("#")[2],
            created_at=item.get("created_at", ""),
            last_accessed=item["GSI1SK"],
            total_tokens=int(item.get("total_tokens", 0)),
            pedagogy_mode=item.get("pedagogy_mode", ""),
            expires_at=int(item.get(self.ttl_attribute, 0)),
        )


def _key(session_id: str, sort_key: str = "METADATA") -> dict[str, str]:
    return {"PK": f"SESSION#{_id(session_id)}", "SK": sort_key}


def _owner(user_id: str) -> str:
    return f"USER#{_id(user_id)}"


def _id(text: str) -> str:
    """An id as part of a key: without `#`, which separates the parts, and without what looks the same but is not."""
    if not ID.fullmatch(text):
        raise ValueError(f"not an id of up to 128 letters, digits and ._:@|+=,~- characters: {text!r}")
    return text


def _conversation(session: Session, newest_first: Iterator[dict[str, Any]], count: int | None) -> Conversation:
    messages = [
        Message(  # an item from before this file may lack attributes, and the random part of the id
            role=item.get("role", ""),
            content=item.get("content", ""),
            tokens=int(item.get("tokens", 0)),
            context_ids=tuple(item.get("context_ids", ())),
            message_id=item["SK"].partition("#")[2],
        )
        for item in islice(newest_first, None if count is None else count + 1)
        if item["SK"].startswith("MESSAGE#")
    ]
    return Conversation(session, messages[:count][::-1], count is not None and len(messages) > count)


def _plain(refusal: Mapping[str, Any]) -> dict[str, Any]:
    """The item that failed a condition, empty where there is none: boto3 translates items in answers, not in errors."""
    return {name: TypeDeserializer().deserialize(value) for name, value in refusal.get("Item", {}).items()}


def _write(operation: Callable[..., Any], **arguments: Any) -> None:
    """Repeats what another transaction or throttling came between, which boto3 leaves to the app."""
    for pause in (*PAUSES, None):
        try:
            operation(**arguments)
            return
        except ClientError as error:
            reasons = {reason["Code"] for reason in error.response.get("CancellationReasons", [])}
            is_conflict = error.response["Error"]["Code"] == "TransactionConflictException"
            if pause is None or not (is_conflict or reasons and reasons <= RETRYABLE):
                raise
        time.sleep(random.uniform(0, pause))
