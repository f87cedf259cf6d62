"""May a connection be blocked for arrears: § 61 (4) to (7) TKG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.rights.calculation import (
    Calculation,
    Quantity,
    cents,
    days,
    euro,
    need_amount,
    need_day,
)
from knowledge_base.wording import day

LIMIT = Decimal("100.00")
THREAT_DAYS = 14
FULL_BLOCK_DAYS = 7
REPEATED = 2
"""Missed payments that make the default a repeated one."""
RULE = "§ 61 Absatz 4 TKG"
COUNTING = "Anrechenbarer Rückstand"
EARLIEST = "Frühester Tag einer Sperre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An open claim of a bill; a bill with third-party items makes two of them."""

    amount: Decimal
    due: date
    disputed: bool = False
    """Objected to in time and with reasons."""
    third_party: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """A letter that threatens to block."""

    received: date
    written: bool = True
    names_courts: bool = True
    """It says that the customer can go to court."""

    @property
    def counts(self) -> bool:
        """Tell whether the law takes it for a threat."""
        return self.written and self.names_courts


def may_block(claims: tuple[Claim, ...], threat: Threat | None, on: date) -> Calculation[bool]:
    """Tell whether a block is allowed on a day.

    Raises:
        InvalidInput: An amount is negative or a day absurd.
    """
    need_day("on", on)
    for claim in claims:
        need_amount("amount", claim.amount)
        need_day("due", claim.due)
    overdue = [claim for claim in claims if claim.due < on and claim.amount]
    counting = [one for one in overdue if not one.disputed and not one.third_party]
    total = sum((cents(one.amount) for one in counting), Decimal("0.00"))
    misses = len({one.due for one in counting})
    earliest = None
    if threat is not None:
        need_day("received", threat.received)
        if threat.counts:
            earliest = threat.received + timedelta(days=THREAT_DAYS)
    enough, repeated = total >= LIMIT, misses >= REPEATED
    threatened = earliest is not None and on >= earliest
    value = enough and repeated and threatened
    steps = [
        f"Am {day(on)} sind {euro(total)} überfällig; begründet beanstandete Beträge und "
        "Forderungen Dritter zählen nicht mit.",
        f"Die Grenze von {euro(LIMIT)} ist {'' if enough else 'nicht '}erreicht.",
        f"Die Zahlung ist {'' if repeated else 'nicht '}wiederholt ausgeblieben.",
        _threat_step(threat, earliest, threatened),
        f"Eine Sperre ist am {day(on)} {'' if value else 'nicht '}zulässig.",
        "Die Notrufnummern 110 und 112 bleiben immer erreichbar.",
    ]
    return Calculation(
        name="sperre_zulaessig",
        value=value,
        rule=RULE,
        inputs=(
            Quantity(name="Stichtag", value=on),
            *(_input(claim) for claim in claims),
            Quantity(name="Androhung erhalten", value=threat.received if threat else None),
            Quantity(
                name="Androhung schriftlich und mit Hinweis auf die Gerichte",
                value=threat.counts if threat else None,
            ),
        ),
        parts=(
            Quantity(name=COUNTING, value=total, unit="EUR"),
            Quantity(name="Versäumte Zahlungen", value=misses),
            Quantity(name=EARLIEST, value=earliest if enough and repeated else None),
        ),
        steps=tuple(steps),
    )


def full_block_from(blocked: date) -> Calculation[date]:
    """Find the first day on which incoming calls may be blocked too.

    Raises:
        InvalidInput: The day is absurd.
    """
    need_day("blocked", blocked)
    value = blocked + timedelta(days=FULL_BLOCK_DAYS)
    return Calculation(
        name="vollsperre_ab",
        value=value,
        rule="§ 61 TKG",
        inputs=(Quantity(name="Beginn der Sperre", value=blocked),),
        steps=(
            f"Abgehende Verbindungen sind seit dem {day(blocked)} gesperrt.",
            f"Ankommende dürfen frühestens 1 Woche später gesperrt werden, am {day(value)}.",
        ),
    )


def _input(claim: Claim) -> Quantity:
    notes = [f"Forderung, fällig am {day(claim.due)}"]
    if claim.disputed:
        notes.append("beanstandet")
    if claim.third_party:
        notes.append("Drittanbieter")
    return Quantity(name=", ".join(notes), value=claim.amount, unit="EUR")


def _threat_step(threat: Threat | None, earliest: date | None, threatened: bool) -> str:
    if threat is None:
        return "Eine Sperre wurde nicht angedroht."
    if earliest is None:
        return (
            "Die Androhung genügt nicht: Sie muss schriftlich sein und auf den Rechtsschutz vor "
            "den Gerichten hinweisen."
        )
    passed = "sind vergangen" if threatened else "sind noch nicht vergangen"
    return (
        f"Die Sperre wurde am {day(threat.received)} angedroht; die {days(THREAT_DAYS)} bis zum "
        f"{day(earliest)} {passed}."
    )
