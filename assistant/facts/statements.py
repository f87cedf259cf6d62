"""What a passage states of which product in which version, known from the tariff data.

A row or line of a price list, an information sheet or a tariff's own page states an attribute when
it names the attribute (or is the product's own row) and holds its wording for that very version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.documents import Passage
from knowledge_base.products import Attribute, AttributeKind, TariffVersion
from knowledge_base.tariffs import Tariffs
from knowledge_base.wording import wording

_TABLES = frozenset({"tarif", "roaming", "preisliste", "produktinformationsblatt"})
"""Kinds of documents whose lines are written from the tariff data; others are read as prose."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Stated:
    """An attribute that a passage states of a product."""

    version: TariffVersion
    attribute: Attribute
    kind: AttributeKind
    line: str
    """The row or line that states it."""
    passage: Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as the tariff data explain it."""

    passage: Passage
    versions: tuple[TariffVersion, ...]
    """Of every product that it is about."""
    stated: tuple[Stated, ...]
    rest: tuple[str, ...]
    """Its lines of words, which no figure or polarity of the tariff data explains."""


@lru_cache(maxsize=4096)
def read_passage(passage: Passage, tariffs: Tariffs) -> Reading:
    """Find what a passage states of the products it covers."""
    versions = tuple(_covered(passage, tariffs))
    stated: list[Stated] = []
    rest: list[str] = []
    for line in passage.text.split("\n"):
        flat = _flat(line)
        found = [
            Stated(version, attribute, tariffs.kinds[attribute.id], line, passage)
            for version in versions
            if passage.kind in _TABLES
            for attribute in version.attributes.values()
            if _states(flat, version, attribute, tariffs.kinds[attribute.id], len(versions) > 1)
        ]
        stated += found
        only_notes = all(
            one.attribute.value is None and not one.attribute.polarity for one in found
        )
        if line.strip() and only_notes:
            rest.append(line)
    return Reading(passage, versions, tuple(stated), tuple(rest))


def _covered(passage: Passage, tariffs: Tariffs) -> Iterator[TariffVersion]:
    """Give the versions whose contracts a passage is for."""
    contract = passage.validity.sold_from or passage.validity.applies_from or passage.as_of
    on = max(passage.validity.applies_from or contract, contract)
    zones = [zone for zone in tariffs.zones.values() if _speaks_of(passage, zone.name)]
    if passage.kind == "roaming" or zones:
        for zone in zones:
            version = zone.version_for(on, contract)
            if version is not None:
                yield version
        return
    # A price list has a row for options and fees, whose contracts are those of its tariffs.
    products = [tariffs.tariffs[one] for one in passage.products if one in tariffs.tariffs]
    if passage.kind == "preisliste" or not products:
        products += [one for one in tariffs.tariffs.values() if _begins(passage, one.name)]
        products += [one for one in tariffs.general if passage.kind in ("preisliste", "tarif")]
    for product in {one.id: one for one in products}.values():
        version = product.version_for(on, contract)
        if version is not None:
            yield version


def _speaks_of(passage: Passage, zone: str) -> bool:
    places = passage.headings if passage.kind == "roaming" else passage.headings[-1:]
    return any(re.search(rf"(?:^|Zone ){re.escape(zone)}$", place) for place in places)


def _begins(passage: Passage, name: str) -> bool:
    return _flat(passage.text).startswith(f"{name}:")


def _states(
    line: str, version: TariffVersion, attribute: Attribute, kind: AttributeKind, several: bool
) -> bool:
    core = _core(attribute)
    if not core:
        return False
    own_row = line.startswith(f"{version.name}:")
    if not own_row and kind.label.lower() not in line.lower():
        return False
    if own_row or not several or f"{version.name} " not in f"{line} ":
        return _holds(line, core, kind.label if not own_row else "")
    return f"{version.name} {core}" in line


def _holds(line: str, core: str, label: str) -> bool:
    """Tell whether a wording stands in a line as a whole, behind its label."""
    place = line.lower().find(label.lower()) + len(label)
    found = re.search(rf"(?<![\w.,]){re.escape(core)}(?!\w)", line[place:])
    # "nicht enthalten" holds "enthalten", but says the opposite.
    return found is not None and not (
        core.startswith("enthalten") and line[place:][: found.start()].endswith("nicht ")
    )


def _core(attribute: Attribute) -> str:
    """Word an attribute without its note, as every document does."""
    if attribute.value is None and attribute.polarity is None:
        return _flat(attribute.note or "")
    plain = Attribute(
        id=attribute.id,
        value=attribute.value,
        unit=attribute.unit,
        per=attribute.per,
        bound=attribute.bound,
        polarity=attribute.polarity,
    )
    return _flat(wording(plain))


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
