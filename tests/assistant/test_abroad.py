"""What the phone costs in another country, and what is no question of that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from assistant.messages import Reply

Asking = Callable[..., Awaitable[Reply]]
NBSP = "\u00a0"


async def test_ukraine_is_in_the_eu_zone_only_since_2026(ask: Asking) -> None:
    before = await ask("Was kostet Roaming in der Ukraine?", on=date(2025, 12, 31))
    since = await ask("Was kostet Roaming in der Ukraine?", on=date(2026, 1, 1))

    assert "EU-Zone" not in before.text
    assert "EU-Zone" in since.text


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("Telefoniere aus Belgrad nach Deutschland, was kostet die Minute?", "0,69", "0,29"),
        ("Was kostet Telefonieren in der Schweiz?", "0,69", "je MB"),
        ("bin grad in basel, was kost da telefonieren", "0,69", "je MB"),
        ("Bin in Boston, was kostet eine SMS?", "0,39", "je Minute"),
        ("Was kostet eine SMS in der Türkei?", "0,39", "je Minute"),
        ("Was kostet Surfen in der Schweiz?", "je MB", "je Minute"),
    ],
)
async def test_who_asks_for_one_use_abroad_is_told_no_price_of_another(
    ask: Asking, question: str, said: str, not_said: str
) -> None:
    reply = await ask(question)

    assert said in reply.text
    assert not_said not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "In welches Netz bucht sich mein Handy in der Türkei ein?",
        "Aus Tunesien angerufen worden, bin nicht rangegangen. Kostet mich das etwas?",
        "Was zahlt meine Firma für eine Telefonminute in der Schweiz mit Business Mobil?",
    ],
)
async def test_prices_abroad_answer_nothing_else_and_no_firm(ask: Asking, question: str) -> None:
    reply = await ask(question)

    assert "je Minute" not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Was kostet ein Hotel in Spanien?",
        "Wie groß ist die Hauptinsel von Malta?",
        "Wie teuer ist das Essen in Italien?",
    ],
)
async def test_a_country_beside_words_of_no_telephone_is_no_question_of_roaming(
    ask: Asking, question: str
) -> None:
    reply = await ask(question)

    assert "Reiseland" not in reply.text


@pytest.mark.parametrize(
    "question", ["Was kostet Italien?", "Spanien", "Was zahle ich im Urlaub in der Türkei?"]
)
async def test_a_country_alone_or_a_journey_asks_for_use_there(ask: Asking, question: str) -> None:
    assert "Reiseland" in (await ask(question)).text
