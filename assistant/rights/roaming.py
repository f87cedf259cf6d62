"""Where roaming costs what it costs at home, and the most a surcharge may be: (EU) 2022/612."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from babel import Locale

from assistant.rights.calculation import (
    Calculation,
    InvalidInput,
    Quantity,
    cents_below,
    euro,
    need_amount,
    written,
)
from knowledge_base.wording import day

RULE = "Verordnung (EU) 2022/612"
FROM, UNTIL = date(2022, 7, 1), date(2032, 6, 30)
HOME = "EU-Zone"
OTHER = "außerhalb der EU-Zone"
_LONGEST_NAME = 60

_EU = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK "
    "IS LI NO "
    "AX EA GF GP IC MF MQ RE YT"  # regions with a code of their own in which Union law applies
).split()
VALID_FROM: Mapping[str, date] = MappingProxyType(
    dict.fromkeys(_EU, FROM) | {"UA": date(2026, 1, 1), "MD": date(2026, 1, 1)}
)
"""The countries with roaming at home prices, and since when the regulation gives it to them."""
_ALSO = {"moldau": "MD", "moldawien": "MD", "grossbritannien": "GB", "tschechische republik": "CZ"}

_NET_PER_GB = (
    (date(2022, 7, 1), Decimal("2.00")),
    (date(2023, 1, 1), Decimal("1.80")),
    (date(2024, 1, 1), Decimal("1.55")),
    (date(2025, 1, 1), Decimal("1.30")),
    (date(2026, 1, 1), Decimal("1.10")),
    (date(2027, 1, 1), Decimal("1.00")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoamingRules:
    """What a surcharge is taxed with, and its limits."""

    vat_percent: Decimal = Decimal(19)
    net_per_gb: tuple[tuple[date, Decimal], ...] = _NET_PER_GB
    """From which day the limit holds, oldest first."""


RULES = RoamingRules()


def roaming_zone(country: str, on: date) -> Calculation[str | None]:
    """Say whether a country has roaming at home prices on a day.

    None for a country nobody knows: then nothing may be said about a price either.

    Args:
        country: A German name (``Türkei``) or a code of ISO 3166 (``TR``).
        on: The day of travel.

    Raises:
        InvalidInput: The regulation does not hold on this day, or this is no name but a text.
    """
    _need_force(on)
    if len(country) > _LONGEST_NAME:
        raise InvalidInput("country", f"{country[:_LONGEST_NAME]}…", "give a name or code alone")
    code = _code(country)
    name = country if code is None else _territories()[code]
    value: str | None
    if code is None:
        value = None
        steps = [
            "Dieses Land kennen wir nicht; deshalb nennen wir keinen Preis.",
            "Bitte nennen Sie das Land mit seinem vollen Namen.",
        ]
    elif code not in VALID_FROM:
        value = OTHER
        steps = [
            f"{name}: Dieses Land gehört nicht zur EU-Zone.",
            "Der Preis richtet sich nach der Preisliste.",
        ]
    elif on < VALID_FROM[code]:
        value = OTHER
        steps = [
            f"{name}: Dieses Land gehört erst seit dem {day(VALID_FROM[code])} zur EU-Zone.",
            f"Am {day(on)} richtet sich der Preis nach der Preisliste.",
        ]
    else:
        value = HOME
        steps = [
            f"{name}: Dieses Land gehört am {day(on)} zur EU-Zone.",
            "Sie nutzen Ihren Tarif dort wie zu Hause.",
        ]
    return Calculation(
        name="roaming_zone",
        value=value,
        rule=RULE,
        inputs=(Quantity(name="Land", value=name), Quantity(name="Reisetag", value=on)),
        steps=tuple(steps),
    )


def surcharge_limit(on: date, rules: RoamingRules = RULES) -> Calculation[Decimal]:
    """Give the most a GB above fair use may cost on a day, tax included; the tariff may ask less.

    Raises:
        InvalidInput: No limit is known for this day.
    """
    net = _net(on, rules)
    value = cents_below(net * (100 + rules.vat_percent) / 100)
    return Calculation(
        name="roaming_aufschlag_hoechstens",
        value=value,
        unit="EUR",
        rule=RULE,
        inputs=(
            Quantity(name="Tag", value=on),
            Quantity(name="Höchstbetrag je GB ohne Umsatzsteuer", value=net, unit="EUR"),
            Quantity(name="Umsatzsteuer", value=rules.vat_percent, unit="%"),
        ),
        steps=(
            f"Am {day(on)} darf der Aufschlag für Daten über der Fair-Use-Grenze höchstens "
            f"{euro(net)} je GB ohne Umsatzsteuer betragen.",
            f"Mit {written(rules.vat_percent, '%')} Umsatzsteuer sind das höchstens "
            f"{euro(value)} je GB.",
        ),
    )


def roaming_surcharge(
    *, used_gb: Decimal, fair_use_gb: Decimal, on: date, rules: RoamingRules = RULES
) -> Calculation[Decimal]:
    """Give the most that data above the fair-use limit may cost.

    Raises:
        InvalidInput: A volume is negative, or no limit is known for this day.
    """
    need_amount("used_gb", used_gb)
    need_amount("fair_use_gb", fair_use_gb)
    net = _net(on, rules)
    above = max(Decimal(0), used_gb - fair_use_gb)
    value = cents_below(above * net * (100 + rules.vat_percent) / 100)
    return Calculation(
        name="roaming_aufschlag",
        value=value,
        unit="EUR",
        rule=RULE,
        inputs=(
            Quantity(name="Verbrauch in der EU-Zone", value=used_gb, unit="GB"),
            Quantity(name="Fair-Use-Grenze", value=fair_use_gb, unit="GB"),
            *surcharge_limit(on, rules).inputs,
        ),
        parts=(Quantity(name="Verbrauch über der Grenze", value=above, unit="GB"),),
        steps=(
            f"{written(used_gb, 'GB')} − {written(fair_use_gb, 'GB')}: über der Fair-Use-Grenze "
            f"liegen {written(above, 'GB')}.",
            f"{written(above)} × {euro(net)} zuzüglich {written(rules.vat_percent, '%')} "
            f"Umsatzsteuer sind höchstens {euro(value)}.",
        ),
    )


def _net(on: date, rules: RoamingRules) -> Decimal:
    _need_force(on)
    found = [net for first, net in rules.net_per_gb if first <= on]
    if not found:
        raise InvalidInput("on", on, "add the limit of this year to the rules")
    return found[-1]


def _need_force(on: date) -> None:
    if not FROM <= on <= UNTIL:
        raise InvalidInput("on", on, f"give a day from {FROM} to {UNTIL}: {RULE} holds then")


def _code(country: str) -> str | None:
    """Return the ISO code of a name or code."""
    asked = " ".join(country.split())
    if asked.upper() in _territories():
        return asked.upper()
    folded = asked.casefold()
    if folded in _ALSO:
        return _ALSO[folded]
    return next((code for code, name in _territories().items() if name.casefold() == folded), None)


@cache
def _territories() -> Mapping[str, str]:
    """Return the German names of countries by code; unions and test codes are none."""
    names = Locale("de").territories
    unions = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    return MappingProxyType(
        {code: name for code, name in names.items() if code.isalpha() and code not in unions}
    )
