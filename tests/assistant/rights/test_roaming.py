"""DOMAIN.md 2.3: roaming."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rights.roaming import (
    HOME,
    OTHER,
    roaming_surcharge,
    roaming_zone,
    surcharge_limit,
)

D = Decimal
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
money = st.decimals(0, 500, places=2)


@pytest.mark.parametrize("country", ["UA", "MD", "Ukraine", "moldau"])
def test_ukraine_and_moldova_join_the_zone_on_1_january_2026(country):
    assert OTHER == roaming_zone(country, date(2025, 12, 31)).value
    assert HOME == roaming_zone(country, date(2026, 1, 1)).value


@pytest.mark.parametrize("country", ["Spanien", "NO", "island", "LI", "Österreich", "RE"])
def test_the_union_and_the_economic_area_are_home(country):
    assert HOME == roaming_zone(country, date(2026, 11, 22)).value


@pytest.mark.parametrize("country", ["CH", "Türkei", "GB", "Großbritannien", "US"])
def test_switzerland_britain_and_turkey_are_not_home(country):
    assert OTHER == roaming_zone(country, date(2026, 11, 22)).value


@pytest.mark.parametrize("country", ["Atlantis", "", "XA", "🏝", "Europa-Park"])
def test_an_unknown_country_gets_no_price_statement(country):
    found = roaming_zone(country, date(2026, 11, 22))

    assert found.value is None
    assert not any(sign in step for step in found.steps for sign in "€0123456789")


@pytest.mark.parametrize(("year", "gross"), [(2026, "1.30"), (2027, "1.19"), (2031, "1.19")])
def test_the_surcharge_limit_falls_with_the_year_and_is_not_rounded_up(year, gross):
    assert D(gross) == surcharge_limit(date(year, 6, 1)).value


def test_only_data_above_fair_use_is_surcharged():
    on = date(2026, 6, 1)

    assert roaming_surcharge(used_gb=D(10), fair_use_gb=D(10), on=on).value == 0
    assert D("2.61") == roaming_surcharge(used_gb=D(12), fair_use_gb=D(10), on=on).value


@given(money, money, st.dates(date(2022, 7, 1), date(2032, 6, 30)))
def test_more_data_abroad_never_costs_less(used, more, on):
    less, greater = (
        roaming_surcharge(used_gb=one, fair_use_gb=D(20), on=on) for one in (used, used + more)
    )

    assert 0 <= less.value <= greater.value
