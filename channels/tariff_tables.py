"""Tariff data as tables: every version of a product or roaming zone with its period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape

from knowledge_base import tariff_files
from knowledge_base.documents import Validity
from knowledge_base.loaders.tariff import spoken
from knowledge_base.products import Attribute, AttributeKind, Country, RoamingZone, TariffVersion
from knowledge_base.strict_yaml import Part

Kinds = Mapping[str, AttributeKind]


def tariff_tables(file: Part, kinds: Kinds) -> str:
    """Render a product, its newest version first."""
    parts = []
    for place, version in enumerate(_newest_first(tariff_files.tariff(file).versions)):
        name = escape(version.version)
        parts.append(f'<h2 id="fassung-{name}">Fassung {name}</h2>')
        parts.append(_table(version, kinds, linked=place == 0))
    return "".join(parts)


def roaming_tables(file: Part, kinds: Kinds) -> str:
    """Render the roaming zones with their prices, then the countries."""
    zones = tariff_files.zones(file)
    parts = []
    for zone in zones.values():
        parts.append(f'<h2 id="{escape(zone.id)}">{escape(zone.name)}</h2>')
        for version in _newest_first(zone.versions):
            parts.append(f"<h3>{escape(zone.name)}, Fassung {escape(version.version)}</h3>")
            parts.append(_table(version, kinds, linked=False))
    parts.append('<h2 id="laender-und-zonen">Länder und Zonen</h2>')
    rows = (_country(country, zones) for country in tariff_files.countries(file))
    parts.append(_rows("Zu welcher Zone ein Land gehört", ("Land", "Zone"), rows))
    return "".join(parts)


def period(validity: Validity) -> str:
    """Say for which contracts something holds, and when."""
    sold = _span(validity.sold_from, validity.sold_until)
    applies = _span(validity.applies_from, validity.applies_until)
    parts = (sold and f"für Verträge {sold}", applies and f"in Kraft {applies}")
    return ", ".join(part for part in parts if part)


def day(value: date) -> str:
    """Write a day in German figures."""
    return f"{value:%d.%m.%Y}"


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f"vom {day(first)} bis {day(last)}"
    if first:
        return f"ab {day(first)}"
    return f"bis {day(last)}" if last else ""


def _newest_first(versions: Iterable[TariffVersion]) -> list[TariffVersion]:
    return sorted(versions, key=lambda version: (version.as_of, version.version), reverse=True)


def _table(version: TariffVersion, kinds: Kinds, *, linked: bool) -> str:
    said = period(version.validity) or "für alle Verträge"
    caption = f"Gültig {said}. Stand {day(version.as_of)}"
    rows = (_attribute(attribute, kinds, linked) for attribute in version.attributes.values())
    return _rows(caption, ("Merkmal", "Angabe"), rows)


def _attribute(attribute: Attribute, kinds: Kinds, linked: bool) -> str:
    kind = kinds.get(attribute.id)
    label = kind.label if kind else attribute.id.replace("_", " ").capitalize()
    value = spoken(attribute, label).removeprefix(f"{label}: ").removesuffix(".")
    mark = f' id="{escape(attribute.id)}"' if linked else ""
    return f'<tr{mark}><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'


def _country(country: Country, zones: Mapping[str, RoamingZone]) -> str:
    said = []
    for part in country.periods:
        when = _span(part.valid_from, part.valid_until)
        said.append(zones[part.zone].name + (f" ({when})" if when else ""))
    cells = f"<td>{escape(', '.join(said))}</td>"
    return f'<tr><th scope="row">{escape(country.name)}</th>{cells}</tr>'


def _rows(caption: str, header: tuple[str, str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
