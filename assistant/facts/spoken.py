"""A sentence taken apart: the products it names, its figures, and the clause around each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.facts.figures import Found, found_in
from knowledge_base.tariffs import Tariffs

_BREAK = re.compile(r"[,;:–—(]|\b(?:und|sowie|aber|oder|bzw\.)\s")
_PREPOSITION = re.compile(r"\b(?:für|zu|zum|bei|mit)\s")
"""Begins what the next figure is of, where no comma does: "30 GB im Monat für 24,99 €"."""
_PERIODS = (
    ("Monat", re.compile(r"\bmonatlich|\bmtl|\b(?:im|pro|je|jeden) Monat\b", re.IGNORECASE)),
    ("einmalig", re.compile(r"\beinmalig", re.IGNORECASE)),
    ("Jahr", re.compile(r"\bjährlich|\b(?:im|pro|je|jedes) Jahr\b", re.IGNORECASE)),
)
_CLAUSE = re.compile(r"[,;:–—]\s|\b(?:aber|jedoch|hingegen|während)\s")


@dataclass(frozen=True, slots=True)
class Named:
    """A product or roaming zone that a sentence names."""

    product: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A figure with the part of the sentence that speaks of it."""

    found: Found
    start: int
    end: int
    product: str | None
    """The product named nearest; None where the sentence names none."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence of a model."""

    text: str
    plain: str
    """Without the names of products, whose digits are no figures."""
    named: tuple[Named, ...]
    parts: tuple[Part, ...]

    def per(self, part: Part) -> str | None:
        """Return the period of a figure, also where words stand between them."""
        if part.found.per is not None:
            return part.found.per
        near = self.near(part)
        said = {per for per, pattern in _PERIODS if pattern.search(near)}
        return said.pop() if len(said) == 1 else None

    def near(self, part: Part) -> str:
        """Return what the sentence says about a figure."""
        return self.plain[part.start : part.end]

    def clause(self, place: int) -> str:
        """Return the clause at a place, or the whole where that one makes no claim of its own."""
        start = 0
        for found in _CLAUSE.finditer(self.plain):
            if found.start() > place:
                return self.plain[start : found.start()]
            start = found.end()
        return self.plain[start:]

    @property
    def products(self) -> tuple[str, ...]:
        """Return the products it names, each once."""
        return tuple(dict.fromkeys(one.product for one in self.named))


@lru_cache(maxsize=8192)
def take_apart(text: str, tariffs: Tariffs | None) -> Spoken:
    """Find products and figures of a sentence."""
    named, plain = _named(text, tariffs)
    found = found_in(plain)
    parts = []
    for place, one in enumerate(found):
        start = _border(plain, found[place - 1].end, one.start) if place else 0
        behind = found[place + 1].start if place + 1 < len(found) else len(plain)
        end = _border(plain, one.end, behind) if place + 1 < len(found) else len(plain)
        product = _nearest(named, one, start, end)
        parts.append(Part(found=one, start=start, end=end, product=product))
    return Spoken(text=text, plain=plain, named=tuple(named), parts=tuple(parts))


def _named(text: str, tariffs: Tariffs | None) -> tuple[list[Named], str]:
    """Find the names of the products spoken of, and blank them: their words say nothing else."""
    if tariffs is None:
        return [], text
    plain = text
    named: list[Named] = []
    names = [(one.name, one.id) for one in tariffs.tariffs.values()]
    names += [(zone.name, zone.id) for zone in tariffs.zones.values()]
    rest = text
    for name, product in sorted(names, key=lambda pair: -len(pair[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", rest, re.IGNORECASE):
            named.append(Named(product, found.start(), found.end()))
            rest = rest[: found.start()] + "\n" * len(name) + rest[found.end() :]
    if not named:
        # An alias of an option ("Router", "Zweitkarte") is mostly the attribute of a tariff.
        named = [Named(t.id, 0, 0) for t in tariffs.mentioned(text) if t.kind != "option"]
    main = [one for one in named if not _beside(one.product, tariffs)] or named
    for one in named:
        # The name of an option beside a tariff is the tariff's attribute, unless it has digits.
        if one in main or any(char.isdigit() for char in text[one.start : one.end]):
            plain = plain[: one.start] + "\n" * (one.end - one.start) + plain[one.end :]
    return sorted(main, key=lambda one: one.start), plain


def _beside(product: str, tariffs: Tariffs) -> bool:
    """Tell whether it is no main thing beside a tariff: a zone, or an option of a tariff."""
    booked = {kind.option for kind in tariffs.kinds.values()}
    return product in booked or product not in tariffs.tariffs


def _border(text: str, start: int, end: int) -> int:
    """Find where the clause of one figure ends and that of the next begins."""
    found = _BREAK.search(text, start, end) or _PREPOSITION.search(text, start, end)
    return found.start() if found else start


def _nearest(named: Sequence[Named], found: Found, start: int, end: int) -> str | None:
    inside = [one for one in named if start <= one.start < end]
    before = [one for one in named if one.start <= found.start]
    chosen = inside[-1:] or before[-1:] or list(named[:1])
    return chosen[0].product if chosen else None
