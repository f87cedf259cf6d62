"""DOMAIN.md 2.3: § 56 (3) notice and end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.days import (
    last_day_of_term,
    latest_start,
    months_later,
)
from assistant.rights.terms import (
    ContractTerm,
    contract_end,
    last_notice_day,
    option_end,
    term_of,
)

dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def term(end: date = date(2027, 9, 30), **changes: object) -> ContractTerm:
    return ContractTerm(**({"start": date(2025, 10, 1), "minimum_end": end} | changes))


@pytest.mark.parametrize(
    ("received", "end"),
    [
        (date(2027, 3, 15), date(2027, 4, 15)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_after_the_minimum_term_a_contract_ends_one_month_after_the_notice(received, end):
    assert end == contract_end(term(date(2026, 9, 30)), received).value


def test_a_notice_by_the_printed_day_ends_the_contract_with_its_minimum_term():
    printed = term(last_notice_day=date(2027, 8, 30))

    assert date(2027, 9, 30) == contract_end(printed, date(2027, 8, 30)).value


def test_a_printed_day_that_is_kinder_than_the_law_still_counts():
    kind = term(last_notice_day=date(2027, 9, 20))

    assert date(2027, 9, 30) == contract_end(kind, date(2027, 9, 20)).value
    assert date(2027, 10, 21) == contract_end(kind, date(2027, 9, 21)).value


def test_a_notice_after_the_printed_day_needs_a_month_but_not_less_than_the_minimum_term():
    printed = term(last_notice_day=date(2027, 6, 30), notice_months=3)

    assert date(2027, 9, 30) == contract_end(printed, date(2027, 7, 5)).value
    assert date(2027, 10, 15) == contract_end(printed, date(2027, 9, 15)).value


def test_an_old_contract_with_three_months_notice_needs_only_one_after_its_minimum_term():
    old = term_of(date(2018, 5, 1), 24, notice_months=3)

    assert date(2020, 1, 31) == last_notice_day(old).value
    assert date(2026, 12, 22) == contract_end(old, date(2026, 11, 22)).value


def test_a_contract_without_minimum_term_has_no_last_day_for_a_notice():
    flexible = term_of(date(2026, 1, 15), 0)

    assert last_notice_day(flexible).value is None
    assert date(2026, 12, 22) == contract_end(flexible, date(2026, 11, 22)).value


def test_a_term_ends_on_the_day_before_it_began_or_on_the_last_of_a_short_month():
    assert date(2027, 9, 30) == term_of(date(2025, 10, 1), 24).minimum_end
    assert date(2027, 9, 14) == term_of(date(2025, 9, 15), 24).minimum_end
    assert date(2025, 2, 28) == last_day_of_term(date(2024, 8, 31), 6)


@given(dates, st.integers(0, 36), st.integers(0, 3), st.integers(-60, 2000))
def test_no_contract_ends_before_its_notice_or_within_its_minimum_term(start, length, notice, on):
    agreed = term_of(start, length, notice)
    received = start + timedelta(days=on)

    end = contract_end(agreed, received).value

    assert end >= received
    assert end >= (agreed.minimum_end or start)


@given(dates, st.integers(0, 36), st.integers(0, 3), st.integers(0, 1500), st.integers(0, 90))
def test_waiting_never_ends_a_contract_earlier(start, length, notice, on, wait):
    agreed = term_of(start, length, notice)
    received = start + timedelta(days=on)

    later = contract_end(agreed, received + timedelta(days=wait)).value

    assert contract_end(agreed, received).value <= later


@given(dates, st.integers(0, 12))
def test_the_last_day_for_a_notice_is_in_time_and_the_next_day_is_not(end, count):
    last = latest_start(end, count)

    assert months_later(last, count) <= end
    assert months_later(last + timedelta(days=1), count) > end


def test_an_option_ends_with_its_running_month():
    booked = date(2026, 1, 31)

    assert date(2026, 2, 28) == option_end(booked=booked, received=date(2026, 2, 10)).value
    assert date(2026, 3, 30) == option_end(booked=booked, received=date(2026, 3, 30)).value
    assert date(2026, 4, 30) == option_end(booked=booked, received=date(2026, 3, 31)).value


def test_an_options_notice_period_can_push_it_into_the_next_month():
    found = option_end(booked=date(2026, 1, 1), received=date(2026, 3, 20), notice_days=14)

    assert found.value == date(2026, 4, 30)


@given(dates, st.integers(0, 3000), st.integers(1, 24), st.integers(0, 30))
def test_an_option_runs_on_after_its_notice_for_less_than_one_term(booked, after, length, notice):
    received = booked + timedelta(days=after)

    end = option_end(booked=booked, received=received, term_months=length, notice_days=notice).value

    effective = received + timedelta(days=notice)
    assert effective <= end <= months_later(effective, length) + timedelta(days=3)
