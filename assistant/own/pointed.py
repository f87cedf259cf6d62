"""What a question points at in the customer's own records: an amount, a day, a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

from assistant.customers.bills import Invoice, Line, LineKind
from assistant.facts.figures import figures
from assistant.understanding.phrases import fold

_EURO = Decimal(1)
_SHORTEST = 5
"""Names of so many letters are not ordinary words by chance."""
_PLAIN = frozenset("gmbh monatlicher grundpreis monat option minuten daten preis spiele".split())


def amounts(text: str) -> frozenset[Decimal]:
    """Return the amounts of money that a text names; a bare number needs cents."""
    return frozenset(
        Decimal(one.value)
        for one in figures(text)
        if one.unit == "EUR" or (not one.unit and re.fullmatch(r"\d+\.\d\d?", one.value))
    )


def days(text: str) -> frozenset[tuple[int, int, int | None]]:
    """Return the days that a text names: day, month, and the year if it says one."""
    found = set()
    for match in re.finditer(
        r"(?<![\d.,])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(20\d\d|\d\d))?(?!\d)", text
    ):
        year = int(match[3]) % 100 + 2000 if match[3] else None
        found.add((int(match[1]), int(match[2]), year))
    for match in _NAMED_DAY.finditer(text):
        month = _month(match[2])
        found.add((int(match[1]), month, int(match[3]) if match[3] else None))
    return frozenset(found)


_MONTH_NAMES = (
    "jan|jän",
    "feb",
    "mär|mae|mrz",
    "apr",
    "mai",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dez",
)
_NAMED_DAY = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})\.\s?((?:{'|'.join(_MONTH_NAMES)})[a-zä]*)\.?(?:\s(20\d\d))?",
    re.IGNORECASE,
)


def _month(name: str) -> int:
    return next(
        number
        for number, begins in enumerate(_MONTH_NAMES, 1)
        if name.lower().startswith(tuple(begins.split("|")))
    )


def day_after(text: str, on: date) -> date | None:
    """Return the last day after today that a text names, this year's or next year's."""
    found = []
    for day, month, year in days(text):
        for one in (year,) if year else (on.year, on.year + 1):
            try:
                named = date(one, month, day)
            except ValueError:
                continue
            if named > on:
                found.append(named)
                break
    return max(found, default=None)


def _is(day: date, named: frozenset[tuple[int, int, int | None]]) -> bool:
    return any((day.day, day.month) == one[:2] and one[2] in (None, day.year) for one in named)


def of_day(invoices: Sequence[Invoice], text: str) -> Invoice | None:
    """Find the invoice that was issued, due or paid on a day that a text names."""
    named = days(text)
    for wanted in ("issued_on", "due_on", "paid_on", "period_from"):
        for one in invoices:
            on = getattr(one, wanted)
            if on is not None and _is(on, named):
                return one
    return None


def of_total(invoices: Sequence[Invoice], text: str) -> tuple[Invoice, ...]:
    """Find the invoices whose total a text names, to the cent or in whole euros."""
    named = amounts(text)
    whole = {one for one in named if one == one.to_integral_value()}
    return tuple(
        one
        for one in invoices
        if one.total in named
        or whole
        & {
            one.total.quantize(_EURO, rounding=ROUND_DOWN),
            one.total.quantize(_EURO, rounding=ROUND_HALF_UP),
        }
    )


def of_lines(invoices: Sequence[Invoice], text: str) -> tuple[tuple[Invoice, Line], ...]:
    """Find the lines whose amount a text names, the newest first."""
    named = amounts(text)
    return tuple((one, line) for one in invoices for line in one.lines if abs(line.gross) in named)


def of_words(invoices: Sequence[Invoice], text: str) -> tuple[tuple[Invoice, Line], ...]:
    """Find the lines of third parties that a text names by a word of theirs."""
    said = fold(text).split()
    found = []
    for one in invoices:
        for line in one.lines:
            if line.kind is not LineKind.THIRD_PARTY or line.provider is None:
                continue
            words = fold(f"{line.text} {line.provider.name}").split()
            own = {word for word in words if len(word) >= _SHORTEST} - _PLAIN
            if any(word.startswith(name) for word in said for name in own):
                found.append((one, line))
    return tuple(found)


def explains(invoices: Sequence[Invoice], text: str) -> Invoice | None:
    """Find the invoice whose difference to the one before a text names, in whole euros."""
    named = amounts(text)
    for new, old in pairwise(invoices):
        change = abs(new.total - old.total)
        if change and (change in named or change.quantize(_EURO) in named):
            return new
    return None
