from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from fakes import SURE, FakeClock, FakeSearch

from assistant.build import Application, assemble
from assistant.messages import Message, Reply
from assistant.understanding.boosted import Boosted
from knowledge_base.settings import Settings
from knowledge_base.understood import Meant

Say = Callable[..., Message]
NBSP = "\u00a0"
BELIEVING = replace(
    SURE,
    passages=Boosted(names=(), bias=1, trees=()),
    attributes=Boosted(names=("score",), bias=0, trees=((0, 0.33, -2.0, 4.0),)),
)
"""Believes an attribute from a score of 0.3 on, and then more than any passage."""


@dataclass
class House:
    """The whole house with a search that understands what a test tells it."""

    application: Application
    search: FakeSearch
    say: Say

    async def ask(self, text: str, means: dict[str, float], **changes: object) -> Reply:
        self.search.means = Meant(attributes=means, passages=0.1, unanswered=0.0)
        await self.application.assistant.open("c1", channel="web")
        reply = await self.application.assistant.respond(self.say(text, **changes))
        assert reply is not None
        return reply


@pytest.fixture
async def house(
    indexed_home: Path, tmp_path: Path, clock: FakeClock, say: Say
) -> AsyncIterator[House]:
    settings = Settings(home=indexed_home, database_url=f"sqlite:///{tmp_path / 'aura.db'}")
    search = FakeSearch(indexed_home)
    built = await assemble(settings, clock=clock, search=search, trust=BELIEVING)
    yield House(built, search, say)
    await built.aclose()


async def test_an_option_that_is_only_described_is_named_with_its_price(house: House) -> None:
    reply = await house.ask(
        "Ich will meine Nummer auch auf der Uhr, was kommt dazu?",
        {"multisim.grundpreis": 0.8, "multisim.aktivierungspreis": 0.1, "eu_plus.grundpreis": 0.1},
    )

    assert f"Option MultiSIM kostet 3,99{NBSP}€" in reply.text
    assert ("multisim",) == reply.topic
    assert reply.citations


async def test_the_contract_decides_which_price_a_described_option_has(house: House) -> None:
    reply = await house.ask(
        "Ich will meine Nummer auch auf der Uhr, was kommt dazu?",
        {"multisim.grundpreis": 0.8},
        contract_date=date(2024, 6, 1),
    )

    assert f"4,99{NBSP}€" in reply.text
    assert "3,99" not in reply.text


async def test_names_of_products_do_not_disturb_what_is_meant(house: House) -> None:
    reply = await house.ask("Wie lahm wird Mobil S, wenn alles weg ist?", {"drosselung": 0.7})

    assert "Wie lahm wird , wenn alles weg ist?" in house.search.asked
    assert f"64{NBSP}kbit/s" in reply.text


async def test_a_fee_is_said_of_the_operator(house: House) -> None:
    reply = await house.ask("Die Bank hat nicht gezahlt, was nun?", {"ruecklastschrift": 0.7})

    assert f"3,50{NBSP}€" in reply.text
    assert () == reply.topic


async def test_what_is_meant_too_vaguely_is_not_said(house: House) -> None:
    reply = await house.ask("Die Bank hat nicht gezahlt, was nun?", {"ruecklastschrift": 0.1})

    assert "3,50" not in reply.text


async def test_an_attribute_that_the_product_does_not_have_is_never_said(house: House) -> None:
    reply = await house.ask("Was ist mit Mobil S und dem Router?", {"upload_min": 0.9})

    assert "Minimale Uploadgeschwindigkeit" not in reply.text


async def test_use_in_a_country_is_answered_with_all_its_prices(house: House) -> None:
    reply = await house.ask("Und wenn ich in Italien zu viel surfe?", {"roaming_aufschlag": 0.7})

    assert "Im Reiseland Italien gilt: EU-Zone." in reply.text
    assert f"1,30{NBSP}€ je GB" in reply.text


@pytest.mark.parametrize("country", ["Bolivien", "Ecuador", "Mongolei"])
async def test_a_country_without_a_zone_is_said_to_have_none(house: House, country: str) -> None:
    reply = await house.ask(f"Geht mein Handy in {country}?", {})

    assert reply.answered
    assert f"{country} steht nicht in unserer Liste" in reply.text
    assert "Roaming mit Talfunk nicht möglich" in reply.text
    assert "preisliste-mobilfunk-2025-10-01" == reply.citations[0].document


@pytest.mark.parametrize(
    ("question", "price", "other"),
    [
        ("Was kostet ein Anruf vom Haustelefon nach Frankreich?", "0,19", "0,99"),
        ("Was kostet ein Anruf vom Haustelefon in die Türkei?", "0,99", "0,19"),
    ],
)
async def test_a_call_to_abroad_costs_what_the_zone_of_the_country_says(
    house: House, question: str, price: str, other: str
) -> None:
    reply = await house.ask(question, {})

    assert f"{price}{NBSP}€ je Minute" in reply.text
    assert other not in reply.text


async def test_what_only_the_customers_own_data_answer_asks_to_log_in(house: House) -> None:
    house.search.means = Meant(
        attributes={"grundpreis": 0.1}, passages=0.2, unanswered=0.9, own=0.9
    )
    await house.application.assistant.open("c1", channel="web")

    reply = await house.application.assistant.respond(house.say("is noch was offen bei euch"))

    assert reply is not None
    assert house.application.texts.anmelden in reply.text


async def test_who_names_a_product_is_not_sent_to_log_in(house: House) -> None:
    house.search.means = Meant(attributes={"drosselung": 0.6}, passages=0, unanswered=0.9, own=0.9)
    await house.application.assistant.open("c1", channel="web")

    reply = await house.application.assistant.respond(house.say("wie lahm ist mobil s bei mir"))

    assert reply is not None
    assert house.application.texts.anmelden not in reply.text


async def test_a_question_for_two_attributes_gets_both(house: House) -> None:
    reply = await house.ask(
        "Wenn ich den Datenpass S noch nehme: was zahle ich und wie viel Volumen ist es?",
        {"paketpreis": 0.6, "datenvolumen": 0.4},
    )

    assert f"3,99{NBSP}€" in reply.text
    assert f"2{NBSP}GB" in reply.text


async def test_a_family_without_a_choice_is_not_answered_with_one_tariff(house: House) -> None:
    reply = await house.ask("was kostet glasfaser bei euch", {"glasfaser_100.grundpreis": 0.9})

    assert "Glasfaser 100 kostet" not in reply.text


async def test_the_usual_speed_is_not_answered_with_the_least(house: House) -> None:
    reply = await house.ask(
        "Welcher Upload kommt bei Glasfaser 100 im Normalfall an?",
        {"upload_min": 0.9, "upload_normal": 0.1},
    )

    assert f"45{NBSP}Mbit/s" in reply.text


async def test_price_and_volume_of_an_option_that_is_described_are_both_said(house: House) -> None:
    reply = await house.ask(
        "daten sind alle, was kostet der mittlere nachbucher und wieviel krieg ich?",
        {"datenpass_m.paketpreis": 0.8, "datenpass_m.datenvolumen": 0.5},
    )

    assert f"7,99{NBSP}€" in reply.text
    assert f"5{NBSP}GB" in reply.text
