"""DOMAIN.md 2.3: withdrawal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.days import (
    STATES,
    is_working_day,
    months_later,
)
from assistant.rights.withdrawal import (
    Purchase,
    WithdrawalRules,
    withdrawal_end,
    withdrawal_in_time,
)

dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
states = st.none() | st.sampled_from(sorted(STATES))


def service(event: date, instructed: date | None = None) -> Purchase:
    return Purchase(kind="service", event=event, instructed=instructed or event)


def test_the_day_of_the_contract_does_not_count_for_the_withdrawal_period():
    found = withdrawal_end(service(date(2026, 11, 2)))

    assert found.value == date(2026, 11, 16)
    assert found.part("Erster Tag der Frist").value == date(2026, 11, 3)


def test_for_a_device_the_period_counts_from_delivery():
    bought = Purchase(kind="goods", event=date(2026, 11, 10), instructed=date(2026, 11, 2))

    found = withdrawal_end(bought)

    assert found.value == date(2026, 11, 24)
    assert found.inputs[0].name == "Lieferung"


@pytest.mark.parametrize(
    ("concluded", "end"),
    [
        (date(2026, 11, 7), date(2026, 11, 23)),  # a Saturday
        (date(2026, 11, 8), date(2026, 11, 23)),  # a Sunday
        (date(2026, 12, 11), date(2026, 12, 28)),  # Christmas Day, Boxing Day, Sunday
        (date(2026, 3, 20), date(2026, 4, 7)),  # Good Friday to Easter Monday
    ],
)
def test_a_last_day_on_a_weekend_or_holiday_moves_to_the_next_working_day(concluded, end):
    assert end == withdrawal_end(service(concluded)).value


def test_a_holiday_of_one_state_moves_the_last_day_only_there():
    bought = service(date(2026, 5, 21))  # Corpus Christi is on 4 June

    assert date(2026, 6, 4) == withdrawal_end(bought, state="BE").value
    assert date(2026, 6, 5) == withdrawal_end(bought, state="NW").value


def test_without_the_unverified_rule_a_weekend_stays_the_last_day():
    rules = WithdrawalRules(moves_to_working_day=False)

    assert date(2026, 11, 21) == withdrawal_end(service(date(2026, 11, 7)), rules=rules).value


def test_without_instruction_the_period_ends_after_twelve_months_and_fourteen_days():
    never = Purchase(kind="service", event=date(2025, 11, 2), instructed=None)

    assert date(2026, 11, 16) == withdrawal_end(never).value


def test_a_late_instruction_starts_the_period_but_does_not_stretch_it_beyond_a_year():
    late = service(date(2025, 11, 3), date(2026, 2, 2))
    too_late = service(date(2025, 11, 2), date(2026, 11, 10))

    assert date(2026, 2, 16) == withdrawal_end(late).value
    assert date(2026, 11, 16) == withdrawal_end(too_late).value


def test_sending_a_withdrawal_on_the_last_day_is_enough():
    bought = service(date(2026, 11, 2))

    assert withdrawal_in_time(bought, date(2026, 11, 16)).value is True
    assert withdrawal_in_time(bought, date(2026, 11, 17)).value is False


@given(dates, st.none() | st.integers(-30, 800), states)
def test_a_withdrawal_period_ends_on_a_working_day_after_at_least_fourteen_days(
    event, delay, state
):
    told = None if delay is None else event + timedelta(days=delay)
    bought = Purchase(kind="service", event=event, instructed=told)

    end = withdrawal_end(bought, state=state).value

    assert is_working_day(end, state)
    assert event + timedelta(days=14) <= end
    assert end <= months_later(event, 12) + timedelta(days=14 + 5)
