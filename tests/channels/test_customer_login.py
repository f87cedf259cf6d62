"""The portal proves who its visitor is; the conversation is theirs, and nobody else's."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from assistant.messages import CustomerRef
from assistant.store.schema import conversations, events, survey_events
from channels.portal_token import PortalTokens

URL = "/api/chat/conversations"
WILMA, FRIEDA = "4000000101", "4000000105"


async def token_of(house, number: str, level: int = 2) -> str:
    response = await house.client.post(f"/api/demo/customers/{number}/token", json={"level": level})
    assert 200 == response.status_code, response.text
    return str(response.json()["customer_token"])


async def begin(house, **body: object):
    return await house.client.post(URL, json=body)


async def row_of(house, conversation: str):
    async with house.inside.database.read() as connection:
        found = await connection.execute(
            select(conversations).where(conversations.c.id == conversation)
        )
        return found.mappings().one()


async def test_a_visitor_who_has_logged_in_has_a_conversation_of_their_own(house):
    response = await begin(house, customer_token=await token_of(house, WILMA))

    row = await row_of(house, response.json()["conversation_id"])
    assert 201 == response.status_code
    assert {"customer_no": WILMA, "level": 2} == row["customer"]
    assert 64 == len(row["person_ref"])
    assert WILMA not in row["person_ref"]


async def test_the_same_person_has_the_same_pseudonym_in_every_conversation(house):
    opened = [
        (await begin(house, customer_token=await token_of(house, number))).json()
        for number in (WILMA, WILMA, FRIEDA)
    ]

    first, again, other = [
        (await row_of(house, one["conversation_id"]))["person_ref"] for one in opened
    ]
    assert first == again
    assert first != other


async def test_an_anonymous_visitor_has_neither_customer_nor_pseudonym(house):
    response = await begin(house, locale="de")

    row = await row_of(house, response.json()["conversation_id"])
    assert (None, None) == (row["customer"], row["person_ref"])


async def test_every_message_of_the_conversation_carries_its_customer_also_after_a_restart(
    house, start, settings, customer
):
    token = await token_of(house, WILMA)
    opened = (await house.client.post(URL, json={"customer_token": token})).json()
    chat = customer(house.client, opened["conversation_id"], opened["token"])
    await chat.say("Hallo", "m1")

    async with start(settings) as later:
        again = customer(later.client, opened["conversation_id"], opened["token"])
        await again.say("Hallo noch einmal", "m2")
        async with later.inside.database.read() as connection:
            found = await connection.scalars(
                select(events.c.payload["customer"]).where(
                    events.c.conversation_id == chat.id, events.c.kind == "message"
                )
            )
            carried = list(found)

    assert [{"customer_no": WILMA, "level": 2}] * 2 == carried


@pytest.mark.parametrize("token", ["", "kein Token", "a.b.c", "x" * 40_000])
async def test_a_token_that_proves_nobody_opens_nothing(house, token):
    response = await begin(house, customer_token=token)

    assert 401 == response.status_code
    assert "customer_login" == response.json()["error"]["code"]
    assert "melden Sie sich neu an" in response.json()["error"]["message"]
    async with house.inside.database.read() as connection:
        assert [] == list(await connection.scalars(select(conversations.c.id)))


async def test_a_token_of_yesterday_opens_nothing(house):
    token = await token_of(house, WILMA)
    house.clock.move(minutes=6)

    response = await begin(house, customer_token=token)

    assert (401, "customer_login") == (
        response.status_code,
        response.json()["error"]["code"],
    )


async def test_a_token_of_another_installation_opens_nothing(house):
    foreign = PortalTokens(b"another key, not that of this house").issue(
        CustomerRef(customer_no=WILMA, level=2), house.clock()
    )

    assert 401 == (await begin(house, customer_token=foreign)).status_code


async def test_who_types_a_customer_number_proves_nothing(house):
    response = await begin(
        house, customer={"customer_no": WILMA, "level": 3}, customer_no=WILMA, person_ref="p1"
    )

    row = await row_of(house, response.json()["conversation_id"])
    assert (None, None) == (row["customer"], row["person_ref"])


async def test_the_key_of_one_conversation_does_not_open_another_customers(house, customer):
    opened = [
        (await begin(house, customer_token=await token_of(house, number))).json()
        for number in (WILMA, FRIEDA)
    ]
    stranger = customer(house.client, opened[1]["conversation_id"], opened[0]["token"])

    answers = [
        await stranger.say("Wie hoch ist meine Rechnung?", "m1"),
        await stranger.post("close", {}),
        await house.client.get(f"{stranger.url}/events", headers=stranger.key),
    ]

    assert [401] * 3 == [answer.status_code for answer in answers]


async def test_the_portals_token_is_no_key_to_a_conversation(house, customer):
    token = await token_of(house, WILMA)
    opened = (await begin(house, customer_token=token)).json()
    intruder = customer(house.client, opened["conversation_id"], token)

    assert 401 == (await intruder.say("Hallo", "m1")).status_code


async def test_the_demo_portal_lists_every_customer_with_its_story(house):
    listed = (await house.client.get("/api/demo/customers")).json()["customers"]

    assert 19 <= len(listed)
    assert {"customer_no", "name", "story"} == set(listed[0])
    assert len(listed) == len({one["customer_no"] for one in listed})


@pytest.mark.parametrize(
    ("number", "body", "status"),
    [("4000000999", {}, 404), (WILMA, {"level": 9}, 422), (WILMA, {"level": "2"}, 422)],
)
async def test_the_demo_portal_logs_in_nobody_it_does_not_know(house, number, body, status):
    response = await house.client.post(f"/api/demo/customers/{number}/token", json=body)

    assert status == response.status_code


async def test_without_the_demo_customers_there_is_no_demo_log_in(start, settings, house):
    async with start(replace(settings, customer_system="none")) as operators:
        listed = await operators.client.get("/api/demo/customers")
        token = await operators.client.post(f"/api/demo/customers/{WILMA}/token")

    assert [404, 404] == [listed.status_code, token.status_code]


async def test_each_customer_is_answered_from_their_own_records(house, customer):
    texts = []
    for number in (WILMA, "4000000103", None):
        body = {} if number is None else {"customer_token": await token_of(house, number)}
        opened = (await begin(house, **body)).json()
        chat = customer(house.client, opened["conversation_id"], opened["token"])
        answer = (await chat.say("Wie viel Datenvolumen habe ich noch?", "m1")).json()
        texts.append(json.dumps(answer["reply"]["blocks"], ensure_ascii=False))

    assert "12,7\u00a0GB" in texts[0]
    assert "unbegrenzt" in texts[1]
    assert "12,7" not in texts[1]
    assert "Melden Sie sich im Kundenportal" in texts[2]


async def test_what_waits_inside_is_shown_to_no_reader(house, customer):
    opened = (await begin(house, customer_token=await token_of(house, "4000000109"))).json()
    chat = customer(house.client, opened["conversation_id"], opened["token"])

    answer = (await chat.say("Wie viel Datenvolumen habe ich noch?", "m1")).json()

    assert 2 == len(answer["reply"]["choices"])
    assert {"open_question", "contract"}.isdisjoint(answer["reply"])


async def test_a_customer_who_has_scored_is_not_asked_again_in_the_next_conversation(
    house, customer
):
    asked = []
    for _ in range(2):
        opened = (await begin(house, customer_token=await token_of(house, WILMA))).json()
        chat = customer(house.client, opened["conversation_id"], opened["token"])
        await chat.say("Wie viel Datenvolumen habe ich noch?", "m1")
        closed = (await chat.post("close", {})).json()
        asked.append(closed["reply"]["survey"] is not None)
        await chat.post("survey", {"score": 9})
    async with house.inside.database.read() as connection:
        found = set(await connection.scalars(select(survey_events.c.quarantine)))

    assert [True, False] == asked
    assert {"enforced"} == found
