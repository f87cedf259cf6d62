"""What an answer from own data is made from: the ask, the customer's records, the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import phonenumbers

from assistant.customers.bills import Invoice
from assistant.customers.records import ContactDetails, Contract, Customer, NumberKind, Option
from assistant.customers.service import Appointment, Order, Ticket, Usage
from assistant.customers.system import CustomerSystem
from assistant.messages import CustomerRef
from assistant.own.told import Datum, Record, Told
from knowledge_base.tariffs import Tariffs

MOBILE = "mobilfunk"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the records of the one customer who is proven; nobody else's can be asked for."""

    system: CustomerSystem
    proof: CustomerRef

    async def customer(self) -> Customer:
        """Read who holds the account."""
        return await self.system.customer(self.proof.customer_no, self.proof)

    async def details(self) -> ContactDetails:
        """Read address, contacts and payment; needs the strongest proof."""
        return await self.system.contact_details(self.proof.customer_no, self.proof)

    async def contracts(self) -> tuple[Contract, ...]:
        """Read all contracts."""
        return await self.system.contracts(self.proof.customer_no, self.proof)

    async def invoices(self) -> tuple[Invoice, ...]:
        """Read the invoices, the newest first."""
        return await self.system.invoices(self.proof.customer_no, self.proof)

    async def usage(self, contract: Contract) -> Usage | None:
        """Read what is used up in the running month."""
        number = self.proof.customer_no
        return await self.system.usage(number, contract.contract_no, self.proof)

    async def orders(self) -> tuple[Order, ...]:
        """Read the orders, the newest first."""
        return await self.system.orders(self.proof.customer_no, self.proof)

    async def tickets(self) -> tuple[Ticket, ...]:
        """Read the tickets, the newest first."""
        return await self.system.tickets(self.proof.customer_no, self.proof)

    async def appointments(self) -> tuple[Appointment, ...]:
        """Read the appointments, the next first."""
        return await self.system.appointments(self.proof.customer_no, self.proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question about own data."""

    text: str
    on: date
    reader: Reader
    tariffs: Tariffs | None
    customer: Customer
    contracts: tuple[Contract, ...]
    chosen: Contract | None = None
    """The contract in question, where the answer is about one."""
    says: Mapping[str, str]

    @property
    def contract(self) -> Contract:
        """The contract in question; asked for only where one was chosen."""
        assert self.chosen is not None, "this answer is about one contract"
        return self.chosen

    def contract_of(self, contract_no: str) -> Contract | None:
        """Find a contract of the customer by its number."""
        return next((one for one in self.contracts if one.contract_no == contract_no), None)

    def told(self) -> Told:
        """Begin an answer."""
        return Told(self.says)

    def record(self, contract: Contract | None = None) -> Record:
        """Prove what is told of a contract, by default the one in question."""
        contract = contract or self.contract
        return Record(contract.contract_no, contract.product)

    def called(self, contract: Contract | None = None) -> Datum:
        """Name a contract as its customer knows it; with its number where there are several."""
        contract = contract or self.contract
        return self.record(contract).word(contract_name(contract, self.contracts, self.tariffs))

    def product(self, contract: Contract) -> Datum:
        """Name the tariff of a contract."""
        return self.record(contract).word(product_name(contract.product, self.tariffs))

    def option_name(self, option: Option) -> Datum:
        """Name an option that is booked in the contract in question."""
        name = product_name(option.product, self.tariffs)
        return Record(self.contract.contract_no, option.product).word(name)


def product_name(product: str, tariffs: Tariffs | None) -> str:
    """Name a product as the tariffs do; the id is all there is of an unknown one."""
    known = tariffs.tariffs.get(product) if tariffs is not None else None
    return known.name if known is not None else product


def contract_name(contract: Contract, among: tuple[Contract, ...], tariffs: Tariffs | None) -> str:
    """Name a contract so that its customer tells it from the others of theirs."""
    name = product_name(contract.product, tariffs)
    if len(among) < 2:
        return name
    number = spoken_number(contract.numbers[0].value) if contract.numbers else contract.contract_no
    return f"{name} ({number})"


def spoken_number(value: str) -> str:
    """Write a phone number the way people here do: ``0171 3920001``."""
    number = phonenumbers.parse(value)
    style = phonenumbers.PhoneNumberFormat
    home = number.country_code == 49
    return phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)


def is_mobile(contract: Contract) -> bool:
    """Tell whether a contract is one for a mobile phone."""
    return contract.sim_end is not None or any(
        number.kind is NumberKind.MOBILE for number in contract.numbers
    )
