from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from assistant.build import Application
from assistant.messages import Message, Reply

Say = Callable[..., Message]
Asking = Callable[..., Awaitable[Reply]]
NBSP = "\u00a0"


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


async def test_a_promotional_price_never_travels_without_its_condition(
    ask: Asking,
) -> None:
    reply = await ask("Was ist der Aktionspreis von Mobil M?")
    if not reply.facts or reply.facts[0].attribute != "aktionspreis":
        reply = await ask("Aktionspreis Mobil M")

    assert f"12,49{NBSP}€" in reply.text
    assert "in den ersten 6 Monaten" in reply.text


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


async def test_how_fast_is_not_answered_with_whether(ask: Asking) -> None:
    reply = await ask("Wie schnell ist euer 5G?")

    assert "enthalten" not in reply.text.split("\n")[0]


@pytest.mark.parametrize(
    "question",
    ["esim aufs neue handy übertragen", "muss ich roaming einschalten in österreich"],
)
async def test_who_asks_for_a_way_is_not_answered_with_a_price(ask: Asking, question: str) -> None:
    reply = await ask(question)

    assert "Ersatz-eSIM-Profil ist kostenlos" not in reply.text
    assert "Im Reiseland" not in reply.text


@pytest.mark.parametrize("question", ["Wieviel GB habe ich noch?", "wieviel gb hab ich noch übrig"])
async def test_what_is_left_of_the_own_volume_is_no_table_of_all_tariffs(
    ask: Asking, application: Application, question: str
) -> None:
    reply = await ask(question)

    assert application.texts.anmelden == reply.text
