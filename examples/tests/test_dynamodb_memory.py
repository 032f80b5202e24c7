import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import dynamodb_memory
import pytest
from botocore.exceptions import ClientError
from conftest import EXAMPLES
from dynamodb_memory import Message, SessionIdTaken, SessionNotFound, new_message_id

DOCS = EXAMPLES.parent / "docs"


@pytest.fixture
def alice():
    return f"alice-{uuid.uuid4()}"


@pytest.fixture
def session(memory, client, alice):
    created = memory.create_session(alice, "socratic")
    client.calls.clear()
    return created


@pytest.fixture
def pauses(monkeypatch):
    """Takes the longest pause that chance allows, without the wait."""
    seconds = []
    monkeypatch.setattr(dynamodb_memory.random, "uniform", lambda shortest, longest: longest)
    monkeypatch.setattr(dynamodb_memory.time, "sleep", seconds.append)
    return seconds


def message(content, tokens=1, seconds=0, role="user", context_ids=()):
    return Message(
        role, content, tokens, context_ids, new_message_id(datetime.now(timezone.utc) + timedelta(seconds=seconds))
    )


def turn(number):
    """A question and an answer of the size that the cost page assumes."""
    contexts = tuple(str(uuid.uuid4()) for _ in range(3))
    seconds = 0.002 * number
    return message("x" * 300, 75, seconds), message("x" * 1500, 375, seconds + 0.001, "assistant", contexts)


def conversation(memory, user, turns):
    session = memory.create_session(user, "socratic")
    messages = [said for number in range(turns) for said in turn(number)]
    for said in messages:
        memory.append(session, said)
    return session, messages


def raw_items(memory, session_id):
    return list(memory._items(session_id))


def assert_each_raises(error, *calls):
    for call, *arguments in calls:
        with pytest.raises(error):
            call(*arguments)


def refuse(monkeypatch, client, operation, times, error, reasons=()):
    """Refuses some calls, as AWS does. (DynamoDB Local lets one transaction wait for the other.)"""
    call, answers = getattr(client, operation), [error] * times

    def refuse_or_call(**arguments):
        if not answers:
            return call(**arguments)
        response = {"Error": {"Code": answers.pop()}, "CancellationReasons": [{"Code": reason} for reason in reasons]}
        raise client.exceptions.from_code(error)(response, operation)

    monkeypatch.setattr(client, operation, refuse_or_call)


@pytest.mark.parametrize("at_once", [False, True])
def test_creates_a_session_once(memory, alice, monkeypatch, at_once):
    session = memory.create_session(alice, "socratic", "session-" + alice)
    memory.append(session, message("hello", 3))
    if at_once:  # the other attempt came between the look and the write
        monkeypatch.setattr(memory, "_items", lambda *_, **__: iter(()))
    again = memory.create_session(alice, "direct", session.session_id)
    assert (again.created_at, again.pedagogy_mode, again.total_tokens) == (session.created_at, "socratic", 3)
    assert memory.find_session(alice, session.session_id) == again
    with pytest.raises(SessionIdTaken):
        memory.create_session("m" + alice, "socratic", session.session_id)


def test_messages_without_metadata_are_nobodys(memory, alice):
    item = {"PK": f"SESSION#{alice}", "SK": f"MESSAGE#{new_message_id()}", "content": "secret"}
    memory.client.put_item(TableName=memory.table_name, Item=item)
    with pytest.raises(SessionNotFound):
        memory.open_session("m" + alice, alice)
    with pytest.raises(SessionIdTaken):
        memory.create_session("m" + alice, "socratic", alice)


def test_appends_count_once_however_often_they_are_repeated(memory, alice, session):
    question, answer = message("why?", 7), message("because", 11, 1, "assistant")
    memory.append(session, question)
    memory.append(session, question)
    memory.append(session, question, answer)
    memory.append(session)
    opened = memory.open_session(alice, session.session_id)
    assert opened.messages == [question, answer]
    assert (opened.session.total_tokens, opened.session.last_accessed) == (18, answer.sent_at)
    assert {item["ttl"] for item in raw_items(memory, session.session_id)} == {session.expires_at}


def test_counts_appends_at_once(memory, alice, session):
    messages = [message(str(number), number, number % 5) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda said: memory.append(session, said), messages * 2))
    opened = memory.open_session(alice, session.session_id, 40)
    assert set(opened.messages) == set(messages)
    assert (opened.session.total_tokens, opened.session.last_accessed) == (780, max(m.sent_at for m in messages))


def test_a_clock_that_is_behind_moves_nothing_back_and_cancels_nothing(memory, client, alice, session):
    memory.append(session, message("from the other server", 1, 60))
    opened = memory.open_session(alice, session.session_id).session
    client.calls.clear()
    memory.append(opened, message("late", 1, 30))
    assert client.calls == ["TransactWriteItems"]
    memory.touch(alice, session.session_id)
    assert memory.find_session(alice, session.session_id) == replace(opened, total_tokens=2)


@pytest.mark.parametrize(
    ("reason", "refusals", "attempts"),
    [
        ("TransactionConflict", 7, 8),
        ("ThrottlingError", 7, 8),
        ("ProvisionedThroughputExceeded", 7, 8),
        ("TransactionConflict", 8, 8),
        ("ValidationError", 1, 1),
    ],
)
def test_repeats_after_conflicts_and_throttling(
    memory, alice, session, monkeypatch, pauses, reason, refusals, attempts
):
    gives_up = refusals == attempts
    refuse(
        monkeypatch, memory.client, "transact_write_items", refusals, "TransactionCanceledException", ("None", reason)
    )
    with pytest.raises(ClientError) if gives_up else nullcontext():
        memory.append(session, message("at last", 5))
    assert memory.find_session(alice, session.session_id).total_tokens == (0 if gives_up else 5)
    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0][: attempts - 1]


def test_touch_repeats_after_a_conflict_with_an_append(memory, alice, monkeypatch, pauses):
    older, newer = (memory.create_session(alice, "socratic").session_id for _ in range(2))
    refuse(monkeypatch, memory.client, "update_item", 1, "TransactionConflictException")
    memory.touch(alice, older)
    assert [session.session_id for session in memory.list_sessions(alice).sessions] == [older, newer]
    assert pauses == [0.05]


def test_opens_pages_back_and_reads_all(memory, client, alice):
    session, messages = conversation(memory, alice, 3)
    client.calls.clear()
    opened = memory.open_session(alice, session.session_id, 3)
    assert (opened.messages, opened.has_older) == (messages[3:], True)
    back = memory.page_back(alice, session.session_id, opened.messages[0].message_id, 2)
    assert (back.messages, back.has_older) == (messages[1:3], True)
    assert client.calls == ["Query", "GetItem", "Query"]
    first = memory.page_back(alice, session.session_id, back.messages[0].message_id, 2)
    assert (first.messages, first.has_older) == (messages[:1], False)
    assert memory.open_session(alice, session.session_id, 6) == replace(
        first, session=opened.session, messages=messages
    )
    assert memory.transcript(alice, session.session_id) == messages


def test_reads_and_deletes_more_than_one_page(memory, client, alice, session):
    messages = [message(f"{number}" + "x" * 50_000, 1, number) for number in range(30)]
    for said in messages:
        memory.append(session, said)
    client.calls.clear()
    assert memory.transcript(alice, session.session_id) == messages
    assert client.calls == ["Query", "Query"]
    assert memory.delete_session(alice, session.session_id)
    assert raw_items(memory, session.session_id) == []


def test_lists_sessions_by_recency_page_by_page(memory, alice, monkeypatch):
    newest_first = [memory.create_session(alice, "socratic") for _ in range(5)][::-1]
    monkeypatch.setattr(memory, "retention", timedelta(days=-1))
    memory.create_session(alice, "expired")
    first = memory.list_sessions(alice, 2)
    second = memory.list_sessions(alice, 2, first.next_page)
    last = memory.list_sessions(alice, 2, second.next_page)
    assert first.sessions + second.sessions + last.sessions == newest_first
    assert last.next_page is None
    assert memory.list_sessions(alice, 5).next_page is None


def test_expired_sessions_are_gone_for_all_but_export_and_deletion_of_a_user(memory, client, alice, monkeypatch):
    session, messages = conversation(memory, alice, 1)
    monkeypatch.setattr(dynamodb_memory.time, "time", lambda: session.expires_at)
    client.calls.clear()
    assert_gone(memory, alice, session)
    assert client.calls.count("TransactWriteItems") == 1
    with pytest.raises(SessionIdTaken):
        memory.create_session(alice, "socratic", session.session_id)
    assert [exported.messages for exported in memory.export_user(alice)] == [messages]
    assert memory.delete_user(alice) == 1
    assert raw_items(memory, session.session_id) == []


def test_one_user_reaches_nothing_of_another(memory, alice):
    session, messages = conversation(memory, alice, 1)
    for stranger in (alice[:-1], alice + "2", "m" + alice):
        assert_gone(memory, stranger, replace(session, user_id=stranger))
        assert memory.delete_session(stranger, session.session_id) is False
        assert memory.delete_user(stranger) == 0
    assert memory.transcript(alice, session.session_id) == messages


def test_appends_nothing_where_the_session_expires_at_another_time(memory, session):
    with pytest.raises(SessionNotFound):
        memory.append(replace(session, expires_at=session.expires_at + 1), message("would outlive it"))


def assert_gone(memory, user, session):
    before = raw_items(memory, session.session_id)
    reads = memory.find_session, memory.open_session, memory.transcript
    assert_each_raises(
        SessionNotFound,
        *((call, user, session.session_id) for call in (*reads, memory.touch)),
        (memory.page_back, user, session.session_id, new_message_id()),
        (memory.append, session, message("never stored")),
    )
    assert memory.list_sessions(user).sessions == []
    assert raw_items(memory, session.session_id) == before


def test_a_half_deleted_session_is_gone_and_deleted_with_its_user(memory, alice, monkeypatch):
    session, messages = conversation(memory, alice, 2)
    with monkeypatch.context() as broken, pytest.raises(ClientError):
        refuse(broken, memory.client, "batch_write_item", 1, "InternalServerError")
        memory.delete_session(alice, session.session_id)
    assert len(raw_items(memory, session.session_id)) == 5
    assert_gone(memory, alice, session)
    assert [exported.messages for exported in memory.export_user(alice)] == [messages]
    assert memory.delete_user(alice) == 1
    assert raw_items(memory, session.session_id) == []
    assert memory.delete_session(alice, session.session_id) is False


def test_exports_and_deletes_any_number_of_sessions(memory, alice):
    sessions = {memory.create_session(alice, "socratic") for _ in range(30)}
    assert {exported.session for exported in memory.export_user(alice)} == sessions
    assert memory.delete_user(alice) == 30
    assert memory.delete_user(alice) == 0


def test_exports_each_session_once_while_the_user_goes_on(memory, alice, monkeypatch):
    sessions = [memory.create_session(alice, "socratic").session_id for _ in range(3)]
    query = memory.client.query
    monkeypatch.setattr(memory.client, "query", lambda **arguments: query(**{**arguments, "Limit": 1}))
    exported = []
    for conversation in memory.export_user(alice):
        exported.append(conversation.session.session_id)
        if len(exported) == 1:
            memory.touch(alice, sessions[0])
            memory.touch(alice, sessions[1])
    assert exported == [sessions[0], sessions[2], sessions[1]]


@pytest.mark.parametrize("wrong", ["", "ann#0", "ann ", "ann\n", "änn", "a" * 129])
def test_refuses_what_could_be_taken_for_another_id(memory, client, alice, session, wrong):
    assert_each_raises(
        ValueError,
        (memory.list_sessions, wrong),
        (memory.delete_user, wrong),
        (memory.open_session, wrong, "s"),
        (memory.open_session, alice, wrong),
        (memory.append, session, Message("user", "?", message_id=wrong)),
    )
    assert not {"TransactWriteItems", "BatchWriteItem"} & set(client.calls)


def test_sends_nothing_that_dynamodb_would_refuse(memory, client, alice, session):
    memory.append(session, message("ä" * 190 * 1024))
    client.calls.clear()
    assert_each_raises(
        ValueError,
        (memory.append, session, message("ä" * 190 * 1024 + "a")),
        (memory.list_sessions, alice, 2, "x" * 2000 + "#s"),
        (memory.list_sessions, alice, 2, "#s"),
        (memory.page_back, alice, session.session_id, "x" * 2000),
    )
    assert client.calls == []


def test_reads_items_of_the_terraform_version(memory, alice):
    keys = {"PK": f"SESSION#{alice}", "ttl": 4102444800}
    metadata = {**keys, "SK": "METADATA", "GSI1PK": f"USER#{alice}", "GSI1SK": "2026-01-31T09:31:07+00:00"}
    old = {**keys, "SK": "MESSAGE#2026-01-31T09:30:58.123456", "role": "user", "content": "old"}
    for item in (metadata, old):
        memory.client.put_item(TableName=memory.table_name, Item=item)
    session = memory.find_session(alice, alice)
    new = message("new", 5)
    memory.append(session, new)
    opened = memory.open_session(alice, alice)
    assert opened.messages == [Message("user", "old", message_id="2026-01-31T09:30:58.123456"), new]
    assert (opened.session.total_tokens, opened.session.last_accessed) == (5, new.sent_at)
    assert memory.page_back(alice, alice, new.message_id).messages == opened.messages[:1]


def test_the_policy_allows_what_is_needed_and_nothing_more(memory, client, alice):
    session, _ = conversation(memory, alice, 1)
    memory.find_session(alice, session.session_id)
    memory.delete_user(alice)
    assert client.used == client.allowed
    for call in (memory.client.scan, memory.client.delete_table, memory.client.describe_table):
        with pytest.raises(PermissionError):
            call(TableName=memory.table_name)
    with pytest.raises(PermissionError):
        memory.client.query(TableName=memory.table_name + "_other")


def test_consumes_what_the_schema_page_says(memory, client, alice):
    session, _ = conversation(memory, alice, 9)
    (question, answer), ids = turn(9), (alice, session.session_id)
    measured = {}
    for name, call, *arguments in [
        ("Append a question", memory.append, session, question),
        ("Append an answer", memory.append, session, answer),
        ("Open with the newest 20 messages", memory.open_session, *ids),
        ("Page back 20 messages", memory.page_back, *ids, "9999"),
        ("Transcript of 20 messages", memory.transcript, *ids),
        ("Find a session", memory.find_session, *ids),
        ("Touch a session", memory.touch, *ids),
        ("Delete a session with 20 messages", memory.delete_session, *ids),
        *[("Create a session", memory.create_session, alice, "socratic")] * 20,
        ("List 20 sessions", memory.list_sessions, alice),
    ]:
        measured[name] = client.measured(call, *arguments)
    session = memory.list_sessions(alice).sessions[0]
    measured["Append question and answer at once"] = client.measured(memory.append, session, *turn(10))
    row = r"^\| ([^|]+) \| `\w+` \| [^|]+ \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$"
    documented = re.findall(row, (DOCS / "schema.md").read_text(), re.MULTILINE)
    assert {name: tuple(map(float, units)) for name, *units in documented} == measured


def test_the_snippets_of_the_schema_page_run(memory, alice):
    text = (DOCS / "schema.md").read_text()
    snippets = re.findall(r"```python\n(.*?)```", text, re.S)
    assert len(snippets) == text.count("```python") > 0
    exec("\n".join(snippets).replace("alice", alice), {})
