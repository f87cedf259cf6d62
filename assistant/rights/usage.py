"""How much of an included data volume is left, and when a warning is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from assistant.rights.calculation import (
    Calculation,
    Quantity,
    days,
    need_amount,
    need_order,
    written,
)
from knowledge_base.wording import day

WARNING_PERCENT = Decimal(80)
"""From which share used the provider must warn (TKTransparenzV)."""
USED_PERCENT = "Verbraucht in Prozent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The state of a data volume in the current billing month."""

    included_gb: Decimal
    used_gb: Decimal
    booked_gb: Decimal = Decimal(0)
    """Booked in addition for this month."""
    carried_gb: Decimal = Decimal(0)
    """Left over from last month."""
    on: date
    reset_at: date
    """First day of the next volume."""


def remaining_volume(usage: Usage) -> Calculation[Decimal]:
    """Give what is left of the volume; never less than nothing.

    Raises:
        InvalidInput: A volume is negative, or the next one begins before the day asked about.
    """
    need_amount("included_gb", usage.included_gb)
    need_amount("used_gb", usage.used_gb)
    need_amount("booked_gb", usage.booked_gb)
    need_amount("carried_gb", usage.carried_gb)
    need_order("on", usage.on, "reset_at", usage.reset_at)
    whole = usage.included_gb + usage.booked_gb + usage.carried_gb
    value = max(Decimal(0), whole - usage.used_gb)
    percent = _percent(usage.used_gb, whole)
    left = (usage.reset_at - usage.on).days
    steps = []
    added = ((usage.booked_gb, "zugebucht"), (usage.carried_gb, "aus dem Vormonat"))
    more = "".join(f" + {written(gb, 'GB')} {how}" for gb, how in added if gb)
    if more:
        steps.append(f"{written(usage.included_gb, 'GB')}{more} = {written(whole, 'GB')}.")
    steps.append(
        f"{written(whole, 'GB')} − {written(usage.used_gb, 'GB')} verbraucht: es bleiben "
        f"{written(value, 'GB')}."
    )
    if not value:
        steps.append("Das Datenvolumen ist verbraucht.")
    elif percent >= WARNING_PERCENT:
        steps.append(f"Mindestens {written(WARNING_PERCENT, '%')} sind verbraucht.")
    steps.append(
        f"Das nächste Datenvolumen erhalten Sie am {day(usage.reset_at)}, in {days(left, 'Tagen')}."
        if left
        else f"Das nächste Datenvolumen erhalten Sie heute, am {day(usage.reset_at)}."
    )
    return Calculation(
        name="restvolumen",
        value=value,
        unit="GB",
        rule="vereinbartes Datenvolumen",
        inputs=(
            Quantity(name="Datenvolumen des Tarifs", value=usage.included_gb, unit="GB"),
            Quantity(name="Zugebucht", value=usage.booked_gb, unit="GB"),
            Quantity(name="Aus dem Vormonat", value=usage.carried_gb, unit="GB"),
            Quantity(name="Verbraucht", value=usage.used_gb, unit="GB"),
            Quantity(name="Stand", value=usage.on),
            Quantity(name="Nächstes Datenvolumen", value=usage.reset_at),
        ),
        parts=(
            Quantity(name=USED_PERCENT, value=percent, unit="%"),
            Quantity(name="Warnung fällig", value=percent >= WARNING_PERCENT),
        ),
        steps=tuple(steps),
    )


def _percent(used: Decimal, whole: Decimal) -> Decimal:
    """Give the share used, at most 100, cut so that 79.99 % is no 80 %."""
    if not whole:
        return Decimal(100)
    return min(Decimal(100), (used * 100 / whole).quantize(Decimal(1), ROUND_DOWN))
