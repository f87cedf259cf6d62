"""German numbers, in digits and in words: ``1.234,56``, ``zweihundertfünfzig``, ``anderthalb``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

DIGITS = r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
"""A number as it is written in digits; a dot before three digits groups thousands."""
ARTICLES = frozenset({"ein", "eine", "einen", "einem", "einer", "eines"})
"""They are a number only before a unit: "einen Monat"."""

_ONES = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
).split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_GROUPED = re.compile(r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?")


def number(text: str) -> Decimal | None:
    """Read a number in digits or in one word; None for anything else."""
    if text[:1].isdigit():
        return _in_digits(text)
    return WORDS.get(text.lower().replace("ae", "ä").replace("oe", "ö")) or WORDS.get(text.lower())


def ordinal(text: str) -> Decimal | None:
    """Read an ordinal in one word: ``fünften`` is 5; None for anything else."""
    match = re.fullmatch(r"(\w+?)e[mnrs]?", text.lower())
    return ORDINALS.get(match[1]) if match else None


def _in_digits(text: str) -> Decimal | None:
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[.\u00a0\u202f]", "", text)
    plain = text.replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain, re.ASCII) else None


def _below_hundred() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_ONES)}
    for place, ten in enumerate(_TENS, start=2):
        words[ten] = place * 10
        words |= {f"{_ONES[one]}und{ten}": place * 10 + one for one in range(1, 10)}
    return words


def _all() -> Mapping[str, Decimal]:
    small = _below_hundred()
    words = dict(small)
    for hundreds in ("", *_ONES[1:10]):
        value = 100 * max(1, _ONES.index(hundreds) if hundreds else 1)
        words[f"{hundreds}hundert"] = value
        words |= {f"{hundreds}hundert{rest}": value + n for rest, n in small.items() if n}
    for thousands in ("", *_ONES[1:13]):
        words[f"{thousands}tausend"] = 1000 * (_ONES.index(thousands) if thousands else 1)
    found = {word: Decimal(value) for word, value in words.items()}
    for article in (*ARTICLES, "eins"):
        found[article] = Decimal(1)
    found["zwo"] = Decimal(2)
    found["beide"] = found["beiden"] = Decimal(2)
    found["anderthalb"] = found["eineinhalb"] = Decimal("1.5")
    for value in range(2, 10):
        found[f"{_ONES[value]}einhalb"] = Decimal(value) + Decimal("0.5")
    found |= {word.replace("ß", "ss"): value for word, value in found.items()}
    found |= {word.replace("ü", "ue"): value for word, value in found.items()}
    return found


WORDS: Mapping[str, Decimal] = _all()
"""Every number word, lower case."""
_IRREGULAR = {"erst": 1, "dritt": 3, "siebt": 7, "acht": 8}
ORDINALS: Mapping[str, Decimal] = {
    **{f"{word}t": Decimal(value) for value, word in enumerate(_ONES) if value not in (0, 1, 3)},
    **{f"{word}st": Decimal(value) for word, value in _below_hundred().items() if value >= 20},
    **{word: Decimal(value) for word, value in _IRREGULAR.items()},
}
"""Every ordinal without its ending, lower case."""
