"""Tariff files as readable German passages, each with the validity of its version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge_base.documents import Validity
from knowledge_base.loaders.reading import Block, Metadata, Reading, clean
from knowledge_base.strict_yaml import plain
from knowledge_base.tariffs import (
    Attribute,
    Country,
    RoamingZone,
    Tariff,
    Tariffs,
    TariffVersion,
)
from knowledge_base.wording import day, wording

MEDIA_TYPE = "application/yaml"
VOCABULARY = "merkmale.yaml"
"""The file that makes a folder one of tariffs."""
ROAMING = "roaming.yaml"

_TIMES = frozenset({"Tag", "Tage", "Woche", "Wochen", "Monat", "Monate", "Jahr", "Jahre"})
_PRICES, _TERMS, _SERVICES = "Preise", "Laufzeit und Kündigung", "Leistungen"


def read_folder(folder: Path, tariffs: Tariffs) -> Iterator[Reading]:
    """Read the tariff files of a folder whose tariffs have been loaded."""
    for tariff in tariffs.tariffs.values():
        blocks = [
            block for version in tariff.versions for block in _version(tariff, version, tariffs)
        ]
        yield _reading(
            folder / tariff.versions[0].source,
            Metadata(
                id=tariff.id,
                title=tariff.name,
                kind="tarif",
                owner=tariff.owner,
                as_of=max(version.as_of for version in tariff.versions),
                products=_products(tariff),
                audience=tariff.audience,
            ),
            blocks,
        )
    if tariffs.zones:
        yield _roaming(folder / ROAMING, tariffs)


def spoken(attribute: Attribute, label: str) -> str:
    """Say an attribute as a line of text, its qualifier always with it."""
    return clean(f"{label}: {wording(attribute)}")


def _version(tariff: Tariff, version: TariffVersion, tariffs: Tariffs) -> Iterator[Block]:
    headings = (f"Fassung {version.version}: {_period(version.validity)}",)
    # Fees have nothing to do with each other: each is found and cited alone.
    alone = tariff.kind == "gebuehren"
    for group in (_PRICES, _SERVICES, _TERMS):
        for attribute in version.attributes.values():
            if _group(attribute) == group:
                yield Block(
                    text=spoken(attribute, tariffs.kinds[attribute.id].label),
                    headings=(*headings, group),
                    anchor=attribute.id if alone else None,
                    table=alone,
                    products=_products(tariff),
                    validity=version.validity,
                    as_of=version.as_of,
                )


def _products(tariff: Tariff) -> tuple[str, ...]:
    return () if tariff.kind == "gebuehren" else (tariff.id,)


def _roaming(path: Path, tariffs: Tariffs) -> Reading:
    blocks: list[Block] = []
    for zone in tariffs.zones.values():
        for version in zone.versions:
            blocks += _zone(zone, version, tariffs)
    if tariffs.elsewhere:
        blocks.append(Block(text=tariffs.elsewhere, headings=("Länder und Zonen",)))
    for country in tariffs.countries:
        blocks += _country(country, tariffs)
    fields = plain(path.read_text("utf-8"))
    return _reading(
        path,
        Metadata(
            id=path.stem,
            title=str(fields["title"]),
            kind="roaming",
            owner=str(fields["owner"]),
            as_of=date.fromisoformat(str(fields["as_of"])),
        ),
        blocks,
    )


def _zone(zone: RoamingZone, version: TariffVersion, tariffs: Tariffs) -> Iterator[Block]:
    for attribute in version.attributes.values():
        yield Block(
            text=spoken(attribute, tariffs.kinds[attribute.id].label),
            headings=(zone.name, f"Fassung {version.version}: {_period(version.validity)}"),
            anchor=zone.id,
            validity=version.validity,
            as_of=version.as_of,
        )


def _country(country: Country, tariffs: Tariffs) -> Iterator[Block]:
    for period in country.periods:
        zone = tariffs.zones[period.zone]
        validity = Validity(applies_from=period.valid_from, applies_until=period.valid_until)
        since = f" seit dem {day(period.valid_from)}" if period.valid_from else ""
        until = f" bis zum {day(period.valid_until)}" if period.valid_until else ""
        yield Block(
            text=f"{country.name} gehört{since}{until} zur Roamingzone {zone.name}.",
            headings=("Länder und Zonen",),
            anchor=zone.id,
            table=True,
            validity=validity,
        )


def _reading(path: Path, metadata: Metadata, blocks: list[Block]) -> Reading:
    return Reading(
        metadata=metadata,
        blocks=tuple(blocks),
        media_type=MEDIA_TYPE,
        original=path.read_bytes(),
        source=path.name,
        file_name=path.name,
    )


def _group(attribute: Attribute) -> str:
    if attribute.unit == "EUR":
        return _PRICES
    if attribute.unit in _TIMES or attribute.id.startswith(("verlaengerung", "kuendigung")):
        return _TERMS
    return _SERVICES


def _period(validity: Validity) -> str:
    if validity.sold_from and validity.sold_until:
        return f"Verträge vom {day(validity.sold_from)} bis {day(validity.sold_until)}"
    if validity.sold_from:
        return f"Verträge ab {day(validity.sold_from)}"
    if validity.sold_until:
        return f"Verträge bis {day(validity.sold_until)}"
    return "alle Verträge"
