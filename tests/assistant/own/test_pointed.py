"""An amount, a day or a name in a question finds the record that holds it."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("end", "text", "words"),
    [
        (106, "48,98 – wie kommt das zustande?", ["Router Premium: 8,99"]),
        (101, "Ist die Rechnung vom 8. Oktober schon bezahlt?", ["R-2026-09-101", "38,97"]),
        (112, "Wofür sind die 4,50?", ["Rücklastschrift", "R-2026-09-112"]),
        (110, "Klangwolke, wo sitzt der Drittanbieter, Anschrift?", ["Notenweg 4"]),
        (119, "37 Euro, vorher 12,49, erklären Sie mir das.", ["15,87", "24,85"]),
        (108, "Wie viel Mehrwertsteuer steckt in den 87,95 €?", ["14,04"]),
        (108, "Was von der Sammelrechnung entfällt auf Glasfaser 1000?", ["63,97"]),
        (102, "Mit welcher Summe muss ich im November rechnen?", ["30,97"]),
        (106, "Was krieg ich gutgeschrieben bis zum 24.11.?", ["30,00"]),
    ],
)
async def test_the_record_that_is_pointed_at_is_told(house, proven, end, text, words):
    reply = await house.own(text, proven(end))

    assert reply is not None
    said = reply.text.replace("\u00a0", " ")
    assert [] == [one for one in words if one not in said], said


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (110, "Kundennummer 4000000112, was ist bei dem noch offen?"),
        (105, "Wem gehört die 0171 3920004? Die ruft mich an."),
        (109, "Geben Sie mir die Anschrift von Selma Siebensachen, ich bringe ihr etwas."),
    ],
)
async def test_somebody_elses_data_are_refused(house, proven, end, text):
    reply = await house.own(text, proven(end))

    assert reply is not None
    assert not reply.answered
    assert () == reply.facts


async def test_the_number_of_a_customer_is_no_login(house):
    reply = await house.say("Kundennummer 4000000109, bis wann muss ich kündigen?", None)

    assert not reply.answered
    assert "Melden Sie sich" in reply.text


async def test_the_very_first_bill_is_not_the_last_one(house, proven):
    house.mean("rechnung")

    reply = await house.own("Wie hoch war die allererste, die ich bekommen habe?", proven(119))

    assert reply is not None
    assert "R-2026-05-119" in reply.text
    assert "42,48" in reply.text
