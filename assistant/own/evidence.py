"""What a customer's own records say of the subject of a question: pointed at, open, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.customers.records import Contract
from assistant.customers.service import OrderKind, OrderState, Outcome, TicketKind
from assistant.own import pointed
from assistant.own.case import Reader, is_mobile
from assistant.own.options import named_option
from knowledge_base.tariffs import Tariffs

POINTED = 0.60
"""What it is worth that a question names an amount, a day or a name of a record."""
HINTED = 0.12
"""The same where it may be chance: a whole number of euros, a day that many records have."""
OPEN, NONE = 1.5, 0.5
"""How much more likely what is open is asked for, and how much less what there is none of."""
_MOBILE_ONLY = ("restvolumen", "verbrauch", "drosselung", "abrechnungsmonat", "datenpass")
_PAID = re.compile(r"\b(zahle?|bezahle?|kostet mich) ich\b|\bkostet mich\b", re.IGNORECASE)
"""Asks what is paid for what is booked; a booking to come is asked for otherwise."""
_WAITING = (OrderState.RECEIVED, OrderState.CONFIRMED, OrderState.SHIPPED)
_ORDERS = {
    OrderKind.HARDWARE: ("bestellung",),
    OrderKind.SIM: ("ersatz_sim", "bestellung"),
    OrderKind.PORTING_IN: ("portierung",),
    OrderKind.PORTING_OUT: ("portierung",),
    OrderKind.MOVE: ("umzug", "anschluss"),
    OrderKind.CONTRACT: ("anschluss", "bestellung"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What records say for and against each answer."""

    points: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    sure: bool = False
    """The question names something that only these records hold."""


NO_EVIDENCE = Evidence()


async def read(
    text: str, reader: Reader, contracts: tuple[Contract, ...], tariffs: Tariffs | None
) -> Evidence:
    """Read the records, and weigh each answer by them."""
    points: dict[str, float] = {}
    sure = await _bills(text, reader, points)
    weights = await _matters(reader, contracts)
    if not any(map(is_mobile, contracts)):
        weights |= dict.fromkeys(_MOBILE_ONLY, NONE)
    if _names_option(text, contracts, tariffs):
        paid = _PAID.search(text) is not None
        points["optionen"] = POINTED if paid else HINTED
        points["option_ende"] = HINTED / 2
        sure = sure or paid
    return Evidence(points=points, weights=weights, sure=sure)


async def _bills(text: str, reader: Reader, points: dict[str, float]) -> bool:
    invoices = await reader.invoices()
    amounts = pointed.amounts(text)
    totals = pointed.of_total(invoices, text)
    lines = pointed.of_lines(invoices, text)
    if len({one.total for one in totals}) > 1 and len(amounts) > 1:
        points["rechnung_hoeher"] = POINTED
    elif totals:
        points["rechnung_posten"] = HINTED
        points["rechnung"] = HINTED / 2
    elif lines:
        points["rechnung_posten"] = POINTED
    if pointed.explains(invoices, text) is not None:
        points["rechnung_hoeher"] = points.get("rechnung_hoeher", 0.0) + HINTED
    if pointed.of_words(invoices, text):
        points["drittanbieter"] = POINTED
        return True
    if pointed.of_day(invoices, text) is not None:
        points["rechnung"] = points.get("rechnung", 0.0) + HINTED
    named = {one for one in amounts if one != one.to_integral_value()}
    return any(one.total in named for one in totals) or any(
        abs(line.gross) in named for _, line in lines
    )


async def _matters(reader: Reader, contracts: tuple[Contract, ...]) -> dict[str, float]:
    weights: dict[str, float] = {}
    orders, tickets = await reader.orders(), await reader.tickets()
    visits = await reader.appointments()
    for kind, names in _ORDERS.items():
        fitting = [one for one in orders if one.kind is kind]
        waiting = any(one.state in _WAITING for one in fitting)
        for name in names:
            found = OPEN if waiting else 1.0 if fitting else NONE
            weights[name] = max(weights.get(name, 0.0), found)
    planned = any(one.outcome is Outcome.PLANNED for one in visits)
    weights["techniker"] = OPEN if planned else 1.0 if visits else NONE
    faults = [one for one in tickets if one.kind is TicketKind.FAULT]
    open_faults = [one for one in faults if one.closed_at is None]
    missed = any(one.outcome is Outcome.MISSED for one in visits)
    weights["stoerung"] = OPEN if open_faults else 1.0 if faults else NONE
    weights["entschaedigung"] = OPEN if open_faults or missed else NONE
    weights["leitung"] = OPEN if any(one.line_test for one in tickets) else NONE
    weights["messprotokoll"] = NONE
    complaints = any(one.kind is TicketKind.COMPLAINT for one in tickets)
    weights["beschwerde"] = OPEN if complaints else NONE
    weights["sperre"] = OPEN if any(one.block for one in contracts) else 1.0
    weights["rabatt"] = 1.0 if any(one.discount for one in contracts) else NONE
    weights["optionen"] = 1.0 if any(one.options for one in contracts) else NONE
    return weights


def _names_option(text: str, contracts: tuple[Contract, ...], tariffs: Tariffs | None) -> bool:
    return any(named_option(text, one, tariffs) for each in contracts for one in each.options)
