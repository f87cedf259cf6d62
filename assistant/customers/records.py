"""Who a customer is and what they have agreed: customer, contracts, numbers, options.

All money is EUR gross. Data is counted in bytes; a gigabyte is 10⁹ of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CustomerKind(StrEnum):
    """Whose rights a customer has (DOMAIN.md 2.2)."""

    CONSUMER = "consumer"
    SMALL_BUSINESS = "small_business"
    BUSINESS = "business"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a name."""

    first_name: str
    last_name: str
    birth_date: date | None = None
    """Of a user, to tell a minor; a holder's is in `ContactDetails`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The holder of an account; where they live and can be reached is in `ContactDetails`."""

    customer_no: str
    kind: CustomerKind
    salutation: str | None = None
    """Never guessed from a name; None: greet with the full name."""
    person: Person
    company: str | None = None
    language: str = "de"
    plain_language: bool = False
    """Wishes easy language."""
    marketing_optin: bool = False
    survey_optout: bool = False
    deceased_on: date | None = None
    """Reported to us; a person speaks with those who write, and nobody is asked for a score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where post goes."""

    street: str
    postcode: str
    town: str


class ContactKind(StrEnum):
    """A way to reach a customer."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A registered way to reach a customer."""

    kind: ContactKind
    value: str
    """A number in E.164 or an e-mail address."""
    verified_on: date | None = None
    changed_on: date
    """A one-time code never goes to a contact that has just changed."""


class PaymentMethod(StrEnum):
    """How bills are paid."""

    DIRECT_DEBIT = "direct_debit"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """What lets a stranger pose as the customer, and is therefore read at level 3 only."""

    birth_date: date
    address: Address
    contacts: tuple[Contact, ...]
    payment: PaymentMethod
    iban_end: str | None = None
    """The last four digits; the rest never enters this house."""


class NumberKind(StrEnum):
    """Where a phone number rings."""

    MOBILE = "mobile"
    LANDLINE = "landline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A phone number of a contract, in E.164."""

    value: str
    kind: NumberKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option or a pass that was booked, in the version of its booking."""

    product: str
    version: str
    booked_on: date
    price: Decimal
    """A month's price, or what the one booking cost."""
    per: str
    removable: bool
    """Whether the customer can end it; a pass ends of itself, some are part of the tariff."""
    ends_on: date | None = None
    """The last day; None: it goes on until somebody ends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A lower monthly price for the beginning."""

    monthly: Decimal
    until: date
    """The last day of the lower price."""


class BlockReason(StrEnum):
    """Why a contract is blocked."""

    ARREARS = "arrears"
    STOLEN = "stolen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A contract that cannot be used now; emergency calls always can."""

    reason: BlockReason
    since: date
    threatened_on: date | None = None
    """When a block for arrears was threatened in writing (§ 61 TKG: two weeks before)."""
    incoming_blocked: bool = False
    """False: only outgoing calls are blocked; incoming ones may be a week later (§ 61 TKG)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract, in the tariff version it was concluded under."""

    contract_no: str
    product: str
    version: str
    concluded_on: date
    """Decides which version and which terms hold."""
    start: date
    min_term_months: int
    min_term_end: date
    """The last day of the minimum term."""
    last_notice_day: date
    """The last day a notice can arrive so that the contract ends with its minimum term."""
    notice_months: int
    monthly: Decimal
    """Without discount and options."""
    discount: Discount | None = None
    numbers: tuple[Number, ...] = ()
    options: tuple[Option, ...] = ()
    sim_end: str | None = None
    """The last four digits of the SIM card's number."""
    user: Person | None = None
    """Who uses it, when it is not the holder: a child, an employee."""
    block: Block | None = None
    ends_on: date | None = None
    """Already cancelled: the last day."""

    def monthly_on(self, day: date) -> Decimal:
        """Return the tariff's monthly price on a day, without options."""
        if self.discount is not None and day <= self.discount.until:
            return self.discount.monthly
        return self.monthly
