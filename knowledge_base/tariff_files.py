"""Tariff files become products: each key is known, each figure has a unit."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from knowledge_base.documents import Audience, Validity
from knowledge_base.products import (
    Attribute,
    AttributeKind,
    Bound,
    Country,
    Polarity,
    RoamingZone,
    Tariff,
    TariffVersion,
    ZonePeriod,
)
from knowledge_base.strict_yaml import Part


def tariff(file: Part) -> Tariff:
    """Read a product with all its versions."""
    file.only("id", "name", "kind", "audience", "owner", "aliases", "versions")
    identifier, name = file.need("id").text(), file.need("name").text()
    return Tariff(
        id=identifier,
        name=name,
        kind=file.need("kind").text(),
        audience=file.need("audience").word(Audience),
        owner=file.need("owner").text(),
        aliases=file.need("aliases").texts(),
        versions=_versions(file.need("versions"), identifier, name),
    )


def _versions(part: Part, product: str, name: str) -> tuple[TariffVersion, ...]:
    return tuple(_version(entry, product, name) for entry in part.list())


def _version(part: Part, product: str, name: str) -> TariffVersion:
    axes = ("sold_from", "sold_until", "applies_from", "applies_until")
    part.only("version", "as_of", *axes, "attributes")
    return TariffVersion(
        product=product,
        name=name,
        version=part.need("version").text(),
        as_of=part.need("as_of").date(),
        validity=Validity(**{axis: _day(part.get(axis)) for axis in axes}),
        attributes=MappingProxyType(
            {key: _attribute(entry) for key, entry in part.need("attributes").items()}
        ),
        source=part.file.name,
    )


def _attribute(part: Part) -> Attribute:
    part.only("value", "unit", "per", "bound", "polarity", "note")
    value, bound, polarity = part.get("value"), part.get("bound"), part.get("polarity")
    attribute = Attribute(
        id=part.name,
        value=value.decimal() if value else None,
        unit=_text(part.get("unit")),
        per=_text(part.get("per")),
        bound=bound.word(Bound).value if bound else None,
        polarity=polarity.word(Polarity) if polarity else None,
        note=_text(part.get("note")),
    )
    if attribute.value is not None and attribute.unit is None:
        raise part.error(f"{part.name!r} has a value without a unit; add unit: EUR, GB, …")
    if attribute.value is None and attribute.polarity is None and attribute.note is None:
        raise part.error(f"{part.name!r} says nothing; give it a value, a polarity or a note")
    return attribute


def vocabulary(file: Part) -> dict[str, AttributeKind]:
    """Read the attributes and the words customers use for them."""
    file.only("kind", "title", "owner", "as_of", "attributes")
    file.need("owner").text()
    kinds = {}
    for entry in file.need("attributes").list():
        entry.only("id", "label", "aliases", "general", "option")
        general, option = entry.get("general"), entry.get("option")
        kind = AttributeKind(
            id=entry.need("id").text(),
            label=entry.need("label").text(),
            aliases=entry.need("aliases").texts(),
            general=general.flag() if general else False,
            option=option.text() if option else None,
        )
        if kind.id in kinds:
            raise entry.error(f"the attribute {kind.id!r} is described twice; keep one")
        kinds[kind.id] = kind
    return kinds


def zones(file: Part) -> dict[str, RoamingZone]:
    """Read the roaming zones with their prices."""
    file.only("kind", "title", "owner", "as_of", "elsewhere", "zones", "countries")
    file.need("owner").text()
    found = {}
    for entry in file.need("zones").list():
        entry.only("id", "name", "versions")
        identifier, name = entry.need("id").text(), entry.need("name").text()
        versions = _versions(entry.need("versions"), identifier, name)
        found[identifier] = RoamingZone(id=identifier, name=name, versions=versions)
    return found


def elsewhere(file: Part) -> str:
    """Read what holds in countries that belong to no zone."""
    return file.need("elsewhere").text()


def countries(file: Part) -> list[Country]:
    """Read the countries and the zones they belong to."""
    known = {entry.need("id").text() for entry in file.need("zones").list()}
    found = []
    for entry in file.need("countries").list():
        entry.only("name", "aliases", "zone", "zones")
        several = entry.get("zones")
        parts = tuple(several.list()) if several else (entry,)
        for part in parts:
            zone = part.need("zone")
            if zone.text() not in known:
                raise zone.error(f"unknown zone {zone.text()!r}; known: {', '.join(sorted(known))}")
        periods = tuple(
            ZonePeriod(
                zone=part.need("zone").text(),
                valid_from=_day(part.get("valid_from")),
                valid_until=_day(part.get("valid_until")),
            )
            for part in parts
        )
        aliases = entry.get("aliases")
        found.append(
            Country(
                name=entry.need("name").text(),
                aliases=aliases.texts() if aliases else (),
                periods=periods,
            )
        )
    return found


def _text(part: Part | None) -> str | None:
    return part.text() if part else None


def _day(part: Part | None) -> date | None:
    return part.date() if part else None
