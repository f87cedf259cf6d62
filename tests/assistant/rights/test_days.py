"""Days and holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.days import (
    STATES,
    easter,
    is_working_day,
    public_holidays,
    working_day_from,
)

dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
states = st.none() | st.sampled_from(sorted(STATES))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter_is_on_its_sunday(year, sunday):
    assert date(year, *sunday) == easter(year)


@given(st.integers(1990, 2099))
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(st.integers(1990, 2099), st.sampled_from(sorted(STATES)))
def test_every_state_keeps_the_nine_nationwide_holidays(year, state):
    # Ascension falls on 1 May in 2008.
    nationwide = 8 if easter(year) + timedelta(days=39) == date(year, 5, 1) else 9

    assert nationwide == len(public_holidays(year))
    assert public_holidays(year) <= public_holidays(year, state)


def test_saxony_rests_on_the_wednesday_before_23_november():
    assert date(2026, 11, 18) in public_holidays(2026, "SN")
    assert date(2033, 11, 16) in public_holidays(2033, "SN")


@given(dates, states)
def test_the_next_working_day_is_at_most_five_days_away(day, state):
    found = working_day_from(day, state)

    assert is_working_day(found, state)
    assert day <= found <= day + timedelta(days=5)
