"""Products that a question names and that do not exist: "Mobil XXL", "Glasfaser 750", "Prepaid L".

The names and other names of the tariffs say what a family's products are called; what looks like
one more of them, and is none, never existed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.tariffs import Tariff, Tariffs

_WORDS = re.compile(
    r"\d*x+[sl]?(?!\w)|\d+g(?!\w)|\d+|[^\W\d_]+?(?=x{2,}[sl](?!\w))|[^\W\d_]+", re.IGNORECASE
)
_SIZE = re.compile(r"\d*x{0,5}[sl]|m|x{1,5}")
_SPEED = re.compile(r"(?!20[0-3]\d)\d{2,5}")
_GENERATION = re.compile(r"\dg")
_AND = frozenset("und oder vs gegen bzw statt als".split())
_UNITS = frozenset(
    "euro eur cent prozent tag tage tagen woche wochen monat monate monaten jahr jahre jahren "
    "stunde stunden minute minuten sekunden uhr meter km cm gb mb sms mal leute "
    "personen geräte".split()
)
"""Behind a number they make it a figure, not a name."""
Stem = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownProduct:
    """A name that no product has, and the products it resembles."""

    name: str
    relatives: tuple[Tariff, ...]


def unknown_product(
    text: str, tariffs: Tariffs, grades: Collection[str] = ()
) -> UnknownProduct | None:
    """Return the first product that a text names and that never existed.

    Args:
        text: What was asked.
        tariffs: All that exist or existed.
        grades: Words that only ever stand for one more product of a family: "Premium", "Gold".
    """
    families = _families(tariffs)
    words = [(match.group().lower(), match.end()) for match in _WORDS.finditer(text)]
    last = -len(_AND)  # nothing yet, and not beside anything
    known: Stem = ()
    for place, (word, end) in enumerate(words):
        stem = _stem_before(words, place, families)
        if stem is None and _is_joined(words, last, place):
            stem = known  # "Mobil M oder XXL": what is joined to a product is one of its family
        if stem is None:
            continue
        family = families[stem]
        if word in family:
            last, known = place, stem
            continue
        if _is_one_more(word, family, grades) and not _measures(words, place, text, end):
            relatives = _of_most(family)
            first = relatives[0].name.rpartition(" ")[0]
            shown = word.upper() if not word.isalpha() or _SIZE.fullmatch(word) else word.title()
            return UnknownProduct(name=f"{first} {shown}", relatives=relatives)
    return None


@lru_cache(maxsize=4)
def _families(tariffs: Tariffs) -> Mapping[Stem, Mapping[str, Tariff]]:
    """Group products whose names differ in the last word only, by the words before it."""
    found: dict[Stem, dict[str, Tariff]] = defaultdict(dict)
    for tariff in tariffs.tariffs.values():
        for name in (tariff.name, *tariff.aliases):
            *before, last = [word.lower() for word in _WORDS.findall(name)] or [""]
            if before:
                found[tuple(before)][last] = tariff
    return {stem: own for stem, own in found.items() if len(set(map(id, own.values()))) > 1}


def _is_joined(words: list[tuple[str, int]], last: int, place: int) -> bool:
    """Tell whether a word stands beside a product, or behind it and an "oder"."""
    return place - last == 1 or (place - last == 2 and words[place - 1][0] in _AND)


def _of_most(family: Mapping[str, Tariff]) -> tuple[Tariff, ...]:
    """Return the products of a family's most frequent kind: an option "Prepaid …" is no tariff."""
    members = {tariff.id: tariff for tariff in family.values()}
    kinds = Counter(tariff.kind for tariff in members.values())
    (most, _), *_ = kinds.most_common()
    grouped = {most} | {kind for kind in kinds if kind.startswith(f"{most}_")}
    return tuple(tariff for tariff in members.values() if tariff.kind in grouped)


def _stem_before(
    words: list[tuple[str, int]], place: int, families: Mapping[Stem, Mapping[str, Tariff]]
) -> Stem | None:
    """Return the longest beginning of a product's name that ends before a word."""
    for stem in _endings(words, place):
        if stem in families:
            return stem
    return None


def _endings(words: list[tuple[str, int]], place: int, longest: int = 4) -> Iterator[Stem]:
    for length in range(min(longest, place), 0, -1):
        yield tuple(word for word, _ in words[place - length : place])


def _is_one_more(word: str, family: Mapping[str, Tariff], grades: Collection[str]) -> bool:
    shapes = [shape for shape in (_SIZE, _SPEED, _GENERATION) if shape.fullmatch(word)]
    own = [shape for shape in shapes if sum(bool(shape.fullmatch(one)) for one in family) > 1]
    return bool(own) or (word in grades and len(family) > 1)


def _measures(words: list[tuple[str, int]], place: int, text: str, end: int) -> bool:
    """Tell whether a number is a figure of something: "Glasfaser 24 Monate", "DSL 19,99 €"."""
    if not words[place][0].isdigit():
        return False
    following = words[place + 1][0] if place + 1 < len(words) else ""
    glued = text[end : end + 2]
    after = glued.lstrip()
    return (
        following in _UNITS
        or glued[:1].isalpha()
        or after.startswith(("€", "%"))
        or (glued[:1] in ".,:" and glued[1:2].isdigit())
    )
