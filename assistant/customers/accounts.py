"""Read the file of a synthetic customer: each key is known, each value has its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from assistant.customers.bills import NOTHING, Invoice
from assistant.customers.entries import appointment, invoice, order, ticket
from assistant.customers.records import (
    Address,
    Block,
    BlockReason,
    Contact,
    ContactDetails,
    ContactKind,
    Contract,
    Customer,
    CustomerKind,
    Discount,
    Number,
    NumberKind,
    Option,
    PaymentMethod,
    Person,
)
from assistant.customers.service import GIGABYTE, Appointment, Order, Ticket, Usage
from assistant.customers.values import day, flag, money, number, text, whole
from knowledge_base.strict_yaml import Part

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything about one customer."""

    story: str
    """What this customer is there to show."""
    as_of: date
    """The day usage, payments and orders stand as they are written."""
    customer: Customer
    details: ContactDetails
    contracts: tuple[Contract, ...]
    invoices: tuple[Invoice, ...]
    usages: tuple[Usage, ...]
    orders: tuple[Order, ...]
    tickets: tuple[Ticket, ...]
    appointments: tuple[Appointment, ...]


def account(file: Part) -> Account:
    """Read one customer.

    Raises:
        TariffFileError: A key or value is wrong; the message says where and what to do.
    """
    lists = ("contracts", "invoices", "usage", "orders", "tickets", "appointments")
    file.only("story", "as_of", "customer", "details", *lists)
    as_of = file.need("as_of").date()
    return Account(
        story=file.need("story").text(),
        as_of=as_of,
        customer=_customer(file.need("customer")),
        details=_details(file.need("details")),
        contracts=tuple(
            sorted(_all(file, "contracts", _contract), key=lambda entry: entry.concluded_on)
        ),
        invoices=tuple(
            sorted(_all(file, "invoices", invoice), key=lambda entry: entry.issued_on, reverse=True)
        ),
        usages=tuple(_usage(entry, as_of) for entry in _entries(file, "usage")),
        orders=tuple(
            sorted(_all(file, "orders", order), key=lambda entry: entry.placed_on, reverse=True)
        ),
        tickets=tuple(
            sorted(_all(file, "tickets", ticket), key=lambda entry: entry.opened_at, reverse=True)
        ),
        appointments=tuple(
            sorted(_all(file, "appointments", appointment), key=lambda entry: entry.starts_at)
        ),
    )


def _entries(part: Part, key: str) -> Iterator[Part]:
    found = part.get(key)
    return found.list() if found else iter(())


def _all(part: Part, key: str, read: Callable[[Part], Record]) -> tuple[Record, ...]:
    return tuple(read(entry) for entry in _entries(part, key))


def _person(part: Part) -> Person:
    return Person(
        first_name=part.need("first_name").text(),
        last_name=part.need("last_name").text(),
        birth_date=day(part.get("birth_date")),
    )


def _customer(part: Part) -> Customer:
    name = ("first_name", "last_name", "salutation", "company")
    wishes = ("language", "plain_language", "marketing_optin", "survey_optout")
    part.only("customer_no", "kind", *name, *wishes, "deceased_on")
    return Customer(
        customer_no=part.need("customer_no").text(),
        kind=part.need("kind").word(CustomerKind),
        salutation=text(part.get("salutation")),
        person=_person(part),
        company=text(part.get("company")),
        language=text(part.get("language")) or "de",
        plain_language=flag(part.get("plain_language")),
        marketing_optin=flag(part.get("marketing_optin")),
        survey_optout=flag(part.get("survey_optout")),
        deceased_on=day(part.get("deceased_on")),
    )


def _details(part: Part) -> ContactDetails:
    part.only("birth_date", "address", "contacts", "payment", "iban_end")
    address = part.need("address")
    address.only("street", "postcode", "town")
    return ContactDetails(
        birth_date=part.need("birth_date").date(),
        address=Address(
            street=address.need("street").text(),
            postcode=address.need("postcode").text(),
            town=address.need("town").text(),
        ),
        contacts=_all(part, "contacts", _contact),
        payment=part.need("payment").word(PaymentMethod),
        iban_end=text(part.get("iban_end")),
    )


def _contact(part: Part) -> Contact:
    part.only("kind", "value", "verified_on", "changed_on")
    kind = part.need("kind").word(ContactKind)
    value = part.need("value")
    return Contact(
        kind=kind,
        value=value.text() if kind is ContactKind.EMAIL else number(value),
        verified_on=day(part.get("verified_on")),
        changed_on=part.need("changed_on").date(),
    )


def _contract(part: Part) -> Contract:
    term = ("min_term_months", "min_term_end", "last_notice_day", "notice_months", "ends_on")
    product = ("product", "version", "concluded_on", "start", "monthly", "discount", "options")
    part.only("contract_no", *product, *term, "numbers", "sim_end", "user", "block")
    discount, user, block = part.get("discount"), part.get("user"), part.get("block")
    if user:
        user.only("first_name", "last_name", "birth_date")
    return Contract(
        contract_no=part.need("contract_no").text(),
        product=part.need("product").text(),
        version=part.need("version").text(),
        concluded_on=part.need("concluded_on").date(),
        start=part.need("start").date(),
        min_term_months=whole(part.need("min_term_months")),
        min_term_end=part.need("min_term_end").date(),
        last_notice_day=part.need("last_notice_day").date(),
        notice_months=whole(part.need("notice_months")),
        monthly=money(part.need("monthly")),
        discount=_discount(discount) if discount else None,
        numbers=_all(part, "numbers", _number),
        options=_all(part, "options", _option),
        sim_end=text(part.get("sim_end")),
        user=_person(user) if user else None,
        block=_block(block) if block else None,
        ends_on=day(part.get("ends_on")),
    )


def _discount(part: Part) -> Discount:
    part.only("monthly", "until")
    return Discount(monthly=money(part.need("monthly")), until=part.need("until").date())


def _number(part: Part) -> Number:
    part.only("value", "kind")
    return Number(value=number(part.need("value")), kind=part.need("kind").word(NumberKind))


def _option(part: Part) -> Option:
    part.only("product", "version", "booked_on", "price", "per", "removable", "ends_on")
    return Option(
        product=part.need("product").text(),
        version=part.need("version").text(),
        booked_on=part.need("booked_on").date(),
        price=money(part.need("price")),
        per=part.need("per").text(),
        removable=part.need("removable").flag(),
        ends_on=day(part.get("ends_on")),
    )


def _block(part: Part) -> Block:
    part.only("reason", "since", "threatened_on", "incoming_blocked")
    return Block(
        reason=part.need("reason").word(BlockReason),
        since=part.need("since").date(),
        threatened_on=day(part.get("threatened_on")),
        incoming_blocked=flag(part.get("incoming_blocked")),
    )


def _usage(part: Part, as_of: date) -> Usage:
    volumes = ("included_gb", "booked_gb", "carried_gb", "used_gb")
    part.only("contract_no", "period_from", "period_until", *volumes, "unlimited")
    unlimited, included = flag(part.get("unlimited")), part.get("included_gb")
    if unlimited == (included is not None):
        raise part.error("write either included_gb or unlimited: true")
    return Usage(
        contract_no=part.need("contract_no").text(),
        period_from=part.need("period_from").date(),
        period_until=part.need("period_until").date(),
        as_of=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
        included_bytes=_bytes(included) if included else None,
        booked_bytes=_bytes(part.get("booked_gb")),
        carried_bytes=_bytes(part.get("carried_gb")),
        used_bytes=_bytes(part.need("used_gb")),
    )


def _bytes(part: Part | None) -> int:
    amount = (part.decimal() if part else NOTHING) * GIGABYTE
    if part and amount != amount.to_integral_value():
        raise part.error(f"{part.name!r} has fractions of a byte; at most nine decimal places")
    return int(amount)
