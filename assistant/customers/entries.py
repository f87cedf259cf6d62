"""Read the entries of a customer's file that come and go: invoices, orders, tickets, visits."""

from __future__ import annotations

from assistant.customers.bills import NOTHING, Invoice, Line, LineKind, Provider
from assistant.customers.service import (
    Appointment,
    Order,
    OrderKind,
    OrderState,
    Outcome,
    Ticket,
    TicketKind,
)
from assistant.customers.values import day, flag, moment, money, number, text
from knowledge_base.strict_yaml import Part


def invoice(part: Part) -> Invoice:
    """Read an invoice with its lines."""
    dates = ("period_from", "period_until", "issued_on", "due_on", "paid_on", "disputed_on")
    part.only("invoice_no", *dates, "lines", "total", "vat_percent", "paid")
    paid = part.get("paid")
    return Invoice(
        invoice_no=part.need("invoice_no").text(),
        period_from=part.need("period_from").date(),
        period_until=part.need("period_until").date(),
        issued_on=part.need("issued_on").date(),
        due_on=part.need("due_on").date(),
        lines=tuple(_line(entry) for entry in part.need("lines").list()),
        total=money(part.need("total")),
        vat_percent=part.need("vat_percent").decimal(),
        paid=money(paid) if paid else NOTHING,
        paid_on=day(part.get("paid_on")),
        disputed_on=day(part.get("disputed_on")),
    )


def _line(part: Part) -> Line:
    price = ("quantity", "unit", "gross", "product", "attribute")
    part.only("kind", "text", "contract_no", *price, "provider", "disputed")
    kind, gross = part.need("kind").word(LineKind), money(part.need("gross"))
    provider = part.get("provider")
    return Line(
        kind=kind,
        text=part.need("text").text(),
        contract_no=part.need("contract_no").text(),
        quantity=part.need("quantity").decimal(),
        unit=part.need("unit").text(),
        gross=-gross if kind is LineKind.CREDIT else gross,
        product=text(part.get("product")),
        attribute=text(part.get("attribute")),
        provider=_provider(provider) if provider else None,
        disputed=flag(part.get("disputed")),
    )


def _provider(part: Part) -> Provider:
    part.only("name", "address", "phone")
    return Provider(
        name=part.need("name").text(),
        address=part.need("address").text(),
        phone=number(part.need("phone")),
    )


def order(part: Part) -> Order:
    """Read an order."""
    what = ("kind", "state", "contract_no", "placed_on", "due_on", "text")
    part.only("order_no", *what, "carrier", "tracking", "number", "other_provider", "new_town")
    ported = part.get("number")
    return Order(
        order_no=part.need("order_no").text(),
        kind=part.need("kind").word(OrderKind),
        state=part.need("state").word(OrderState),
        contract_no=part.need("contract_no").text(),
        placed_on=part.need("placed_on").date(),
        due_on=day(part.get("due_on")),
        text=part.need("text").text(),
        carrier=text(part.get("carrier")),
        tracking=text(part.get("tracking")),
        number=number(ported) if ported else None,
        other_provider=text(part.get("other_provider")),
        new_town=text(part.get("new_town")),
    )


def ticket(part: Part) -> Ticket:
    """Read a ticket."""
    times = ("opened_at", "expected_at", "closed_at")
    part.only("ticket_no", "kind", "contract_no", "text", "total_outage", "line_test", *times)
    expected, closed = part.get("expected_at"), part.get("closed_at")
    return Ticket(
        ticket_no=part.need("ticket_no").text(),
        kind=part.need("kind").word(TicketKind),
        contract_no=part.need("contract_no").text(),
        opened_at=moment(part.need("opened_at")),
        text=part.need("text").text(),
        total_outage=flag(part.get("total_outage")),
        line_test=text(part.get("line_test")),
        expected_at=moment(expected) if expected else None,
        closed_at=moment(closed) if closed else None,
    )


def appointment(part: Part) -> Appointment:
    """Read a technician's visit."""
    part.only("reference", "contract_no", "starts_at", "ends_at", "text", "outcome", "ticket_no")
    found = Appointment(
        reference=part.need("reference").text(),
        contract_no=part.need("contract_no").text(),
        starts_at=moment(part.need("starts_at")),
        ends_at=moment(part.need("ends_at")),
        text=part.need("text").text(),
        outcome=part.need("outcome").word(Outcome),
        ticket_no=text(part.get("ticket_no")),
    )
    if found.ends_at <= found.starts_at:
        raise part.need("ends_at").error("'ends_at' must be after 'starts_at'")
    return found
