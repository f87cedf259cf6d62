"""Days that count: months by the Civil Code, working days and public holidays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from assistant.rights.calculation import InvalidInput

ONE_DAY = timedelta(days=1)

_FIXED = {(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)}
_FROM_EASTER = (-2, 1, 39, 50)
"""Good Friday, Easter Monday, Ascension and Whit Monday, in days from Easter Sunday."""
_CORPUS_CHRISTI = 60

_EPIPHANY, _WOMEN, _ASSUMPTION = (1, 6), (3, 8), (8, 15)
_CHILDREN, _REFORMATION, _ALL_SAINTS = (9, 20), (10, 31), (11, 1)
STATES: dict[str, frozenset[tuple[int, int]]] = {
    "BW": frozenset({_EPIPHANY, _ALL_SAINTS}),
    # In Bavaria Assumption is a holiday in most municipalities only, so it is left out: a last day
    # that we name too early harms nobody.
    "BY": frozenset({_EPIPHANY, _ALL_SAINTS}),
    "BE": frozenset({_WOMEN}),
    "BB": frozenset({_REFORMATION}),
    "HB": frozenset({_REFORMATION}),
    "HH": frozenset({_REFORMATION}),
    "HE": frozenset(),
    "MV": frozenset({_WOMEN, _REFORMATION}),
    "NI": frozenset({_REFORMATION}),
    "NW": frozenset({_ALL_SAINTS}),
    "RP": frozenset({_ALL_SAINTS}),
    "SL": frozenset({_ASSUMPTION, _ALL_SAINTS}),
    "SN": frozenset({_REFORMATION}),
    "ST": frozenset({_EPIPHANY, _REFORMATION}),
    "SH": frozenset({_REFORMATION}),
    "TH": frozenset({_CHILDREN, _REFORMATION}),
}
"""The holidays with a fixed date that a state has beside the nationwide ones, since 2023."""
_WITH_CORPUS_CHRISTI = {"BW", "BY", "HE", "NW", "RP", "SL"}


def easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian reckoning."""
    golden, century = year % 19, year // 100
    solar = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = solar - (solar // 28) * (1 - (29 // (solar + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    since = moon - weekday
    month = 3 + (since + 40) // 44
    return date(year, month, since + 28 - 31 * (month // 4))


@cache
def public_holidays(year: int, state: str | None = None) -> frozenset[date]:
    """List the holidays of a year: the nationwide ones, and those of a state such as ``NW``.

    Raises:
        InvalidInput: There is no such state.
    """
    if state is not None and state not in STATES:
        raise InvalidInput("state", state, f"give one of {', '.join(sorted(STATES))} or None")
    sunday = easter(year)
    found = {date(year, month, day) for month, day in _FIXED}
    found |= {sunday + timedelta(days=distance) for distance in _FROM_EASTER}
    if state is None:
        return frozenset(found)
    found |= {date(year, month, day) for month, day in STATES[state]}
    if state in _WITH_CORPUS_CHRISTI:
        found.add(sunday + timedelta(days=_CORPUS_CHRISTI))
    if state == "SN":
        found.add(_repentance(year))
    return frozenset(found)


def is_working_day(day: date, state: str | None = None) -> bool:
    """Tell whether a day is neither Saturday, Sunday nor public holiday.

    Raises:
        InvalidInput: There is no such state.
    """
    return day not in public_holidays(day.year, state) and day.weekday() < 5


def working_day_from(day: date, state: str | None = None) -> date:
    """Return the day itself if it is a working day, else the next one (§ 193 BGB).

    Raises:
        InvalidInput: There is no such state.
    """
    while not is_working_day(day, state):
        day += ONE_DAY
    return day


def months_later(day: date, count: int) -> date:
    """Return the last day of a period of months that an event starts (§§ 187 (1), 188 BGB).

    The day with the same number; where the month has none, its last day: 31.01. gives 28.02.
    """
    month = day.year * 12 + day.month - 1 + count
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day_of_term(first: date, count: int) -> date:
    """Return the last day of a term of months that begins with a day (§§ 187 (2), 188 BGB).

    The day before the one with the same number; where the month has none, its last day.
    """
    if first.day == 1:
        return months_later(first, count) - ONE_DAY
    return months_later(first.replace(day=first.day - 1), count)


def last_day_of_month(day: date) -> date:
    """Return the last day of the month a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def latest_start(end: date, count: int) -> date:
    """Return the latest day from which a period of months still ends by a day."""
    start = months_later(end, -count)
    return last_day_of_month(start) if end == last_day_of_month(end) else start


def _repentance(year: int) -> date:
    """Return the Wednesday before 23 November, a holiday in Saxony."""
    before = date(year, 11, 22)
    return before - timedelta(days=(before.weekday() - 2) % 7)
