"""Answers from single charges: reminders, credits, what is disputed, third parties, use abroad."""

from __future__ import annotations

from assistant.customers.bills import Line, LineKind
from assistant.customers.service import TicketKind
from assistant.own.bills import asked, head_of, of, outstanding, row_of
from assistant.own.case import Case, spoken_number
from assistant.own.pointed import of_words
from assistant.own.told import Datum, Record, Told, computed


async def reminders(case: Case) -> Told:
    """Tell which reminders were charged, and what is open now."""
    invoices = await case.reader.invoices()
    told = case.told()
    charged = [(i, line) for i in invoices for line in i.lines if line.attribute == "mahnung"]
    if not charged:
        return told.say("keine")
    told.say("gefunden")
    told.list(
        ("zeile", row_of(of(invoice), line)[1] | {"rechnung": of(invoice).word(invoice.invoice_no)})
        for invoice, line in charged
    )
    owed = [one for one in invoices if one.outstanding]
    return told.say("summe", summe=computed(outstanding(owed), None)) if owed else told


async def credits_given(case: Case) -> Told:
    """Tell which credits stand on the bills."""
    invoices = await case.reader.invoices()
    given = [(i, one) for i in invoices for one in i.lines if one.kind is LineKind.CREDIT]
    told = case.told()
    if not given:
        return told.say("fehlt")
    for invoice, line in given:
        record = of(invoice)
        told.say(
            "gefunden",
            posten=record.word(line.text),
            betrag=record.euro(abs(line.gross)),
            rechnung=record.word(invoice.invoice_no),
            datum=record.day(invoice.issued_on),
        )
    return told


async def disputes(case: Case) -> Told:
    """Tell what the customer has objected to, and where that stands."""
    told = case.told()
    tickets = [one for one in await case.reader.tickets() if one.kind is TicketKind.DISPUTE]
    disputed = [one for one in await case.reader.invoices() if one.disputed]
    for invoice in disputed:
        record = of(invoice)
        assert invoice.disputed_on is not None, "a disputed invoice says since when"
        told.say(
            "posten",
            betrag=record.euro(invoice.disputed),
            rechnung=record.word(invoice.invoice_no),
            datum=record.day(invoice.disputed_on),
        )
    for ticket in tickets:
        number = Record(ticket.ticket_no).word(ticket.ticket_no)
        told.say("erledigt" if ticket.closed_at else "laeuft", vorgang=number)
    return told if disputed or tickets else told.say("keine")


async def third_parties(case: Case) -> Told:
    """Tell who is behind the third-party lines, with address and phone (§ 62 TKG)."""
    found = asked(case, await case.reader.invoices())
    told = case.told()
    if found is None:
        return told.say("keine_rechnung")
    record = of(found)
    head = {"rechnung": record.word(found.invoice_no), "datum": record.day(found.issued_on)}
    said = {id(line) for _, line in of_words((found,), case.text)}
    named = [line for line in found.lines if line.provider is not None]
    named = [line for line in named if id(line) in said] or named
    if not named:
        return told.say("keine", **head)
    told.say("gefunden", **head)
    return told.list(_named(record, line) for line in named)


def _named(record: Record, line: Line) -> tuple[str, dict[str, Datum]]:
    assert line.provider is not None, "a third party is named (§ 62 TKG)"
    row = row_of(record, line)[1] | {
        "anbieter": record.word(line.provider.name),
        "anschrift": record.word(line.provider.address),
        "telefon": record.word(spoken_number(line.provider.phone)),
    }
    return ("strittig" if line.disputed else "zeile"), row


async def used_abroad(case: Case) -> Told:
    """Tell the usage lines of the last bill; what has come up since, nobody has counted yet."""
    found = asked(case, await case.reader.invoices())
    told = case.told()
    used = [one for one in found.lines if one.kind is LineKind.USAGE] if found else []
    if found is None or not used:
        return told.say("fehlt")
    told.say("gefunden", **head_of(found))
    told.list(row_of(of(found), line) for line in used)
    return told
