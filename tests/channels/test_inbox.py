"""Durable first, then answered: order, repetition, failure, recovery."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from assistant.messages import Message
from assistant.store.database import open_database
from assistant.store.migrate import migrate
from assistant.store.schema import inbox as rows
from channels.inbox import Inbox
from channels.live import Live

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FakeAssistant:
    """Answers when it may, fails as often as it should, and remembers who asked."""

    def __init__(self):
        self.failures = 0
        self.silent = False
        self.free = asyncio.Event()
        self.free.set()
        self.began, self.ended, self.apologised = [], [], []
        self.at_once = self.most_at_once = 0

    async def respond(self, message, draft):
        self.began.append(message.id)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await draft(f"Entwurf zu {message.id}")
            await self.free.wait()
            if self.failures:
                self.failures -= 1
                raise ValueError("kaputt")
            self.ended.append(message.id)
        finally:
            self.at_once -= 1

    async def apologise(self, message):
        if self.silent:
            raise ValueError("auch kaputt")
        self.apologised.append(message.id)


@pytest.fixture
async def database(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'aura.db'}")
    await migrate(database)
    yield database
    await database.close()


@pytest.fixture
def assistant():
    return FakeAssistant()


@pytest.fixture
async def inbox(database, assistant):
    inbox = Inbox(assistant, database, Live(), pauses=(0, 0))
    yield inbox
    await inbox.close(0)


def message(name="m1", conversation="c1"):
    return Message(id=name, conversation_id=conversation, channel="web", text="Hallo", sent_at=AT)


async def stored(database):
    async with database.read() as connection:
        found = await connection.execute(select(rows).order_by(rows.c.id))
        return [(row.message_id, row.status, row.attempts) for row in found]


async def test_a_message_is_stored_before_it_is_accepted(inbox, assistant, database):
    assistant.free.clear()

    accepted = await inbox.accept(message())

    assert not accepted.repeated
    assert not accepted.progress.finished
    assert await stored(database) == [("m1", "pending", 1)]


async def test_a_repeated_message_has_no_second_turn_and_shares_the_first(inbox, assistant):
    assistant.free.clear()
    first = await inbox.accept(message())

    again = await inbox.accept(message())

    assert again.repeated
    assert again.progress is first.progress
    assistant.free.set()
    await again.progress.wait()
    assert assistant.began == ["m1"]


async def test_one_conversation_is_answered_in_order_and_others_beside_it(inbox, assistant):
    assistant.free.clear()
    accepted = [await inbox.accept(message(f"m{n}")) for n in range(3)]

    accepted += [await inbox.accept(message("x", "c2"))]
    await until(lambda: len(assistant.began) == 2)

    assert {"m0", "x"} == set(assistant.began)
    assistant.free.set()
    for one in accepted:
        await one.progress.wait()
    assert [name for name in assistant.began if name != "x"] == ["m0", "m1", "m2"]


async def test_no_more_turns_at_once_than_there_is_room_for(database, assistant):
    inbox = Inbox(assistant, database, Live(), at_once=2)

    accepted = [await inbox.accept(message("m", f"c{n}")) for n in range(6)]
    for one in accepted:
        await one.progress.wait()

    assert assistant.most_at_once <= 2
    assert len(assistant.ended) == 6


async def test_a_turn_that_fails_is_tried_again(inbox, assistant):
    assistant.failures = 2

    accepted = await inbox.accept(message())
    await accepted.progress.wait()

    assert assistant.ended == ["m1"]
    assert assistant.apologised == []
    assert not accepted.progress.failed


async def test_after_three_failures_the_customer_gets_an_apology(inbox, assistant, database):
    assistant.failures = 99

    accepted = await inbox.accept(message())
    await accepted.progress.wait()

    assert len(assistant.began) == 3
    assert assistant.apologised == ["m1"]
    assert await stored(database) == [("m1", "failed", 3)]
    assert not accepted.progress.failed


async def test_the_next_message_is_answered_after_one_that_failed(inbox, assistant):
    assistant.failures = 3

    await inbox.accept(message("m1"))
    second = await inbox.accept(message("m2"))
    await second.progress.wait()

    assert assistant.ended == ["m2"]


async def test_a_message_without_even_an_apology_is_kept_for_the_next_start(
    inbox, assistant, database
):
    assistant.failures, assistant.silent = 99, True

    accepted = await inbox.accept(message())
    await accepted.progress.wait()

    assert accepted.progress.failed
    assert (await stored(database))[0][1] == "pending"


async def test_what_an_earlier_process_left_is_answered_at_the_start(database, assistant):
    hanging = FakeAssistant()
    hanging.free.clear()
    killed = Inbox(hanging, database, Live())
    for n in range(3):
        await killed.accept(message(f"m{n}"))
    await killed.close(0)

    fresh = Inbox(assistant, database, Live())
    assert await fresh.recover() == 3
    await until(lambda: not fresh.is_busy("c1"))

    assert assistant.ended == ["m0", "m1", "m2"]
    assert await stored(database) == [("m0", "done", 2), ("m1", "done", 2), ("m2", "done", 2)]


async def test_a_message_that_ends_the_process_three_times_is_not_tried_again(database, assistant):
    for _ in range(3):
        hanging = FakeAssistant()
        hanging.free.clear()
        killed = Inbox(hanging, database, Live())
        await killed.recover()
        if not await stored(database):
            await killed.accept(message())
        await killed.close(0)

    fresh = Inbox(assistant, database, Live())
    await fresh.recover()
    await until(lambda: not fresh.is_busy("c1"))

    assert assistant.began == []
    assert assistant.apologised == ["m1"]
    assert (await stored(database))[0][1] == "failed"


async def test_a_late_reader_gets_the_draft_as_it_stands(inbox, assistant):
    assistant.free.clear()
    accepted = await inbox.accept(message())
    await until(lambda: accepted.progress.draft)

    drafts = accepted.progress.drafts(patience=10)
    first = await anext(drafts)
    assistant.free.set()

    assert first == "Entwurf zu m1"
    assert [draft async for draft in drafts] == []


async def test_a_reader_with_patience_hears_that_nothing_came(inbox, assistant):
    assistant.free.clear()
    accepted = await inbox.accept(message())
    await until(lambda: accepted.progress.draft)
    drafts = accepted.progress.drafts(patience=0.01)

    heard = [await anext(drafts), await anext(drafts)]

    assert heard == ["Entwurf zu m1", None]


async def until(holds):
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - a turn of the loop, not a wait for time
            await asyncio.sleep(0)
