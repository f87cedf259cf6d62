"""Every calculation explains itself, and refuses nonsense."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assistant.insights.scores import Stratum, topic_impact, weighted_nps
from assistant.messages import AssistantError, EvidenceKind
from assistant.rights.arrears import Claim, Threat, full_block_from, may_block
from assistant.rights.calculation import InvalidInput, written
from assistant.rights.compensation import (
    Fault,
    fault_compensation,
    missed_appointment,
    porting_compensation,
    switch_compensation,
)
from assistant.rights.deadlines import objection_deadline, porting_deadline
from assistant.rights.devices import instalments, kept_device
from assistant.rights.prices import Offer, Phase, pro_rata, split_month, total_cost
from assistant.rights.roaming import (
    roaming_surcharge,
    roaming_zone,
    surcharge_limit,
)
from assistant.rights.speed import (
    AgreedSpeed,
    Measurement,
    mobile_threshold,
    speed_deviates,
    speed_reduction,
)
from assistant.rights.terms import (
    ContractTerm,
    change_exit,
    contract_end,
    last_notice_day,
    moving_end,
    option_end,
    term_of,
)
from assistant.rights.usage import Usage, remaining_volume
from assistant.rights.withdrawal import (
    LAST_DAY,
    Purchase,
    withdrawal_end,
    withdrawal_in_time,
)

D = Decimal


def outage(last_day: date, fee: str = "39.99", **changes: object) -> Fault:
    values = {"reported": date(2027, 3, 1), "monthly_fee": D(fee), "total_outage": True}
    return Fault(**(values | {"last_day": last_day} | changes))


def term(end: date = date(2027, 9, 30), **changes: object) -> ContractTerm:
    return ContractTerm(**({"start": date(2025, 10, 1), "minimum_end": end} | changes))


def service(event: date, instructed: date | None = None) -> Purchase:
    return Purchase(kind="service", event=event, instructed=instructed or event)


TWO_BILLS = (
    Claim(amount=D("60.00"), due=date(2026, 9, 1)),
    Claim(amount=D("40.00"), due=date(2026, 10, 1)),
)


THREAT = Threat(received=date(2026, 11, 8))


AGREED = AgreedSpeed(minimum=D(50), normal=D(80), maximum=D(100))


def series(*days: list[int]) -> tuple[Measurement, ...]:
    return tuple(
        Measurement(on=date(2026, 11, 2) + timedelta(days=number), speed=D(speed))
        for number, speeds in enumerate(days)
        for speed in speeds
    )


GOOD = [95] * 10


def usage(used: str, **changes: object) -> Usage:
    values = {"included_gb": D(10), "on": date(2026, 11, 22), "reset_at": date(2026, 12, 1)}
    return Usage(**(values | {"used_gb": D(used)} | changes))


ALL = [
    fault_compensation(outage(date(2027, 3, 7))),
    missed_appointment(D("39.99")),
    switch_compensation(
        first_day=date(2026, 11, 20), last_day=date(2026, 11, 24), monthly_fee=D(40)
    ),
    porting_compensation(agreed=date(2026, 11, 20), ported=date(2026, 11, 25)),
    last_notice_day(term()),
    contract_end(term(), date(2027, 9, 15)),
    option_end(booked=date(2026, 1, 1), received=date(2026, 3, 20)),
    change_exit(notified=date(2026, 11, 2), effective=date(2027, 1, 1), received=date(2026, 11, 3)),
    moving_end(received=date(2026, 11, 2), move_out=date(2026, 12, 31)),
    porting_deadline(date(2026, 11, 2)),
    objection_deadline(date(2026, 11, 2)),
    withdrawal_end(service(date(2026, 11, 7))),
    withdrawal_in_time(service(date(2026, 11, 7)), date(2026, 11, 9)),
    may_block(TWO_BILLS, THREAT, date(2026, 11, 22)),
    full_block_from(date(2026, 11, 22)),
    roaming_zone("Ukraine", date(2025, 12, 31)),
    surcharge_limit(date(2026, 11, 22)),
    roaming_surcharge(used_gb=D(12), fair_use_gb=D(10), on=date(2026, 6, 1)),
    speed_deviates(AGREED, series(GOOD, GOOD, GOOD)),
    speed_reduction(monthly_fee=D(40), agreed=D(100), measured=D(60)),
    mobile_threshold(D(300), "low"),
    pro_rata(monthly=D("29.99"), first=date(2026, 11, 22), last=date(2026, 12, 31)),
    split_month(monthly=D("29.99"), month=date(2026, 11, 1), changes=(date(2026, 11, 22),)),
    total_cost(Offer(name="Mobil S", monthly=D("17.99"), months=24)),
    instalments(price=D("499.99"), count=24, down=D(1)),
    kept_device(value_at_start=D(480), term_months=24, used_months=12, remaining_fees=D(215)),
    remaining_volume(usage("8.5")),
]


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.name)
def test_a_calculation_names_inputs_rule_and_ends_its_steps_as_sentences(found):
    assert found.rule
    assert found.evidence.kind is EvidenceKind.CALCULATION
    assert found.evidence.reference == found.name
    assert len(found.evidence.inputs) == len(found.inputs) > 0
    assert all(step.endswith(".") for step in found.steps)


@pytest.mark.parametrize(
    "found",
    [one for one in ALL if not isinstance(one.value, bool | str)],
    ids=lambda found: found.name,
)
def test_the_value_itself_stands_in_the_steps(found):
    assert found.text in " ".join(found.steps)


def test_the_ids_of_calculations_differ():
    assert len({one.name for one in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda: fault_compensation(outage(date(2027, 2, 28))), "last_day"),
        (lambda: fault_compensation(outage(date(2027, 3, 7), "-1")), "monthly_fee"),
        (lambda: fault_compensation(outage(date(2027, 3, 7), "NaN")), "monthly_fee"),
        (lambda: fault_compensation(outage(date(9999, 12, 31))), "last_day"),
        (lambda: missed_appointment(D(40), -1), "appointments"),
        (lambda: contract_end(term(date(2025, 9, 30)), date(2026, 1, 1)), "minimum_end"),
        (lambda: contract_end(term(), date(1, 1, 1)), "received"),
        (lambda: term_of(date(2026, 1, 1), -1), "minimum_months"),
        (lambda: withdrawal_end(service(date(2026, 11, 7)), state="XY"), "state"),
        (lambda: withdrawal_in_time(service(date(2026, 11, 7)), date(2026, 11, 6)), "sent"),
        (lambda: may_block((Claim(amount=D(-1), due=date(2026, 1, 1)),), None, date(2026, 2, 1)),
         "amount"),
        (lambda: roaming_zone("Spanien", date(2016, 1, 1)), "on"),
        (lambda: roaming_zone("x" * 20_000, date(2026, 1, 1)), "country"),
        (lambda: speed_reduction(monthly_fee=D(1), agreed=D(0), measured=D(0)), "agreed"),
        (lambda: mobile_threshold(D(300), "city"), "density"),
        (lambda: pro_rata(monthly=D(1), first=date(2026, 2, 2), last=date(2026, 2, 1)), "last"),
        (lambda: split_month(monthly=D(1), month=date(2026, 2, 1), changes=(date(2026, 3, 1),)),
         "changes"),
        (lambda: total_cost(Offer(name="T", monthly=D(1), months=0)), "months"),
        (lambda: total_cost(Offer(name="T", monthly=D(1), months=2,
                                  promotions=(Phase(months=3, monthly=D(0)),))), "promotions"),
        (lambda: instalments(price=D(1), count=0), "count"),
        (lambda: instalments(price=D(1), count=2, down=D(2)), "down"),
        (lambda: kept_device(value_at_start=D(1), term_months=2, used_months=3,
                             remaining_fees=D(1)), "used_months"),
        (lambda: remaining_volume(usage("-1")), "used_gb"),
        (lambda: remaining_volume(usage("1", reset_at=date(2026, 11, 1))), "reset_at"),
        (lambda: weighted_nps((Stratum(name="A", share=D("0.7"), nps=D(10)),)), "share"),
        (lambda: topic_impact(answers=5, nps=D(0), with_topic=5, topic_nps=D(0)), "with_topic"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_by_its_name_and_with_a_way_out(wrong, named):
    with pytest.raises(InvalidInput, match=rf"^{named} is .+; \w+") as caught:
        wrong()

    assert caught.value.name == named
    assert isinstance(caught.value, AssistantError)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (D("1234.5"), "EUR", "1.234,50\u00a0€"),
        (D("-5"), "EUR", "−5,00\u00a0€"),
        (D("1E+3"), "Mbit/s", "1.000\u00a0Mbit/s"),
        (D("10.500"), "GB", "10,5\u00a0GB"),
        (1, "Monate", "1\u00a0Monat"),
        (date(2027, 4, 15), None, "15.04.2027"),
        (True, None, "ja"),
        (None, None, "keine Angabe"),
    ],
)
def test_values_are_written_the_german_way(value, unit, text):
    assert text == written(value, unit)


def test_the_parts_of_a_withdrawal_name_its_last_day():
    assert date(2026, 11, 23) == withdrawal_end(service(date(2026, 11, 7))).part(LAST_DAY).value
