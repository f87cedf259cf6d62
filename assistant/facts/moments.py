"""Dates, times, phone numbers and paragraphs of law: figures that count nothing."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

IMPOSSIBLE = "date?"
"""Unit of a date that no calendar has; nothing is evidence for it."""

_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember"
).split()
_NAMES = "|".join(_MONTHS) + "|maerz|jänner"
_DATE = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s?(?:(?P<month>\d{{1,2}})\.|(?P<name>{_NAMES})\b)"
    r"(?:\s?(?P<year>\d{4}|\d{2}(?!\d|\s?(?:€|EUR|Uhr|GB|Monat|Tag|Jahr))))?"
    r"|(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    rf"|\b(?P<month_name>{_NAMES})\s(?P<month_year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w,.])(?:\+\d{1,3}|0)[\d\s/()\u00a0-]{5,}\d(?![\w,])")
_TIME = re.compile(r"(?<![\d.,])(\d{1,2})(?::(\d{2})(?:\s?Uhr\b)?|\.(\d{2})\s?Uhr\b)")
_HOURS = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:[:.](\d{2}))?(?:\s?Uhr)?\s?(?:bis|-|–|und)\s?"
    r"(\d{1,2})(?:[:.](\d{2}))?\s?Uhr\b"
)
_SECTIONS = re.compile(
    r"(?:§§?|\bParagra(?:ph|f)(?:en)?)\s?(?P<first>\d+[a-z]?)"
    r"(?:\s?(?:Abs\.|Absatz)\s?(?P<clause>\d+))?"
    r"(?:\s?(?:und|bis|,)\s?(?P<second>\d+[a-z]?)(?=\s(?:TKG|BGB|DSGVO)|\)|,|\.|$))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A figure of these kinds, and where it stands."""

    unit: str
    value: str
    start: int
    end: int


def moments(text: str) -> Iterator[Moment]:
    """Find dates first, then phone numbers, times and paragraphs in what is left."""
    rest = text
    for pattern, read in (
        (_DATE, _date),
        (_SECTIONS, _sections),
        (_PHONE, _phone),
        (_HOURS, _hours),
        (_TIME, _time),
    ):
        for found in pattern.finditer(rest):
            for unit, value in read(found):
                yield Moment(unit, value, found.start(), found.end())
            rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]


def _date(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Write a date as ``--MM-DD`` with the year behind, so that one without year is its start."""
    if found["month_name"]:
        yield "month", f"{found['month_year']}-{_month(found['month_name']):02}"
        return
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    else:
        month = _month(found["name"]) if found["name"] else int(found["month"])
        day, year = int(found["day"]), int(found["year"] or 0)
        year += 2000 if 0 < year < 100 else 0
    # 2000 was a leap year: without a year, the 29th of February is possible.
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        yield IMPOSSIBLE, found[0]
        return
    yield "date", f"--{month:02}-{day:02}" + (f"-{year:04}" if year else "")


def _month(name: str) -> int:
    name = name.lower().replace("ae", "ä").replace("jänner", "januar")
    return _MONTHS.index(name) + 1


def _sections(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    clause = f"({found['clause']})" if found["clause"] else ""
    yield "§", found["first"].lower() + clause
    if found["second"]:
        yield "§", found["second"].lower()


def _phone(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    digits = re.sub(r"\D", "", found[0])
    if found[0].startswith("+49"):
        digits = f"0{digits.removeprefix('49').removeprefix('0')}"
    yield "phone", digits


def _hours(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    for hour, minutes in ((found[1], found[2]), (found[3], found[4])):
        yield "Uhr", f"{int(hour)}:{minutes or '00'}"


def _time(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "Uhr", f"{int(found[1])}:{found[2] or found[3]}"
