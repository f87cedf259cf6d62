"""Answers that calculate a customer's rights from their own records, step by step."""

from __future__ import annotations

import re
from datetime import date

from assistant.customers.bills import NOTHING, Invoice, LineKind
from assistant.customers.records import Contract, CustomerKind
from assistant.customers.service import Outcome, Ticket, TicketKind
from assistant.own.bills import of
from assistant.own.case import Case, product_name
from assistant.own.pointed import day_after
from assistant.own.service import last_day, local
from assistant.own.terms import term
from assistant.own.told import Told, computed, part
from assistant.rights.arrears import COUNTING, EARLIEST, Claim, Threat, may_block
from assistant.rights.compensation import Fault, fault_compensation, missed_appointment
from assistant.rights.days import last_day_of_month, last_day_of_term
from assistant.rights.prices import Extra, Offer, Phase, pro_rata, total_cost
from assistant.rights.terms import contract_end
from assistant.rights.withdrawal import Purchase, withdrawal_end

_FIRST_MONTH = re.compile(r"\b(erste\w*|anfang\w*|beginn\w*)\b", re.IGNORECASE)
_WITHOUT_TERM = 12
"""Months that a contract without minimum term is added up for."""


async def compensation(case: Case) -> Told:
    """Tell what faults and missed appointments are worth (§ 58 TKG)."""
    told = case.told()
    own = {one.contract_no: one for one in case.contracts}
    faults = [
        one
        for one in await case.reader.tickets()
        if one.kind is TicketKind.FAULT and (one.total_outage or one.closed_at is None)
    ]
    missed = [one for one in await case.reader.appointments() if one.outcome is Outcome.MISSED]
    for ticket in faults:
        _fault(told, ticket, own[ticket.contract_no], case)
    for visit in missed:
        contract = own[visit.contract_no]
        on = local(visit.starts_at).date()
        owed = missed_appointment(contract.monthly_on(on))
        told.say(
            "termin",
            tag=case.record(contract).day(on),
            betrag=computed(owed, contract.product),
        )
        told.steps(owed, contract.product)
    if not faults and not missed:
        return told.say("keine")
    for invoice in await case.reader.invoices():
        for line in invoice.lines:
            if line.kind is LineKind.CREDIT:
                told.say(
                    "gutschrift",
                    betrag=of(invoice).euro(abs(line.gross)),
                    posten=of(invoice).word(line.text),
                    rechnung=of(invoice).word(invoice.invoice_no),
                )
    return told


def _fault(told: Told, ticket: Ticket, contract: Contract, case: Case) -> None:
    reported = local(ticket.opened_at).date()
    # "Und wenn es bis zum 24. dauert?"
    named = None if ticket.closed_at else day_after(case.text, case.on)
    until = max(named or last_day(ticket, case.on), reported)
    owed = fault_compensation(
        Fault(
            reported=reported,
            last_day=until,
            monthly_fee=contract.monthly_on(reported),
            total_outage=ticket.total_outage,
        )
    )
    record = case.record(contract)
    told.say(
        "stoerung" if owed.value else "stoerung_ohne",
        vorgang=record.word(ticket.ticket_no),
        tag=record.day(until),
        betrag=computed(owed, contract.product),
    )
    told.steps(owed, contract.product)


async def withdrawal(case: Case) -> Told:
    """Tell until when the contract can be withdrawn from."""
    contract, told, record = case.contract, case.told(), case.record()
    if case.customer.kind is not CustomerKind.CONSUMER:
        return told.say("fehlt_geschaeft", vertrag=case.called())
    # Whoever is instructed later has longer: the earlier day is safe to name.
    purchase = Purchase(
        kind="service", event=contract.concluded_on, instructed=contract.concluded_on
    )
    ends = withdrawal_end(purchase)
    told.say(
        "offen" if case.on <= ends.value else "vorbei",
        vertrag=case.called(),
        abschluss=record.day(contract.concluded_on),
        ende=computed(ends, contract.product),
    )
    return told.steps(ends, contract.product)


async def blocking(case: Case) -> Told:
    """Tell whether arrears would allow a block (§ 61 TKG)."""
    invoices = await case.reader.invoices()
    threats = [one.block.threatened_on for one in case.contracts if one.block is not None]
    threatened = next((one for one in threats if one is not None), None)
    allowed = may_block(
        claims_of(invoices), Threat(received=threatened) if threatened else None, case.on
    )
    counting, earliest = allowed.part(COUNTING), allowed.part(EARLIEST)
    told = case.told()
    counted = part(allowed, counting.value, counting.unit)
    if allowed.value:
        told.say("ja", summe=counted)
    elif isinstance(earliest.value, date):
        told.say("noch_nicht", summe=counted, tag=part(allowed, earliest.value))
    else:
        told.say("nein", summe=counted)
    return told.steps(allowed)


def claims_of(invoices: tuple[Invoice, ...]) -> tuple[Claim, ...]:
    """Split what is open into what counts, what is disputed, and what is owed to third parties."""
    found: list[Claim] = []
    for one in invoices:
        third = sum(
            (
                line.gross
                for line in one.lines
                if line.kind is LineKind.THIRD_PARTY and not line.disputed
            ),
            NOTHING,
        )
        rest = max(one.outstanding - one.disputed, NOTHING)
        # What was paid is counted for our own lines first: that is better for the customer.
        others = min(third, rest)
        claims = (
            Claim(amount=rest - others, due=one.due_on),
            Claim(amount=others, due=one.due_on, third_party=True),
            Claim(amount=min(one.disputed, one.outstanding), due=one.due_on, disputed=True),
        )
        found += [claim for claim in claims if claim.amount]
    return tuple(found)


async def whole_cost(case: Case) -> Told:
    """Tell what tariff and options cost over the minimum term."""
    contract = case.contract
    months = contract.min_term_months or _WITHOUT_TERM
    extras = tuple(
        Extra(name=case.option_name(option).text, monthly=option.price, months=count)
        for option in contract.options
        if option.per == "Monat" and (count := _months_from(contract, option.booked_on, months))
    )
    cost = total_cost(
        Offer(
            name=product_name(contract.product, case.tariffs),
            monthly=contract.monthly,
            months=months,
            promotions=_promotions(contract),
            extras=extras,
        )
    )
    told = case.told()
    told.say(
        "gefunden",
        vertrag=case.called(),
        fassung=case.record().word(contract.version),
        monate=case.record().amount(months),
        summe=computed(cost, contract.product),
    )
    return told.steps(cost, contract.product)


def _promotions(contract: Contract) -> tuple[Phase, ...]:
    discount = contract.discount
    if discount is None:
        return ()
    months = next(
        count for count in range(1, 61) if last_day_of_term(contract.start, count) >= discount.until
    )
    return (Phase(months=months, monthly=discount.monthly),)


def _months_from(contract: Contract, booked: date, months: int) -> int:
    """Count the months of the term that an option is paid for."""
    passed = sum(last_day_of_term(contract.start, count) < booked for count in range(1, months + 1))
    return months - passed


async def partial_month(case: Case) -> Told:
    """Tell what the first or the last month costs by the day."""
    contract, told = case.contract, case.told()
    if _FIRST_MONTH.search(case.text):
        first, last, form = contract.start, last_day_of_month(contract.start), "erster"
    else:
        last = contract.ends_on or contract_end(term(contract), case.on).value
        first, form = last.replace(day=1), "letzter"
    price = pro_rata(monthly=contract.monthly_on(last), first=first, last=last)
    told.say(
        form,
        vertrag=case.called(),
        von=case.record().day(first),
        bis=case.record().day(last),
        betrag=computed(price, contract.product),
    )
    return told.steps(price, contract.product)
