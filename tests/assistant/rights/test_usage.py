"""Volume."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.usage import USED_PERCENT, Usage, remaining_volume

D = Decimal
money = st.decimals(0, 500, places=2)


def usage(used: str, **changes: object) -> Usage:
    values = {"included_gb": D(10), "on": date(2026, 11, 22), "reset_at": date(2026, 12, 1)}
    return Usage(**(values | {"used_gb": D(used)} | changes))


def test_what_is_left_counts_what_was_booked():
    found = remaining_volume(usage("8.5", booked_gb=D(2)))

    assert D("3.5") == found.value
    assert found.text == "3,5\u00a0GB"
    assert "in 9 Tagen" in found.steps[-1]


@pytest.mark.parametrize(("used", "warns"), [("7.999", False), ("8", True), ("12", True)])
def test_the_warning_is_due_at_eighty_percent(used, warns):
    assert warns is remaining_volume(usage(used)).part("Warnung fällig").value


@given(money, money, money)
def test_the_rest_shrinks_with_use_and_is_never_negative(included, used, more):
    before, after = (
        remaining_volume(usage(str(one), included_gb=included)) for one in (used, used + more)
    )

    assert 0 <= after.value <= before.value <= included
    assert 0 <= before.part(USED_PERCENT).value <= 100
