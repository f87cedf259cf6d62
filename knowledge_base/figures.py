"""Figures in the text of a document, compared with the tariff data it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.loaders import Reading
from knowledge_base.tariffs import Tariffs, TariffVersion
from knowledge_base.wording import figure, wording

_FIGURE = re.compile(r"(?<![\d.,])(\d[\d.]*(?:,\d+)?)\s(€|GB|MB|Mbit/s|kbit/s)")
_PROMISED = ("grundpreis", "aktionspreis", "anschlusspreis", "datenvolumen", "download_max")
"""What a product sheet and a price list must say."""
_KINDS = ("produktinformationsblatt", "preisliste")


def disagreements(reading: Reading, tariffs: Tariffs) -> Iterator[str]:
    """Yield what a price list or product sheet says otherwise than the tariff data.

    Both ways: a figure that stands in no tariff of its contracts, and one that is missing.
    """
    about = reading.metadata
    if about.kind not in _KINDS:
        return
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
        for identifier in _PROMISED:
            attribute = version.attributes.get(identifier)
            value = figure(attribute) if attribute else None
            if value and _plain(value) not in text:
                yield f"does not say {_plain(value)}, the {identifier} of {version.name}"


def figures_of(text: str) -> set[str]:
    """Return the amounts, volumes and speeds of a text as they are written."""
    return {f"{number} {unit}" for number, unit in _FIGURE.findall(_plain(text))}


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
