"""What the provider owes for faults, missed appointments and late switches: §§ 58, 59 TKG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from assistant.rights.calculation import (
    Calculation,
    Quantity,
    cents,
    days,
    euro,
    need_amount,
    need_count,
    need_order,
    written,
)
from assistant.rights.days import ONE_DAY, is_working_day, working_day_from
from knowledge_base.wording import day

FEE = "Monatliches Entgelt"
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A lump sum or a share of the monthly fee, whichever is higher."""

    least: Decimal
    percent: Decimal

    def of(self, monthly_fee: Decimal) -> Decimal:
        """Return what one day or appointment is worth, in whole cents."""
        return max(self.least, cents(monthly_fee * self.percent / 100))

    def reason(self, monthly_fee: Decimal) -> str:
        """Say why it is that much."""
        share = cents(monthly_fee * self.percent / 100)
        return (
            f"der höhere Betrag aus {euro(self.least)} und {written(self.percent, '%')} von "
            f"{euro(monthly_fee)} ({euro(share)})"
        )


LOW = Scale(least=Decimal(5), percent=Decimal(10))
HIGH = Scale(least=Decimal(10), percent=Decimal(20))


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRules:
    """How the days of § 58 (3) are counted; our reading, not verified (DOMAIN.md 2.3)."""

    counts_report_day: bool = False
    """Day 1 is the day of the report instead of the day after it (§ 187 BGB)."""
    first_day: int = 3
    high_from_day: int = 5


RULES = FaultRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault as the ticket knows it."""

    reported: date
    last_day: date
    """Last day of the fault; of an open one the day asked about."""
    monthly_fee: Decimal
    total_outage: bool
    excused: bool = False
    """Force majeure, a legal measure, or the customer's own doing."""
    reduction: Decimal = NOTHING
    """Already granted for the same days (§ 57 (4)); it is offset."""


def fault_compensation(fault: Fault, rules: FaultRules = RULES) -> Calculation[Decimal]:
    """Add up what a total outage is worth day by day; the law knows no cap.

    Raises:
        InvalidInput: It ends before it was reported, or an amount is negative.
    """
    need_order("reported", fault.reported, "last_day", fault.last_day)
    need_amount("monthly_fee", fault.monthly_fee)
    need_amount("reduction", fault.reduction)
    parts: tuple[Quantity, ...] = ()
    if not fault.total_outage:
        value = NOTHING
        steps = [
            "Der Dienst war nicht vollständig ausgefallen; die Entschädigung je Tag gilt nur für "
            "einen vollständigen Ausfall.",
            "Bei einer teilweisen Störung kommen eine Minderung oder eine außerordentliche "
            "Kündigung in Betracht.",
        ]
    elif fault.excused:
        value = NOTHING
        steps = [
            "Der Ausfall beruht auf höherer Gewalt, einer gesetzlichen Maßnahme oder wurde nicht "
            "von uns verursacht; eine Entschädigung je Tag gibt es dafür nicht.",
        ]
    else:
        owed = list(_days(fault, rules))
        parts = tuple(
            Quantity(name=day(on), value=scale.of(fault.monthly_fee), unit="EUR")
            for on, _, scale in owed
        )
        total = sum((scale.of(fault.monthly_fee) for _, _, scale in owed), NOTHING)
        value = max(NOTHING, total - cents(fault.reduction))
        steps = list(_fault_steps(fault, owed, total, rules))
    return Calculation(
        name="entschaedigung_stoerung",
        value=value,
        unit="EUR",
        rule="§ 58 Absatz 3 TKG",
        inputs=(
            Quantity(name="Eingang der Störungsmeldung", value=fault.reported),
            Quantity(name="Letzter Tag des Ausfalls", value=fault.last_day),
            Quantity(name=FEE, value=fault.monthly_fee, unit="EUR"),
            Quantity(name="Vollständiger Ausfall", value=fault.total_outage),
            Quantity(name="Nicht von uns zu vertreten", value=fault.excused),
            Quantity(name="Angerechnete Minderung", value=fault.reduction, unit="EUR"),
        ),
        parts=parts,
        steps=tuple(steps),
    )


def missed_appointment(monthly_fee: Decimal, appointments: int = 1) -> Calculation[Decimal]:
    """Add up what missed technician appointments are worth.

    Raises:
        InvalidInput: The fee is negative or the number of appointments out of bounds.
    """
    need_amount("monthly_fee", monthly_fee)
    need_count("appointments", appointments, most=100)
    each = HIGH.of(monthly_fee)
    value = each * appointments
    return Calculation(
        name="entschaedigung_termin",
        value=value,
        unit="EUR",
        rule="§ 58 Absatz 4 TKG",
        inputs=(
            Quantity(name=FEE, value=monthly_fee, unit="EUR"),
            Quantity(name="Versäumte Termine", value=appointments),
        ),
        steps=(
            f"Je versäumtem Termin: {euro(each)}, {HIGH.reason(monthly_fee)}.",
            f"{appointments} × {euro(each)} = {euro(value)}.",
        ),
    )


def switch_compensation(
    *, first_day: date, last_day: date, monthly_fee: Decimal, state: str | None = None
) -> Calculation[Decimal]:
    """Add up what the old provider owes for days without service during a switch.

    Args:
        first_day: The first day without service.
        last_day: The last one.
        monthly_fee: What the old provider charges.
        state: Where the connection is; None counts nationwide holidays only.

    Raises:
        InvalidInput: The days are in the wrong order, the fee is negative or the state unknown.
    """
    need_order("first_day", first_day, "last_day", last_day)
    need_amount("monthly_fee", monthly_fee)
    span = (first_day + ONE_DAY * n for n in range((last_day - first_day).days + 1))
    without = [one for one in span if is_working_day(one, state)]
    each, further = HIGH.of(monthly_fee), without[1:]
    value = each * len(further)
    return Calculation(
        name="entschaedigung_anbieterwechsel",
        value=value,
        unit="EUR",
        rule="§ 59 Absatz 2 bis 4 TKG",
        inputs=(
            Quantity(name="Erster Tag ohne Dienst", value=first_day),
            Quantity(name="Letzter Tag ohne Dienst", value=last_day),
            Quantity(name=FEE, value=monthly_fee, unit="EUR"),
            Quantity(name="Bundesland", value=state),
        ),
        parts=tuple(Quantity(name=day(one), value=each, unit="EUR") for one in further),
        steps=(
            f"Arbeitstage ohne Dienst vom {day(first_day)} bis zum {day(last_day)}: "
            f"{len(without)}.",
            "Der erste Arbeitstag bleibt ohne Entschädigung.",
            f"Für jeden weiteren zahlt der bisherige Anbieter {euro(each)}, "
            f"{HIGH.reason(monthly_fee)}.",
            f"{len(further)} × {euro(each)} = {euro(value)}.",
        ),
    )


PORTING_PER_DAY = Decimal(10)


def porting_compensation(
    *, agreed: date, ported: date, state: str | None = None
) -> Calculation[Decimal]:
    """Add up what a late transfer of the phone number is worth.

    Args:
        agreed: The day agreed for the transfer.
        ported: The day it happened; of an open one the day asked about.
        state: Where the customer lives; None counts nationwide holidays only.

    Raises:
        InvalidInput: It happened before the agreed day, or the state is unknown.
    """
    need_order("agreed", agreed, "ported", ported)
    latest = working_day_from(agreed + ONE_DAY, state)
    late = max(0, (ported - latest).days)
    value = PORTING_PER_DAY * late
    return Calculation(
        name="entschaedigung_rufnummernmitnahme",
        value=value.quantize(NOTHING),
        unit="EUR",
        rule="§ 59 Absatz 6 TKG",
        inputs=(
            Quantity(name="Vereinbarter Tag", value=agreed),
            Quantity(name="Tag der Umstellung", value=ported),
            Quantity(name="Bundesland", value=state),
        ),
        parts=(Quantity(name="Tage der Verzögerung", value=late, unit="Tage"),),
        steps=(
            f"Vereinbart war der {day(agreed)}; spätestens am nächsten Arbeitstag, dem "
            f"{day(latest)}, musste die Rufnummer umgestellt sein.",
            f"Am {day(ported)} beträgt die Verzögerung {days(late)}.",
            f"{late} × {euro(PORTING_PER_DAY)} = {euro(value)}.",
        ),
    )


def _days(fault: Fault, rules: FaultRules) -> Iterator[tuple[date, int, Scale]]:
    """Yield each compensated day with its number and what it is worth."""
    zero = fault.reported - ONE_DAY if rules.counts_report_day else fault.reported
    for number in range(rules.first_day, (fault.last_day - zero).days + 1):
        scale = HIGH if number >= rules.high_from_day else LOW
        yield zero + timedelta(days=number), number, scale


def _fault_steps(
    fault: Fault, owed: list[tuple[date, int, Scale]], total: Decimal, rules: FaultRules
) -> Iterator[str]:
    counted = "dieser Tag zählt mit" if rules.counts_report_day else "dieser Tag zählt nicht mit"
    yield f"Ihre Störungsmeldung ist am {day(fault.reported)} eingegangen; {counted}."
    if not owed:
        yield (
            f"Bis zum {day(fault.last_day)} ist Tag {rules.first_day} nicht erreicht; erst ab "
            "diesem Tag gibt es eine Entschädigung."
        )
    sums = []
    for scale, group in groupby(owed, key=lambda one: one[2]):
        of_scale = list(group)
        (first, first_number, _), (last, last_number, _) = of_scale[0], of_scale[-1]
        each = scale.of(fault.monthly_fee)
        sums.append(f"{len(of_scale)} × {euro(each)}")
        when = (
            f"Tag {first_number} ({day(first)})"
            if first == last
            else f"Tag {first_number} bis {last_number} ({day(first)} bis {day(last)})"
        )
        yield f"{when}: je {euro(each)}, {scale.reason(fault.monthly_fee)}."
    if sums:
        yield f"{' + '.join(sums)} = {euro(total)}."
    if fault.reduction:
        left = max(NOTHING, total - cents(fault.reduction))
        yield (
            f"Darauf wird die Minderung von {euro(fault.reduction)} angerechnet; es bleiben "
            f"{euro(left)}."
        )
