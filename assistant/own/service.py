"""Answers from what is going on: orders, porting, moving, faults, tickets, appointments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.customers.service import (
    Appointment,
    Order,
    OrderKind,
    OrderState,
    Outcome,
    Ticket,
    TicketKind,
)
from assistant.own.case import Case, spoken_number
from assistant.own.told import Datum, Record, Told, computed
from assistant.rights.compensation import porting_compensation

ZONE = ZoneInfo("Europe/Berlin")
_OPEN = (OrderState.RECEIVED, OrderState.CONFIRMED, OrderState.SHIPPED)
_STATES = {
    OrderState.RECEIVED: "eingegangen",
    OrderState.CONFIRMED: "bestaetigt",
    OrderState.SHIPPED: "verschickt",
    OrderState.DONE: "erledigt",
    OrderState.CANCELLED: "storniert",
}
_MISSED = re.compile(
    r"\b(niemand|keiner|nicht (gekommen|erschienen|aufgetaucht)|verpasst|versäumt|geplatzt)",
    re.IGNORECASE,
)
_MOST = 3
"""So many orders or tickets are told of at once."""


async def orders(case: Case) -> Told:
    """Tell how far the orders have come, with the parcel's number."""
    return _orders(case, await case.reader.orders(), tuple(OrderKind))


async def new_sim(case: Case) -> Told:
    """Tell where a SIM card is that was ordered."""
    return _orders(case, await case.reader.orders(), (OrderKind.SIM,))


async def connection(case: Case) -> Told:
    """Tell when a line is switched on, and when the technician comes for it."""
    kinds = (OrderKind.CONTRACT, OrderKind.MOVE)
    told = case.told()
    waiting = [o for o in await case.reader.orders() if o.kind in kinds and o.state in _OPEN]
    if not waiting:
        return told.say("fehlt")
    visits = await case.reader.appointments()
    for order in waiting:
        told.say("geplant" if order.due_on else "ohne_tag", **_order(order))
        visit = next((one for one in visits if _planned(one, order.contract_no)), None)
        if visit is not None:
            told.say("termin", **_visit(visit))
    return told


async def porting(case: Case) -> Told:
    """Tell when a number comes or goes, and what a delay is worth."""
    told = case.told()
    ported = [
        one
        for one in await case.reader.orders()
        if one.kind in (OrderKind.PORTING_IN, OrderKind.PORTING_OUT)
    ]
    if not ported:
        return told.say("keine")
    for order in ported:
        record = Record(order.order_no)
        assert order.number is not None, "a porting order names its number"
        data = _order(order) | {
            "nummer": record.word(spoken_number(order.number)),
            "anbieter": record.word(order.other_provider or ""),
        }
        direction = "rein" if order.kind is OrderKind.PORTING_IN else "raus"
        done = order.state is OrderState.DONE
        if order.due_on is None or done:
            told.say(f"{direction}_{'fertig' if done else 'ohne_tag'}", **data)
            continue
        told.say(direction, **data)
        if direction == "rein" and case.on > order.due_on:
            owed = porting_compensation(agreed=order.due_on, ported=case.on)
            told.say("verspaetet", entschaedigung=computed(owed, None)).steps(owed)
    return told


async def move(case: Case) -> Told:
    """Tell when the line moves, and where to."""
    told = case.told()
    moves = [one for one in await case.reader.orders() if one.kind is OrderKind.MOVE]
    if not moves:
        return told.say("keiner")
    visits = await case.reader.appointments()
    for order in moves:
        place = {"ort": Record(order.order_no).word(order.new_town)} if order.new_town else {}
        told.say("gefunden" if place else "ohne_ort", **_order(order), **place)
        visit = next((one for one in visits if _planned(one, order.contract_no)), None)
        if visit is not None:
            told.say("termin", **_visit(visit))
    return told


async def faults(case: Case) -> Told:
    """Tell how far a fault has come."""
    found = [one for one in await case.reader.tickets() if one.kind is TicketKind.FAULT]
    running = [one for one in found if one.closed_at is None]
    told = case.told()
    if not found:
        return told.say("keine")
    for ticket in running or found[:1]:
        _fault(told, ticket)
    visits = await case.reader.appointments()
    for visit in visits:
        if running and _planned(visit, running[0].contract_no):
            told.say("termin", **_visit(visit))
    return told


async def tickets(case: Case) -> Told:
    """Tell which matters are open, or which was closed last."""
    found = await case.reader.tickets()
    return _tickets(case.told(), found)


async def complaints(case: Case) -> Told:
    """Tell how far a complaint has come."""
    found = await case.reader.tickets()
    return _tickets(case.told(), [one for one in found if one.kind is TicketKind.COMPLAINT])


async def visits(case: Case) -> Told:
    """Tell when the technician comes, or what became of the last visit."""
    found = await case.reader.appointments()
    told = case.told()
    planned = [one for one in found if one.outcome is Outcome.PLANNED]
    missed = [one for one in found if one.outcome is Outcome.MISSED]
    if missed and _MISSED.search(case.text):
        for visit in missed:
            told.say("versaeumt_am", **_visit(visit))
        return told
    if planned:
        for visit in planned:
            told.say("geplant", **_visit(visit))
        return told
    if not found:
        return told.say("keiner")
    last = found[-1]
    return told.say(
        {
            Outcome.DONE: "erledigt",
            Outcome.MISSED: "versaeumt",
            Outcome.CANCELLED: "abgesagt",
        }[last.outcome],
        **_visit(last),
    )


async def line_test(case: Case) -> Told:
    """Tell what the last test of the line has shown."""
    tested = [one for one in await case.reader.tickets() if one.line_test]
    if not tested:
        return case.told().say("fehlt")
    last = tested[0]
    record = Record(last.ticket_no)
    return case.told().say(
        "gefunden",
        vorgang=record.word(last.ticket_no),
        datum=record.day(local(last.opened_at).date()),
        befund=record.word(last.line_test or ""),
    )


def local(moment: datetime) -> datetime:
    """Read a moment on a German clock."""
    return moment.astimezone(ZONE)


def last_day(ticket: Ticket, on: date) -> date:
    """Return the last day of a fault; an open one lasts until the day asked about."""
    return local(ticket.closed_at).date() if ticket.closed_at else on


def _orders(case: Case, found: Iterable[Order], kinds: tuple[OrderKind, ...]) -> Told:
    told = case.told()
    fitting = [one for one in found if one.kind in kinds]
    if not fitting:
        return told.say("keine")
    waiting = [one for one in fitting if one.state in _OPEN]
    for order in (waiting or fitting[:1])[:_MOST]:
        record = Record(order.order_no)
        if order.state is OrderState.SHIPPED and order.carrier and order.tracking:
            told.say(
                "unterwegs" if order.due_on else "unterwegs_ohne_tag",
                **_order(order),
                versand=record.word(order.carrier),
                sendung=record.word(order.tracking),
            )
        else:
            missing = order.state in _OPEN and order.due_on is None
            told.say(f"{_STATES[order.state]}{'_ohne_tag' if missing else ''}", **_order(order))
    return told


def _order(order: Order) -> dict[str, Datum]:
    record = Record(order.order_no)
    data = {
        "auftrag": record.word(order.order_no),
        "was": record.word(order.text),
        "am": record.day(order.placed_on),
    }
    return data | ({"tag": record.day(order.due_on)} if order.due_on else {})


def _clock(moment: datetime) -> str:
    """Write a time as it is said: full hours without minutes."""
    return f"{moment.hour}:{moment:%M} Uhr" if moment.minute else f"{moment.hour} Uhr"


def _planned(visit: Appointment, contract_no: str) -> bool:
    return visit.contract_no == contract_no and visit.outcome is Outcome.PLANNED


def _visit(visit: Appointment) -> dict[str, Datum]:
    record = Record(visit.reference)
    begins, ends = local(visit.starts_at), local(visit.ends_at)
    return {
        "termin": record.word(visit.reference),
        "tag": record.day(begins.date()),
        "von": record.word(_clock(begins)),
        "bis": record.word(_clock(ends)),
        "anlass": record.word(visit.text),
    }


def _fault(told: Told, ticket: Ticket) -> None:
    record = Record(ticket.ticket_no)
    data = {
        "vorgang": record.word(ticket.ticket_no),
        "datum": record.day(local(ticket.opened_at).date()),
        "was": record.word(ticket.text),
    }
    if ticket.closed_at is not None:
        told.say("behoben", **data, ende=record.day(local(ticket.closed_at).date()))
    elif ticket.expected_at is not None:
        moment = local(ticket.expected_at)
        told.say(
            "laeuft",
            **data,
            tag=record.day(moment.date()),
            uhrzeit=record.word(_clock(moment)),
        )
    else:
        told.say("laeuft_ohne_tag", **data)


def _tickets(told: Told, found: Iterable[Ticket]) -> Told:
    known = list(found)
    if not known:
        return told.say("fehlt")
    running = [one for one in known if one.closed_at is None]
    for ticket in (running or known[:1])[:_MOST]:
        record = Record(ticket.ticket_no)
        data = {
            "vorgang": record.word(ticket.ticket_no),
            "datum": record.day(local(ticket.opened_at).date()),
            "was": record.word(ticket.text),
        }
        if ticket.closed_at is None:
            told.say("offen", **data)
        else:
            told.say("erledigt", **data, ende=record.day(local(ticket.closed_at).date()))
    return told
