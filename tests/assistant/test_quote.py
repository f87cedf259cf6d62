from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.answer import Answer
from assistant.build import Application
from assistant.messages import Message, Reply
from assistant.quote import MOST_CHARACTERS, excerpt
from knowledge_base.documents import Passage
from knowledge_base.search import Hit

Say = Callable[..., Message]


def hit(text: str, says: str | None = None) -> Hit:
    passage = Passage(
        id="p", document="d", version="v", title="t", kind="faq", as_of=date(2026, 1, 1), text=text
    )
    return Hit(passage=passage, score=1, keyword_score=1, vector_score=1, confidence=1, says=says)


def test_a_short_passage_is_quoted_whole() -> None:
    text = "Der Preis beträgt 5,00 €. Er gilt nur im ersten Monat."

    assert text == excerpt(hit(text), "Was kostet das?")


def test_of_a_long_passage_the_sentences_about_the_question_are_quoted() -> None:
    filler = "Weitere Hinweise zu anderen Themen stehen in den Unterlagen der Gesellschaft. "
    text = filler * 8 + "Die Rücksendung des Routers ist kostenlos. " + filler * 8

    words = excerpt(hit(text.strip()), "Was kostet die Rücksendung vom Router?")

    assert "Die Rücksendung des Routers ist kostenlos." in words
    assert len(words) <= MOST_CHARACTERS


def test_the_words_that_typical_questions_point_to_are_quoted() -> None:
    text = " ".join(f"Satz Nummer {n} sagt etwas zu Verträgen und Rechnungen." for n in range(40))

    words = excerpt(hit(text, says="satz nummer 31 sagt"), "Was steht da?")

    assert "Satz Nummer 31 sagt" in words


def test_a_quotation_never_ends_within_a_sentence() -> None:
    text = " ".join(f"Satz Nummer {n} sagt etwas zu Verträgen und Rechnungen." for n in range(40))

    words = excerpt(hit(text), "Was steht in Satz Nummer 20 zu Rechnungen?")

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


async def test_simple_language_answers_whoever_asks_for_it_and_nobody_else(
    application: Application, say: Say
) -> None:
    question = "Wie kann ich meinen Vertrag mit Talfunk kündigen?"
    await application.assistant.open("c1", channel="web")

    wished = await application.assistant.respond(say(f"{question} Bitte in einfacher Sprache."))
    plain = await application.assistant.respond(say(question))

    assert wished is not None
    assert plain is not None
    assert "kuendigung-einfach" in {one.document for one in wished.citations}
    assert not any(one.document.endswith("-einfach") for one in plain.citations)
