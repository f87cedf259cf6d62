"""The words of a question that say when: they decide which version answers, not what is asked."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTH = (
    r"(?:jan(?:uar)?|jän(?:ner)?|feb(?:ruar)?|märz|maerz|mrz|apr(?:il)?|mai|juni?|juli?"
    r"|aug(?:ust)?|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)"
)
_YEAR = r"(?:20\d\d|['’]\d\d)"
_DAY = rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{2,4}})?|\d{{1,2}}\.\s?{_MONTH}\b(?:\s{_YEAR})?)"
_TIME = rf"(?:{_DAY}|{_MONTH}\b\.?(?:\s{_YEAR})?|{_YEAR})"
_PART = r"(?:(?:anfang|mitte|ende|früh(?:ling|jahr)|sommer|herbst|winter|jahr(?:es)?)\s+)"
_LEAD = r"(?:(?:vom|von|seit|ab|am|im|in|aus|zum|des|dem|der)\s+)"
_CLOSED = (
    r"(?:ab)?geschlossen\w*|abschluss|abgeschl\w*|unterschrieben\w*|bestellt\w*|gebucht\w*"
    r"|vertrags(?:schluss|beginn|abschluss)|vertrag"
)
_WHEN = re.compile(
    rf"(?<!\w)(?:(?:{_CLOSED})\s+(?:ist\s+|war\s+|stammt\s+)?)?{_LEAD}?{_LEAD}?{_PART}?{_TIME}(?!\w)"
    rf"(?:\s+(?:{_CLOSED}))?",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_STRAY = re.compile(r"\s+([,.:;?!])|([,:;])\s*(?=[,:;.?!]|$)")


def timeless(text: str) -> str:
    """Take dates, and the contract's closing beside them, out of a question.

    A question that is about nothing else stays as it is.
    """
    rest = _EMPTY.sub(" ", _WHEN.sub(" ", text))
    rest = " ".join(_STRAY.sub(r"\1", rest).split()).strip(" ,;:-")
    return rest if len(re.findall(r"\w{3,}", rest)) > 1 else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The day, month or year that a question names."""

    first: date
    last: date
    closing: bool
    """It says when a contract was concluded, not on which day something is wanted to hold."""


_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_OTHER_SPELLINGS = {"mae": "mär", "mrz": "mär", "jän": "jan"}
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d|\d\d)(?![\d.])")
_NAMED = re.compile(
    rf"(?<![\w.])(?:(\d{{1,2}})\.\s?)?({_MONTH})\b\.?\s+(20\d\d)(?!\d)", re.IGNORECASE
)
_WHOLE_YEAR = re.compile(
    r"(?<![\d.,/-])(?<!\d )(20[1-3]\d)(?![.,]?\d|\s?(?:sms|[kmg]b|[km]bit|euro|€|min))",
    re.IGNORECASE,
)
"""Every year that ``timeless`` takes out must be understood here, or today's terms would answer."""
_CLOSING = re.compile(
    r"\b(\w*vertrag\w*|abgeschl\w*|geschlossen\w*|abschluss|unterschrieb\w*|bestellt\w*"
    r"|gebucht\w*|seit|kunde)\b",
    re.IGNORECASE,
)


def period_in(text: str) -> Period | None:
    """Find the first date with a year that a question names; what is no date is none."""
    closing = _CLOSING.search(text) is not None
    for first, last in _periods(text):
        return Period(first=first, last=last, closing=closing)
    return None


def _periods(text: str) -> list[tuple[date, date]]:
    found = []
    for match in _NUMERIC.finditer(text):
        day, month, year = (int(part) for part in match.groups())
        found += _day(year + 2000 * (year < 100), month, day)
    for match in _NAMED.finditer(text):
        stem = match[2].lower()[:3]
        month = _MONTHS.index(_OTHER_SPELLINGS.get(stem, stem)) + 1
        year = int(match[3])
        if match[1]:
            found += _day(year, month, int(match[1]))
        else:
            found.append((date(year, month, 1), date(year, month, monthrange(year, month)[1])))
    for match in () if found else _WHOLE_YEAR.finditer(text):
        found.append((date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)))
    return found


def _day(year: int, month: int, day: int) -> list[tuple[date, date]]:
    try:
        exact = date(year, month, day)
    except ValueError:
        return []
    return [(exact, exact)]


_WRITTEN = re.compile(
    rf"(?<![\w.,/-])(?:(?P<day>\d{{1,2}})(?:\.\s?|/)(?P<month>\d{{1,2}})(?P<end>\.|/)"
    rf"(?:\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d))?"
    rf"|(?P<named_day>\d{{1,2}})\.?\s?(?P<name>{_MONTH})\b\.?(?:\s(?P<named_year>(?:19|20)\d\d)(?!\d))?"
    rf"|(?P<iso>(?:19|20)\d\d-\d{{2}}-\d{{2}})(?!\d))",
    re.IGNORECASE,
)
"""Whatever is written like a day."""
_NO_DAY = re.compile(
    r"(?:ziffer|punkt|abschnitt|absatz|nr\.?|nummer|kapitel|version|§)\s*$", re.IGNORECASE
)
_ON_A_DAY = re.compile(
    r"\b(?:am|vom|zum|bis|seit|ab|den|dem|der|datum|geboren)\s+(?:zum\s+|dem\s+)?$", re.IGNORECASE
)
_LEAP_YEAR = 2024
_NEARBY = 20
"""So many characters before and behind tell what a figure is."""


def impossible_day(text: str) -> str | None:
    """Return the first thing in a text that is written as a day and is none: "31.02.2025".

    The 29th of February is a day where no year says otherwise.
    """
    for match in _WRITTEN.finditer(text):
        before = text[max(0, match.start() - _NEARBY) : match.start()]
        after = text[match.end() : match.end() + _NEARBY]
        if _NO_DAY.search(before) is None and _is_no_day(match, before, after):
            return match.group().strip(" ./")
    return None


def _is_no_day(match: re.Match[str], before: str, after: str) -> bool:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return not _day(year, month, day)
    if match["name"]:
        stem = match["name"].lower()[:3]
        month = _MONTHS.index(_OTHER_SPELLINGS.get(stem, stem)) + 1
        # "das 45 Mai" may be a figure; a full stop or a year makes it a day.
        sure = match["named_year"] or "." in match.group()[:4]
        return bool(sure) and not _day(_year(match["named_year"]), month, int(match["named_day"]))
    day, month = int(match["day"]), int(match["month"])
    if re.match(r"\s?(?:€|euro|uhr|gb|%|\d)", after, re.IGNORECASE) or "/" in match.group()[:3]:
        # Months before days, and prices, are no slip of a date.
        return bool(match["year"]) and month <= 12 and not _day(_year(match["year"]), month, day)
    if match["year"] and len(match["year"]) == len("2025"):
        return not _day(_year(match["year"]), month, day)
    likely = 1 <= day <= 31 and 1 <= month <= 12
    said = _ON_A_DAY.search(before) is not None
    return (likely or said) and not _day(_year(match["year"]), month, day)


def _year(written: str | None) -> int:
    if written is None:
        return _LEAP_YEAR
    return int(written) + 2000 * (len(written) < len("2025"))
