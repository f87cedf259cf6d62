"""Does a customer's file agree with the tariffs and with itself? Every figure is compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant.customers.accounts import Account
from assistant.customers.bills import CENT, NOTHING, Invoice, Line, LineKind
from assistant.customers.records import Contract
from assistant.customers.service import OrderState
from assistant.rights.days import last_day_of_term, latest_start
from knowledge_base.products import Attribute, Polarity, TariffVersion
from knowledge_base.strict_yaml import Part
from knowledge_base.tariffs import Tariffs

_DUE_DAYS = ((date(2025, 9, 30), 10), (date.max, 14))
"""Days from a bill's arrival to its due day by the terms (clause 5.3) of contracts up to a day.

An online bill arrives on the day it is issued.
"""
_MONTHS = re.compile(r"in den ersten (\d+) Monaten")


def check(file: Part, account: Account, tariffs: Tariffs) -> None:
    """Compare every contract, option, invoice line and volume with the tariffs.

    Raises:
        TariffFileError: Something disagrees; the message says where and what would be right.
    """
    own = {contract.contract_no: contract for contract in account.contracts}
    for section in ("invoices", "usage", "orders", "tickets", "appointments"):
        for part in _entries(file, section):
            mentions = part.need("lines").list() if section == "invoices" else (part,)
            for mention in mentions:
                _own(mention.need("contract_no"), own)
    for part in file.need("contracts").list():
        _contract(part, own[part.need("contract_no").text()], account.as_of, tariffs)
    invoices = {invoice.invoice_no: invoice for invoice in account.invoices}
    for part in _entries(file, "invoices"):
        _invoice(part, invoices[part.need("invoice_no").text()], own, tariffs)
    for part in _entries(file, "usage"):
        _usage(part, own[part.need("contract_no").text()], account.as_of, tariffs)
    for part in _entries(file, "orders"):
        _order(part, own[part.need("contract_no").text()], tariffs)
    tickets = {ticket.ticket_no for ticket in account.tickets}
    for part in _entries(file, "appointments"):
        ticket = part.get("ticket_no")
        if ticket and ticket.text() not in tickets:
            raise ticket.error(f"no ticket {ticket.text()!r} in this file; name one of its own")


def _entries(part: Part, key: str) -> Iterator[Part]:
    found = part.get(key)
    return found.list() if found else iter(())


def _own(part: Part, own: dict[str, Contract]) -> Contract:
    found = own.get(part.text())
    if found is None:
        raise part.error(f"no contract {part.text()!r} in this file; name one of its own")
    return found


def _same(part: Part, found: object, right: object) -> None:
    if found != right:
        raise part.error(f"{part.name!r} is {found}, but must be {right}")


def _version(
    part: Part, product: str, on: date, concluded: date, tariffs: Tariffs
) -> TariffVersion:
    holder = tariffs.tariffs.get(product) or tariffs.zones.get(product)
    if holder is None:
        raise part.error(f"unknown product {product!r}; use an id of the tariff files")
    version = holder.version_for(on, concluded)
    if version is None:
        raise part.error(f"{product!r} was not sold on {concluded} or does not hold on {on}")
    return version


def _attribute(part: Part, version: TariffVersion, attribute: str) -> Attribute:
    found = version.attributes.get(attribute)
    if found is None:
        raise part.error(f"{version.product} {version.version} has no {attribute!r}")
    return found


def _price(part: Part, version: TariffVersion, attribute: str) -> Decimal:
    found = _attribute(part, version, attribute)
    if found.value is None or found.unit != "EUR":
        raise part.error(f"{attribute!r} of {version.product} {version.version} is no price")
    return found.value


def _contract(part: Part, contract: Contract, as_of: date, tariffs: Tariffs) -> None:
    product = part.need("product")
    version = _version(product, contract.product, as_of, contract.concluded_on, tariffs)
    _same(part.need("version"), contract.version, version.version)
    usual = version.attributes.get("mindestlaufzeit")
    monthly = _price(product, version, "grundpreis")
    if usual is not None and contract.min_term_months != usual.value:
        _same(part.need("min_term_months"), contract.min_term_months, 12)
        monthly += _price(product, version, "laufzeit_12_monate")
        if contract.discount is not None:
            raise part.need("discount").error("12 months of minimum term come without a discount")
    else:
        _discount(part, contract, version)
    _same(part.need("monthly"), contract.monthly, monthly)
    notice = _attribute(product, version, "kuendigungsfrist").value
    _same(part.need("notice_months"), contract.notice_months, notice)
    end = last_day_of_term(contract.start, contract.min_term_months)
    _same(part.need("min_term_end"), contract.min_term_end, end)
    last = latest_start(end, contract.notice_months)
    _same(part.need("last_notice_day"), contract.last_notice_day, last)
    for entry, option in zip(_entries(part, "options"), contract.options, strict=True):
        booked = _version(
            entry.need("product"), option.product, option.booked_on, contract.concluded_on, tariffs
        )
        _same(entry.need("version"), option.version, booked.version)
        attribute = "grundpreis" if option.per == "Monat" else "paketpreis"
        _same(entry.need("price"), option.price, _price(entry, booked, attribute))
        _same(entry.need("per"), option.per, booked.attributes[attribute].per)


def _discount(part: Part, contract: Contract, version: TariffVersion) -> None:
    offered = version.attributes.get("aktionspreis")
    if offered is None and contract.discount is None:
        return
    if offered is None or contract.discount is None:
        remedy = "remove the discount" if offered is None else "add the discount (aktionspreis)"
        raise part.error(f"{version.product} {version.version}: {remedy}")
    discount = part.need("discount")
    _same(discount.need("monthly"), contract.discount.monthly, offered.value)
    months = _MONTHS.search(offered.note or "")
    if months is None:
        raise discount.error(f"aktionspreis of {version.product} says no number of months")
    until = last_day_of_term(contract.start, int(months[1]))
    _same(discount.need("until"), contract.discount.until, until)


def _invoice(part: Part, invoice: Invoice, own: dict[str, Contract], tariffs: Tariffs) -> None:
    for entry, line in zip(part.need("lines").list(), invoice.lines, strict=True):
        _line(entry, line, invoice, own[line.contract_no], tariffs)
    # A bill of several contracts is due when the last of them may be paid.
    days = max(_due_days(own[line.contract_no].concluded_on) for line in invoice.lines)
    _same(part.need("due_on"), invoice.due_on, invoice.issued_on + timedelta(days=days))
    _same(part.need("total"), invoice.total, sum((line.gross for line in invoice.lines), NOTHING))
    if invoice.paid > invoice.total:
        raise part.need("paid").error(f"paid {invoice.paid} is more than {invoice.total}")
    if (invoice.paid_on is None) != (invoice.paid == 0):
        raise part.error("'paid' and 'paid_on' belong together; write both or none")
    if (invoice.disputed_on is None) != (not any(line.disputed for line in invoice.lines)):
        raise part.error("'disputed_on' belongs to lines with disputed: true; write both or none")


def _due_days(concluded: date) -> int:
    return next(days for until, days in _DUE_DAYS if concluded <= until)


def _line(part: Part, line: Line, invoice: Invoice, contract: Contract, tariffs: Tariffs) -> None:
    if (line.kind is LineKind.THIRD_PARTY) != (line.provider is not None):
        raise part.error("a third_party line, and only such a line, names its provider")
    if line.kind in (LineKind.THIRD_PARTY, LineKind.CREDIT):
        if line.product is not None:
            raise part.need("product").error(f"a {line.kind} line has no price in our tariffs")
        return
    product, attribute = part.need("product"), part.need("attribute")
    if line.kind is LineKind.BASE:
        _same(product, line.product, contract.product)
        discount = contract.discount
        lower = discount is not None and invoice.period_until <= discount.until
        if lower or attribute.text() != "laufzeit_12_monate":
            _same(attribute, attribute.text(), "aktionspreis" if lower else "grundpreis")
    booked = any(
        option.product == line.product and option.booked_on <= invoice.period_until
        for option in contract.options
    )
    if line.kind is LineKind.OPTION and not booked:
        raise product.error(f"{product.text()!r} was not booked by then for {contract.contract_no}")
    # The price list of a contract holds for the options that are booked to it later, too.
    version = _version(
        product, product.text(), invoice.period_until, contract.concluded_on, tariffs
    )
    price = _price(attribute, version, attribute.text())
    _same(part.need("gross"), line.gross, (price * line.quantity).quantize(CENT))


def _usage(part: Part, contract: Contract, as_of: date, tariffs: Tariffs) -> None:
    version = _version(part, contract.product, as_of, contract.concluded_on, tariffs)
    volume = _attribute(part, version, "datenvolumen")
    unlimited = part.get("unlimited")
    _same(part, bool(unlimited and unlimited.flag()), volume.polarity is Polarity.UNLIMITED)
    included = part.get("included_gb")
    if included:
        _same(included, included.decimal(), volume.value)
    start, until = part.need("period_from").date(), part.need("period_until").date()
    if not start <= as_of <= until:
        raise part.error(f"the running month {start} to {until} must contain as_of, {as_of}")
    booked = Decimal(0)
    for option in contract.options:
        if option.per == "Buchung" and start <= option.booked_on <= until:
            added = _version(part, option.product, option.booked_on, contract.concluded_on, tariffs)
            if option.product.startswith("datenpass"):
                booked += _attribute(part, added, "datenvolumen").value or 0
    written = part.get("booked_gb")
    _same(written or part, written.decimal() if written else Decimal(0), booked)
    carried = part.get("carried_gb")
    rollover = version.attributes.get("datenuebertrag")
    if carried and (rollover is None or rollover.polarity is not Polarity.INCLUDED):
        raise carried.error(f"{version.product} {version.version} carries no volume over")


def _order(part: Part, contract: Contract, tariffs: Tariffs) -> None:
    """Refuse an order of an option that the contract has neither booked nor included."""
    if part.need("state").text() == OrderState.CANCELLED:
        return
    text = part.need("text")
    version = tariffs.tariffs[contract.product].version_for(
        contract.concluded_on, contract.concluded_on
    )
    included = {
        tariffs.kinds[attribute.id].option
        for attribute in (version.attributes.values() if version else ())
        if attribute.polarity in (Polarity.INCLUDED, Polarity.FREE)
    }
    there = {option.product for option in contract.options} | included
    for tariff in tariffs.mentioned(text.text()):
        if tariff.kind == "option" and tariff.id not in there:
            raise text.error(f"{tariff.name} is ordered, but not booked for {contract.contract_no}")
