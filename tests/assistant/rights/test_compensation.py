"""DOMAIN.md 2.2: §§ 58 (4), 59, 57 (4)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.calculation import InvalidInput
from assistant.rights.compensation import (
    missed_appointment,
    porting_compensation,
    switch_compensation,
)
from assistant.rights.days import (
    STATES,
)
from assistant.rights.speed import (
    AgreedSpeed,
    Measurement,
    MobileRules,
    mobile_threshold,
    speed_deviates,
    speed_reduction,
)

D = Decimal
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
money = st.decimals(0, 500, places=2)
states = st.none() | st.sampled_from(sorted(STATES))


@pytest.mark.parametrize(("fee", "each"), [("39.99", 10), ("50.00", 10), ("69.99", 14)])
def test_a_missed_appointment_is_worth_ten_euros_or_a_fifth(fee, each):
    assert each == missed_appointment(D(fee)).value
    assert 2 * each == missed_appointment(D(fee), 2).value


def test_a_switch_pays_from_the_second_working_day_without_service():
    friday, tuesday = date(2026, 11, 20), date(2026, 11, 24)

    found = switch_compensation(first_day=friday, last_day=tuesday, monthly_fee=D("39.99"))

    assert found.value == 20
    assert [one.name for one in found.parts] == ["23.11.2026", "24.11.2026"]


def test_one_working_day_without_service_is_free():
    friday = date(2026, 11, 20)

    found = switch_compensation(
        first_day=friday, last_day=friday + timedelta(days=2), monthly_fee=D("69.99")
    )

    assert found.value == 0


def test_a_number_may_be_ported_a_working_day_late_and_then_pays_by_the_day():
    friday = date(2026, 11, 20)

    assert porting_compensation(agreed=friday, ported=date(2026, 11, 23)).value == 0
    assert porting_compensation(agreed=friday, ported=date(2026, 11, 25)).value == 20


@given(dates, st.integers(0, 100), st.integers(0, 50), states, money)
def test_a_longer_delay_of_a_switch_or_port_never_pays_less(first, length, longer, state, fee):
    near, far = (first + timedelta(days=n) for n in (length, length + longer))

    def switch(last: date) -> Decimal:
        return switch_compensation(
            first_day=first, last_day=last, monthly_fee=fee, state=state
        ).value

    def port(last: date) -> Decimal:
        return porting_compensation(agreed=first, ported=last, state=state).value

    assert 0 <= switch(near) <= switch(far)
    assert 0 <= port(near) <= port(far)


AGREED = AgreedSpeed(minimum=D(50), normal=D(80), maximum=D(100))


def series(*days: list[int]) -> tuple[Measurement, ...]:
    return tuple(
        Measurement(on=date(2026, 11, 2) + timedelta(days=number), speed=D(speed))
        for number, speeds in enumerate(days)
        for speed in speeds
    )


GOOD = [95] * 10


@pytest.mark.parametrize(
    ("days", "deviates"),
    [
        ((GOOD, GOOD, GOOD), False),
        ((GOOD, [89] * 10, GOOD), False),
        ((GOOD, [89] * 10, [89] * 10), True),  # (a) 90 % of the maximum never on two days
        (([95] * 9 + [79], [95] * 9 + [79], [95] * 9 + [79]), False),  # 27 of 30 are 90 %
        (([95] * 8 + [79] * 2, [95] * 9 + [79], [95] * 9 + [79]), True),  # (b) 26 of 30
        (([95] * 9 + [49], GOOD, GOOD), False),
        (([95] * 9 + [49], [95] * 9 + [49], GOOD), True),  # (c) below the minimum on two days
    ],
)
def test_a_series_proves_a_deviation_by_any_of_three_rules(days, deviates):
    assert deviates is speed_deviates(AGREED, series(*days)).value


def test_an_incomplete_series_proves_nothing():
    with pytest.raises(InvalidInput, match="measurements"):
        speed_deviates(AGREED, series(GOOD, GOOD))


def test_a_series_over_more_than_fourteen_days_proves_nothing():
    late = tuple(Measurement(on=date(2026, 11, 30), speed=D(95)) for _ in range(10))

    with pytest.raises(InvalidInput, match="14 days"):
        speed_deviates(AGREED, (*series(GOOD, GOOD), *late))


def test_a_reduction_is_the_share_of_speed_that_is_missing():
    found = speed_reduction(monthly_fee=D("39.99"), agreed=D(100), measured=D(60))

    assert D("16.00") == found.value
    assert D("23.99") == found.part("Verbleibendes Entgelt").value


@given(money, st.decimals(1, 1000, places=1), st.decimals(0, 1500, places=1))
def test_a_reduction_lies_between_nothing_and_the_whole_fee(fee, agreed, measured):
    value = speed_reduction(monthly_fee=fee, agreed=agreed, measured=measured).value

    assert 0 <= value <= fee
    assert value == 0 or measured < agreed


def test_the_mobile_threshold_follows_the_settings():
    mine = MobileRules(percent={"high": D(30), "medium": D(15), "low": D(10)})

    assert 75 == mobile_threshold(D(300), "high").value
    assert 90 == mobile_threshold(D(300), "high", mine).value
