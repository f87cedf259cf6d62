"""The web chat through its own door, with the real spine."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import select

from assistant.store.schema import inbox as rows
from channels.stream import PING_SECONDS
from channels.web import READERS


async def test_a_conversation_opens_with_the_notice_that_this_is_an_ai(house):
    chat = await house.chat()

    (greeting,) = chat.opened
    assert greeting["seq"] == 1
    assert "KI-Assistent" in greeting["reply"]["blocks"][0]["text"]
    assert len(chat.token) >= 43


async def test_a_message_is_answered_with_a_source_that_opens(house):
    chat = await house.chat()

    response = await chat.say("Was kostet Mobil M im Monat?", "m1")

    body = response.json()
    assert response.status_code == 200
    assert body["message_id"] == "m1"
    assert "31,99" in str(body["reply"]["blocks"])
    assert body["state"] == {"status": "open", "agent": None, "survey": "none"}
    document = await house.client.get(body["reply"]["citations"][0]["link"])
    assert document.status_code == 200
    assert "31,99" in document.text


async def test_a_repeated_message_gets_its_first_reply_and_no_second_turn(house):
    chat = await house.chat()
    first = (await chat.say("Was kostet Mobil M?", "m1")).json()

    again = (await chat.say("Wie viel Datenvolumen hat Mobil M?", "m1")).json()

    assert first["reply"] == again["reply"]
    assert first["seq"] == again["seq"]
    log = await house.inside.conversations.events(chat.id)
    assert sum(event.kind == "message" for event in log) == 1


async def test_the_same_message_sent_twice_at_once_has_one_turn(house):
    chat = await house.chat()

    answers = await asyncio.gather(*(chat.say("Was kostet Mobil M?", "m1") for _ in range(5)))

    assert {200} == {answer.status_code for answer in answers}
    assert len({answer.json()["seq"] for answer in answers}) == 1
    log = await house.inside.conversations.events(chat.id)
    assert sum(event.kind == "message" for event in log) == 1


async def test_messages_of_a_conversation_are_answered_in_order_of_arrival(house):
    chat = await house.chat()
    texts = [f"Was kostet Mobil M, Frage {n}?" for n in range(6)]

    await asyncio.gather(*(chat.say(text, f"m{n}") for n, text in enumerate(texts)))

    log = await house.inside.conversations.events(chat.id)
    asked = [event.message_id for event in log if event.kind == "message"]
    answered = [event.message_id for event in log if event.kind == "reply"][1:]
    assert sorted(asked) == sorted(answered)
    assert asked == answered
    assert [event.seq for event in log] == list(range(1, len(log) + 1))


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


async def test_a_turn_that_keeps_failing_ends_in_an_apology_and_the_offer_of_a_person(
    writing_house, model
):
    model.error = ValueError("unser Fehler")
    chat = await writing_house.chat()

    response = await chat.say("Was tun bei Verlust der SIM-Karte?", "m1")
    again = await chat.say("Was tun bei Verlust der SIM-Karte?", "m1")

    reply = response.json()["reply"]
    assert len(model.asked) == 3
    assert "Entschuldigung" in reply["blocks"][0]["text"]
    assert reply["choices"][0]["id"] == "handoff:ask"
    assert "unser Fehler" not in response.text
    assert again.json()["reply"] == reply


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


async def test_the_key_of_another_conversation_opens_nothing(house):
    mine, other = await house.chat(), await house.chat()
    mine.token = other.token

    wrong = await mine.say("Hallo", "m1")
    unknown = await house.client.post(
        "/api/chat/conversations/0123/messages", json={"id": "a", "text": "b"}, headers=mine.key
    )
    none = await house.client.get(f"{mine.url}/events")

    assert [r.status_code for r in (wrong, unknown, none)] == [401, 401, 401]
    assert wrong.json() == unknown.json() == none.json()
    assert wrong.json()["error"]["code"] == "unauthorized"


async def test_only_the_hash_of_the_key_is_stored(house):
    chat = await house.chat()

    stored = await house.inside.conversations.find(chat.id)

    assert len(stored.access_hash) == 64
    assert chat.token not in repr(stored)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 422, "malformed"),
        (b"[]", 422, "malformed"),
        (b"null", 422, "malformed"),
        (b'{"text": "ohne Id"}', 422, "malformed"),
        (b'{"id": "mit Leerzeichen", "text": "x"}', 422, "malformed"),
        (b'{"id": "../x", "text": "x"}', 422, "malformed"),
        (b'{"id": "' + b"a" * 129 + b'", "text": "x"}', 422, "malformed"),
        (b'{"id": "a", "text": 7}', 422, "malformed"),
        (b'{"id": "a", "text": "x", "kind": "closed"}', 422, "malformed"),
        (b'{"id": "a", "text": "", "kind": "choice"}', 422, "malformed"),
        (b'{"id": "a", "text": "  \\u0007 \\n"}', 422, "empty"),
        (b'{"id": "a", "text": "' + b"x" * 4001 + b'"}', 413, "too_long"),
        (b'{"id": "a", "text": "' + b"x" * 66_000 + b'"}', 413, "too_large"),
    ],
)
async def test_what_is_malformed_is_refused_in_german(house, body, status, code):
    chat = await house.chat()

    response = await house.client.post(
        f"{chat.url}/messages",
        content=body,
        headers={**chat.key, "Content-Type": "application/json"},
    )

    assert status == response.status_code
    assert code == response.json()["error"]["code"]
    assert response.json()["error"]["message"].endswith((".", "werden."))


async def test_a_body_without_a_length_is_stopped_at_the_limit(house):
    async def endless():
        for _ in range(100):
            yield b"x" * 1024

    response = await house.client.post("/api/chat/conversations", content=endless())

    assert response.status_code == 413


async def test_control_characters_and_lone_surrogates_do_not_reach_the_log(house):
    chat = await house.chat()
    body = b'{"id": "a", "text": "Was\\u0000 kostet \\ud800\\u202eMobil M?\\u0008"}'

    response = await house.client.post(
        f"{chat.url}/messages",
        content=body,
        headers={**chat.key, "Content-Type": "application/json"},
    )

    assert response.status_code == 200
    log = await house.inside.conversations.events(chat.id)
    assert log[1].payload["text"] == "Was kostet Mobil M?"


async def test_a_customer_cannot_act_as_an_agent(house):
    chat = await house.chat()

    response = await chat.say("x", "m1", kind="choice", choice_id="take_over", author="agent")

    assert response.status_code == 200
    assert response.json()["state"]["status"] == "open"


async def test_a_flood_is_slowed_down_and_told_when_to_come_back(house):
    chat = await house.chat()

    answers = [await chat.post("survey", {"stage": "shown"}) for _ in range(90)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0].headers["retry-after"]) >= 1
    assert refused[0].json()["error"]["code"] == "too_many"


async def test_closing_leads_to_the_survey_and_through_it(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")

    closed = (await chat.post("close", {})).json()
    shown = (await chat.post("survey", {"stage": "shown"})).json()
    scored = (await chat.post("survey", {"stage": "score", "score": 3, "reason": None})).json()
    why = (await chat.post("survey", {"stage": "why", "reason": "Zu teuer."})).json()

    assert closed["state"]["status"] == "closed"
    assert closed["reply"]["survey"]["question"].endswith("?")
    assert shown["reply"] is None
    assert [b["state"]["survey"] for b in (shown, scored, why)] == ["open", "scored", "done"]


async def test_the_inbox_keeps_neither_score_nor_reason_of_a_survey(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    await chat.post("close", {})

    await chat.post("survey", {"score": 3, "reason": "Zu teuer."})

    async with house.inside.database.read() as connection:
        payloads = str((await connection.execute(select(rows.c.payload))).all())
    assert "Zu teuer" not in payloads
    assert "score:3" not in payloads


async def test_the_log_keeps_neither_score_nor_reason_of_a_survey(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    await chat.post("close", {})

    await chat.post("survey", {"score": 3, "reason": "Zu teuer."})

    assert "Zu teuer" not in str(await house.inside.conversations.events(chat.id))


async def test_score_and_reason_may_come_together(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    await chat.post("close", {})

    response = await chat.post("survey", {"score": 9, "reason": "Schnell."})

    assert response.json()["state"]["survey"] == "done"


async def test_two_clicks_on_close_end_it_once(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")

    both = await asyncio.gather(chat.post("close", {}), chat.post("close", {}))

    assert [response.status_code for response in both] == [200, 200]
    log = await house.inside.conversations.events(chat.id)
    assert sum(bool(e.reply and e.reply.survey) for e in log) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"stage": "score"},
        {"stage": "score", "score": 11},
        {"stage": "score", "score": -1},
        {"stage": "score", "score": True},
        {"stage": "why"},
        {"stage": "begeistert"},
        {},
    ],
)
async def test_a_step_of_the_survey_without_what_it_needs_is_refused(house, body):
    chat = await house.chat()

    response = await chat.post("survey", body)

    assert response.status_code == 422


async def test_no_answer_sets_a_cookie_or_lets_other_pages_read(house):
    chat = await house.chat()

    response = await house.client.post(
        f"{chat.url}/messages",
        json={"id": "a", "text": "Hallo"},
        headers={**chat.key, "Origin": "https://evil.example"},
    )

    assert "set-cookie" not in response.headers
    assert "access-control-allow-origin" not in response.headers
    assert response.headers["cache-control"] == "no-store"


async def _first(events, name, seen, upto=0):
    async with asyncio.timeout(90):
        async for event in events:
            seen.append(event)
            if event.name == name and (event.id or 0) >= upto:
                return
    raise AssertionError(f"no {name} in {seen}")
