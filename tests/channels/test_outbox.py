"""Replies on their way to a channel."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from assistant.messages import Message
from assistant.store.schema import outbox as rows
from channels.channel import Delivered, DeliveryError
from channels.live import Live
from channels.outbox import ATTEMPTS, Outbox


class FakeChannel:
    """A messenger that refuses as often as it should."""

    name = "messenger"

    def __init__(self):
        self.failures = 0
        self.taken = []

    def open(self, app, inbox):
        raise AssertionError

    async def deliver(self, envelope):
        if self.failures:
            self.failures -= 1
            raise DeliveryError("the provider is away")
        self.taken.append((envelope.conversation_id, envelope.seq, envelope.reply.text))
        return Delivered(provider_id=f"wamid.{envelope.id}")


@pytest.fixture
def channel():
    return FakeChannel()


@pytest.fixture
def outbox(house, channel):
    return Outbox(house.inside.database, {"messenger": channel}, Live(), clock=house.clock)


async def stored(house):
    async with house.inside.database.read() as connection:
        found = await connection.execute(
            select(rows).where(rows.c.channel == "messenger").order_by(rows.c.id)
        )
        return found.all()


async def say(house, text, name, conversation="c1"):
    await house.inside.assistant.respond(
        Message(
            id=name,
            conversation_id=conversation,
            channel="messenger",
            text=text,
            sent_at=house.clock(),
        )
    )


async def test_a_reply_is_delivered_and_its_receipt_kept(house, channel, outbox):
    await house.inside.assistant.open("c1", channel="messenger")

    sent = await outbox.deliver_due()

    assert sent == 1
    (row,) = await stored(house)
    assert ("sent", f"wamid.{row.id}", house.clock()) == (row.status, row.provider_id, row.sent_at)
    assert "KI-Assistent" in channel.taken[0][2]


async def test_nothing_is_delivered_twice(house, channel, outbox):
    await house.inside.assistant.open("c1", channel="messenger")
    await outbox.deliver_due()

    again = await outbox.deliver_due()

    assert again == 0
    assert len(channel.taken) == 1


async def test_a_later_reply_waits_for_the_one_before_it(house, channel, outbox):
    await house.inside.assistant.open("c1", channel="messenger")
    await say(house, "Was kostet Mobil M?", "m1")
    channel.failures = 1

    await outbox.deliver_due()
    early = list(channel.taken)
    house.clock.move(minutes=1)
    await outbox.deliver_due()

    assert early == []
    assert [seq for _, seq, _ in channel.taken] == [1, 3]


async def test_a_failing_conversation_holds_up_no_other(house, channel, outbox):
    await house.inside.assistant.open("c1", channel="messenger")
    await house.inside.assistant.open("c2", channel="messenger")
    channel.failures = 1

    await outbox.deliver_due()

    assert [conversation for conversation, _, _ in channel.taken] == ["c2"]


async def test_the_pause_grows_and_ends_in_failure(house, channel, outbox):
    await house.inside.assistant.open("c1", channel="messenger")
    channel.failures = 99
    pauses = []

    while (row := (await stored(house))[0]).status == "pending":
        house.clock.at = max(row.next_at, house.clock.at)
        await outbox.deliver_due()
        pauses.append((await stored(house))[0].next_at - house.clock.at)

    assert len(pauses) == ATTEMPTS
    assert pauses == sorted(pauses)
    assert row.error == "DeliveryError: the provider is away"


async def test_a_reply_goes_out_as_soon_as_the_turn_has_ended(house):
    with house.live.subscribe() as news:
        chat = await house.chat()
        await chat.say("Was kostet Mobil M?", "m1")
        async with asyncio.timeout(60):
            while {"sent"} != {row.status for row in await web_rows(house)}:
                await news.changed(0.01)

    assert len(await web_rows(house)) == 2


async def web_rows(house):
    async with house.inside.database.read() as connection:
        found = await connection.execute(select(rows).where(rows.c.channel == "web"))
        return found.all()
