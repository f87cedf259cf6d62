"""The demo customer system: synthetic customers from ``content/customers``, for trying things out.

Each customer is a file; what belongs to one customer is kept under their number and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from assistant.customers.accounts import Account, account
from assistant.customers.agreement import check
from assistant.customers.bills import Invoice
from assistant.customers.records import ContactDetails, Contract, Customer
from assistant.customers.service import Appointment, Order, Ticket, Usage
from assistant.customers.system import DETAILS, READ, NotFound, prove
from assistant.messages import CustomerRef
from knowledge_base.strict_yaml import Part, TariffFileError, read_file
from knowledge_base.tariffs import Tariffs

CUSTOMERS = Path(__file__).parents[1] / "content" / "customers"


class DemoCustomerSystem:
    """Answers as a `CustomerSystem` from files that were read and checked at start-up."""

    def __init__(self, accounts: Mapping[str, Account]) -> None:
        self._accounts = MappingProxyType(dict(accounts))

    @classmethod
    def load(cls, folder: Path, tariffs: Tariffs) -> DemoCustomerSystem:
        """Read every customer of a folder and compare prices with the tariffs.

        Raises:
            TariffFileError: A file is wrong or disagrees; the message says where and what to do.
        """
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            raise TariffFileError(folder, None, "holds no customers (*.yaml)")
        accounts: dict[str, Account] = {}
        taken: dict[str, Path] = {}
        for path in paths:
            file = read_file(path)
            found = account(file)
            check(file, found, tariffs)
            for part in _identifiers(file):
                number = part.text()
                if number in taken:
                    raise part.error(f"{number!r} stands in {taken[number].name} too; renumber one")
                taken[number] = path
            accounts[found.customer.customer_no] = found
        return cls(accounts)

    @property
    def stories(self) -> Mapping[str, str]:
        """What each synthetic customer shows, by number: the demo portal's log-in page."""
        return {number: found.story for number, found in self._accounts.items()}

    async def customer(self, customer_no: str, proof: CustomerRef | None) -> Customer:
        """Return who holds the account."""
        return self._account(customer_no, proof).customer

    async def contact_details(self, customer_no: str, proof: CustomerRef | None) -> ContactDetails:
        """Return birth date, address, contacts and how bills are paid."""
        return self._account(customer_no, proof, DETAILS).details

    async def contracts(self, customer_no: str, proof: CustomerRef | None) -> tuple[Contract, ...]:
        """Return all contracts, the oldest first."""
        return self._account(customer_no, proof).contracts

    async def contract(
        self, customer_no: str, contract_no: str, proof: CustomerRef | None
    ) -> Contract:
        """Return one contract."""
        for contract in self._account(customer_no, proof).contracts:
            if contract.contract_no == contract_no:
                return contract
        raise NotFound(f"this customer has no contract {contract_no!r}; ask for their contracts")

    async def invoices(self, customer_no: str, proof: CustomerRef | None) -> tuple[Invoice, ...]:
        """Return the invoices, the newest first."""
        return self._account(customer_no, proof).invoices

    async def usage(
        self, customer_no: str, contract_no: str, proof: CustomerRef | None
    ) -> Usage | None:
        """Return the running month's usage of a contract, None where none is counted."""
        await self.contract(customer_no, contract_no, proof)
        usages = self._account(customer_no, proof).usages
        return next((usage for usage in usages if usage.contract_no == contract_no), None)

    async def orders(self, customer_no: str, proof: CustomerRef | None) -> tuple[Order, ...]:
        """Return orders, the newest first."""
        return self._account(customer_no, proof).orders

    async def tickets(self, customer_no: str, proof: CustomerRef | None) -> tuple[Ticket, ...]:
        """Return tickets, the newest first."""
        return self._account(customer_no, proof).tickets

    async def appointments(
        self, customer_no: str, proof: CustomerRef | None
    ) -> tuple[Appointment, ...]:
        """Return appointments, the next first."""
        return self._account(customer_no, proof).appointments

    def _account(self, customer_no: str, proof: CustomerRef | None, level: int = READ) -> Account:
        prove(proof, customer_no, level)
        found = self._accounts.get(customer_no)
        if found is None:
            raise NotFound("there is no such customer; check what the channel proved")
        return found


_NUMBERED = (
    ("contracts", "contract_no"),
    ("invoices", "invoice_no"),
    ("orders", "order_no"),
    ("tickets", "ticket_no"),
    ("appointments", "reference"),
)


def _identifiers(file: Part) -> list[Part]:
    found = [file.need("customer").need("customer_no")]
    for section, key in _NUMBERED:
        part = file.get(section)
        found += [entry.need(key) for entry in part.list()] if part else []
    for contract in file.need("contracts").list():
        numbers = contract.get("numbers")
        found += [entry.need("value") for entry in numbers.list()] if numbers else []
    return found
