"""A person is one turn away, and the assistant is silent while one is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.build import Application
from assistant.messages import Message

Say = Callable[..., Message]


async def opened(application: Application) -> None:
    await application.assistant.open("c1", channel="web")


async def test_a_word_is_enough_to_get_a_person_and_the_assistant_is_silent_then(
    application: Application, say: Say
) -> None:
    await opened(application)

    reply = await application.assistant.respond(say("Mitarbeiter!"))
    assert reply is not None and reply.handoff is not None
    silent = await application.assistant.respond(say("Was kostet Mobil M?"))
    assert silent is None
    await application.assistant.respond(
        say(author="agent", kind="choice", choice_id="take_over", agent="Frau Beispiel")
    )
    silent = await application.assistant.respond(say("Sind Sie ein Mensch?"))
    assert silent is None


async def test_the_agent_writes_gives_back_and_the_assistant_answers_again(
    application: Application, say: Say
) -> None:
    await opened(application)
    agent = {"author": "agent", "agent": "Frau Beispiel"}
    await application.assistant.respond(say("mensch"))
    await application.assistant.respond(say(kind="choice", choice_id="take_over", **agent))

    written = await application.assistant.respond(say("Guten Tag, ich bin da.", **agent))
    back = await application.assistant.respond(say(kind="choice", choice_id="give_back", **agent))
    answer = await application.assistant.respond(say("Was kostet Mobil M?"))

    assert written is not None and written.speaker == "agent"
    assert back is not None and "KI-Assistent" in back.text
    assert answer is not None and "24,99" in answer.text


async def test_of_two_agents_only_the_first_gets_the_conversation(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("mensch"))
    take = {"author": "agent", "kind": "choice", "choice_id": "take_over"}

    await application.assistant.respond(say(agent="Frau Beispiel", **take))
    second = await application.assistant.respond(say(agent="Herr Muster", **take))

    assert second is None
    stored = await application.conversations.find("c1")
    assert stored is not None and stored.state.agent == "Frau Beispiel"


async def test_a_customer_who_waits_can_have_the_assistant_back(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("mensch"))

    await application.assistant.respond(say(kind="choice", choice_id="handoff:cancel"))
    answer = await application.assistant.respond(say("Was kostet Mobil M?"))

    assert answer is not None and "24,99" in answer.text


async def test_the_agent_reads_what_the_customer_said_before(
    application: Application, say: Say
) -> None:
    await opened(application)
    await application.assistant.respond(say("Was kostet Mobil M?"))

    reply = await application.assistant.respond(say("ein Mensch bitte, meine IBAN ist falsch"))

    assert reply is None or reply.handoff is None
    reply = await application.assistant.respond(say("Mensch bitte"))
    assert reply is not None and reply.handoff is not None
    assert "Mobil M" in reply.handoff.summary
    assert "24,99" in reply.handoff.summary


@pytest.mark.parametrize(
    "text",
    [
        "Hilfe, bei mir brennt es!",
        "ich will nicht mehr leben",
        "jemand hat in meinem Namen einen Vertrag abgeschlossen",
        "Mein Vater ist verstorben",
        "ich habe meinen Anwalt eingeschaltet",
    ],
)
async def test_what_always_needs_a_person_gets_one_at_once(
    application: Application, say: Say, text: str
) -> None:
    await opened(application)

    reply = await application.assistant.respond(say(text))

    assert reply is not None and reply.handoff is not None
