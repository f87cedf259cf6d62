"""Tariffs: exact look-ups of prices and conditions per product, version and date.

The files in ``content/tarife`` are the single source of every figure; nothing here estimates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from knowledge_base import tariff_files
from knowledge_base.mentions import Names
from knowledge_base.products import (
    Attribute,
    AttributeKind,
    Country,
    Polarity,
    RoamingZone,
    Tariff,
    TariffVersion,
)
from knowledge_base.strict_yaml import Part, TariffFileError, dump, read_file, restore

__all__ = [
    "Attribute",
    "AttributeKind",
    "Country",
    "Polarity",
    "RoamingZone",
    "Tariff",
    "TariffFileError",
    "TariffVersion",
    "Tariffs",
]


_UNIONS = frozenset({"DE", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes that are no country to travel to."""


class Tariffs:
    """All tariffs, the words for their attributes, and the roaming zones; immutable."""

    def __init__(self, files: Mapping[str, Part]) -> None:
        self._json = dump(files)
        tariffs: dict[str, Tariff] = {}
        kinds: dict[str, AttributeKind] = {}
        zones: dict[str, RoamingZone] = {}
        countries: list[Country] = []
        self.elsewhere: str | None = None
        """What holds in countries that belong to no roaming zone."""
        for file in files.values():
            match file.need("kind").text():
                case "merkmale":
                    kinds.update(tariff_files.vocabulary(file))
                case "roaming":
                    zones.update(tariff_files.zones(file))
                    countries += tariff_files.countries(file)
                    self.elsewhere = tariff_files.elsewhere(file)
                case _:
                    tariff = tariff_files.tariff(file)
                    if tariff.id in tariffs:
                        raise file.need("id").error(f"a second file has the id {tariff.id!r}")
                    tariffs[tariff.id] = tariff
        self.tariffs: Mapping[str, Tariff] = MappingProxyType(tariffs)
        self.kinds: Mapping[str, AttributeKind] = MappingProxyType(kinds)
        self.zones: Mapping[str, RoamingZone] = MappingProxyType(zones)
        self.countries = tuple(countries)
        _refuse_unknown(files, self)
        self._products = Names({t.id: (t.name, *t.aliases) for t in tariffs.values()})
        self._attributes = Names({k.id: (k.label, *k.aliases) for k in kinds.values()})
        self._places = Names({c.name: (c.name, *c.aliases) for c in countries})

    @classmethod
    def load(cls, folder: Path) -> Tariffs:
        """Read every tariff file of a folder.

        Raises:
            TariffFileError: A file is wrong; the message says where and what to do.
        """
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            raise TariffFileError(folder, None, "holds no tariff files (*.yaml)")
        return cls({path.name: read_file(path) for path in paths})

    def to_json(self) -> str:
        """Write everything as one text, to be stored with an index generation."""
        return self._json

    @classmethod
    def from_json(cls, text: str) -> Tariffs:
        """Read back what ``to_json`` wrote."""
        return cls(restore(text))

    @property
    def general(self) -> tuple[Tariff, ...]:
        """Price lists that hold whatever product a customer has: service fees."""
        return tuple(t for t in self.tariffs.values() if t.kind == "gebuehren")

    def mentioned(self, text: str) -> tuple[Tariff, ...]:
        """Return the products that a customer names, in the order of their appearance."""
        return tuple(self.tariffs[hit.id] for hit in self._products.find(text))

    def asked(self, text: str) -> tuple[str, ...]:
        """Return the ids of the attributes a customer asks for, the most specific first."""
        hits = self._attributes.find(text)
        ranked = sorted(hits, key=lambda hit: (self.kinds[hit.id].general, -hit.length, hit.start))
        return tuple(hit.id for hit in ranked)

    def unlisted(self, text: str) -> str | None:
        """Return the first country a text names that belongs to no roaming zone."""
        if not self.countries or self._places.find(text):
            return None
        return next((_territories()[hit.id] for hit in self._elsewhere.find(text)), None)

    @cached_property
    def _elsewhere(self) -> Names:
        listed = {name for country in self.countries for name in (country.name, *country.aliases)}
        known = {name.casefold() for name in listed}
        return Names(
            {code: (name,) for code, name in _territories().items() if name.casefold() not in known}
        )

    def zone(self, country_text: str, on: date) -> tuple[Country, RoamingZone] | None:
        """Return the first country a text names, with the zone it belongs to on a day."""
        for hit in self._places.find(country_text):
            country = next(c for c in self.countries if c.name == hit.id)
            zone = country.zone_on(on)
            if zone is not None:
                return country, self.zones[zone]
        return None


@cache
def _territories() -> Mapping[str, str]:
    """Give the German names of the countries and regions of the world by their code."""
    from babel import Locale

    names = Locale("de").territories
    return {code: name for code, name in names.items() if code.isalpha() and code not in _UNIONS}


def _refuse_unknown(files: Mapping[str, Part], tariffs: Tariffs) -> None:
    versions = [v for holder in tariffs.tariffs.values() for v in holder.versions]
    versions += [v for zone in tariffs.zones.values() for v in zone.versions]
    for version in versions:
        for identifier in version.attributes:
            if identifier not in tariffs.kinds:
                file = files[version.source]
                line = next((n for at, n in file.lines.items() if at[-1:] == (identifier,)), None)
                remedy = f"unknown attribute {identifier!r}; add it to merkmale.yaml"
                raise TariffFileError(file.file, line, remedy)
