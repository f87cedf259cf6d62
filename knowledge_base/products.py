"""What is sold: tariffs, options and fees in their versions, and the roaming zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from knowledge_base.documents import Audience, Validity


class Polarity(StrEnum):
    """What a tariff says of a thing that is not (only) a figure."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    AVAILABLE = "available"
    """Can be booked in addition, at the attribute's price."""
    UNLIMITED = "unlimited"
    FREE = "free"


class Bound(StrEnum):
    """How far a figure binds."""

    UP_TO = "bis zu"
    FROM = "ab"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One property of a tariff version."""

    id: str
    value: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    """``Monat``, ``Minute``, ``Buchung`` …; ``einmalig`` for what is paid once."""
    bound: str | None = None
    polarity: Polarity | None = None
    note: str | None = None
    """A qualifier that must travel with the figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeKind:
    """An attribute as tariffs name it and as customers ask for it."""

    id: str
    label: str
    aliases: tuple[str, ...]
    general: bool = False
    """Its words fit many questions (``kostet``, ``schnell``): it ranks behind all others."""
    option: str | None = None
    """The option that is booked where a tariff has it ``available``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffVersion:
    """What a product contains for the contracts of a period."""

    product: str
    name: str
    version: str
    as_of: date
    validity: Validity
    attributes: Mapping[str, Attribute]
    source: str
    """Name of the file it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """A product, and everything it ever was."""

    id: str
    name: str
    kind: str
    audience: Audience
    owner: str
    aliases: tuple[str, ...]
    versions: tuple[TariffVersion, ...]

    def version_for(self, on: date, contract_date: date | None = None) -> TariffVersion | None:
        """Return the version in force on a day for a contract of a date, if there is one."""
        return _current(self.versions, on, contract_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoamingZone:
    """Countries in which use costs the same."""

    id: str
    name: str
    versions: tuple[TariffVersion, ...]

    def version_for(self, on: date, contract_date: date | None = None) -> TariffVersion | None:
        """Return the prices in force on a day for a contract of a date, if there are any."""
        return _current(self.versions, on, contract_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePeriod:
    """The zone a country belongs to for a time; both bounds are inclusive."""

    zone: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, and the zones it belonged and belongs to."""

    name: str
    aliases: tuple[str, ...]
    periods: tuple[ZonePeriod, ...]

    def zone_on(self, on: date) -> str | None:
        """Return the id of its zone on a day."""
        for period in self.periods:
            if Validity(applies_from=period.valid_from, applies_until=period.valid_until).holds(on):
                return period.zone
        return None


def _current(
    versions: Iterable[TariffVersion], on: date, contract_date: date | None
) -> TariffVersion | None:
    holding = [v for v in versions if v.validity.holds(on, contract_date)]
    return max(holding, key=lambda version: version.as_of, default=None)
