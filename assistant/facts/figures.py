"""German figures in a text, brought to one form so that they can be compared.

"29,99 €" = "29.99 Euro", "zehn Gigabyte" = "10 GB" = "10.000 MB", "24 Monate" = "2 Jahre",
"1. Oktober 2025" = "01.10.2025". Units: EUR, GB (10⁹ bytes), Mbit/s, months, days, hours, minutes,
percent. How far a figure binds ("bis zu", "ab") and what it is paid for ("je Minute") is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assistant.facts import units
from assistant.facts.moments import IMPOSSIBLE, moments
from assistant.facts.numbers import ARTICLES, DIGITS, number, ordinal

__all__ = ["IMPOSSIBLE", "Binds", "Figure", "Found", "figures", "found_in", "states"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A normalised figure: what kind of thing, and its value as text."""

    unit: str
    """A unit of `units`, ``date``, ``month``, ``phone``, ``§``, or empty for a bare number."""
    value: str


class Binds(StrEnum):
    """How far a figure binds."""

    UP_TO = "bis zu"
    FROM = "ab"
    ABOUT = "etwa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure where it stands in a text."""

    figure: Figure
    start: int
    end: int
    binds: Binds | None = None
    per: str | None = None
    """``Monat``, ``einmalig``, ``Minute`` …: what a price or volume is for."""


_BEHIND_ADJECTIVE = re.compile(
    rf"\s[a-zäöüß]{{3,}}(?:e|en|er)\s(?P<unit>{units.PATTERN})", re.IGNORECASE
)
"""A unit behind an adjective: "3 verschiedenen Tagen"."""
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<number>{DIGITS}|[^\W\d_]+(?!\w))(?:,\s?[-–—]+)?"
    rf"(?:[\s\u00a0\u202f-]{{0,2}}(?P<unit>{units.PATTERN}))?",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"(?<![\w.,])(?P<number>\d+|[^\W\d_]+?)[-\s]?(?P<unit>{units.ADJECTIVE})(?:e[mnrs]?)?\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\b(?:ein(?:e[mnrs]?)?\s)?halbe[mnrs]?\s(?P<unit>{units.PATTERN})", re.IGNORECASE
)
_EURO_BEFORE = re.compile(r"(?:€|\bEUR|\bEuro)[\s\u00a0]$", re.IGNORECASE)
_SHARED = re.compile(r"\s?(?:bis(?: zu)?|[-–—]|und|oder|bzw\.|/)\s?", re.IGNORECASE)
"""Between two numbers that share the unit behind the second: ``5 bis 10 GB``."""
_RANGE = re.compile(r"\s?(?:bis|[-–—])\s?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bzwischen\s$", re.IGNORECASE)

_UP_TO = re.compile(
    r"(?:\bbis(?: zu[mr]?)?|höchstens|maximal|\bmax\.?|nicht mehr als|weniger als|\bunter"
    r"|nicht länger als|längstens|spätestens(?: nach| am)?)\s?"
    r"(?:(?:noch|insgesamt|genau|jedoch|aber|jeweils|den|die|einem|dem)\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\bab(?: dem)?|mindestens|wenigstens|\bmin\.|mehr als|\büber|nicht weniger als|frühestens"
    r"(?: nach| am| ab)?)\s?(?:(?:dem|jedoch|aber|jeweils)\s)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:\betwa|\bca\.|\brund|ungefähr|circa|\bknapp|\bgut)\s?$", re.IGNORECASE)
_PERIOD = r"Monat|Jahr|Minute|Stunde|Tag|Woche"
_PER_BEHIND = re.compile(
    r"^[\s\u00a0]?(?:[^\w.;:]{0,2}(?:brutto|netto)\s)?(?:(?:(?:je|pro|/)\s?(?:angefangene[nr]?\s)?)"
    rf"(?P<per>[A-ZÄÖÜ]\w+)|(?:im|für jede[nsr]?|jede[nsr]?|in der)\s(?P<period>{_PERIOD})"
    r"|(?P<adverb>monatlich\w*|mtl\.?|einmalig\w*|jährlich\w*|täglich\w*))",
)
_PER_BEFORE = re.compile(
    r"(?P<adverb>\bmonatlich\w*|\bmtl\.?|\beinmalig\w*|\bjährlich\w*|\btäglich\w*"
    r"|\bMonat für Monat|\b(?:im|jeden)\sMonat|\b(?:[jJ]e|[pP]ro)\s(?P<per>[A-ZÄÖÜ]\w+)"
    r"|\bim Jahr)"
    r"(?:\s(?:nur|genau|bei|auf|mit|von|dafür|\w{3,9}en\sSie|fallen|werden|wird|kostet|kosten|zu"
    r"|ein|eine|einen|Preis|Betrag|Kosten))*\s$",
)
_ADVERBS = {"ei": "einmalig", "jä": "Jahr", "tä": "Tag", "im": "Monat"}


def figures(text: str) -> frozenset[Figure]:
    """Return every figure that a text states."""
    return frozenset(found.figure for found in found_in(text))


@lru_cache(maxsize=16_384)
def found_in(text: str) -> tuple[Found, ...]:
    """Return every figure of a text with its place, in the order of appearance."""
    text = text.replace("\u2009", "\u202f")
    taken: list[Found] = [
        Found(figure=Figure(one.unit, one.value), start=one.start, end=one.end)
        for one in moments(text)
    ]
    rest = text
    for one in taken:
        rest = rest[: one.start] + "\n" * (one.end - one.start) + rest[one.end :]
    counted: list[Found] = []
    for pattern, read in ((_HALF, _half), (_ADJECTIVE, _quantity), (_QUANTITY, _quantity)):
        for match in pattern.finditer(rest):
            found = read(match, rest)
            if found is not None:
                counted.append(found)
                rest = rest[: found.start] + "\n" * (found.end - found.start) + rest[found.end :]
    counted.sort(key=lambda one: one.start)
    everything = [_bound(one, text) for one in (*taken, *_shared(counted, text))]
    return tuple(sorted(everything, key=lambda one: one.start))


def states(evidence: frozenset[Figure], figure: Figure) -> bool:
    """Tell whether a figure stands in the evidence; a bare number may stand there with a unit."""
    if figure.unit == IMPOSSIBLE:
        return False
    if figure in evidence:
        return True
    same = [other for other in evidence if other.unit == figure.unit]
    if figure.unit == "date":
        return any(other.value.startswith(figure.value) for other in same)
    if figure.unit == "month":
        year, month = figure.value.split("-")
        dates = [other.value for other in evidence if other.unit == "date"]
        return any(one.startswith(f"--{month}-") and one.endswith(f"-{year}") for one in dates)
    if figure.unit == "§":
        return any(other.value.startswith(f"{figure.value}(") for other in same)
    return not figure.unit and any(other.value == figure.value for other in evidence)


def plain(value: Decimal) -> str:
    """Write a number in the one form in which figures are compared."""
    written = f"{value.normalize():f}"
    return "0" if written == "-0" else written


def _half(match: re.Match[str], text: str) -> Found | None:
    unit, size = units.unit_of(match["unit"])
    figure = Figure(unit, plain(size / 2))
    return Found(figure=figure, start=match.start(), end=match.end())


def _quantity(match: re.Match[str], text: str) -> Found | None:
    word, written = match["number"], match["unit"]
    value = number(word) or (ordinal(word) if written else None)
    if value is None and number(word) is None:
        return None
    value = value or Decimal(0)
    if word.lower() in ARTICLES and (written is None or not units.counts(written)):
        return None
    end = match.end()
    if written is None and (behind := _BEHIND_ADJECTIVE.match(text, match.end("number"))):
        written, end = behind["unit"], behind.end()
    if written is None:
        end = match.end("number")
        if text[end : end + 1].isalpha():
            return None  # a name: 5G
        unit = "EUR" if _EURO_BEFORE.search(text[: match.start()]) else ""
        return Found(figure=Figure(unit, plain(value)), start=match.start(), end=end)
    unit, size = units.unit_of(written)
    normal = plain(value * size)
    if unit == "Uhr":
        normal = f"{normal}:00"
    return Found(figure=Figure(unit, normal), start=match.start(), end=end)


def _shared(counted: list[Found], text: str) -> Iterator[Found]:
    """Give a number the unit behind the next one, and bind the two ends of a range."""
    done: list[Found] = []
    following: Found | None = None
    for one in reversed(counted):
        if following is not None:
            between = text[one.end : following.start]
            ranged = _RANGE.fullmatch(between) or (
                _BETWEEN.search(text[: one.start]) and between.strip() == "und"
            )
            if not one.figure.unit and following.figure.unit and _SHARED.fullmatch(between):
                one = replace(one, figure=_like(one.figure, following, text))
            if ranged and one.figure.unit == following.figure.unit:
                done[-1] = following = replace(following, binds=Binds.UP_TO)
                one = replace(one, binds=Binds.FROM)
        done.append(one)
        following = one
    return reversed(done)


def _like(bare: Figure, following: Found, text: str) -> Figure:
    """Count a bare number in the unit that the next figure is written in."""
    written = re.search(rf"({units.PATTERN})$", text[following.start : following.end], re.I)
    if written is None:
        return bare
    unit, size = units.unit_of(written[1])
    return Figure(unit, plain(Decimal(bare.value) * size))


def _bound(found: Found, text: str) -> Found:
    before, behind = text[: found.start], text[found.end :]
    binds = found.binds
    if binds is None and found.figure.unit not in ("phone", "§"):
        for kind, pattern in (
            (Binds.UP_TO, _UP_TO),
            (Binds.FROM, _FROM),
            (Binds.ABOUT, _ABOUT),
        ):
            if pattern.search(before[-40:]):
                binds = kind
                break
    return replace(found, binds=binds, per=_per(before[-60:], behind[:40]))


def _per(before: str, behind: str) -> str | None:
    match = _PER_BEHIND.match(behind) or _PER_BEFORE.search(before)
    if match is None:
        return None
    found = match.groupdict()
    if found["per"] or found.get("period"):
        per = str(found["per"] or found["period"])
        return per.removesuffix("s") if len(per) > 3 else per
    adverb = str(found["adverb"]).lower()
    return "Jahr" if adverb == "im jahr" else _ADVERBS.get(adverb[:2], "Monat")
