"""Whatever somebody types: a clear German reply, never an exception, never somebody else's data."""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import SURE, FakeSearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.build import Application, assemble
from assistant.characters import LONGEST_TEXT
from assistant.messages import CustomerRef, Message, Reply
from knowledge_base.settings import Settings

Say = Callable[..., Message]
Asking = Callable[..., Awaitable[Reply]]
QUICK = 2.0
"""Seconds; a pattern that runs away takes minutes."""
LONG = 20_000


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Was kostet Mobil M am 31.02.2025?", "31.02.2025"),
        ("was kostete mobil m am 30. februar", "30. februar"),
        ("Ich möchte zum 31.4. kündigen, geht das?", "31.4"),
        ("Vertrag vom 32.13.2025, wie lange läuft der?", "32.13.2025"),
        ("Was kostete Mobil S am 29.02.2025?", "29.02.2025"),
    ],
)
async def test_a_day_that_does_not_exist_is_asked_for_again(
    ask: Asking, question: str, day: str
) -> None:
    reply = await ask(question)

    assert f"„{day}“ gibt es im Kalender nicht" in reply.text
    assert not reply.answered
    assert "€" not in reply.text


async def test_the_29th_of_february_of_a_leap_year_is_a_day(ask: Asking) -> None:
    reply = await ask("Was kostete Mobil M am 29.02.2024?")

    assert "Kalender" not in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "Привет, сколько стоит тариф?",
        "שלום, כמה זה עולה",
        "كم سعر الباقة؟",
        "资费多少钱",
        "Πόσο κοστίζει;",
    ],
)
async def test_another_script_is_told_in_two_languages_which_ones_are_understood(
    ask: Asking, text: str
) -> None:
    reply = await ask(text)

    assert "auf Deutsch und auf Englisch" in reply.text
    assert "in German and in English" in reply.text


async def test_a_foreign_name_in_a_german_question_is_no_other_script(ask: Asking) -> None:
    reply = await ask("Meine Freundin Наташа fragt, was Mobil M kostet")

    assert "in German and in English" not in reply.text


@pytest.mark.parametrize("text", ["🤔🤔", "???", "👍", "…"])
async def test_bare_signs_are_asked_what_it_is_about(ask: Asking, text: str) -> None:
    reply = await ask(text)

    assert reply.text.startswith("Worum geht es?")


@pytest.mark.parametrize("text", ["👍", "👍🏽", "❤️", "🙏 🙂"])
async def test_a_thumbs_up_after_an_answer_is_thanks(ask: Asking, text: str) -> None:
    await ask("Was kostet Mobil M?")

    reply = await ask(text)

    assert reply.text.startswith("Gern geschehen.")


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x01", "\u200b\u200d\ufeff", "\u202e", "\ud800"])
async def test_a_message_without_anything_to_read_is_an_empty_one(ask: Asking, text: str) -> None:
    reply = await ask(text)

    assert reply.text == "Ihre Nachricht war leer. Bitte schreiben Sie mir, worum es geht."


async def test_control_characters_reach_neither_database_nor_answer(
    ask: Asking, application: Application, tmp_path: Path
) -> None:
    reply = await ask("Was kostet\x00 Mobil\x1b[31m M\u202e?")

    stored = sqlite3.connect(tmp_path / "aura.db")
    dump = "\n".join(stored.iterdump())
    stored.close()
    assert "Was kostet Mobil[31m M?" in dump
    assert not set(dump) & {"\x00", "\x1b", "\u202e"}
    assert reply.answered or reply.text


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "(",
        "1",
        "€ ",
        "nicht ",
        "von hier aus nach ",
        "1.1. ",
        "mobil xx ",
        "was ist? ",
        "Xx",
        "Frau ",
    ],
)
async def test_a_text_of_20000_characters_is_told_the_limit_at_once(
    ask: Asking, application: Application, piece: str
) -> None:
    text = (piece * LONG)[:LONG]
    begun = time.perf_counter()

    reply = await ask(text)

    assert time.perf_counter() - begun < QUICK
    assert "höchstens 4.000 Zeichen" in reply.text
    _, written, _ = await application.conversations.events("c1")
    assert isinstance(written.payload, dict)
    assert text == written.payload["text"]


@pytest.mark.parametrize(
    "piece", ["a", "1", "nicht ", "von hier aus nach ", "datenvolumenrechnung"]
)
async def test_the_longest_text_that_is_read_is_answered_too(ask: Asking, piece: str) -> None:
    begun = time.perf_counter()

    reply = await ask((piece * LONGEST_TEXT)[:LONGEST_TEXT])

    assert time.perf_counter() - begun < 2 * QUICK
    assert reply.text


async def test_who_asks_for_a_person_in_a_text_that_is_too_long_gets_one(ask: Asking) -> None:
    reply = await ask("Ich möchte einen Mitarbeiter sprechen. " + "Bitte! " * 3_000)

    assert reply.handoff is not None


@pytest.mark.parametrize(
    "question",
    [
        "Was steht im Vertrag von Frau Müller, Kundennummer 1000017?",
        "Rechnung meines Nachbarn",
        "Wie hoch ist die Rechnung von Herrn Doppelklang?",
        "welchen tarif hat mein chef",
    ],
)
@pytest.mark.parametrize("customer", [None, CustomerRef(customer_no="4000000101", level=2)])
async def test_nobody_hears_of_somebody_elses_contract(
    application: Application, say: Say, question: str, customer: CustomerRef | None
) -> None:
    await application.assistant.open("c2", channel="web", customer=customer)
    message = replace(say(question, conversation_id="c2"), customer=customer)

    reply = await application.assistant.respond(message)

    assert reply is not None
    assert "Auskunft gebe ich nur zu Ihrem eigenen Kundenkonto" in reply.text
    assert not reply.facts
    assert not reply.citations


_PIECES = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(categories=("So", "Cf", "Cc", "Mn", "Lo", "Cs")), max_size=20),
    st.sampled_from(
        "Mobil M|Mobil XXL|31.02.2025|Vodafone|was kostet|?|Frau Müller|Kundennummer 1|Frankreich"
        "|Wetter|glasfaser 1e9|[|(|\\|%s|{}|'; DROP TABLE events; --|<script>".split("|")
    ),
)


@pytest.fixture(scope="module")
def answering(
    indexed_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Reply]:
    """Answer in a loop of its own: hypothesis and the loop of a test do not go together."""
    database = tmp_path_factory.mktemp("any") / "aura.db"
    home = Settings(home=indexed_home, database_url=f"sqlite:///{database}")
    runner = asyncio.Runner()
    built = runner.run(assemble(home, search=FakeSearch(indexed_home), trust=SURE))

    async def respond(text: str) -> Reply:
        name = uuid.uuid4().hex
        await built.assistant.open(name, channel="web")
        message = Message(
            id=name, conversation_id=name, channel="web", text=text, sent_at=built.clock()
        )
        reply = await built.assistant.respond(message)
        assert reply is not None
        return reply

    yield lambda text: runner.run(respond(text))
    runner.run(built.aclose())
    runner.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(_PIECES, max_size=5), between=st.sampled_from(["", " ", "\n", "? "]))
def test_any_text_gets_a_reply_and_no_exception(
    answering: Callable[[str], Reply], pieces: list[str], between: str
) -> None:
    reply = answering(between.join(pieces))

    assert reply.text.strip() or reply.survey is not None
    assert "\x00" not in reply.text
