"""Price tables as workbooks: what businesses pay, net and gross, one sheet per kind of product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge_base.documents import Audience, Validity
from knowledge_base.publish.publication import ADDRESS, BUSINESS_HOTLINE, OPERATOR, Publication
from knowledge_base.publish.workbook import Cell, Sheet, render
from knowledge_base.tariffs import Attribute, Tariffs, TariffVersion
from knowledge_base.wording import day, net_of, wording

_MOBILE = "Leistungsbeschreibung Business Mobil und IoT"
_NETWORKS = "Leistungsbeschreibung Vernetzung und Rechenzentrum"
_SHEETS = {
    "business_mobil": ("Business Mobil", _MOBILE),
    "iot": ("IoT-SIM", _MOBILE),
    "sd_wan": ("SD-WAN", _NETWORKS),
    "slicing": ("Campus-Slice", _NETWORKS),
    "housing": ("Housing", _NETWORKS),
}
"""Kinds of products, the sheets they stand on, and the document that describes them."""
_PRICES = ("Tarif", "Preis", "Netto", "Brutto", "Einheit", "Hinweis")
_SERVICES = ("Tarif", "Merkmal", "Angabe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One price table: whose prices of which day."""

    name: str
    title: str
    on: date
    """Prices of contracts concluded on this day."""
    sold_until: date | None


EDITIONS = (
    Edition(
        name="preisliste-geschaeftskunden-2025-01-01",
        title="Preisliste Geschäftskunden für Verträge vom 01.01.2025 bis 31.12.2025",
        on=date(2025, 1, 1),
        sold_until=date(2025, 12, 31),
    ),
    Edition(
        name="preisliste-geschaeftskunden-2026-01-01",
        title="Preisliste Geschäftskunden für Verträge ab dem 01.01.2026",
        on=date(2026, 1, 1),
        sold_until=None,
    ),
)


def price_tables(tariffs: Tariffs) -> Iterator[Publication]:
    """Yield the workbook of every edition."""
    for edition in EDITIONS:
        sold = {kind: _sold(tariffs, edition, kind) for kind in _SHEETS}
        sheets = [
            _scope(edition, [_SHEETS[kind][0] for kind, versions in sold.items() if versions])
        ]
        for kind, versions in sold.items():
            if versions:
                family, described = _SHEETS[kind]
                sheets += [
                    _prices(tariffs, edition, family, versions),
                    _services(tariffs, edition, family, versions, described),
                ]
        yield Publication(
            path=f"preislisten/{edition.name}.xlsx",
            content=render(sheets, title=edition.title, as_of=edition.on),
            title=edition.title,
            kind="preisliste",
            owner="Produktmanagement Geschäftskunden",
            as_of=edition.on,
            validity=Validity(
                sold_from=edition.on, sold_until=edition.sold_until, applies_from=edition.on
            ),
            products=tuple(one.product for versions in sold.values() for one in versions),
            audience=Audience.BUSINESS,
        )


def _sold(tariffs: Tariffs, edition: Edition, kind: str) -> list[TariffVersion]:
    versions = [
        tariff.version_for(edition.on, edition.on)
        for tariff in tariffs.tariffs.values()
        if tariff.kind == kind
    ]
    return sorted((one for one in versions if one), key=_price)


def _price(version: TariffVersion) -> Decimal:
    return version.attributes["grundpreis"].value or Decimal(0)


def _scope(edition: Edition, families: list[str]) -> Sheet:
    until = f" bis zum {day(edition.sold_until)}" if edition.sold_until else ""
    rows: list[tuple[Cell, Cell]] = [
        ("Anbieter", f"{OPERATOR}, {ADDRESS}"),
        ("Hotline für Geschäftskunden", BUSINESS_HOTLINE),
        ("Stand", day(edition.on)),
        ("Vertragsschluss", f"ab dem {day(edition.on)}{until}"),
        ("Umsatzsteuer", "Nettopreise zuzüglich der gesetzlichen Umsatzsteuer von 19 %"),
        ("Produkte", ", ".join(families)),
        ("Abrechnung", "monatlich im Voraus, Einmalpreise mit der ersten Rechnung"),
    ]
    return Sheet(
        name="Geltung",
        title=edition.title,
        notes=(
            "Die Preise gelten nur für Unternehmen, Freiberufler, Vereine und öffentliche "
            "Einrichtungen.",
        ),
        header=("Angabe", "Inhalt"),
        rows=rows,
        widths=(24, 90),
    )


def _prices(
    tariffs: Tariffs, edition: Edition, family: str, versions: list[TariffVersion]
) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for version in versions:
        for attribute in version.attributes.values():
            net = net_of(attribute)
            if attribute.value is None or net is None:
                continue
            note = (attribute.note or "").partition("; ")[2]
            rows.append(
                (
                    version.name,
                    tariffs.kinds[attribute.id].label,
                    net,
                    attribute.value,
                    _unit(attribute),
                    note or None,
                )
            )
    return Sheet(
        name=f"{family} Preise",
        title=f"Preise {family}, Stand {day(edition.on)}",
        notes=("Alle Preise in Euro; die Bruttopreise enthalten 19 % Umsatzsteuer.",),
        header=_PRICES,
        rows=rows,
        widths=(26, 44, 14, 14, 28, 62),
    )


def _unit(attribute: Attribute) -> str:
    known = {"Monat": "monatlich", "einmalig": "einmalig", None: "einmalig"}
    return known.get(attribute.per) or f"je {attribute.per}"


def _services(
    tariffs: Tariffs, edition: Edition, family: str, versions: list[TariffVersion], described: str
) -> Sheet:
    rows = [
        (version.name, tariffs.kinds[attribute.id].label, wording(attribute))
        for version in versions
        for attribute in version.attributes.values()
        if net_of(attribute) is None
    ]
    return Sheet(
        name=f"{family} Leistungen",
        title=f"Leistungen und Laufzeit {family}, Stand {day(edition.on)}",
        notes=(f"Einzelheiten stehen in der {described}.",),
        header=_SERVICES,
        rows=rows,
        widths=(26, 38, 110),
    )
