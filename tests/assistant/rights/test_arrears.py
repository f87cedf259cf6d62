"""DOMAIN.md 2.3: § 61 (4) blocking."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.arrears import COUNTING, EARLIEST, Claim, Threat, full_block_from, may_block

D = Decimal
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
money = st.decimals(0, 500, places=2)


TWO_BILLS = (
    Claim(amount=D("60.00"), due=date(2026, 9, 1)),
    Claim(amount=D("40.00"), due=date(2026, 10, 1)),
)
THREAT = Threat(received=date(2026, 11, 8))


def test_a_hundred_euros_twice_unpaid_may_be_blocked_two_weeks_after_the_threat():
    assert may_block(TWO_BILLS, THREAT, date(2026, 11, 22)).value is True
    assert may_block(TWO_BILLS, THREAT, date(2026, 11, 21)).value is False


def test_a_cent_below_the_limit_is_not_blocked():
    bills = (TWO_BILLS[0], Claim(amount=D("39.99"), due=date(2026, 10, 1)))

    assert may_block(bills, THREAT, date(2026, 11, 22)).value is False


@pytest.mark.parametrize("excluded", [{"disputed": True}, {"third_party": True}])
def test_disputed_and_third_party_claims_do_not_count_for_a_block(excluded):
    bills = (*TWO_BILLS[:1], Claim(amount=D(400), due=date(2026, 10, 1), **excluded))

    found = may_block(bills, THREAT, date(2026, 11, 22))

    assert found.value is False
    assert found.part(COUNTING).value == 60


def test_one_large_unpaid_bill_is_not_repeated_default():
    bill = (Claim(amount=D(500), due=date(2026, 9, 1)),)

    assert may_block(bill, THREAT, date(2026, 11, 22)).value is False


@pytest.mark.parametrize(
    "threat",
    [
        None,
        Threat(received=date(2026, 10, 1), written=False),
        Threat(received=date(2026, 10, 1), names_courts=False),
    ],
)
def test_without_a_proper_threat_nothing_is_blocked(threat):
    found = may_block(TWO_BILLS, threat, date(2026, 11, 22))

    assert found.value is False
    assert found.part(EARLIEST).value is None


def test_a_bill_that_is_due_today_is_not_overdue():
    assert may_block(TWO_BILLS, THREAT, date(2026, 10, 1)).part(COUNTING).value == 60


def test_incoming_calls_may_be_blocked_a_week_later():
    assert date(2026, 11, 29) == full_block_from(date(2026, 11, 22)).value


autumn = st.dates(date(2026, 8, 1), date(2026, 11, 30))
claims = st.lists(
    st.builds(Claim, amount=money, due=autumn, disputed=st.booleans(), third_party=st.booleans()),
    max_size=6,
).map(tuple)


@given(claims, autumn, autumn, st.integers(0, 400))
def test_a_block_once_allowed_stays_allowed_while_nothing_is_paid(bills, threatened, on, wait):
    threat = Threat(received=threatened)

    later = may_block(bills, threat, on + timedelta(days=wait)).value

    assert later or not may_block(bills, threat, on).value


@given(claims, autumn, autumn)
def test_no_block_is_allowed_below_the_limit_or_before_two_weeks(bills, threatened, on):
    found = may_block(bills, Threat(received=threatened), on)

    assert not found.value or found.part(COUNTING).value >= 100
    assert not found.value or on >= threatened + timedelta(days=14)


@given(claims, autumn, autumn)
def test_disputing_everything_always_prevents_a_block(bills, threatened, on):
    disputed = tuple(
        Claim(amount=one.amount, due=one.due, disputed=True, third_party=one.third_party)
        for one in bills
    )

    assert may_block(disputed, Threat(received=threatened), on).value is False
