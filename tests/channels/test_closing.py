"""The end by silence."""

from __future__ import annotations

from channels.closing import Closing


def closing(house):
    return Closing(
        house.inside.conversations, house.inbox, house.inside.database, clock=house.clock
    )


async def settled(house, chat):
    """Wait for the turn that is under way; the same message again has no second one."""
    await chat.post("survey", {"stage": "shown"})
    return await house.inside.conversations.find(chat.id)


async def test_half_an_hour_of_silence_ends_a_conversation_with_the_survey(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    house.clock.move(minutes=29)
    early = await closing(house).close_silent()

    house.clock.move(minutes=2)
    closed = await closing(house).close_silent()

    assert (early, closed) == (0, 1)
    stored = await settled(house, chat)
    assert (stored.status, stored.state.survey) == ("closed", "open")


async def test_the_same_silence_ends_it_once(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    house.clock.move(minutes=31)
    await closing(house).close_silent()
    await settled(house, chat)

    again = await closing(house).close_silent()

    assert again == 0


async def test_nobody_is_closed_who_waits_for_a_person(house):
    chat = await house.chat()
    await chat.say("Mitarbeiter", "m1")
    house.clock.move(hours=3)

    closed = await closing(house).close_silent()

    assert closed == 0
    assert (await settled(house, chat)).status == "waiting"


async def test_writing_again_opens_a_closed_conversation_and_it_can_end_again(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    house.clock.move(minutes=31)
    await closing(house).close_silent()
    await settled(house, chat)

    answer = (await chat.say("Wie viel Datenvolumen hat Mobil M?", "m2")).json()
    house.clock.move(minutes=31)
    closed = await closing(house).close_silent()

    assert answer["state"]["status"] == "open"
    assert closed == 1


async def test_a_customer_whose_message_is_being_answered_is_not_silent(writing_house, model):
    chat = await writing_house.chat()
    async with chat.stream("Was tun bei Verlust der SIM-Karte?", "m1"):
        await model.begun.wait()
        writing_house.clock.move(minutes=31)

        closed = await closing(writing_house).close_silent()

        assert closed == 0
        model.go.set()


async def test_a_survey_nobody_answers_within_a_day_expires_once(house):
    chat = await house.chat()
    await chat.say("Was kostet Mobil M?", "m1")
    await chat.post("close", {})

    early = await closing(house).expire_surveys()
    house.clock.move(hours=25)
    late = await closing(house).expire_surveys()
    again = await closing(house).expire_surveys()

    assert (0, 1, 0) == (early, late, again)
