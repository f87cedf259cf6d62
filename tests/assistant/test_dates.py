"""Which version answers: by the day of the contract, the day asked about, or one that is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

import pytest

from assistant.messages import Reply

Asking = Callable[..., Awaitable[Reply]]
NBSP = "\u00a0"


async def test_the_contract_date_in_the_question_decides_the_version(ask: Asking) -> None:
    reply = await ask("Was kostet Mobil M? Mein Vertrag ist vom Mai 2024.")

    assert f"29,99{NBSP}€" in reply.text
    assert "24,99" not in reply.text


@pytest.mark.parametrize(
    "when", ["mit einem Vertrag aus 2025", "anfang 2025 abgeschlossen", "im Jahr 2025"]
)
async def test_a_year_in_which_prices_changed_is_asked_about(ask: Asking, when: str) -> None:
    reply = await ask(f"Was kostet Mobil M, {when}?")

    assert not reply.answered
    assert "€" not in reply.text
    assert "Monat" in reply.text


async def test_a_year_in_which_only_one_version_was_sold_is_clear(ask: Asking) -> None:
    reply = await ask("Was kostet Mobil M mit einem Vertrag aus 2024?")

    assert f"29,99{NBSP}€" in reply.text


async def test_what_is_sold_on_a_day_named_in_the_question_is_answered(ask: Asking) -> None:
    reply = await ask("Was kostete Mobil M im Juni 2025?")

    assert f"29,99{NBSP}€" in reply.text


async def test_a_contract_of_2024_keeps_its_price(ask: Asking) -> None:
    reply = await ask("Was kostet Mobil M?", contract_date=date(2024, 5, 2))

    assert f"29,99{NBSP}€" in reply.text
    assert "24,99" not in reply.text
    assert Decimal("29.99") == reply.facts[0].value


@pytest.mark.parametrize(
    ("day", "volume"), [(date(2026, 5, 31), f"3{NBSP}GB"), (date(2026, 6, 1), f"5{NBSP}GB")]
)
async def test_a_prepaid_card_of_2025_has_more_volume_since_june_2026(
    ask: Asking, day: date, volume: str
) -> None:
    reply = await ask(
        "Wie viel Datenvolumen hat Prepaid S?", on=day, contract_date=date(2025, 2, 1)
    )

    assert f"{volume} je 4 Wochen" in reply.text


async def test_the_source_of_an_old_price_is_the_old_document(ask: Asking) -> None:
    reply = await ask("Was kostet Mobil M?", contract_date=date(2024, 5, 2))

    assert ["pib-mobil-m-2024-04"] == [source.document for source in reply.citations]


async def test_a_product_not_sold_on_the_day_gets_no_figure(ask: Asking) -> None:
    reply = await ask("Was kostet Glasfaser 250?", on=date(2023, 1, 1))

    assert not reply.answered
    assert "€" not in reply.text
