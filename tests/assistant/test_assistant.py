from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from assistant.blocks import Paragraph
from assistant.build import Application
from assistant.conversation import ConversationChanged
from assistant.messages import Ask, Delivery, Draft, Message, Reply
from assistant.store.schema import answer_records, outbox, survey_events

Say = Callable[..., Message]


async def opened(application: Application) -> None:
    await application.assistant.open("c1", channel="web")


async def test_the_first_event_of_a_conversation_says_that_this_is_an_ai(
    application: Application,
) -> None:
    await opened(application)

    (first,) = await application.conversations.events("c1")
    assert first.reply is not None
    assert "KI-Assistent" in first.reply.text
    assert "kein Mensch" in first.reply.text


async def test_opening_twice_greets_once(application: Application) -> None:
    await opened(application)
    await opened(application)

    assert len(await application.conversations.events("c1")) == 1


async def test_a_repeated_message_gets_its_first_reply_and_no_second_turn(
    application: Application, say: Say
) -> None:
    await opened(application)
    message = say("Was kostet Mobil M?")

    first = await application.assistant.respond(message)
    second = await application.assistant.respond(message)

    assert first == second
    assert len(await application.conversations.events("c1")) == 3


async def test_a_turn_leaves_events_record_and_outbox_together(
    application: Application, say: Say
) -> None:
    await opened(application)
    reply = await application.assistant.respond(say("Was kostet Mobil M?"))

    assert reply is not None
    async with application.database.read() as connection:
        (record,) = (await connection.execute(select(answer_records))).mappings().all()
        sent = (await connection.execute(select(outbox))).mappings().all()
    assert record["responder"] == "answer"
    assert reply.citations[0].passage == record["evidence"][0]["passage"]
    assert "24,99" not in str(record["evidence"])
    assert [row["seq"] for row in sent] == [1, 3]


async def test_a_goodbye_ends_the_conversation_with_the_survey(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("Was kostet Mobil M?"))

    reply = await application.assistant.respond(say("Danke, tschüss"))

    assert reply is not None
    assert reply.status == "closed"
    assert reply.survey is not None and "Wie wahrscheinlich" in reply.survey.question


async def test_a_survey_score_stands_in_the_surveys_log_and_nowhere_else(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("Was kostet Mobil M?"))
    await application.assistant.respond(say(kind="closed", reason="customer"))
    await application.assistant.respond(say(kind="survey", choice_id="shown"))

    await application.assistant.respond(say(kind="survey", choice_id="score:7"))

    async with application.database.read() as connection:
        rows = (await connection.execute(select(survey_events))).mappings().all()
    assert [row["stage"] for row in rows] == ["eligible", "offered", "shown", "score"]
    assert rows[-1]["score"] == 7
    log = str(await application.conversations.events("c1"))
    assert "score:7" not in log


async def test_a_question_after_the_end_is_answered_and_never_leads_to_a_second_survey(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("Was kostet Mobil M?"))
    await application.assistant.respond(say(kind="closed", reason="customer"))

    answer = await application.assistant.respond(say("Und was kostet Mobil L?"))
    again = await application.assistant.respond(say(kind="closed", reason="customer"))

    assert answer is not None and answer.answered
    assert again is not None and again.survey is None


async def test_two_questions_in_one_message_are_answered_in_their_order(
    application: Application, say: Say
) -> None:
    await opened(application)

    reply = await application.assistant.respond(
        say("Was kostet Mobil L? Wie lange läuft Glasfaser 250?")
    )

    assert reply is not None
    assert reply.text.index("Mobil L") < reply.text.index("Glasfaser 250")
    assert len(reply.citations) == 2


async def test_a_follow_up_takes_its_product_from_the_conversation(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("Was kostet Mobil M?"))

    reply = await application.assistant.respond(say("und wie viel Datenvolumen hat der?"))

    assert reply is not None and "30\u00a0GB" in reply.text


async def test_a_question_about_ones_own_contract_gets_the_way_to_log_in_and_no_figure(
    application: Application, say: Say
) -> None:
    await opened(application)

    reply = await application.assistant.respond(say("Wie hoch ist meine Grundgebühr?"))

    assert reply is not None
    assert "anmelden" in reply.text.lower() or "Melden Sie sich" in reply.text
    assert not any(char.isdigit() for char in reply.text)


async def test_an_empty_message_is_answered_and_nothing_breaks(
    application: Application, say: Say
) -> None:
    await opened(application)

    reply = await application.assistant.respond(say("   "))

    assert reply is not None and not reply.answered


async def test_when_somebody_takes_over_during_the_turn_the_assistant_says_nothing(
    application: Application, say: Say
) -> None:
    await opened(application)
    house = application.assistant
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(ask: Ask, draft: Draft) -> Reply | None:
        begun.set()
        await go_on.wait()
        return Reply(blocks=(Paragraph(text="zu spät"),))

    assistant = replace(
        house, responders=(house.responders[0], ("slow", slow), *house.responders[1:])
    )
    turn = asyncio.create_task(assistant.respond(say("Eine Frage?")))
    await begun.wait()
    # Another process waited for the lease to expire and finished a turn of its own.
    stored = await application.conversations.find("c1")
    assert stored is not None
    await _take_over_behind(application, say)
    go_on.set()
    reply = await turn

    assert reply is None
    texts = [e.reply.text for e in await application.conversations.events("c1") if e.reply]
    assert "zu spät" not in texts


async def _take_over_behind(application: Application, say: Say) -> None:
    clock = application.clock
    clock.forward(minutes=5)  # type: ignore[attr-defined]
    await application.assistant.respond(say("mensch"))
    await application.assistant.respond(
        say(author="agent", kind="choice", choice_id="take_over", agent="Frau Beispiel")
    )


async def test_a_responder_that_fails_leaves_the_conversation_as_it_was(
    application: Application, say: Say
) -> None:
    await opened(application)
    house = application.assistant

    async def broken(ask: Ask, draft: Draft) -> Reply | None:
        raise RuntimeError("broken")

    message = say("Was kostet Mobil M?")
    with pytest.raises(RuntimeError):
        await replace(house, responders=(("broken", broken),)).respond(message)
    reply = await house.respond(message)

    assert reply is not None and "24,99" in reply.text


async def test_the_apology_offers_a_person(application: Application, say: Say) -> None:
    await opened(application)

    reply = await application.assistant.apologise(say("Was kostet Mobil M?"))

    assert reply is not None
    assert [choice.id for choice in reply.choices] == ["handoff:ask"]
    assert reply.delivery == Delivery.SEND


async def test_a_conversation_nobody_opened_is_refused(application: Application, say: Say) -> None:
    with pytest.raises(Exception, match="no conversation 'c1'") as caught:
        await application.assistant.respond(say("Hallo"))

    assert not isinstance(caught.value, ConversationChanged)
