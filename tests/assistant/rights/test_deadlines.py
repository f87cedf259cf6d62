"""DOMAIN.md 2.3: § 57 (1) changes; §§ 59, 60, 67."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.days import (
    months_later,
)
from assistant.rights.deadlines import objection_deadline, porting_deadline
from assistant.rights.terms import (
    change_exit,
    moving_end,
)

dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def test_a_change_can_be_answered_for_three_months_from_the_day_its_notice_arrived():
    window = {"notified": date(2026, 11, 30), "effective": date(2027, 1, 1)}

    assert date(2027, 2, 28) == change_exit(**window, received=date(2027, 2, 28)).value
    assert change_exit(**window, received=date(2027, 3, 1)).value is None


def test_an_exit_because_of_a_change_does_not_come_before_the_change():
    window = {"notified": date(2026, 11, 2), "effective": date(2027, 1, 1)}

    assert date(2027, 1, 1) == change_exit(**window, received=date(2026, 11, 20)).value
    assert (
        date(2027, 1, 31)
        == change_exit(**window, received=date(2026, 11, 20), wished=date(2027, 1, 31)).value
    )


@given(dates, st.integers(0, 90), st.integers(0, 120))
def test_an_exit_is_never_before_the_change_or_the_notice(notified, until, after):
    effective, received = notified + timedelta(days=until), notified + timedelta(days=after)

    end = change_exit(notified=notified, effective=effective, received=received).value

    assert (end is None) == (received > months_later(notified, 3))
    assert end is None or end >= max(effective, received)


def test_moving_ends_a_contract_after_a_month_but_not_before_the_move():
    move = date(2027, 5, 31)

    assert move == moving_end(received=date(2027, 1, 10), move_out=move).value
    assert date(2027, 6, 20) == moving_end(received=date(2027, 5, 20), move_out=move).value


def test_a_number_can_be_taken_along_for_one_month_after_the_contract():
    assert date(2027, 2, 28) == porting_deadline(date(2027, 1, 31)).value


def test_a_bill_can_be_objected_to_for_eight_weeks():
    assert date(2027, 1, 17) == objection_deadline(date(2026, 11, 22)).value
