"""Answers that add up or divide bills: VAT, each contract's share, what November will cost."""

from __future__ import annotations

from decimal import Decimal

from assistant.customers.bills import CENT, NOTHING, Invoice
from assistant.customers.records import Contract
from assistant.own.bills import asked, head_of
from assistant.own.case import Case, product_name
from assistant.own.contracts import in_question
from assistant.own.told import Record, Told, computed
from assistant.rights.calculation import Calculation, Quantity, euro
from assistant.rights.days import last_day_of_month


async def tax(case: Case) -> Told:
    """Tell the VAT in a bill, and what it is without."""
    found, told = asked(case, await case.reader.invoices()), case.told()
    if found is None:
        return told.say("keine")
    vat = tax_of(found)
    told.say("gefunden", **head_of(found), steuer=computed(vat, None))
    return told.steps(vat)


def tax_of(invoice: Invoice) -> Calculation[Decimal]:
    """Take the VAT out of a total."""
    value = (invoice.total - invoice.net).quantize(CENT)
    percent = f"{invoice.vat_percent.normalize():f} %"
    return Calculation(
        name="umsatzsteuer",
        value=value,
        unit="EUR",
        rule=f"{percent} im Rechnungsbetrag enthalten",
        inputs=(Quantity(name=f"Rechnung {invoice.invoice_no}", value=invoice.total, unit="EUR"),),
        steps=(
            f"Ohne {percent} Umsatzsteuer: {euro(invoice.net)}.",
            f"Umsatzsteuer: {euro(invoice.total)} − {euro(invoice.net)} = {euro(value)}.",
        ),
    )


async def by_contract(case: Case) -> Told:
    """Tell what each contract costs on a joint bill."""
    found, told = asked(case, await case.reader.invoices()), case.told()
    if found is None:
        return told.say("keine")
    told.say("gefunden", **head_of(found))
    asked_for = in_question(case.contracts, case.text, case.tariffs)
    wanted = {one.contract_no for one in asked_for.contracts if asked_for.hinted}
    for number in dict.fromkeys(line.contract_no for line in found.lines):
        if wanted and number not in wanted:
            continue
        contract = case.contract_of(number)
        share = share_of(found, number)
        product = contract.product if contract else None
        name = case.called(contract) if contract else Record(number).word(number)
        told.say("anteil", vertrag=name, betrag=computed(share, product)).steps(share, product)
    return told


def share_of(invoice: Invoice, contract_no: str) -> Calculation[Decimal]:
    """Add up the lines of one contract."""
    inputs = tuple(
        Quantity(name=line.text, value=line.gross, unit="EUR")
        for line in invoice.lines
        if line.contract_no == contract_no
    )
    value = sum((one.value for one in inputs if isinstance(one.value, Decimal)), NOTHING)
    return Calculation(
        name="rechnungsanteil",
        value=value,
        unit="EUR",
        rule=f"Posten der Rechnung {invoice.invoice_no}",
        inputs=inputs,
        steps=(*(f"{one.name}: {one.text}." for one in inputs), f"Zusammen {euro(value)}."),
    )


async def expected(case: Case) -> Told:
    """Tell what the running month will cost, without what has been used beyond the tariff."""
    told = case.told()
    inputs = [part for one in case.contracts for part in _running(case, one)]
    if not inputs:
        return told.say("keiner")
    value = sum((one.value for one in inputs if isinstance(one.value, Decimal)), NOTHING)
    coming = Calculation(
        name="rechnung_voraus",
        value=value,
        unit="EUR",
        rule="vereinbarte Preise",
        inputs=tuple(inputs),
        steps=(*(f"{one.name}: {one.text}." for one in inputs), f"Zusammen {euro(value)}."),
    )
    return told.say("gefunden", summe=computed(coming, None)).steps(coming)


def _running(case: Case, contract: Contract) -> list[Quantity]:
    """List what a contract costs in the month that runs."""
    first, last = case.on.replace(day=1), last_day_of_month(case.on)
    if contract.start > case.on or (contract.ends_on and contract.ends_on < first):
        return []
    name = product_name(contract.product, case.tariffs)
    found = [Quantity(name=name, value=contract.monthly_on(case.on), unit="EUR")]
    for option in contract.options:
        runs = option.booked_on <= last and (option.ends_on is None or option.ends_on >= first)
        counts = runs if option.per == "Monat" else first <= option.booked_on <= case.on
        if counts and option.price:
            called = product_name(option.product, case.tariffs)
            found.append(Quantity(name=called, value=option.price, unit="EUR"))
    return found
