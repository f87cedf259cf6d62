"""Figures and claims in the text of a document, compared with the tariff data it speaks of.

A row or sentence that names a product must say that product's figures, and where it also names
an attribute, that attribute's: the price of the next column is a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge_base.loaders import Reading
from knowledge_base.products import Attribute, RoamingZone
from knowledge_base.tariffs import Tariffs, TariffVersion
from knowledge_base.wording import SIGNS, amount, wording

_FIGURE = re.compile(r"(?<![\d.,])(\d[\d.]*(?:,\d+)?)\s(€|GB|MB|Mbit/s|kbit/s)")
_MEASURE = re.compile(
    r"(?<![\d.,])(\d[\d.]*(?:,\d+)?)\s"
    r"(€|GB|MB|Mbit/s|kbit/s|%|ms|kW|HE|Stunden|Monate|Wochen|Rufnummern|SIM-Karten|Standorte)(?!\w)"
)
"""What a row or sentence about one product is compared by."""
_GROSS = re.compile(r"Brutto (\d[\d.]*,\d\d €)")
_PROMISED = ("grundpreis", "paketpreis", "aktionspreis", "anschlusspreis", "datenvolumen")
_SPEED = "download_max"
"""With these, what a product sheet and a price list must say."""
_LISTS = ("produktinformationsblatt", "preisliste")
_DESCRIPTIONS = ("leistungsbeschreibung",)
_ROAMING = "roaming_"


def disagreements(reading: Reading, tariffs: Tariffs) -> Iterator[str]:
    """Yield what a document says otherwise than the tariff data.

    Price lists, product sheets and service descriptions are held to the version of their
    contracts, both ways: a figure that is wrong, and one that is missing. Other pages may speak of
    any version; their prices and volumes must be those of the product they name.
    """
    kind = reading.metadata.kind
    if kind in _LISTS:
        yield from _unknown_and_missing(reading, tariffs)
    if kind in (*_LISTS, *_DESCRIPTIONS):
        ledger = _Ledger.of(reading, tariffs)
        for block in reading.blocks:
            yield from ledger.contradictions(_plain(block.text), is_row=block.table)
    else:
        yield from _wrong_in_pages(reading, tariffs)


def figures_of(text: str) -> set[str]:
    """Return the amounts, volumes and speeds of a text as they are written."""
    return {f"{number} {unit}" for number, unit in _FIGURE.findall(_plain(text))}


def _unknown_and_missing(reading: Reading, tariffs: Tariffs) -> Iterator[str]:
    about = reading.metadata
    text = _plain(" ".join(block.text for block in reading.blocks))
    described = _versions(reading, tariffs, about.products)
    if about.kind == "preisliste":
        told = _versions(reading, tariffs, tuple(tariffs.tariffs))
        told += [version for zone in tariffs.zones.values() for version in zone.versions]
    else:
        told = described
    known = {
        found
        for version in told
        for attribute in version.attributes.values()
        for found in figures_of(wording(attribute))
    }
    for found in sorted(figures_of(text) - known):
        yield f"says {found}, which stands in no tariff of its contracts"
    for version in described:
        for identifier in (*_PROMISED, _SPEED):
            attribute = version.attributes.get(identifier)
            if attribute is None or attribute.value is None:
                continue
            value = _plain(amount(attribute.value, attribute.unit))
            if value not in text:
                yield f"does not say {value}, the {identifier} of {version.name}"


def _wrong_in_pages(reading: Reading, tariffs: Tariffs) -> Iterator[str]:
    named = {tariff.name: tariff for tariff in tariffs.tariffs.values()}
    for block in reading.blocks:
        for name, said in _segments(_plain(block.text), named):
            words = (
                wording(attribute)
                for version in named[name].versions
                for attribute in version.attributes.values()
            )
            known = figures_of(" ".join(words))
            for found in sorted(figures_of(said) - known):
                if found.endswith(("€", "GB")):
                    yield f"says {found} for {name}, which is in no version of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ledger:
    """What may be said of each product, fee and zone to the contracts of a document."""

    tariffs: Tariffs
    versions: Mapping[str, TariffVersion]
    """By the name of the product."""
    fees: tuple[TariffVersion, ...]
    labels: Mapping[str, str]
    """Attributes by the label that a row begins with."""

    @classmethod
    def of(cls, reading: Reading, tariffs: Tariffs) -> _Ledger:
        versions = _versions(reading, tariffs, tuple(tariffs.tariffs))
        general = {tariff.id for tariff in tariffs.general}
        return cls(
            tariffs=tariffs,
            versions={one.name: one for one in versions if one.product not in general},
            fees=tuple(one for one in versions if one.product in general),
            labels={kind.label: kind.id for kind in tariffs.kinds.values()},
        )

    def contradictions(self, text: str, *, is_row: bool) -> Iterator[str]:
        attribute = self._attribute_of(text) if is_row else None
        if is_row and attribute is None:
            yield from self._wrong_zone(text)
        if attribute and attribute.startswith(_ROAMING):
            yield from self._wrong_zone_figures(text, attribute)
            return
        parts = list(_segments(text, self.versions))
        for name, said in parts:
            version = self.versions[name]
            if attribute is None:
                yield from _strangers(said, version.attributes.values(), name)
                continue
            one = version.attributes.get(attribute)
            label = self.tariffs.kinds[attribute].label
            yield from _strangers(said, [one] if one else [], f"{label} of {name}")
            yield from _wrong_claim(said, label, name, one)
        if attribute and not parts:
            for fees in self.fees:
                if attribute in fees.attributes:
                    one = fees.attributes[attribute]
                    yield from _strangers(text, [one], self.tariffs.kinds[attribute].label)

    def _attribute_of(self, row: str) -> str | None:
        first = row.partition(": ")[0]
        if first in self.labels:
            return self.labels[first]
        column = re.match(r"[^:]+: (?:Merkmal|Preis) ", row)
        if column is None:
            return None
        rest = row[column.end() :]
        fitting = [label for label in self.labels if rest.startswith(f"{label}, ")]
        return self.labels[max(fitting, key=len)] if fitting else None

    def _wrong_zone(self, text: str) -> Iterator[str]:
        country = next((c for c in self.tariffs.countries if text.startswith(f"{c.name}: ")), None)
        if country is None:
            return
        zones = {zone.name: zone.id for zone in self.tariffs.zones.values()}
        said = {zones[name] for name, _ in _segments(text, zones)}
        right = {period.zone for period in country.periods}
        if said and said != right:
            names = " and ".join(name for name, zone in zones.items() if zone in right)
            yield f"puts {country.name} into another zone; the tariff data say {names!r}"

    def _wrong_zone_figures(self, text: str, attribute: str) -> Iterator[str]:
        zones: dict[str, RoamingZone] = {zone.name: zone for zone in self.tariffs.zones.values()}
        for name, said in _segments(text, zones):
            told = [one.attributes[attribute] for one in zones[name].versions]
            yield from _strangers(said, told, f"{self.tariffs.kinds[attribute].label} of {name}")


def _segments(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Part a text at the names it contains; what follows a name up to the next belongs to it."""
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")
    hits = list(pattern.finditer(text))
    ends = [*(hit.start() for hit in hits[1:]), len(text)]
    for hit, end in zip(hits, ends, strict=False):
        yield hit[0], text[hit.end() : end]


def _strangers(said: str, attributes: Iterable[Attribute], whose: str) -> Iterator[str]:
    words = [_plain(wording(attribute)) for attribute in attributes]
    known = {" ".join(found) for word in words for found in _MEASURE.findall(word)}
    for found in _MEASURE.findall(said):
        if " ".join(found) not in known:
            right = f"; the tariff data say {words[0]!r}" if len(words) == 1 else ""
            yield f"says {' '.join(found)} for {whose}{right}"


def _wrong_claim(said: str, label: str, name: str, attribute: Attribute | None) -> Iterator[str]:
    claim = re.sub(rf"^: (?:Merkmal|Preis) {re.escape(label)}, \w+", "", said).strip(" ,:")
    stated = next((p for p, sign in SIGNS.items() if re.match(rf"{sign}\b", claim)), None)
    actual = attribute.polarity if attribute else None
    if stated is not None and stated is not actual:
        right = wording(attribute) if attribute else "nothing of it"
        yield f"says {SIGNS[stated]!r} for {label} of {name}; the tariff data say {_plain(right)!r}"
    gross = _GROSS.search(said)
    if gross and attribute and attribute.value is not None:
        value = _plain(amount(attribute.value, attribute.unit))
        if gross[1] != value:
            yield f"says {gross[1]} gross for {label} of {name}; the tariff data say {value!r}"


def _versions(reading: Reading, tariffs: Tariffs, products: tuple[str, ...]) -> list[TariffVersion]:
    about = reading.metadata
    contract = about.validity.sold_from or about.as_of
    on = max(about.as_of, contract)
    versions = [
        tariffs.tariffs[product].version_for(on, contract)
        for product in products
        if product in tariffs.tariffs
    ]
    return [version for version in versions if version]


def _plain(text: str) -> str:
    return " ".join(text.split())
