"""Prices."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.rights.devices import instalments, kept_device
from assistant.rights.prices import Extra, Offer, Phase, pro_rata, split_month, total_cost

D = Decimal
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))
money = st.decimals(0, 500, places=2)


def test_nine_days_of_november_cost_nine_thirtieths():
    found = pro_rata(monthly=D("29.99"), first=date(2026, 11, 22), last=date(2026, 11, 30))

    assert D("9.00") == found.value


def test_whole_months_cost_the_whole_price_however_long_they_are():
    found = pro_rata(monthly=D("29.99"), first=date(2026, 1, 1), last=date(2026, 3, 31))

    assert D("89.97") == found.value


@given(money, dates, st.integers(0, 200), st.integers(0, 60))
def test_more_days_never_cost_less(monthly, first, length, longer):
    short, long = (
        pro_rata(monthly=monthly, first=first, last=first + timedelta(days=n))
        for n in (length, length + longer)
    )

    assert 0 <= short.value <= long.value
    assert short.value == sum(one.value for one in short.parts)


@given(money, dates, st.sets(st.integers(2, 28)))
def test_the_parts_of_a_month_sum_up_to_its_price(monthly, month, changes):
    found = split_month(
        monthly=monthly,
        month=month,
        changes=tuple(month.replace(day=number) for number in sorted(changes)),
    )

    assert monthly == found.value == sum(one.value for one in found.parts)
    assert all(one.value >= 0 for one in found.parts)
    assert len(found.parts) == len(changes) + 1


def test_a_promotion_a_fee_and_an_option_make_up_the_total():
    offer = Offer(
        name="Mobil S",
        monthly=D("17.99"),
        months=24,
        promotions=(Phase(months=3, monthly=D("8.99")),),
        extras=(
            Extra(name="Anschlusspreis", once=D("29.99")),
            Extra(name="Option MultiSIM", once=D("4.99"), monthly=D("3.99"), months=12),
            Extra(name="Startguthaben", once=D("-10.00")),
        ),
    )

    found = total_cost(offer)

    # 3 × 8,99 + 21 × 17,99 + 29,99 + 4,99 + 12 × 3,99 − 10
    assert D("477.62") == found.value
    assert sum(one.value for one in found.parts) == found.value
    assert "Mobil S, Monat 4 bis 24: 21 × 17,99\u00a0€ = 377,79\u00a0€." in found.steps
    assert "Startguthaben, einmalig: −10,00\u00a0€." in found.steps


@given(money, money, st.integers(1, 24), st.integers(0, 24))
def test_a_longer_promotion_below_the_price_never_makes_it_dearer(price, less, promoted, more):
    assume(promoted + more <= 24)
    cheap = max(D(0), price - less)

    def total(count: int) -> Decimal:
        phases = (Phase(months=count, monthly=cheap),)
        return total_cost(Offer(name="T", monthly=price, months=24, promotions=phases)).value

    assert 0 <= total(promoted + more) <= total(promoted) <= 24 * price


@given(money, st.integers(1, 60), st.integers(0, 100))
def test_instalments_sum_up_to_the_price_and_none_is_negative(price, count, percent):
    down = (price * percent / 100).quantize(D("0.01"), "ROUND_DOWN")

    found = instalments(price=price, count=count, down=down)

    assert price == sum(one.value for one in found.parts)
    assert len(found.parts) == count + 1
    assert all(one.value >= 0 for one in found.parts)


def test_a_kept_device_costs_its_remaining_share_or_the_remaining_fees():
    half = {"value_at_start": D(480), "term_months": 24, "used_months": 12}

    assert 240 == kept_device(**half, remaining_fees=D(300)).value
    assert 215 == kept_device(**half, remaining_fees=D(215)).value
