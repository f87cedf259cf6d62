"""Answers from the bills: amount and due date, lines, third parties, credits, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from assistant.customers.bills import NOTHING, Invoice, Line
from assistant.own import pointed
from assistant.own.case import Case
from assistant.own.told import Datum, Record, Told, computed
from assistant.rights.calculation import Calculation, Quantity
from assistant.understanding.when import period_in
from knowledge_base import german

_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
MONTH = re.compile(
    r"(?<![a-zäöüß])("
    + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in (*_MONTHS, "maerz", "sept"))
    + r")(?=$|[\s.,!?]|rechnung)",
    re.IGNORECASE,
)
_BEFORE_LAST = re.compile(r"\b(vorletzt|vorherig)", re.IGNORECASE)
_VERY_FIRST = re.compile(r"\ballererst|\berste[nr]? (\w+)?(rechnung|abrechnung)", re.IGNORECASE)


def of(invoice: Invoice) -> Record:
    """Prove what is told of an invoice."""
    return Record(invoice.invoice_no)


def month_number(name: str) -> int:
    """Number a month by the first letters of its name."""
    begins = name.lower().replace("mae", "mär")[:3]
    return next(place for place, one in enumerate(_MONTHS, 1) if one.startswith(begins))


def asked(case: Case, invoices: tuple[Invoice, ...]) -> Invoice | None:
    """Find the invoice a question is about: by day, month, amount or name, else the last one."""
    dated = pointed.of_day(invoices, case.text)
    if dated is not None:
        return dated
    period = period_in(case.text)
    if period is not None:
        of_time = [i for i in invoices if period.first <= i.period_from <= period.last]
        issued = [i for i in invoices if period.first <= i.issued_on <= period.last]
        return next(iter(of_time or issued), None)
    month = MONTH.search(case.text)
    if month is not None:
        number = month_number(month[1])
        of_month = [one for one in invoices if one.period_from.month == number]
        issued = [one for one in invoices if one.issued_on.month == number]
        return next(iter(of_month or issued), None)
    named = pointed.of_words(invoices, case.text)
    totals = pointed.of_total(invoices, case.text)
    charged = pointed.of_lines(invoices, case.text)
    if named:
        return named[0][0]
    with_amount = {one.invoice_no for one in (*totals, *(invoice for invoice, _ in charged))}
    if with_amount:
        return next(one for one in invoices if one.invoice_no in with_amount)
    if _VERY_FIRST.search(case.text):
        return invoices[-1] if invoices else None
    place = 1 if _BEFORE_LAST.search(case.text) else 0
    return invoices[place] if len(invoices) > place else None


async def bill(case: Case) -> Told:
    """Tell amount, due date and state of a bill."""
    invoices = await case.reader.invoices()
    told = case.told()
    found = asked(case, invoices)
    if found is None:
        return told.say("keine") if not invoices else _last_instead(told, invoices[0])
    head = head_of(found)
    record = of(found)
    if not found.outstanding:
        if found.paid_on is None:
            return told.say("ausgeglichen", **head)
        return told.say("bezahlt", **head, bezahlt_am=record.day(found.paid_on))
    due = record.day(found.due_on)
    if found.disputed:
        return told.say(
            "strittig",
            **head,
            bezahlt=record.euro(found.paid),
            strittig=record.euro(found.disputed),
            faellig=due,
        )
    overdue = found.overdue_on(case.on) > NOTHING
    left = record.euro(found.outstanding)
    return told.say("ueberfaellig" if overdue else "offen", **head, offen=left, faellig=due)


async def lines(case: Case) -> Told:
    """Tell one line of a bill, or all of them."""
    invoices = await case.reader.invoices()
    told = case.told()
    found = asked(case, invoices)
    if found is None:
        return told.say("keine")
    record = of(found)
    amounts = pointed.amounts(case.text)
    words = set(german.terms(case.text)) - set(german.terms("Rechnung Posten Position Betrag"))
    chosen = [line for line in found.lines if abs(line.gross) in amounts]
    chosen = chosen or [one for one in found.lines if words & set(german.terms(one.text))]
    if len(chosen) == 1:
        rechnung, datum = record.word(found.invoice_no), record.day(found.issued_on)
        form, row = row_of(record, chosen[0])
        form = "einer" if form == "zeile" else "einer_menge"
        told.say(form, rechnung=rechnung, datum=datum, **row)
        contract = case.contract_of(chosen[0].contract_no)
        if len(case.contracts) > 1 and contract is not None:
            told.say("zum_vertrag", vertrag=case.called(contract))
    else:
        told.say("alle", **head_of(found))
        told.list(row_of(record, line) for line in found.lines)
    providers = [line for line in chosen or found.lines if line.provider is not None]
    return told.say("hinweis_dritte") if providers else told


async def higher(case: Case) -> Told:
    """Tell line by line by how much a bill differs from the one before."""
    invoices = await case.reader.invoices()
    told = case.told()
    found = asked(case, invoices)
    if found is None:
        return told.say("keine")
    if found is invoices[-1] and not pointed.days(case.text) and not MONTH.search(case.text):
        # "Sonst waren es immer 39 Euro" points at the bill to compare with.
        found = invoices[0]
    before = next((one for one in invoices if one.period_until < found.period_from), None)
    if before is None or (found.period_from - before.period_until).days != 1:
        return told.say("fehlt", **head_of(found))
    change = difference(found, before)
    heads = {
        "neu": of(found).euro(found.total),
        "alt": of(before).euro(before.total),
        "rechnung": of(found).word(found.invoice_no),
        "datum": of(found).day(found.issued_on),
    }
    if not change.value:
        return told.say("gleich", **heads)
    size = computed(change, None)
    if change.value < 0:
        smaller = Datum(text=size.text.lstrip("−"), value=size.value, evidence=size.evidence)
        told.say("niedriger", **heads, unterschied=smaller)
    else:
        told.say("hoeher", **heads, unterschied=size)
    return told.list(_changed(one, change, found, before) for one in change.parts)


def _changed(
    one: Quantity, change: Calculation[Decimal], new: Invoice, old: Invoice
) -> tuple[str, dict[str, Datum]]:
    assert isinstance(one.value, Decimal), "lines of a bill are money"
    row = {
        "posten": Datum(text=one.name, evidence=change.evidence),
        "betrag": Datum(text=one.text, value=one.value, unit="EUR", evidence=change.evidence),
    }
    form = "mehr" if one.value > 0 else "weniger"
    was, now = (
        sum((line.gross for line in invoice.lines if line.text == one.name), NOTHING)
        for invoice in (old, new)
    )
    if not was or not now:
        return form, row
    return f"{form}_statt", row | {"alt": of(old).euro(was), "neu": of(new).euro(now)}


def difference(new: Invoice, old: Invoice) -> Calculation[Decimal]:
    """Subtract one bill from another, line by line; its parts are the lines that have changed."""
    sums: dict[str, list[Decimal]] = {}
    for place, invoice in enumerate((old, new)):
        for line in invoice.lines:
            sums.setdefault(line.text, [NOTHING, NOTHING])[place] += line.gross
    changed = tuple(
        Quantity(name=text, value=after - before, unit="EUR")
        for text, (before, after) in sums.items()
        if after != before
    )
    value = new.total - old.total
    return Calculation(
        name="rechnung_unterschied",
        value=value,
        unit="EUR",
        rule="Posten der beiden Rechnungen",
        inputs=(
            Quantity(name=f"Rechnung {new.invoice_no}", value=new.total, unit="EUR"),
            Quantity(name=f"Rechnung {old.invoice_no}", value=old.total, unit="EUR"),
        ),
        parts=changed,
        steps=tuple(f"{one.name}: {one.text}" for one in changed),
    )


async def open_amounts(case: Case) -> Told:
    """Tell what is not paid yet, what of it is overdue, and what is disputed."""
    invoices = await case.reader.invoices()
    told = case.told()
    owed = [one for one in invoices if one.outstanding]
    if not owed:
        return told.say("nichts")
    total = outstanding(owed)
    told.say("summe", summe=computed(total, None))
    told.list((_state_of(one, case.on), _open_row(one)) for one in owed)
    return told


def outstanding(owed: Iterable[Invoice]) -> Calculation[Decimal]:
    """Add up what is open on some bills."""
    inputs = tuple(
        Quantity(name=f"Rechnung {one.invoice_no}", value=one.outstanding, unit="EUR")
        for one in owed
    )
    value = sum((one.value for one in inputs if isinstance(one.value, Decimal)), NOTHING)
    return Calculation(
        name="offene_betraege",
        value=value,
        unit="EUR",
        rule="Summe der offenen Beträge",
        inputs=inputs,
        steps=(f"{' + '.join(one.text for one in inputs)} = {value}",),
    )


async def delivered(case: Case) -> Told:
    """Tell the number and day of the last bill."""
    invoices = await case.reader.invoices()
    told = case.told()
    found = asked(case, invoices)
    if found is None:
        return told.say("keine") if not invoices else _last_instead(told, invoices[0])
    return told.say("gefunden", **head_of(found))


def _last_instead(told: Told, last: Invoice) -> Told:
    return told.say("anderer_monat", **head_of(last))


def head_of(invoice: Invoice) -> dict[str, Datum]:
    """Name a bill with its day, time and amount."""
    record = of(invoice)
    return {
        "rechnung": record.word(invoice.invoice_no),
        "datum": record.day(invoice.issued_on),
        "von": record.day(invoice.period_from),
        "bis": record.day(invoice.period_until),
        "betrag": record.euro(invoice.total),
    }


def row_of(record: Record, line: Line) -> tuple[str, dict[str, Datum]]:
    """Tell a line of a bill, with its quantity where it is not one."""
    own = Record(record.reference, line.product)
    row = {"posten": own.word(line.text), "betrag": own.euro(line.gross)}
    if line.quantity == 1:
        return "zeile", row
    return "zeile_menge", row | {"menge": own.amount(line.quantity, line.unit)}


def _open_row(invoice: Invoice) -> dict[str, Datum]:
    record = of(invoice)
    return {
        "rechnung": record.word(invoice.invoice_no),
        "offen": record.euro(invoice.outstanding),
        "faellig": record.day(invoice.due_on),
    }


def _state_of(invoice: Invoice, on: date) -> str:
    if invoice.overdue_on(on):
        return "zeile_ueberfaellig"
    return "zeile_strittig" if invoice.disputed else "zeile"
