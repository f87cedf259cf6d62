"""DOMAIN.md 2.3: § 58 (3) faults."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.compensation import (
    Fault,
    FaultRules,
    fault_compensation,
)

D = Decimal
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
money = st.decimals(0, 500, places=2)


def outage(last_day: date, fee: str = "39.99", **changes: object) -> Fault:
    values = {"reported": date(2027, 3, 1), "monthly_fee": D(fee), "total_outage": True}
    return Fault(**(values | {"last_day": last_day} | changes))


@pytest.mark.parametrize(("fee", "days"), [("39.99", (5, 5, 10, 10)), ("69.99", (7, 7, 14, 14))])
def test_an_outage_reported_on_1_march_pays_from_4_to_7_march(fee, days):
    found = fault_compensation(outage(date(2027, 3, 7), fee))

    assert sum(days) == found.value
    assert ["04.03.2027", "05.03.2027", "06.03.2027", "07.03.2027"] == [
        one.name for one in found.parts
    ]
    assert [D(day) for day in days] == [one.value for one in found.parts]


def test_thirty_and_forty_two_euros_are_written_in_german():
    assert "30,00\u00a0€" == fault_compensation(outage(date(2027, 3, 7))).text
    assert "42,00\u00a0€" == fault_compensation(outage(date(2027, 3, 7), "69.99")).text


def test_a_partial_outage_has_no_daily_sum():
    found = fault_compensation(outage(date(2027, 3, 31), total_outage=False))

    assert found.value == 0
    assert "Minderung" in found.steps[1]


def test_force_majeure_has_no_daily_sum():
    assert fault_compensation(outage(date(2027, 3, 31), excused=True)).value == 0


@pytest.mark.parametrize("last", [1, 2, 3])
def test_the_first_two_days_after_the_report_are_free(last):
    assert fault_compensation(outage(date(2027, 3, last))).value == 0


def test_counting_the_day_of_the_report_brings_every_day_forward():
    rules = FaultRules(counts_report_day=True)

    found = fault_compensation(outage(date(2027, 3, 7)), rules)

    assert found.parts[0].name == "03.03.2027"
    assert found.value == 40


def test_a_reduction_for_the_same_days_is_offset_and_never_turns_the_sum_around():
    assert 18 == fault_compensation(outage(date(2027, 3, 7), reduction=D(12))).value
    assert 0 == fault_compensation(outage(date(2027, 3, 7), reduction=D(99))).value


def test_the_steps_of_an_outage_lead_to_its_sum():
    steps = [
        step.replace("\u00a0", " ") for step in fault_compensation(outage(date(2027, 3, 7))).steps
    ]

    assert steps == [
        "Ihre Störungsmeldung ist am 01.03.2027 eingegangen; dieser Tag zählt nicht mit.",
        "Tag 3 bis 4 (04.03.2027 bis 05.03.2027): je 5,00 €, der höhere Betrag aus 5,00 € und "
        "10 % von 39,99 € (4,00 €).",
        "Tag 5 bis 6 (06.03.2027 bis 07.03.2027): je 10,00 €, der höhere Betrag aus 10,00 € und "
        "20 % von 39,99 € (8,00 €).",
        "2 × 5,00 € + 2 × 10,00 € = 30,00 €.",
    ]


@given(dates, st.integers(0, 400), st.integers(0, 100), money)
def test_a_longer_outage_is_never_worth_less(reported, length, longer, fee):
    def worth(days: int) -> Decimal:
        last = reported + timedelta(days=days)
        return fault_compensation(outage(last, str(fee), reported=reported)).value

    assert 0 <= worth(length) <= worth(length + longer)


@given(st.integers(0, 60), money, money)
def test_a_dearer_contract_is_never_compensated_less(length, fee, more):
    last = date(2027, 3, 1) + timedelta(days=length)

    cheap, dear = (fault_compensation(outage(last, str(one))) for one in (fee, fee + more))

    assert cheap.value <= dear.value
    assert cheap.value == sum(one.value for one in cheap.parts)
