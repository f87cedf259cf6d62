"""What months, instalments and whole terms cost; every cent is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.rights.calculation import (
    Calculation,
    InvalidInput,
    Quantity,
    cents,
    days,
    euro,
    months,
    need_amount,
    need_count,
    need_day,
    need_order,
)
from assistant.rights.days import ONE_DAY, last_day_of_month
from knowledge_base.wording import day

NOTHING = Decimal("0.00")
MONTHLY = "Monatlicher Preis"
_AGREED = "vereinbarter Preis, taggenau nach Kalendertagen"


def pro_rata(*, monthly: Decimal, first: date, last: date) -> Calculation[Decimal]:
    """Give the price of the days from first to last, both included, month by month.

    Raises:
        InvalidInput: The price is negative or the last day before the first.
    """
    need_amount("monthly", monthly)
    need_order("first", first, "last", last)
    parts, steps = [], []
    for begin, end in _months(first, last):
        length, of_month = (end - begin).days + 1, last_day_of_month(end).day
        price = _share(monthly, length, of_month)
        parts.append(Quantity(name=f"{day(begin)} bis {day(end)}", value=price, unit="EUR"))
        steps.append(
            f"{day(begin)} bis {day(end)}: der ganze Monat, {euro(price)}."
            if length == of_month
            else f"{day(begin)} bis {day(end)}: {days(length)} von {of_month}, "
            f"{euro(monthly)} × {length} ÷ {of_month} = {euro(price)}, auf Cent gerundet."
        )
    value = _sum(parts)
    if len(parts) > 1:
        steps.append(f"Zusammen {euro(value)}.")
    return Calculation(
        name="preis_anteilig",
        value=value,
        unit="EUR",
        rule=_AGREED,
        inputs=(
            Quantity(name=MONTHLY, value=monthly, unit="EUR"),
            Quantity(name="Erster Tag", value=first),
            Quantity(name="Letzter Tag", value=last),
        ),
        parts=tuple(parts),
        steps=tuple(steps),
    )


def split_month(
    *, monthly: Decimal, month: date, changes: tuple[date, ...]
) -> Calculation[Decimal]:
    """Split the price of a month at some days so that the parts sum up to it exactly.

    Args:
        monthly: The price of the whole month.
        month: Any day of the month.
        changes: The days on which a new part begins, in order.

    Raises:
        InvalidInput: The price is negative, or a change is not within the month or in order.
    """
    need_amount("monthly", monthly)
    need_day("month", month)
    last = last_day_of_month(month)
    starts = [month.replace(day=1), *changes]
    for earlier, later in zip(starts, changes, strict=False):
        if not earlier < later <= last:
            raise InvalidInput("changes", later, f"give days in order from the 2nd to {last}")
    ends = [*(one - ONE_DAY for one in changes), last]
    parts, passed = [], NOTHING
    for begin, end in zip(starts, ends, strict=True):
        until = _share(monthly, end.day, last.day)
        parts.append(
            Quantity(name=f"{day(begin)} bis {day(end)}", value=until - passed, unit="EUR")
        )
        passed = until
    return Calculation(
        name="preis_geteilt",
        value=passed,
        unit="EUR",
        rule=_AGREED,
        inputs=(
            Quantity(name=MONTHLY, value=monthly, unit="EUR"),
            *(Quantity(name="Wechsel am", value=one) for one in changes),
        ),
        parts=tuple(parts),
        steps=(
            *(f"{one.name}: {one.text}." for one in parts),
            f"Zusammen {euro(passed)}.",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Some months at one price, one after the other: a promotion, then the rest."""

    months: int
    monthly: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What is paid beside the tariff: an option, a device, a fee."""

    name: str
    once: Decimal = NOTHING
    """Negative for a credit."""
    monthly: Decimal = NOTHING
    months: int | None = None
    """From the start of the contract; None: the whole time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The prices of a contract over some months."""

    name: str
    monthly: Decimal
    months: int
    promotions: tuple[Phase, ...] = ()
    """At the start of the contract; afterwards `monthly` holds."""
    extras: tuple[Extra, ...] = ()


def total_cost(offer: Offer) -> Calculation[Decimal]:
    """Add up everything that an offer costs over its months.

    Raises:
        InvalidInput: A price is negative, or something lasts longer than the offer.
    """
    _check(offer)
    parts, steps = [], []
    promoted = sum(one.months for one in offer.promotions)
    rest = Phase(months=offer.months - promoted, monthly=offer.monthly)
    begin = 1
    for phase in (*offer.promotions, rest):
        if not phase.months:
            continue
        price = cents(phase.monthly * phase.months)
        last = begin + phase.months - 1
        when = f"Monat {begin}" if begin == last else f"Monat {begin} bis {last}"
        parts.append(Quantity(name=f"{offer.name}, {when}", value=price, unit="EUR"))
        steps.append(
            f"{offer.name}, {when}: {phase.months} × {euro(phase.monthly)} = {euro(price)}."
        )
        begin = last + 1
    for extra in offer.extras:
        for part, step in _extra(extra, offer.months):
            parts.append(part)
            steps.append(step)
    value = _sum(parts)
    steps.append(f"Zusammen in {months(offer.months, 'Monaten')}: {euro(value)}.")
    average = cents(value / offer.months)
    steps.append(f"Das sind durchschnittlich {euro(average)} je Monat.")
    return Calculation(
        name="gesamtkosten",
        value=value,
        unit="EUR",
        rule="vereinbarte Preise über die Laufzeit",
        inputs=tuple(_inputs(offer)),
        parts=tuple(parts),
        steps=tuple(steps),
    )


def _check(offer: Offer) -> None:
    need_amount("monthly", offer.monthly)
    need_count("months", offer.months, least=1)
    for phase in offer.promotions:
        need_amount("monthly", phase.monthly)
        need_count("months", phase.months, least=1)
    promoted = sum(one.months for one in offer.promotions)
    if promoted > offer.months:
        raise InvalidInput("promotions", promoted, f"give at most {offer.months} months")
    for extra in offer.extras:
        need_amount("monthly", extra.monthly)
        need_amount("once", abs(extra.once))
        if extra.months is not None:
            need_count("months", extra.months, most=offer.months)


def _extra(extra: Extra, whole: int) -> Iterator[tuple[Quantity, str]]:
    if extra.once:
        price = cents(extra.once)
        yield (
            Quantity(name=f"{extra.name}, einmalig", value=price, unit="EUR"),
            f"{extra.name}, einmalig: {euro(price)}.",
        )
    count = whole if extra.months is None else extra.months
    if extra.monthly and count:
        price = cents(extra.monthly * count)
        yield (
            Quantity(name=f"{extra.name}, monatlich", value=price, unit="EUR"),
            f"{extra.name}: {count} × {euro(extra.monthly)} = {euro(price)}.",
        )


def _inputs(offer: Offer) -> Iterator[Quantity]:
    yield Quantity(name="Laufzeit", value=offer.months, unit="Monate")
    yield Quantity(name=f"{offer.name}, monatlich", value=offer.monthly, unit="EUR")
    for phase in offer.promotions:
        yield Quantity(name="Aktionspreis, monatlich", value=phase.monthly, unit="EUR")
        yield Quantity(name="Dauer des Aktionspreises", value=phase.months, unit="Monate")
    for extra in offer.extras:
        if extra.once:
            yield Quantity(name=f"{extra.name}, einmalig", value=extra.once, unit="EUR")
        if extra.monthly:
            yield Quantity(name=f"{extra.name}, monatlich", value=extra.monthly, unit="EUR")
            if extra.months is not None:
                yield Quantity(name=f"{extra.name}, Dauer", value=extra.months, unit="Monate")


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    begin = first
    while begin <= last:
        end = min(last, last_day_of_month(begin))
        yield begin, end
        begin = end + ONE_DAY


def _share(monthly: Decimal, length: int, of_month: int) -> Decimal:
    return cents(monthly * length / of_month)


def _sum(parts: list[Quantity]) -> Decimal:
    return sum((one.value for one in parts if isinstance(one.value, Decimal)), NOTHING)
