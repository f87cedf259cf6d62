"""Several tariffs at once: side by side, by family, the cheapest first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from assistant.blocks import Table
from assistant.messages import Reply

Asking = Callable[..., Awaitable[Reply]]
NBSP = "\u00a0"


async def test_two_tariffs_are_shown_side_by_side(ask: Asking) -> None:
    reply = await ask("Mobil S oder M?")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert ("Merkmal", "Mobil S", "Mobil M") == table.header
    assert ("Monatlicher Grundpreis", f"17,99{NBSP}€ monatlich", f"24,99{NBSP}€ monatlich") in (
        table.rows
    )


async def test_an_attribute_without_a_product_is_shown_for_all_tariffs_on_sale(
    ask: Asking,
) -> None:
    reply = await ask("Wie hoch ist der Anschlusspreis fürs Handy?")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert ["Mobil S", "Mobil M", "Mobil L", "Mobil XL"] == [row[0] for row in table.rows]


@pytest.mark.parametrize(
    "question",
    [
        "Was ist der Unterschied zwischen Mobil S und Mobil M?",
        "mobil s und m im vergleich",
        "Was ist besser, Mobil S oder Mobil M?",
        "lohnt sich mobil s oder mobil m",
    ],
)
async def test_who_asks_for_the_difference_sees_tariffs_side_by_side(
    ask: Asking, question: str
) -> None:
    reply = await ask(question)

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert ("Merkmal", "Mobil S", "Mobil M") == table.header


@pytest.mark.parametrize(("family", "other"), [("glasfaser", "DSL"), ("dsl", "Glasfaser")])
async def test_a_family_is_answered_with_its_tariffs_only(
    ask: Asking, family: str, other: str
) -> None:
    reply = await ask(f"was kostet {family} bei euch")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert ("Tarif", "Monatlicher Grundpreis") == table.header
    assert other not in reply.text


@pytest.mark.parametrize(
    "question", ["Was ist in Mobil M enthalten?", "erzähl mir was über mobil m", "Mobil M Details"]
)
async def test_who_asks_for_a_product_at_large_sees_what_it_contains(
    ask: Asking, question: str
) -> None:
    reply = await ask(question)

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert ("Merkmal", "Mobil M") == table.header


async def test_what_a_product_may_not_contain_is_no_overview(ask: Asking) -> None:
    reply = await ask("ist musik streaming im mobil xl dabei")

    assert not any(isinstance(block, Table) for block in reply.blocks)


async def test_the_cheapest_tariff_stands_first(ask: Asking) -> None:
    reply = await ask("Welcher Handytarif ist der günstigste?")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert "Mobil S" == table.rows[0][0]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Prepaid S", {"Preis je Buchung", "Datenvolumen", "Starterpaket", "Mindestlaufzeit"}),
        ("Prepaid Basis", {"Starterpaket", "Startguthaben"}),
        ("Kabel 250", {"Monatlicher Grundpreis", "Aktionspreis", "Mindestlaufzeit"}),
        ("FunkBox LTE", {"Monatlicher Grundpreis", "Datenvolumen", "Anschlusspreis"}),
        ("Mobil Jung", {"Monatlicher Grundpreis", "Voraussetzung", "Datenvolumen"}),
        ("Business Mobil M", {"Monatlicher Grundpreis", "Datenvolumen", "Kündigungsfrist"}),
        (
            "SD-WAN Basis",
            {"Monatlicher Grundpreis", "Zugesicherte Verfügbarkeit", "Mindestlaufzeit"},
        ),
        ("IoT Start", {"Monatlicher Grundpreis", "Datenvolumen", "Mindestlaufzeit"}),
        ("Campus-Slice Basis", {"Monatlicher Grundpreis", "Zugesicherte Verfügbarkeit"}),
        ("Housing Vollschrank", {"Monatlicher Grundpreis", "Zugesicherte Verfügbarkeit"}),
    ],
)
async def test_an_overview_shows_what_matters_for_tariffs_of_its_kind(
    ask: Asking, question: str, rows: set[str]
) -> None:
    reply = await ask(f"{question} Überblick")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert 2 == len(table.header)
    assert set() == rows - {row[0] for row in table.rows}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("welche prepaid tarife gibt es", {"Prepaid Basis", "Prepaid S", "Prepaid M"}),
        ("welche prepaid karten gibt es", {"Prepaid Basis", "Prepaid S", "Prepaid M"}),
        ("was kostet prepaid bei euch?", {"Prepaid Basis", "Prepaid S", "Prepaid M"}),
        ("was kostet kabelinternet", {"Kabel 100", "Kabel 250", "Kabel 1000"}),
        ("Welche Kabeltarife habt ihr?", {"Kabel 100", "Kabel 250", "Kabel 1000"}),
        ("was kosten die funkboxen", {"FunkBox LTE", "FunkBox 5G"}),
        ("welche ermäßigten tarife gibt es", {"Mobil Jung", "Mobil Sozial"}),
        ("welche iot tarife habt ihr", {"IoT Start", "IoT Pro"}),
        ("was kostet sd-wan", {"SD-WAN Basis", "SD-WAN Plus"}),
        (
            "welche business mobil tarife gibt es",
            {"Business Mobil S", "Business Mobil M", "Business Mobil L"},
        ),
    ],
)
async def test_who_asks_for_a_family_sees_its_tariffs_side_by_side(
    ask: Asking, question: str, names: set[str]
) -> None:
    reply = await ask(question)

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert names == set(table.header[1:])
    assert reply.citations


async def test_the_tariffs_of_a_family_stand_in_the_order_of_their_price(ask: Asking) -> None:
    reply = await ask("Was kostet Kabelinternet?")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert ("Merkmal", "Kabel 100", "Kabel 250", "Kabel 1000") == table.header


async def test_one_attribute_of_a_family_is_shown_for_its_tariffs_alone(ask: Asking) -> None:
    reply = await ask("Wie viel Datenvolumen haben die Prepaid-Tarife?")

    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert {"Prepaid Basis", "Prepaid S", "Prepaid M"} == {row[0] for row in table.rows}


@pytest.mark.parametrize(
    "question",
    [
        "prepaid guthaben auszahlen",
        "was kostet ein lan kabel",
        "prepaid karte verloren",
        "was kostet eine ersatzkarte bei prepaid",
    ],
)
async def test_a_word_of_a_family_alone_does_not_ask_for_its_tariffs(
    ask: Asking, question: str
) -> None:
    reply = await ask(question)

    assert not any(isinstance(block, Table) for block in reply.blocks)
