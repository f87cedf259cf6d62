"""The agents' desk with the real spine: log in, take over, write, give back, end."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from channels.desk_accounts import LOCKED, TRIES, AccountError, DeskAccounts
from channels.desk_socket import NO_SESSION

PASSWORD = "ein langes Passwort"


@pytest.fixture
async def desk(house):
    async with agent(house, "agent", "Frau Beispiel") as client:
        yield client


class agent:  # noqa: N801
    """Somebody logged in at the desk."""

    def __init__(self, house, name, display_name):
        self.house, self.name, self.display_name = house, name, display_name

    async def __aenter__(self):
        accounts = DeskAccounts(self.house.inside.database, self.house.clock)
        await accounts.set_password(self.name, PASSWORD, display_name=self.display_name)
        self.client = httpx.AsyncClient(base_url=self.house.client.base_url, timeout=120)
        response = await log_in(self.client, self.name)
        assert response.status_code == 200
        return self.client

    async def __aexit__(self, *error):
        await self.client.aclose()


async def log_in(client, name, password=PASSWORD):
    return await client.post("/api/desk/login", json={"name": name, "password": password})


async def test_the_session_is_a_strict_cookie_that_scripts_cannot_read(house):
    async with agent(house, "agent", "Frau Beispiel") as client:
        response = await log_in(client, "agent")

        cookie = response.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "path=/" in cookie
        assert (await client.get("/api/desk/me")).json() == {
            "name": "agent",
            "display_name": "Frau Beispiel",
            "role": "agent",
        }


async def test_without_a_session_the_desk_shows_nothing(house):
    chat = await house.chat()

    answers = [
        await house.client.get("/api/desk/me"),
        await house.client.get("/api/desk/conversations"),
        await house.client.get(f"/api/desk/conversations/{chat.id}"),
        await house.client.post(f"/api/desk/conversations/{chat.id}/take-over"),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4


async def test_logging_out_ends_the_session(desk):
    token = desk.cookies["aura_desk"]

    await desk.post("/api/desk/logout")
    desk.cookies.set("aura_desk", token)

    assert (await desk.get("/api/desk/me")).status_code == 401


async def test_a_wrong_name_a_wrong_password_and_a_locked_account_look_the_same(house, desk):
    unknown = await log_in(house.client, "niemand")
    wrong = [await log_in(house.client, "agent", "falsch") for _ in range(TRIES)]

    locked = await log_in(house.client, "agent")

    assert {401} == {r.status_code for r in (unknown, locked, *wrong)}
    assert unknown.json() == locked.json() == wrong[0].json()
    house.clock.move(seconds=LOCKED.total_seconds() + 1)
    assert (await log_in(house.client, "agent")).status_code == 200


async def test_a_request_from_another_page_is_refused(house, desk):
    chat = await house.chat()

    response = await desk.post(
        f"/api/desk/conversations/{chat.id}/take-over", headers={"Origin": "https://evil.example"}
    )

    assert response.status_code == 403


async def test_who_wishes_for_a_person_appears_in_the_queue_with_a_summary(house, desk):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")

    response = await chat.say("Mitarbeiter", "m2")

    assert response.json()["state"]["status"] == "waiting"
    queue = (await desk.get("/api/desk/conversations")).json()
    (card,) = queue["waiting"]
    assert chat.id == card["conversation_id"]
    assert "Mobil M" in card["handoff"]["summary"]
    assert card["handoff"]["label"]
    assert card["waiting_since"]
    assert card["last"]
    assert queue["active"] == []


async def test_a_person_has_the_word_until_giving_it_back(house, desk):
    chat = await house.chat()
    await chat.say("Mitarbeiter", "m1")
    at = f"/api/desk/conversations/{chat.id}"

    assert (await desk.post(f"{at}/take-over")).status_code == 200
    silent = (await chat.say("Was kostet Mobil M?", "m2")).json()
    wrote = await desk.post(f"{at}/messages", json={"id": "a1", "text": "Guten Tag!"})
    log = await chat.events(upto=wrote.json()["seq"])
    back = await desk.post(f"{at}/give-back")
    answered = (await chat.say("Was kostet Mobil M?", "m3")).json()

    assert silent["reply"] is None
    assert silent["state"] == {"status": "agent", "agent": "Frau Beispiel", "survey": "none"}
    assert tuple(log[-1].data["reply"][name] for name in ("speaker", "agent")) == (
        "agent",
        "Frau Beispiel",
    )
    assert back.status_code == 200
    assert answered["state"]["status"] == "open"
    assert "31,99" in str(answered["reply"]["blocks"])


async def test_the_end_by_an_agent_brings_the_customer_the_survey(house, desk):
    chat = await house.chat()
    await chat.say("Mitarbeiter", "m1")
    at = f"/api/desk/conversations/{chat.id}"
    await desk.post(f"{at}/take-over")
    await desk.post(f"{at}/messages", json={"id": "a1", "text": "Erledigt."})

    ended = (await desk.post(f"{at}/end")).json()

    assert ended["state"]["status"] == "closed"
    assert ended["state"]["survey"] == "open"
    log = await chat.events(upto=ended["seq"] - 1)
    farewell = next(e for e in reversed(log) if e.name == "reply")
    assert farewell.data["reply"]["survey"]["question"]
    queue = (await desk.get("/api/desk/conversations")).json()
    assert queue == {"waiting": [], "active": []}


async def test_of_two_agents_who_take_over_at_once_one_gets_it(house, desk):
    chat = await house.chat()
    await chat.say("Mitarbeiter", "m1")
    at = f"/api/desk/conversations/{chat.id}"
    async with agent(house, "zweite", "Herr Muster") as other:
        both = await asyncio.gather(desk.post(f"{at}/take-over"), other.post(f"{at}/take-over"))

        assert sorted(response.status_code for response in both) == [200, 409]
        stored = await house.inside.conversations.find(chat.id)
        winner, loser = (desk, other) if both[0].status_code == 200 else (other, desk)
        assert stored.state.agent == (await winner.get("/api/desk/me")).json()["display_name"]
        for path in ("messages", "give-back", "end"):
            refused = await loser.post(f"{at}/{path}", json={"id": "x", "text": "x"})
            assert refused.status_code == 409
        assert refused.json()["error"]["code"] == "taken"


async def test_an_agents_message_sent_twice_is_written_once(house, desk):
    chat = await house.chat()
    await chat.say("Mitarbeiter", "m1")
    at = f"/api/desk/conversations/{chat.id}"
    await desk.post(f"{at}/take-over")

    sent = [await desk.post(f"{at}/messages", json={"id": "a1", "text": "Ja."}) for _ in range(2)]

    assert sent[0].json()["seq"] == sent[1].json()["seq"]
    shown = (await desk.get(at)).json()["events"]
    assert sum(e.get("reply", {}).get("speaker") == "agent" for e in shown) == 1


async def test_the_desk_is_told_what_changes_and_only_what_concerns_it(house, desk):
    waiting, busy = await house.chat(), await house.chat()
    url = str(house.client.base_url).replace("http", "ws") + "/ws/desk"
    headers = {"Cookie": f"aura_desk={desk.cookies['aura_desk']}"}
    origin = str(house.client.base_url)

    async with connect(url, additional_headers=headers, origin=origin) as socket:
        await busy.say("Was kostet Mobil M?", "m1")
        answer = (await waiting.say("Mitarbeiter", "m1")).json()
        told = json.loads(await asyncio.wait_for(socket.recv(), 60))

    assert {"type": "changed", "conversation_id": waiting.id} == {
        name: told[name] for name in ("type", "conversation_id")
    }
    assert told["seq"] >= answer["seq"]


async def test_logging_out_closes_the_socket_at_the_next_news(house, desk):
    chat = await house.chat()
    url = str(house.client.base_url).replace("http", "ws") + "/ws/desk"
    headers = {"Cookie": f"aura_desk={desk.cookies['aura_desk']}"}

    async with connect(
        url, additional_headers=headers, origin=str(house.client.base_url)
    ) as socket:
        await desk.post("/api/desk/logout")
        await chat.say("Mitarbeiter", "m1")
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 60)

    assert closed.value.rcvd.code == NO_SESSION


@pytest.mark.parametrize(
    ("cookie", "origin"), [("", None), ("gut", "https://evil.example"), ("gut", None)]
)
async def test_a_socket_without_session_or_from_another_page_is_refused(
    house, desk, cookie, origin
):
    url = str(house.client.base_url).replace("http", "ws") + "/ws/desk"
    headers = {"Cookie": f"aura_desk={desk.cookies['aura_desk']}"} if cookie else {}

    with pytest.raises((InvalidStatus, ConnectionClosed)):
        async with connect(url, additional_headers=headers, origin=origin) as socket:
            await asyncio.wait_for(socket.recv(), 60)


async def test_the_first_start_makes_one_account_and_only_once(house):
    accounts = DeskAccounts(house.inside.database)

    first, second = await accounts.create_first(), await accounts.create_first()

    assert first
    assert second is None
    assert await accounts.log_in("agent", first)


async def test_a_new_password_ends_the_sessions_of_the_old_one(house, desk):
    accounts = DeskAccounts(house.inside.database)

    created = await accounts.set_password("agent", "ein ganz neues")

    assert not created
    assert (await desk.get("/api/desk/me")).status_code == 401
    assert (await log_in(desk, "agent")).status_code == 401
    assert (await log_in(desk, "agent", "ein ganz neues")).status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "display_name", "says"),
    [
        ("mit leer", PASSWORD, None, "account name"),
        ("kurz", "kurz", None, "at least 10"),
        ("dritte", PASSWORD, "Frau Beispiel", "belongs to account 'agent'"),
    ],
)
async def test_an_account_that_cannot_be_is_refused_with_the_reason(
    house, desk, name, password, display_name, says
):
    accounts = DeskAccounts(house.inside.database)

    with pytest.raises(AccountError, match=says):
        await accounts.set_password(name, password, display_name=display_name)
