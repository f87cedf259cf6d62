"""Figures as readers take them, German or English, to hold an answer against what is expected.

This is deliberately not the assistant's own reading of figures: a mistake there must not hide here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_UNITS = (
    # canonical unit, how much of it one is, how it is written
    ("EUR", "1", r"€|eur\b|euros?\b"),
    ("EUR", "0.01", r"cents?\b|ct\b"),
    ("Mbit/s", "1000", r"gbit/s|gigabit(?:s)? (?:pro|je) sekunde"),
    ("Mbit/s", "1", r"mbit/s|mbps\b|megabit(?:s)? (?:pro|je) sekunde"),
    ("Mbit/s", "0.001", r"kbit/s|kbps\b|kilobit(?:s)? (?:pro|je) sekunde"),
    ("GB", "1000", r"tb\b|terabytes?\b"),
    ("GB", "1", r"gb\b|gigabytes?\b"),
    ("GB", "0.001", r"mb\b|megabytes?\b"),
    ("Monate", "12", r"jahr(?:e[ns]?|s)?\b|jährige?[mnrs]?\b|years?\b"),
    ("Monate", "1", r"monat(?:e[ns]?|s)?\b|monatige?[mnrs]?\b|months?\b"),
    ("Werktage", "1", r"werktag(?:e[ns]?|s)?\b|working days?\b"),
    ("Arbeitstage", "1", r"arbeitstag(?:e[ns]?|s)?\b"),
    ("Tage", "7", r"wochen?\b|wöchige?[mnrs]?\b|weeks?\b"),
    ("Tage", "1", r"(?:kalender)?tag(?:e[ns]?|s)?\b|tägige?[mnrs]?\b|days?\b"),
    ("Stunden", "1", r"stunden?\b|stündige?[mnrs]?\b|hours?\b|h\b"),
    ("Minuten", "1", r"minuten?\b|minütige?[mnrs]?\b|minutes?\b|min\b"),
    ("Sekunden", "1", r"sekunden?\b|sek\b"),
    ("%", "1", r"%|prozent\b"),
    ("Uhr", "1", r"uhr\b"),
)
_UNIT = "|".join(f"(?P<u{place}>{written})" for place, (_, _, written) in enumerate(_UNITS))
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_QUANTITY = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?P<number>{_NUMBER})(?:,[-–—]+)?(?!\d|[.,]\d)(?:[ -]?(?:{_UNIT})|(?!\w))"
)
_CURRENCY_BEFORE = re.compile(r"(?<!\d)(?<!\d )(?:€|\beuro?)[ ):]*$")
_UNIT_FOLLOWS = re.compile(r" ?(?:–|-|/|,|bis(?: zu)?|und|oder|bzw\.) ?(?:zu )?")
"""Between two numbers that share the unit behind the second: ``5 bis 10 GB``."""

_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
_WRITTEN_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})\. ?(?:(\d{{1,2}})\. ?|({'|'.join(_MONTHS)}) )(\d{{4}})(?!\d)"
)
_ISO_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_WORDS = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwölf": 12, "vierzehn": 14, "fünfzehn": 15, "zwanzig": 20,
    "vierundzwanzig": 24, "dreißig": 30,
}  # fmt: skip
_WORD_BEFORE_UNIT = re.compile(
    rf"(?<!\w)(?:(?P<one>eine?[mnrs]?)|(?P<word>{'|'.join(_WORDS)}))(?= (?:{_UNIT}))"
)
_PHONE = re.compile(r"(?<![\w.,])(?:\+|0)\d(?:[ /()-]{0,3}\d){5,}(?![\w])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit, in the unit all its kind is counted in (``GB``, never ``MB``)."""

    value: Decimal
    unit: str | None


def folded(text: str) -> str:
    """Make two spellings of the same words equal: letter case, spaces, hyphens, dates."""
    text = re.sub(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))", ".", text)
    text = re.sub(r"[\u00ad\u200b\u2060]", "", text)
    text = re.sub(r"[\u2010\u2011]", "-", text)
    text = re.sub(r"\s+", " ", text).strip().lower()
    return _WRITTEN_DATE.sub(_as_iso, text)


@lru_cache(maxsize=20_000)  # the same passages are held against every sentence
def quantities(text: str) -> tuple[Quantity, ...]:
    """Read every number of a text with its unit; dates and telephone numbers are none."""
    plain = _PHONE.sub(" ", _ISO_DATE.sub(" ", folded(text)))
    plain = _WORD_BEFORE_UNIT.sub(_as_digits, plain)
    return tuple(reversed(list(_backwards(plain))))


def states(text: str, figure: str) -> bool:
    """Tell whether a text states a figure, in whatever way it is written.

    What is no number with a unit (a date, a telephone number, ``§ 57``) must occur as a word.
    """
    wanted = {found for found in quantities(figure) if found.unit is not None}
    if wanted:
        return wanted <= set(quantities(text))
    if _PHONE.fullmatch(folded(figure)):
        return _digits(figure) in {_digits(found) for found in _PHONE.findall(folded(text))}
    return _has_word(folded(text), folded(figure)) or any(
        found.value == bare.value for bare in _bare(figure) for found in quantities(text)
    )


def mentions(text: str, phrase: str) -> bool:
    """Tell whether a text has a phrase, also inside a longer word if it is not a short one."""
    if any(found.unit is not None for found in quantities(phrase)):
        return states(text, phrase)
    wanted = folded(phrase)
    if len(wanted) <= 3 or any(mark.isdigit() for mark in wanted):
        return _has_word(folded(text), wanted)
    return wanted in folded(text)


def _backwards(plain: str) -> Iterator[Quantity]:
    following: tuple[int, Quantity] | None = None
    for found in reversed(list(_QUANTITY.finditer(plain))):
        value, unit = _value(found["number"]), None
        for place, (name, size, _) in enumerate(_UNITS):
            if found[f"u{place}"]:
                value, unit = value * Decimal(size), name
        if unit is None and _CURRENCY_BEFORE.search(plain[: found.start()]):
            unit = "EUR"
        elif unit is None and following is not None:
            start, shared = following
            if _UNIT_FOLLOWS.fullmatch(plain[found.end() : start]):
                unit = shared.unit
        quantity = Quantity(value=value.normalize(), unit=unit)
        following = (found.start(), quantity)
        yield quantity


def _value(number: str) -> Decimal:
    if _ENGLISH_THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    elif "," in number or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        number = number.replace(".", "").replace(",", ".")
    return Decimal(number)


def _bare(figure: str) -> tuple[Quantity, ...]:
    """Return the number that a figure consists of, if it is nothing else."""
    return quantities(figure) if re.fullmatch(_NUMBER, folded(figure)) else ()


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(word)}(?!\w|[.,]\d)", text) is not None


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:]}" if number.strip().startswith("+49") else digits


def _as_iso(found: re.Match[str]) -> str:
    day, number, name, year = found.groups()
    month = int(number) if number else _MONTHS.index(name) + 1
    return f"{year}-{month:02}-{int(day):02}"


def _as_digits(found: re.Match[str]) -> str:
    return "1" if found["one"] else str(_WORDS[found["word"]])
