"""What is calculated from own data is shown with its steps, for the day that is named."""

from __future__ import annotations

import pytest

from assistant.blocks import ItemList
from assistant.messages import EvidenceKind


async def answer(house, number: str, name: str, proven):
    house.mean(name)
    return await house.own("Sagen Sie es mir.", proven(number[-3:], 3))


async def test_the_difference_between_two_bills_is_the_sum_of_its_lines(house, proven):
    reply = await answer(house, "4000000119", "rechnung_hoeher", proven)

    amounts = {fact.attribute: [] for fact in reply.facts}
    for fact in reply.facts:
        amounts[fact.attribute].append(fact.value)
    assert amounts["unterschied"] == [sum(amounts["betrag"])]
    calculated = next(fact for fact in reply.facts if fact.attribute == "unterschied")
    assert EvidenceKind.CALCULATION is calculated.evidence.kind
    assert ("Rechnung R-2026-09-119", "12,49\u00a0€") in calculated.evidence.inputs


async def test_steps_are_shown_one_after_the_other(house, proven):
    reply = await answer(house, "4000000106", "entschaedigung", proven)

    steps = [block for block in reply.blocks if isinstance(block, ItemList) and block.ordered]
    assert len(steps[0].items) == 3


async def test_a_month_that_is_named_decides_the_bill(house, proven):
    house.mean("rechnung")

    september = await house.own("Wie hoch war meine Septemberrechnung?", proven(119))
    june = await house.own("Was habe ich im Juni bezahlt?", proven(119))
    january = await house.own("Und im Januar?", proven(119))
    last_year = await house.own("Wie hoch war die Rechnung vom Oktober 2025?", proven(119))

    assert "R-2026-09-119" in september.text
    assert "R-2026-05-119" in june.text  # issued in June for May
    assert "Für diesen Monat sehe ich keine Rechnung" in january.text
    assert "Für diesen Monat sehe ich keine Rechnung" in last_year.text


async def test_a_delayed_porting_is_compensated_day_by_day(house, proven):
    from datetime import date

    house.mean("portierung")

    reply = await house.say(
        "Wo bleibt meine Nummer?", proven(115), on=date(2026, 12, 3), conversation="late"
    )

    assert "30,00\u00a0€" in reply.text
    assert "nicht als erledigt vermerkt" in reply.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was kostet mein Vertrag im Monat?", "kostet zurzeit 29,99\u00a0€"),
        ("Was zahlte ich am 1. Februar 2025 im Monat?", "Am 01.02.2025 war der Preis"),
        ("Was zahlte ich am 1. Februar 2025 im Monat?", "14,99\u00a0€ im Monat"),
        ("Was zahlte ich im März im Monat?", "Am 01.03.2026 war der Preis"),
        ("Was zahlte ich im Mai 2023?", "noch nicht"),
    ],
)
async def test_a_price_is_told_for_the_day_that_is_named(house, proven, text, expected):
    house.mean("monatspreis")

    assert expected in (await house.own(text, proven(101))).text


async def test_a_notice_is_calculated_for_the_day_that_is_named(house, proven):
    house.mean("kuendigungstag")

    reply = await house.own("Und bei Kündigung am 1. Juni 2027?", proven(103))

    assert "am 01.06.2027 ein, endet er am 01.07.2027" in reply.text
