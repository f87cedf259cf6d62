"""English figures written the German way, so that one reading of figures serves both languages.

"€1,234.56 per month" = "1.234,56 € pro Monat", "one month's notice" = "einem Monat Frist",
"1 June 2026" = "1. Juni 2026". What stands in quotation marks is the documents' and stays.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[„“][^„“”]*[“”]")
_MONTHS = (
    "January February March April May June July August September October November December".split(),
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
)
_MONTH = "|".join(_MONTHS[0])
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:, ?(?=\d{{4}}))?", re.IGNORECASE
)
_MONTH_ALONE = re.compile(rf"\b({_MONTH})(?= \d{{4}}\b)", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_NUMBER = re.compile(r"(?<![\w.,/])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\d]|[.,]\d)")
_MONEY = re.compile(r"(?:€|\bEUR)\s?(\d[\d.,]*\d|\d)")
_RANGE = re.compile(r"(?<=\d) (?:to|until) (?=\d)")
_WORDS = {
    "one": "ein", "two": "zwei", "three": "drei", "four": "vier", "five": "fünf", "six": "sechs",
    "seven": "sieben", "eight": "acht", "nine": "neun", "ten": "zehn", "eleven": "elf",
    "twelve": "zwölf", "fourteen": "vierzehn", "twenty-four": "vierundzwanzig",
    "thirty": "dreißig", "first": "erste",
}  # fmt: skip
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_UNITS = tuple(
    (re.compile(rf"\b{english}\b", re.IGNORECASE), german)
    for english, german in (
        (r"(?:working|business) days?", "Werktage"),
        (r"(?:phone|telephone) numbers?", "Rufnummern"),
        ("years?", "Jahre"),
        ("months?", "Monate"),
        ("weeks?", "Wochen"),
        ("days?", "Tage"),
        ("hours?", "Stunden"),
        ("minutes?", "Minuten"),
        ("seconds?", "Sekunden"),
        ("per cent|percent", "Prozent"),
        ("gigabytes?", "Gigabyte"),
        ("megabytes?", "Megabyte"),
        ("cents?", "Cent"),
        ("o['’]clock", "Uhr"),
        ("up to", "bis zu"),
        ("at least", "mindestens"),
        ("at most", "höchstens"),
        ("per", "pro"),
    )
)
_SWAPPED = str.maketrans(",.", ".,")


def in_german_form(text: str) -> str:
    """Write every figure of an English text the German way; the rest stays as it is."""
    parts, last = [], 0
    for quoted in _QUOTED.finditer(text):
        parts += [_rewritten(text[last : quoted.start()]), quoted[0]]
        last = quoted.end()
    return "".join((*parts, _rewritten(text[last:])))


def with_german_numbers(text: str) -> str:
    """Write dates, amounts of money and decimals the German way, and no word beside them."""
    text = _DAY_FIRST.sub(lambda found: f"{found[1]}. {_german_month(found[2])}", text)
    text = _MONTH_FIRST.sub(lambda found: f"{found[2]}. {_german_month(found[1])} ", text)
    text = _MONTH_ALONE.sub(lambda found: _german_month(found[1]), text)
    text = _ORDINAL.sub(r"\1.", text)
    text = _NUMBER.sub(lambda found: found[0].translate(_SWAPPED), text)
    return _MONEY.sub(r"\1 €", text)


def _rewritten(text: str) -> str:
    text = with_german_numbers(text)
    text = _WORD.sub(lambda found: _WORDS[found[0].lower()], text)
    text = _RANGE.sub(" bis ", text)
    for english, german in _UNITS:
        text = english.sub(german, text)
    return text


def _german_month(name: str) -> str:
    return _MONTHS[1][_MONTHS[0].index(name.capitalize())]
