"""Who watches a conversation sees every draft and reply once, also after an interruption."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from channels.stream import PING_SECONDS
from channels.web import READERS


async def test_the_stream_of_a_message_ends_with_done_after_its_reply(house, sse):
    chat = await house.chat()

    async with chat.stream("Was kostet Mobil M?", "m1") as response:
        events = [event async for event in sse(response)]

    assert "text/event-stream" in response.headers["content-type"]
    assert [event.name for event in events] == ["state", "reply", "done"]
    assert events[0].data["message"]["id"] == "m1"
    assert [event.id for event in events] == [2, 3, None]
    assert events[-1].data == {"message_id": "m1"}


async def test_a_reader_sees_the_draft_before_the_reply_and_a_late_one_too(
    writing_house, model, sse
):
    model.pieces = ["Die Sperre ist kostenlos [1]. ", "Sperren Sie die SIM-Karte sofort [1]."]
    chat = await writing_house.chat()
    seen = []

    async with chat.stream("Was tun bei Verlust der SIM-Karte?", "m1") as response:
        await model.begun.wait()
        early = asyncio.create_task(_first(sse(response), "draft", seen))
        model.go.set()
        await early

    assert seen[-1].data["message_id"] == "m1"
    assert "kostenlos" in seen[-1].data["text"]


async def test_a_turn_is_finished_although_the_reader_has_gone(writing_house, model):
    chat = await writing_house.chat()
    async with chat.stream("Was tun bei Verlust der SIM-Karte?", "m1"):
        await model.begun.wait()

    model.go.set()
    events = await chat.events(upto=3)

    assert [event.name for event in events] == ["reply", "state", "reply"]
    assert events[2].data["message_id"] == "m1"


async def test_a_reader_who_returns_gets_exactly_what_was_missed(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    await chat.say("Wie viel Datenvolumen hat Mobil M?", "m2")

    missed = await chat.events(upto=5, **{"Last-Event-ID": "3"})

    assert [event.id for event in missed] == [4, 5]
    assert missed[1].data["message_id"] == "m2"


async def test_an_open_stream_shows_what_another_window_brings(house, sse):
    chat = await house.chat()
    seen = []
    async with chat.client.stream("GET", f"{chat.url}/events", headers=chat.key) as response:
        reading = asyncio.create_task(_first(sse(response), "reply", seen, upto=3))

        await chat.say("Was kostet Mobil M?", "m1")
        await asyncio.wait_for(reading, 60)

    assert [event.id for event in seen] == [1, 2, 3]
    assert PING_SECONDS == 15


async def test_who_reloads_during_a_turn_sees_the_draft_so_far(writing_house, model, sse):
    model.pieces = ["Die Sperre ist kostenlos [1]. " * 3]
    chat = await writing_house.chat()
    seen = []

    async with chat.stream("Was tun bei Verlust der SIM-Karte?", "m1") as first:
        early = []
        await _first(sse(first), "draft", early)
        async with chat.client.stream("GET", f"{chat.url}/events", headers=chat.key) as second:
            await _first(sse(second), "draft", seen)
    model.go.set()

    assert seen[-1].data == early[-1].data
    assert seen[-1].id is None


async def test_a_conversation_has_only_so_many_open_streams(house):
    chat = await house.chat()
    async with AsyncExitStack() as open_streams:
        answers = [
            await open_streams.enter_async_context(
                chat.client.stream("GET", f"{chat.url}/events", headers=chat.key)
            )
            for _ in range(READERS + 1)
        ]

    assert [answer.status_code for answer in answers] == [200] * READERS + [429]


async def _first(events, name, seen, upto=0):
    async with asyncio.timeout(90):
        async for event in events:
            seen.append(event)
            if event.name == name and (event.id or 0) >= upto:
                return
    raise AssertionError(f"no {name} in {seen}")
