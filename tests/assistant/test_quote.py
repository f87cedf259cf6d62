from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.answer import Answer
from assistant.build import Application
from assistant.messages import Message, Reply
from assistant.quote import MOST_CHARACTERS, excerpt
from knowledge_base.documents import Passage

Say = Callable[..., Message]


def passage(text: str) -> Passage:
    return Passage(
        id="p", document="d", version="v", title="t", kind="faq", as_of=date(2026, 1, 1), text=text
    )


def test_a_short_passage_is_quoted_whole() -> None:
    text = "Der Preis beträgt 5,00 €. Er gilt nur im ersten Monat."

    assert text == excerpt(passage(text), "Was kostet das?")


def test_of_a_long_passage_the_sentences_about_the_question_are_quoted() -> None:
    filler = "Weitere Hinweise zu anderen Themen stehen in den Unterlagen der Gesellschaft. "
    text = filler * 8 + "Die Rücksendung des Routers ist kostenlos. " + filler * 8

    words = excerpt(passage(text.strip()), "Was kostet die Rücksendung vom Router?")

    assert "Die Rücksendung des Routers ist kostenlos." in words
    assert len(words) <= MOST_CHARACTERS


def test_a_quotation_never_ends_within_a_sentence() -> None:
    text = " ".join(f"Satz Nummer {n} sagt etwas zu Verträgen und Rechnungen." for n in range(40))

    words = excerpt(passage(text), "Was steht in Satz Nummer 20 zu Rechnungen?")

    assert words.endswith(".") and words.startswith("Satz")


def _trusting(application: Application, **limits: float) -> Application:
    house = application.assistant
    responders = tuple(
        (name, replace(one, trust=replace(one.trust, **limits)) if isinstance(one, Answer) else one)
        for name, one in house.responders
    )
    return replace(application, assistant=replace(house, responders=responders))


async def _ask(application: Application, message: Message) -> Reply:
    await application.assistant.open("c1", channel="web")
    reply = await application.assistant.respond(message)
    assert reply is not None
    return reply


async def test_a_passage_of_middling_trust_is_shown_with_reservation_and_a_person(
    application: Application, say: Say
) -> None:
    doubting = _trusting(application, answer_from=1.1)

    reply = await _ask(doubting, say("Wie beanstande ich eine Rechnung?"))

    assert not reply.answered
    assert "sichere Antwort finde ich nicht" in reply.text
    assert reply.citations
    assert ["handoff:ask"] == [choice.id for choice in reply.choices]


async def test_a_passage_of_little_trust_is_not_shown_at_all(
    application: Application, say: Say
) -> None:
    strict = _trusting(application, answer_from=1.1, offer_from=1.1, offer_figure_from=1.1)

    reply = await _ask(strict, say("Wie beanstande ich eine Rechnung?"))

    assert "fallback" == reply.responder
    assert () == reply.citations
