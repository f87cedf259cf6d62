"""The web chat through its own door, with the real spine."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from assistant.store.schema import inbox as rows


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
