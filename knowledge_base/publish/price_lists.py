"""Price lists with real tables: tariffs, options, use at home and abroad, service fees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from knowledge_base.documents import Validity
from knowledge_base.publish.editions import EDITIONS, Edition
from knowledge_base.publish.families import FAMILIES
from knowledge_base.publish.page import Grid, Heading, Part, Text, render
from knowledge_base.publish.publication import ADDRESS, HOTLINE, OPERATOR, WEBSITE, Publication
from knowledge_base.tariffs import Country, RoamingZone, Tariff, Tariffs, TariffVersion
from knowledge_base.wording import day, wording

_MONEY = (
    "grundpreis",
    "paketpreis",
    "aktionspreis",
    "preis_nach_laufzeit",
    "anschlusspreis",
    "starterpaket",
    "startguthaben",
)
_TERM = ("laufzeit_12_monate", "mindestlaufzeit", "kuendigungsfrist")
_OPTION_PRICE = ("grundpreis", "paketpreis", "aktivierungspreis", "versandpreis")
_UNLABELLED = {"grundpreis", "paketpreis", "leistung"}
"""The column's header says what they are."""
_OPTION_TERM = ("laufzeit_option", "kuendigungsfrist", "verlaengerung", "verfuegbar_fuer")


def price_lists(tariffs: Tariffs) -> Iterator[Publication]:
    """Yield every edition."""
    for edition in EDITIONS:
        validity = Validity(
            sold_from=edition.on,
            sold_until=edition.sold_until,
            applies_from=edition.applies_from or edition.on,
            applies_until=edition.applies_until,
        )
        stand = f"Stand {day(edition.as_of)}"
        yield Publication(
            path=f"preislisten/{edition.name}.pdf",
            content=render(
                _parts(tariffs, edition),
                title=edition.title,
                footer=f"{OPERATOR} · {edition.title} · {stand}",
            ),
            title=edition.title,
            kind="preisliste",
            owner=edition.owner,
            as_of=edition.as_of,
            validity=validity,
            products=tuple(version.product for version in _sold(tariffs, edition, edition.kinds)),
        )


def _parts(tariffs: Tariffs, edition: Edition) -> list[Part]:
    sections: list[Sequence[Part]] = [_scope(edition)]
    sections += [_tariff_prices(tariffs, edition, kind) for kind in edition.kinds]
    if edition.option_owners:
        sections.append(_options(tariffs, edition))
    if edition.roaming:
        sections += [_roaming(tariffs, edition), _countries(tariffs)]
    sections.append(_fees(tariffs, edition))
    parts: list[Part] = [Heading(text=edition.title, level=1)]
    for number, (heading, *rest) in enumerate(sections, 1):
        assert isinstance(heading, Heading)
        parts += [Heading(text=f"{number} {heading.text}"), *rest]
    return parts


def _scope(edition: Edition) -> list[Part]:
    until = f" bis zum {day(edition.sold_until)}" if edition.sold_until else ""
    options = ", auch für Optionen, die zu einem solchen Vertrag gebucht werden"
    return [
        Heading(text="Geltung und Umsatzsteuer"),
        Text(
            text=f"Die {edition.title} gibt den Stand vom {day(edition.as_of)} wieder. Die Preise "
            f"gelten für Verträge, die ab dem {day(edition.on)}{until} geschlossen wurden"
            f"{options if edition.option_owners else ''}."
        ),
        Text(
            text="Alle Preise sind Endpreise in Euro für Privatkunden und enthalten die "
            "gesetzliche Umsatzsteuer von 19 %."
        ),
        Text(
            text=f"Anbieter ist die {OPERATOR}, {ADDRESS}. Der Kundenservice ist unter {HOTLINE} "
            f"erreichbar; alle Preislisten stehen auch unter {WEBSITE}/preislisten."
        ),
        *(Text(text=remark) for remark in edition.remarks),
    ]


def _tariff_prices(tariffs: Tariffs, edition: Edition, kind: str) -> list[Part]:
    versions = _sold(tariffs, edition, (kind,))
    family = FAMILIES[kind].name
    listed = dict.fromkeys(identifier for version in versions for identifier in version.attributes)
    money = [identifier for identifier in listed if identifier in (*_MONEY, *_TERM)]
    scope = [i for i in listed if i not in {*_MONEY, *_TERM, "verlaengerung", "rechnung"}]
    return [
        Heading(text=f"{family}-Tarife"),
        Heading(text=f"Preise und Laufzeit der {family}-Tarife", level=3),
        _comparison(tariffs, versions, money),
        Heading(text=f"Leistungen der {family}-Tarife", level=3),
        _comparison(tariffs, versions, scope),
    ]


def _comparison(tariffs: Tariffs, versions: Sequence[TariffVersion], ids: Iterable[str]) -> Grid:
    rows = [
        (
            tariffs.kinds[identifier].label,
            *(
                wording(version.attributes[identifier]) if identifier in version.attributes else "–"
                for version in versions
            ),
        )
        for identifier in ids
    ]
    share = 0.76 / len(versions)
    return Grid(
        header=("Merkmal", *(version.name for version in versions)),
        rows=rows,
        shares=(0.24, *(share for _ in versions)),
    )


def _options(tariffs: Tariffs, edition: Edition) -> list[Part]:
    versions = [
        version
        for version in _sold(tariffs, edition, ("option",))
        if tariffs.tariffs[version.product].owner in edition.option_owners
    ]
    rows = []
    for version in versions:
        content = [i for i in version.attributes if i not in (*_OPTION_PRICE, *_OPTION_TERM)]
        rows.append(
            (
                version.name,
                _listed(tariffs, version, _OPTION_PRICE),
                _listed(tariffs, version, content),
                _listed(tariffs, version, _OPTION_TERM),
            )
        )
    return [
        Heading(text="Optionen und Pakete"),
        Text(
            text="Optionen ändern die Mindestlaufzeit des Tarifvertrags nicht. Sie können im "
            "Kundenportal gebucht und gekündigt werden."
        ),
        Grid(
            header=("Option", "Preis", "Leistung", "Laufzeit und Buchung"),
            rows=rows,
            shares=(0.18, 0.24, 0.28, 0.30),
        ),
    ]


def _listed(tariffs: Tariffs, version: TariffVersion, ids: Iterable[str]) -> str:
    return "; ".join(
        wording(version.attributes[identifier])
        if identifier in _UNLABELLED
        else f"{tariffs.kinds[identifier].label}: {wording(version.attributes[identifier])}"
        for identifier in ids
        if identifier in version.attributes
    )


def _roaming(tariffs: Tariffs, edition: Edition) -> list[Part]:
    shown = [(zone, version) for zone in tariffs.zones.values() for version in _zone(zone, edition)]
    parts: list[Part] = [
        Heading(text="Nutzung im Ausland (Roaming)"),
        Text(
            text="Die Preise für abgehende Anrufe im Ausland gelten für Anrufe nach Deutschland "
            "und innerhalb des Aufenthaltslandes. Der Aufschlag in der EU-Zone richtet sich nach "
            "dem Kalenderjahr der Nutzung."
        ),
    ]
    for name, group in groupby(shown, key=lambda pair: pair[0].name):
        rows = [
            (
                tariffs.kinds[attribute.id].label,
                wording(attribute),
                _period(version.validity),
            )
            for _, version in group
            for attribute in version.attributes.values()
        ]
        parts += [
            Heading(text=f"Preise in der Zone {name}", level=3),
            Grid(
                header=("Nutzung", f"Preis ({name})", "Zeitraum"),
                rows=rows,
                shares=(0.3, 0.45, 0.25),
            ),
        ]
    return parts


def _zone(zone: RoamingZone, edition: Edition) -> list[TariffVersion]:
    """Prices of the edition's contracts; of yearly prices, those up to the date of the list."""
    return [
        version
        for version in zone.versions
        if Validity(
            sold_from=version.validity.sold_from, sold_until=version.validity.sold_until
        ).holds(edition.on)
        and (version.validity.applies_until or edition.as_of) >= edition.on
        and (version.validity.applies_from or edition.as_of) <= edition.as_of
    ]


def _period(validity: Validity) -> str:
    if validity.applies_from and validity.applies_until:
        return f"{day(validity.applies_from)} bis {day(validity.applies_until)}"
    return f"ab {day(validity.applies_from)}" if validity.applies_from else "immer"


def _countries(tariffs: Tariffs) -> list[Part]:
    rows = [
        (country.name, _zones_of(tariffs, country))
        for country in sorted(tariffs.countries, key=lambda country: _sortable(country.name))
    ]
    return [
        Heading(text="Länder und ihre Zonen"),
        *([Text(text=tariffs.elsewhere)] if tariffs.elsewhere else []),
        Grid(header=("Land", "Zone"), rows=rows, shares=(0.45, 0.55)),
    ]


def _zones_of(tariffs: Tariffs, country: Country) -> str:
    words = []
    for period in country.periods:
        since = f" ab {day(period.valid_from)}" if period.valid_from else ""
        until = f" bis {day(period.valid_until)}" if period.valid_until else ""
        words.append(f"{tariffs.zones[period.zone].name}{since}{until}")
    return ", ".join(words)


def _fees(tariffs: Tariffs, edition: Edition) -> list[Part]:
    rows = [
        (tariffs.kinds[attribute.id].label, wording(attribute))
        for version in _sold(tariffs, edition, ("gebuehren",))
        for attribute in version.attributes.values()
        if attribute.id not in edition.fees_elsewhere
    ]
    return [
        Heading(text="Servicepreise"),
        Grid(header=("Leistung", "Preis"), rows=rows, shares=(0.4, 0.6)),
    ]


def _sold(tariffs: Tariffs, edition: Edition, kinds: Sequence[str]) -> list[TariffVersion]:
    versions = [
        tariff.version_for(edition.as_of, edition.on)
        for tariff in sorted(tariffs.tariffs.values(), key=_rank)
        if tariff.kind in kinds
    ]
    return [version for version in versions if version]


def _rank(tariff: Tariff) -> tuple[str, str, Decimal]:
    """Keep families together and order their sizes by price."""
    attributes = tariff.versions[-1].attributes
    price = attributes.get("grundpreis") or attributes.get("paketpreis")
    return (tariff.kind, tariff.name.split()[0], (price and price.value) or Decimal(0))


def _sortable(name: str) -> str:
    return name.translate(str.maketrans("ÄÖÜäöü", "AOUaou"))
