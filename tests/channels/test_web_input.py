"""What comes in from outside is refused in German, or made harmless."""

from __future__ import annotations

import pytest


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
