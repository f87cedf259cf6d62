"""Slow internet: does it deviate, and what may be withheld (§ 57 (4) TKG)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from assistant.rights.calculation import (
    Calculation,
    InvalidInput,
    Quantity,
    cents,
    euro,
    need_amount,
    need_day,
    written,
)
from assistant.rights.compensation import FEE
from knowledge_base.wording import day

UNIT = "Mbit/s"
RULE = "§ 57 Absatz 4 TKG"
TESTS, TEST_DAYS, TESTS_A_DAY, WITHIN_DAYS = 30, 3, 10, 14
"""The proof for a fixed line: 30 measurements, ten on each of three days within 14 days."""
NEAR_MAXIMUM = NORMAL_SHARE = Decimal("0.9")
BAD_DAYS = 2

Density = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileRules:
    """The share of the estimated maximum that mobile internet must reach.

    Only the draft of 2024 was seen, so check before go-live (DOMAIN.md, section 8).
    """

    percent: dict[Density, Decimal] = field(
        default_factory=lambda: {"high": Decimal(25), "medium": Decimal(15), "low": Decimal(10)}
    )
    """By density of households."""


MOBILE: Final = MobileRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedSpeed:
    """The three speeds of a product information sheet for one direction, in Mbit/s."""

    minimum: Decimal
    normal: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One test with the tool of the regulator, by cable."""

    on: date
    speed: Decimal


def speed_deviates(agreed: AgreedSpeed, measurements: tuple[Measurement, ...]) -> Calculation[bool]:
    """Tell whether a complete series of fixed-line measurements proves a deviation.

    Raises:
        InvalidInput: The speeds are in the wrong order or the series is not complete.
    """
    by_day = _series(agreed, measurements)
    far = sum(
        all(speed < NEAR_MAXIMUM * agreed.maximum for speed in speeds) for speeds in by_day.values()
    )
    normal = sum(one.speed >= agreed.normal for one in measurements)
    below = sum(any(speed < agreed.minimum for speed in speeds) for speeds in by_day.values())
    enough = NORMAL_SHARE * len(measurements)
    value = far >= BAD_DAYS or normal < enough or below >= BAD_DAYS
    return Calculation(
        name="abweichung_geschwindigkeit",
        value=value,
        rule=RULE,
        inputs=(
            Quantity(name="Minimale Geschwindigkeit", value=agreed.minimum, unit=UNIT),
            Quantity(name="Normale Geschwindigkeit", value=agreed.normal, unit=UNIT),
            Quantity(name="Maximale Geschwindigkeit", value=agreed.maximum, unit=UNIT),
            *(
                Quantity(name=f"Messung {number} am {day(one.on)}", value=one.speed, unit=UNIT)
                for number, one in enumerate(measurements, start=1)
            ),
        ),
        parts=(
            Quantity(name="Messtage unter 90 % der maximalen Geschwindigkeit", value=far),
            Quantity(name="Messungen mit normaler Geschwindigkeit", value=normal),
            Quantity(name="Messtage unter der minimalen Geschwindigkeit", value=below),
        ),
        steps=(
            f"An {far} von {TEST_DAYS} Messtagen wurden 90 % der maximalen Geschwindigkeit von "
            f"{written(agreed.maximum, UNIT)} kein einziges Mal erreicht; ab {BAD_DAYS} Tagen "
            "liegt eine Abweichung vor.",
            f"Die normale Geschwindigkeit von {written(agreed.normal, UNIT)} wurde in {normal} "
            f"von {len(measurements)} Messungen erreicht; nötig sind {written(enough)}.",
            f"Die minimale Geschwindigkeit von {written(agreed.minimum, UNIT)} wurde an {below} "
            f"von {TEST_DAYS} Messtagen unterschritten; ab {BAD_DAYS} Tagen liegt eine "
            "Abweichung vor.",
            "Die Messungen weisen eine Abweichung nach."
            if value
            else "Die Messungen weisen keine Abweichung nach.",
        ),
    )


def mobile_threshold(
    estimated_maximum: Decimal, density: Density, rules: MobileRules = MOBILE
) -> Calculation[Decimal]:
    """Give the speed that mobile internet must reach where the customer is.

    Raises:
        InvalidInput: The speed is negative or the density unknown.
    """
    need_amount("estimated_maximum", estimated_maximum)
    if density not in rules.percent:
        raise InvalidInput("density", density, f"give one of {', '.join(rules.percent)}")
    percent = rules.percent[density]
    value = estimated_maximum * percent / 100
    return Calculation(
        name="mindestwert_mobilfunk",
        value=value,
        unit=UNIT,
        rule=RULE,
        inputs=(
            Quantity(
                name="Geschätzte maximale Geschwindigkeit", value=estimated_maximum, unit=UNIT
            ),
            Quantity(name="Anteil nach Haushaltsdichte", value=percent, unit="%"),
        ),
        steps=(
            f"{written(percent, '%')} von {written(estimated_maximum, UNIT)} sind "
            f"{written(value, UNIT)}.",
        ),
    )


def speed_reduction(
    *, monthly_fee: Decimal, agreed: Decimal, measured: Decimal
) -> Calculation[Decimal]:
    """Give the monthly reduction in proportion to the speed that is missing.

    The right to it is another question: see `speed_deviates`.

    Raises:
        InvalidInput: The fee or a speed is negative, or the agreed speed is zero.
    """
    need_amount("monthly_fee", monthly_fee)
    need_amount("agreed", agreed)
    need_amount("measured", measured)
    if not agreed:
        raise InvalidInput("agreed", agreed, "give the speed of the product information sheet")
    missing = max(Decimal(0), agreed - measured)
    value = cents(monthly_fee * missing / agreed)
    return Calculation(
        name="minderung_geschwindigkeit",
        value=value,
        unit="EUR",
        rule=RULE,
        inputs=(
            Quantity(name=FEE, value=monthly_fee, unit="EUR"),
            Quantity(name="Vereinbarte Geschwindigkeit", value=agreed, unit=UNIT),
            Quantity(name="Gemessene Geschwindigkeit", value=measured, unit=UNIT),
        ),
        parts=(Quantity(name="Verbleibendes Entgelt", value=monthly_fee - value, unit="EUR"),),
        steps=(
            f"Vereinbart sind {written(agreed, UNIT)}, gemessen wurden "
            f"{written(measured, UNIT)}; es fehlen {written(missing, UNIT)}.",
            f"{euro(monthly_fee)} × {written(missing)} ÷ {written(agreed)} = {euro(value)} je "
            "Monat.",
        ),
    )


def _series(
    agreed: AgreedSpeed, measurements: tuple[Measurement, ...]
) -> dict[date, list[Decimal]]:
    """Check the speeds and that the series is complete; group it by day."""
    need_amount("minimum", agreed.minimum)
    need_amount("maximum", agreed.maximum)
    if not agreed.minimum <= agreed.normal <= agreed.maximum:
        raise InvalidInput("normal", agreed.normal, "give minimum, normal and maximum in order")
    by_day: dict[date, list[Decimal]] = defaultdict(list)
    for one in measurements:
        need_day("on", one.on)
        need_amount("speed", one.speed)
        by_day[one.on].append(one.speed)
    counts = sorted(len(speeds) for speeds in by_day.values())
    if counts != [TESTS_A_DAY] * TEST_DAYS:
        raise InvalidInput(
            "measurements", counts, f"give {TESTS_A_DAY} on each of {TEST_DAYS} days ({TESTS})"
        )
    if (max(by_day) - min(by_day)).days >= WITHIN_DAYS:
        raise InvalidInput("measurements", max(by_day), f"measure within {WITHIN_DAYS} days")
    return by_day
