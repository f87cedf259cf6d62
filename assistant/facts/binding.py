"""Each figure of a sentence, bound to product, attribute and version.

Evidence is what the cited passages state of a product in their version, known from tariff data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.facts.figures import Figure, Found, figures, found_in
from assistant.facts.lexicon import Hit, Lexicon
from assistant.facts.qualifiers import keeps
from assistant.facts.spoken import Part, Spoken
from assistant.facts.statements import Reading, Stated
from knowledge_base.products import Attribute, TariffVersion
from knowledge_base.tariffs import Tariffs
from knowledge_base.wording import amount, day


class Fault(StrEnum):
    """What is wrong with a sentence."""

    UNCITED = "uncited"
    PRODUCT = "other_product"
    FIGURE = "figure"
    """No such value in these terms."""
    ATTRIBUTE = "other_attribute"
    """The value of something else."""
    QUALIFIER = "qualifier"
    CLAIM = "claim"
    NEGATION = "negation"
    CITATION = "citation"
    """The cited passage does not state it."""
    UNSUPPORTED = "unsupported"


_DEFAULTS = {"EUR": ("grundpreis", "paketpreis"), "GB": ("datenvolumen",)}
"""What a price or volume is of when a sentence names nothing particular."""
_YEAR = 4
_NO_VALUES = frozenset({"date", "date?", "month", "§", "phone", "Uhr"})


@dataclass(frozen=True, slots=True)
class Cited:
    """What a sentence is held against: the passages it cites, as the tariff data explain them."""

    spoken: Spoken
    readings: Sequence[Reading]
    tariffs: Tariffs
    lexicon: Lexicon
    topic: Sequence[str] = ()
    """Products spoken of before, for a sentence that names none."""

    @property
    def covered(self) -> Mapping[str, TariffVersion]:
        """Return the terms that the cited passages are about."""
        return {one.product: one for reading in self.readings for one in reading.versions}

    def foreign(self) -> bool:
        """Tell whether it speaks of a product that no cited passage is about."""
        covered = self.covered
        general = {fees.id for fees in self.tariffs.general}
        if any(one.version.product in general for r in self.readings for one in r.stated):
            return False
        # A zone is mostly named as a place, not as what has the price.
        spoken = self.spoken.products or self.topic
        products = [one for one in spoken if one not in self.tariffs.zones]
        return any(one not in covered for one in products)

    def versions(self, product: str | None = None) -> list[TariffVersion]:
        """Give the terms it may speak of: the product's, the topic's, or all that are stated."""
        covered = self.covered
        wanted = (product,) if product else self.spoken.products
        wanted = wanted or tuple(self.topic)
        if wanted:
            found = [covered[one] for one in wanted if one in covered]
            general = [covered[fees.id] for fees in self.tariffs.general if fees.id in covered]
            return found or general
        stating = {one.version.product for reading in self.readings for one in reading.stated}
        return [version for name, version in covered.items() if name in stating]

    def stated(self, version: TariffVersion, attribute: str) -> list[Stated]:
        """Give what the passages state of an attribute of a product."""
        return [
            one
            for reading in self.readings
            for one in reading.stated
            if one.version.product == version.product and one.attribute.id == attribute
        ]

    def hit(self, attribute: str, part: Part | None = None) -> Hit | None:
        """Tell how clearly the sentence, or what it says around a figure, names an attribute."""
        text = self.spoken.plain.lower()
        start, end = (part.start, part.end) if part else (0, len(text))
        return self.lexicon.hit(self.tariffs.kinds[attribute], text, start, end)


def bind_figures(cited: Cited) -> list[Stated] | Fault:
    """Find the statements that carry every figure of a sentence."""
    carried: list[Stated] = []
    framing = _framing(cited.readings)
    for part in cited.spoken.parts:
        if part.found.figure in framing:
            continue
        if part.found.figure.unit in _NO_VALUES:
            return Fault.FIGURE
        versions = cited.versions(part.product)
        if not versions:
            return Fault.UNSUPPORTED
        for version in versions:
            # Without a product's name, it must hold for each that the passage is about.
            outcome = _of(version, part, cited)
            if isinstance(outcome, Fault):
                return outcome
            carried += outcome
    return carried


def _of(version: TariffVersion, part: Part, cited: Cited) -> list[Stated] | Fault:
    near, per = cited.spoken.near(part), cited.spoken.per(part)
    rivals: list[str] = []
    fitting: list[str] = []
    for attribute in version.attributes.values():
        held = _found(attribute, cited.tariffs, near)
        same = [one for one in held if one.figure.unit == part.found.figure.unit]
        if any(_periods_agree(one.per, per) for one in same) or (
            same and _near(attribute.id, part, cited)
        ):
            rivals.append(attribute.id)
        if any(one.figure == part.found.figure and _periods_agree(one.per, per) for one in same):
            fitting.append(attribute.id)
    if not fitting:
        return Fault.FIGURE
    scores = {one: _score(one, part, cited) for one in rivals}
    best = max(scores[one] for one in fitting)
    if max(scores.values()) > best:
        return Fault.ATTRIBUTE
    if best <= 0:
        return Fault.UNSUPPORTED
    meant = [one for one in fitting if scores[one] == best]
    stated = [one for attribute in meant for one in cited.stated(version, attribute)]
    if not stated:
        return Fault.CITATION
    kept = [one for one in stated if keeps(cited.spoken.text, one, part.found, near)]
    return kept or Fault.QUALIFIER


def _near(attribute: str, part: Part, cited: Cited) -> bool:
    """Tell whether an attribute is named beside a figure, whatever period it has."""
    hit = cited.hit(attribute, part)
    return hit is not None and any(part.start <= start < part.end for start, _ in hit.spans)


def _score(attribute: str, part: Part, cited: Cited) -> float:
    hit = cited.hit(attribute, part)
    if hit is None:
        return 0.5 if attribute in _DEFAULTS.get(part.found.figure.unit, ()) else 0.0
    return hit.score


def _found(attribute: Attribute, tariffs: Tariffs, near: str) -> Iterator[Found]:
    """Give the figures of an attribute: its value, and those of its note and name.

    A second price in the note is another price: the words that tell them apart must be said.
    """
    if attribute.value is not None:
        for one in found_in(amount(attribute.value, attribute.unit or "")):
            yield replace(one, per=attribute.per)
    yield from found_in(tariffs.kinds[attribute.id].label)
    for clause in re.split(r"[;,]\s", attribute.note or ""):
        for one in found_in(clause):
            if one.figure.unit != attribute.unit or _told_apart(clause, near):
                yield one


def _told_apart(clause: str, near: str) -> bool:
    if re.match(r"danach|dann", clause):
        return re.search(r"danach|anschließend|dann|später|nach\b", near, re.I) is not None
    words = re.findall(r"[^\W\d_]{4,}", re.sub(r"monatlich|einmalig", "", clause.lower()))
    return any(word in near.lower() for word in words)


def _periods_agree(stated: str | None, said: str | None) -> bool:
    return stated is None or said is None or stated.lower()[:4] == said.lower()[:4]


def _framing(readings: Sequence[Reading]) -> frozenset[Figure]:
    """Give the figures of titles and headings, and the dates of validity."""
    found: set[Figure] = set()
    for reading in readings:
        passage, held = reading.passage, reading.passage.validity
        days = (held.sold_from, held.sold_until, held.applies_from, held.applies_until)
        dates = " ".join(day(one) for one in (*days, passage.as_of) if one)
        found |= framing(" ".join((passage.title, *passage.headings, dates)))
    return frozenset(found)


def framing(text: str) -> frozenset[Figure]:
    """Give the figures of titles and headings, without the numbers that chapters have."""
    return frozenset(one for one in figures(text) if one.unit or len(one.value) == _YEAR)
