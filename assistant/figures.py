"""German figures in a text, brought to one form so that they can be compared.

"29,99 €" = "29.99 Euro", "zehn Gigabyte" = "10 GB" = "10.000 MB", "24 Monate" = "2 Jahre",
"1. Oktober 2025" = "01.10.2025". Units: EUR, GB (10⁹ bytes), Mbit/s, months, days, hours, minutes,
percent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
).split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_WORDS = {word: Decimal(value) for value, word in enumerate(_ONES)}
for _place, _ten in enumerate(_TENS, start=2):
    _WORDS[_ten] = Decimal(_place * 10)
    for _one in range(1, 10):
        _WORDS[f"{_ONES[_one]}und{_ten}"] = Decimal(_place * 10 + _one)
_WORDS |= {
    "hundert": Decimal(100),
    "einhundert": Decimal(100),
    "tausend": Decimal(1000),
    "eintausend": Decimal(1000),
    "eins": Decimal(1),
    "eine": Decimal(1),
    "einen": Decimal(1),
    "einem": Decimal(1),
    "einer": Decimal(1),
    "eines": Decimal(1),
}
_ARTICLES = {"ein", "eine", "einen", "einem", "einer", "eines"}
_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember"
).split()

_UNITS: dict[str, tuple[str, Decimal]] = {
    "€": ("EUR", Decimal(1)),
    "eur": ("EUR", Decimal(1)),
    "euro": ("EUR", Decimal(1)),
    "ct": ("EUR", Decimal("0.01")),
    "cent": ("EUR", Decimal("0.01")),
    "gb": ("GB", Decimal(1)),
    "gigabyte": ("GB", Decimal(1)),
    "mb": ("GB", Decimal("0.001")),
    "megabyte": ("GB", Decimal("0.001")),
    "tb": ("GB", Decimal(1000)),
    "gbit/s": ("Mbit/s", Decimal(1000)),
    "mbit/s": ("Mbit/s", Decimal(1)),
    "mbits": ("Mbit/s", Decimal(1)),
    "mbit": ("Mbit/s", Decimal(1)),
    "megabit": ("Mbit/s", Decimal(1)),
    "kbit/s": ("Mbit/s", Decimal("0.001")),
    "%": ("%", Decimal(1)),
    "prozent": ("%", Decimal(1)),
    "jahr": ("Monate", Decimal(12)),
    "monat": ("Monate", Decimal(1)),
    "woche": ("Tage", Decimal(7)),
    "tag": ("Tage", Decimal(1)),
    "werktag": ("Werktage", Decimal(1)),
    "arbeitstag": ("Werktage", Decimal(1)),
    "kalendertag": ("Tage", Decimal(1)),
    "stunde": ("Stunden", Decimal(1)),
    "minute": ("Minuten", Decimal(1)),
    "uhr": ("Uhr", Decimal(1)),
}
_UNIT_PATTERN = (
    r"€|EUR\b|Euro\b|Cent\b|ct\b|GB\b|Gigabyte\b|MB\b|Megabyte\b|TB\b|[GMk]bit/s(?!\w)|Mbits?\b"
    r"|Megabit\b|%|Prozent\b|Jahr(?:e[ns]?|s)?\b|Monat(?:e[ns]?|s)?\b|Wochen?\b"
    r"|(?:Werk|Arbeits|Kalender)?[tT]ag(?:e[ns]?|s)?\b|Stunden?\b|Minuten?\b|Uhr\b"
)
_DATE = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?:(?P<month>\d{1,2})\.|(?P<name>" + "|".join(_MONTHS) + r"))"
    r"(?:\s?(?P<year>\d{4}))?|(?P<iso>\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_SECTION = re.compile(r"§§?\s?(\d+[a-z]?)(?:\s?(?:Abs\.|Absatz)\s?(\d+))?", re.IGNORECASE)
_TIME = re.compile(r"\b(\d{1,2})(?::(\d{2})(?:\s?Uhr)?|\.(\d{2})\s?Uhr)\b")
_PHONE = re.compile(r"(?<![\w,.])(?:\+49|0)[\d\s/()-]{6,}\d")
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_WORD_PATTERN = "|".join(sorted(_WORDS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER}|(?:{_WORD_PATTERN})(?!\w))"
    rf"(?:[\s\u00a0\u202f-]{{0,2}}(?P<unit>{_UNIT_PATTERN}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A normalised figure: what kind of thing, and its value as text."""

    unit: str
    """A unit of `_UNITS`, ``date``, ``phone``, ``§``, or empty for a bare number."""
    value: str


def figures(text: str) -> frozenset[Figure]:
    """Return every figure that a text states."""
    return frozenset(_figures(text))


def states(evidence: frozenset[Figure], figure: Figure) -> bool:
    """Tell whether a figure stands in the evidence; a bare number may stand there with a unit."""
    if figure in evidence:
        return True
    if figure.unit == "date":
        return any(
            other.unit == "date" and other.value.startswith(figure.value) for other in evidence
        )
    return not figure.unit and any(other.value == figure.value for other in evidence)


def _figures(text: str) -> Iterator[Figure]:
    rest = text
    for found in _DATE.finditer(text):
        value = _date(found)
        if value:
            yield Figure("date", value)
            rest = rest.replace(found[0], " ", 1)
    for found in _PHONE.finditer(rest):
        yield Figure("phone", re.sub(r"\D", "", found[0].replace("+49", "0")))
    rest = _PHONE.sub(" ", rest)
    for found in _TIME.finditer(rest):
        yield Figure("Uhr", f"{int(found[1])}:{found[2] or found[3]}")
    rest = _TIME.sub(" ", rest)
    for found in _SECTION.finditer(rest):
        yield Figure("§", found[1].lower() + (f"({found[2]})" if found[2] else ""))
    rest = _SECTION.sub(" ", rest)
    for found in _QUANTITY.finditer(rest):
        word, unit = found["number"].lower(), found["unit"]
        if word in _ARTICLES and (unit is None or not _counts(unit)):
            continue
        number = _WORDS[word] if word in _WORDS else _decimal(word)
        if unit is None:
            yield Figure("", _text(number))
            continue
        name, factor = _UNITS[_singular(unit)]
        value = _text(number * factor)
        yield Figure(name, f"{value}:00" if name == "Uhr" else value)


def _date(found: re.Match[str]) -> str | None:
    """Write a date as ``--MM-DD`` with the year behind, so that one without year is its start."""
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return f"--{month}-{day}-{year}"
    month_name = (found["name"] or "").lower()
    month = _MONTHS.index(month_name) + 1 if month_name else int(found["month"])
    if not 1 <= int(month) <= 12 or not 1 <= int(found["day"]) <= 31:
        return None
    year = f"-{found['year']}" if found["year"] else ""
    return f"--{int(month):02}-{int(found['day']):02}{year}"


def _counts(unit: str) -> bool:
    """Tell whether an article before this unit is a number: "einen Monat" is 1 month."""
    return _singular(unit) in ("monat", "jahr", "woche", "tag", "stunde", "cent", "euro", "werktag")


def _singular(unit: str) -> str:
    lower = unit.lower()
    if lower in _UNITS:
        return lower
    for ending in ("en", "es", "e", "n", "s"):
        if lower.endswith(ending) and lower.removesuffix(ending) in _UNITS:
            return lower.removesuffix(ending)
    raise AssertionError(f"unit {unit!r} has a pattern but no entry")


def _decimal(text: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def _text(number: Decimal) -> str:
    plain = f"{number.normalize():f}"
    return "0" if plain == "-0" else plain
