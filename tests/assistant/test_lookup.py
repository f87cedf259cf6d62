from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

import pytest

from assistant.blocks import Table
from assistant.build import Application
from assistant.messages import Message, Reply

Say = Callable[..., Message]
Asking = Callable[..., Awaitable[Reply]]
NBSP = "\u00a0"


@pytest.fixture
async def ask(application: Application, say: Say) -> Asking:
    await application.assistant.open("c1", channel="web")

    async def respond(text: str, **changes: object) -> Reply:
        reply = await application.assistant.respond(say(text, **changes))
        assert reply is not None
        return reply

    return respond


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Was kostet Mobil M?", f"24,99{NBSP}€"),
        ("was kostet der mobil-m im monat", f"24,99{NBSP}€"),
        ("Wie viel GB hat Mobil S?", f"10{NBSP}GB"),
        ("Wie lange läuft Glasfaser 250?", f"24{NBSP}Monate"),
        ("Was kostet die MultiSIM bei Mobil M?", f"3,99{NBSP}€"),
        ("Was kostet eine Ersatz-SIM-Karte?", f"9,95{NBSP}€"),
        ("Wie schnell ist DSL 100?", f"bis zu 100{NBSP}Mbit/s"),
        ("Gibt es 5G bei Mobil S?", "enthalten"),
        ("Was kostet Prepaid S?", f"8,99{NBSP}€ je 4 Wochen"),
        ("Wie viel Datenvolumen hat Prepaid M?", f"20{NBSP}GB je 4 Wochen"),
        ("Was kostet Kabel 250?", f"37,99{NBSP}€ monatlich"),
        ("Was kostet die FunkBox 5G?", f"39,99{NBSP}€ monatlich"),
        ("Was kostet Mobil Jung?", f"14,99{NBSP}€ monatlich"),
        ("Was kostet Business Mobil M?", "25,00 € netto"),
        ("Welche Entstörzeit hat SD-WAN Plus?", f"bis zu 4{NBSP}Stunden"),
    ],
)
async def test_a_figure_of_todays_tariff_is_looked_up_and_cited(
    ask: Asking, question: str, figure: str
) -> None:
    reply = await ask(question)

    assert figure in reply.text
    assert reply.citations
    assert reply.facts[0].evidence.reference


async def test_a_price_that_is_lower_at_first_is_never_said_alone(ask: Asking) -> None:
    reply = await ask("Was kostet Mobil S?")

    assert f"17,99{NBSP}€" in reply.text
    assert f"8,99{NBSP}€" in reply.text
    assert "in den ersten 3 Monaten" in reply.text


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


async def test_ukraine_is_in_the_eu_zone_only_since_2026(ask: Asking) -> None:
    before = await ask("Was kostet Roaming in der Ukraine?", on=date(2025, 12, 31))
    since = await ask("Was kostet Roaming in der Ukraine?", on=date(2026, 1, 1))

    assert "EU-Zone" not in before.text
    assert "EU-Zone" in since.text


async def test_a_promotional_price_never_travels_without_its_condition(
    ask: Asking,
) -> None:
    reply = await ask("Was ist der Aktionspreis von Mobil M?")
    if not reply.facts or reply.facts[0].attribute != "aktionspreis":
        reply = await ask("Aktionspreis Mobil M")

    assert f"12,49{NBSP}€" in reply.text
    assert "in den ersten 6 Monaten" in reply.text


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


async def test_an_attribute_the_tariff_does_not_have_is_not_looked_up(
    ask: Asking,
) -> None:
    reply = await ask("Welche Festnetz-Flat hat Mobil M?")

    assert not any(fact.attribute == "festnetz_flat" for fact in reply.facts)


@pytest.mark.parametrize(
    "question",
    [
        "Wie kann ich Mobil M kündigen?",
        "Warum ist Mobil M so teuer?",
        "Was passiert, wenn ich bei Mobil M das Datenvolumen verbraucht habe?",
        "Was kostet Mobil M bei der Konkurrenz Beispielfunk?",
    ],
)
async def test_a_question_with_more_in_it_than_product_and_attribute_is_no_look_up(
    ask: Asking, question: str
) -> None:
    reply = await ask(question)

    assert not any(fact.attribute for fact in reply.facts)


async def test_every_attribute_of_every_tariff_can_be_said_and_proven(
    application: Application,
) -> None:
    from assistant.build import CONTENT
    from assistant.evidence import passage_for
    from assistant.frames import load_frames

    snapshot = application.knowledge.current
    assert snapshot.tariffs is not None
    frames = load_frames(CONTENT / "frames" / "de.yaml")
    unproven = []
    for tariff in snapshot.tariffs.tariffs.values():
        for version in tariff.versions:
            contract = version.validity.sold_from
            assert contract is not None
            day = max(contract, version.validity.applies_from or contract)
            for attribute in version.attributes.values():
                sentence = frames.sentence(attribute, version.name)
                assert sentence.endswith(".") and "{" not in sentence
                label = snapshot.tariffs.kinds[attribute.id].label
                candidates = [
                    p
                    for p in snapshot.passages
                    if p.products == (tariff.id,) or (not p.products and p.kind == "tarif")
                ]
                if passage_for(attribute, label, candidates, day, contract) is None:
                    unproven.append((version.product, version.version, attribute.id))

    assert [] == unproven


@pytest.mark.parametrize(
    "question",
    ["Was ist der Unterschied zwischen Mobil S und Mobil M?", "mobil s und m im vergleich"],
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


async def test_how_fast_is_not_answered_with_whether(ask: Asking) -> None:
    reply = await ask("Wie schnell ist euer 5G?")

    assert "enthalten" not in reply.text.split("\n")[0]


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


@pytest.mark.parametrize(
    "question",
    ["esim aufs neue handy übertragen", "muss ich roaming einschalten in österreich"],
)
async def test_who_asks_for_a_way_is_not_answered_with_a_price(ask: Asking, question: str) -> None:
    reply = await ask(question)

    assert "Ersatz-eSIM-Profil ist kostenlos" not in reply.text
    assert "Im Reiseland" not in reply.text


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


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("Telefoniere aus Belgrad nach Deutschland, was kostet die Minute?", "0,69", "0,29"),
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


@pytest.mark.parametrize("question", ["Wieviel GB habe ich noch?", "wieviel gb hab ich noch übrig"])
async def test_what_is_left_of_the_own_volume_is_no_table_of_all_tariffs(
    ask: Asking, application: Application, question: str
) -> None:
    reply = await ask(question)

    assert application.texts.anmelden == reply.text
