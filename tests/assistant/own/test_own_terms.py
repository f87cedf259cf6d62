"""What holds for my contract is what it says, on the day that is asked about."""

from __future__ import annotations

from dataclasses import replace

from fakes import SURE

from assistant.messages import EvidenceKind
from knowledge_base.understood import Meant

FEE = "tarifwechsel_niedriger"


async def test_what_holds_for_me_is_what_held_when_i_signed(house, proven):
    old = await house.say("Ist 5G in meinem Tarif enthalten?", proven(101), conversation="old")
    new = await house.say("Ist 5G in meinem Tarif enthalten?", proven(119), conversation="new")

    assert "nicht enthalten" in old.text
    assert "Fassung 2024-04, abgeschlossen am 02.11.2024" in old.text
    assert "nicht enthalten" not in new.text
    assert "Fassung 2025-10, abgeschlossen am 20.04.2026" in new.text
    assert {EvidenceKind.PASSAGE, EvidenceKind.CUSTOMER_DATA} == {
        fact.evidence.kind for fact in old.facts
    }


async def test_a_booking_of_today_has_todays_terms(house, proven):
    reply = await house.say("Was würde ich heute zahlen, wenn ich neu buche?", proven(101))

    assert "neuen Abschluss von Mobil M am 22.11.2026" in reply.text
    assert "24,99\u00a0€" in reply.text
    assert "29,99" not in reply.text


async def test_a_date_that_is_given_wins_over_the_contracts(house, proven):
    from datetime import date

    reply = await house.say(
        "Was kostet mich Mobil M?", proven(101), contract_date=date(2025, 11, 1)
    )

    assert "24,99\u00a0€" in reply.text


async def test_with_two_contracts_the_terms_of_which_one_is_asked(house, proven):
    rudi = proven(109)
    which = await house.say("Ist 5G in meinem Tarif enthalten?", rudi)
    reply = await house.say("Mobil S", rudi)

    assert "Um welchen Ihrer Verträge" in which.text
    assert "Mobil S (0171 3920019) in der Fassung 2025-10" in reply.text


async def test_terms_that_are_surely_asked_for_are_answered_instead_of_asking_back(house, proven):
    house.mean("tarif", "inhaber", "rechnung")

    reply = await house.say("Wie lange ist die Kündigungsfrist bei meinem Tarif?", proven(101))

    assert "1\u00a0Monat" in reply.text
    assert "Fassung 2024-04" in reply.text


async def test_a_contract_with_another_term_than_its_tariff_is_not_told_the_tariffs(house, proven):
    reply = await house.say("Wie lange ist die Mindestlaufzeit bei meinem Vertrag?", proven(107))

    assert "31.10.2026" in reply.text
    assert "24\u00a0Monate" not in reply.text


async def test_a_contract_with_another_price_than_its_tariff_is_not_told_the_tariffs(house, proven):
    reply = await house.say("Was kostet mein Tarif?", proven(107))

    assert "49,99\u00a0€" in reply.text
    assert "44,99" not in reply.text


async def test_an_overview_of_my_tariff_has_my_price(house, proven):
    reply = await house.say("Was ist in meinem Tarif enthalten?", proven(107))

    assert "49,99\u00a0€" in reply.text
    assert "44,99" not in reply.text
    assert "24\u00a0Monate" not in reply.text
    assert "Upload" in reply.text


async def test_what_holds_abroad_holds_for_my_contract_too(house, proven):
    reply = await house.say("Was kostet mich das Surfen in der Schweiz?", proven(101))

    assert "Weltzone 1" in reply.text
    assert "Fassung 2024-04" in reply.text


async def test_a_passage_about_other_products_is_not_said_to_be_of_my_contract(house, proven):
    reply = await house.say("Habe ich eine feste IP-Adresse am Festnetz?", proven(119))

    assert "Ihren Vertrag Mobil M" not in reply.text


async def test_what_the_own_tariff_says_comes_before_records_where_it_is_meant_rather(
    house, proven
):
    house.mean("tarif")
    house.search.means = replace(house.search.means, tariff=1.2, own=0.6)

    reply = await house.say("Ist 5G bei mir enthalten?", proven(101))

    assert "nicht enthalten" in reply.text
    assert "Fassung 2024-04" in reply.text


async def test_records_answer_where_the_own_tariff_says_nothing_of_it(house, proven):
    house.mean("kundennummer")
    house.search.means = replace(house.search.means, tariff=1.2, own=0.6)

    reply = await house.say("Unter welcher Ziffer laufe ich bei euch?", proven(117))

    assert "4000000117" in reply.text


async def test_changing_to_another_tariff_costs_what_the_own_contract_says(build, proven):
    house = await build(trust=replace(SURE, attributes=SURE.passages))
    wish = "Was kostet es mich, wenn ich auf Mobil S runtergehe?"
    house.search.means = Meant(attributes={FEE: 1.0}, passages=0.0, unanswered=0.0)

    old = await house.say(wish, proven(101), conversation="old")
    new = await house.say(wish, proven(119), conversation="new")

    assert "29,99\u00a0€" in old.text
    assert "19,99\u00a0€" in new.text


async def test_a_call_to_abroad_costs_what_the_own_contract_says(house, proven):
    old = await house.say("Was kostet mich die Minute von hier nach Boston?", proven(101))

    assert "1,99\u00a0€" in old.text
    assert "Mobil S" not in old.text


async def test_a_speed_that_is_asked_for_is_not_answered_with_what_is_left(house, proven):
    house.mean("drosselung")

    reply = await house.say("Wie hoch ist meine Geschwindigkeit nach Verbrauch?", proven(101))

    assert "32\u00a0kbit/s" in reply.text
    assert "Fassung 2024-04" in reply.text
