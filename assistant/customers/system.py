"""The operator's customer system, as this house asks it: always for one proven customer."""

from __future__ import annotations

from typing import Protocol

from assistant.customers.bills import Invoice
from assistant.customers.records import ContactDetails, Contract, Customer
from assistant.customers.service import Appointment, Order, Ticket, Usage
from assistant.messages import AssistantError, CustomerRef

READ = 2
"""Level to read contract, bill and usage (DOMAIN.md 3.1)."""
DETAILS = 3
"""Level to read birth date, address, contacts and bank."""


class CustomerSystemError(AssistantError):
    """Anything that keeps customer data from being read; nothing of it is then shown."""


class ProofRefused(CustomerSystemError):
    """The proof of identity does not carry what was asked for."""


class ProofMissing(ProofRefused):
    """There is no proof, or none that can be read; the customer is asked to log in."""


class ProofOfAnother(ProofRefused):
    """The proof is another customer's; our own mistake or an attack, never a way to data."""


class ProofTooLow(ProofRefused):
    """The proof is the customer's own; a stronger one is asked for."""

    def __init__(self, level: int, needed: int) -> None:
        super().__init__(f"identity level {level} is too low; level {needed} is needed")
        self.needed = needed


class NotFound(CustomerSystemError):
    """This customer has no such record, whether or not somebody else has."""


class CustomerSystemAway(CustomerSystemError):
    """The system does not answer; raised by whoever connects a real one."""


def prove(proof: CustomerRef | None, customer_no: str, needed: int) -> None:
    """Refuse to go on unless a proof is of this customer and strong enough.

    Every method of a customer system begins with it. What it says names no customer, so that it
    may be logged.

    Raises:
        ProofRefused: One of its children, by what is wrong.
    """
    if proof is None or type(proof.level) is not int or not 0 <= proof.level <= DETAILS:
        raise ProofMissing("no proof of identity; hand on the one the channel established")
    if not customer_no or proof.customer_no != customer_no:
        raise ProofOfAnother("the proof of identity is another customer's; ask with their own")
    if proof.level < needed:
        raise ProofTooLow(proof.level, needed)


class CustomerSystem(Protocol):
    """Reads customers from the operator's CRM and billing; one class connects a real one.

    Every method raises `ProofRefused` before it looks anything up, `NotFound` for what this
    customer does not have, and `CustomerSystemAway` when the system does not answer.
    """

    async def customer(self, customer_no: str, proof: CustomerRef | None) -> Customer:
        """Return who holds the account. Level 2."""

    async def contact_details(self, customer_no: str, proof: CustomerRef | None) -> ContactDetails:
        """Return birth date, address, contacts and how bills are paid. Level 3."""

    async def contracts(self, customer_no: str, proof: CustomerRef | None) -> tuple[Contract, ...]:
        """Return all contracts, the oldest first. Level 2."""

    async def contract(
        self, customer_no: str, contract_no: str, proof: CustomerRef | None
    ) -> Contract:
        """Return one contract. Level 2."""

    async def invoices(self, customer_no: str, proof: CustomerRef | None) -> tuple[Invoice, ...]:
        """Return the invoices, the newest first. Level 2."""

    async def usage(
        self, customer_no: str, contract_no: str, proof: CustomerRef | None
    ) -> Usage | None:
        """Return the running month's usage of a contract, None where none is counted. Level 2."""

    async def orders(self, customer_no: str, proof: CustomerRef | None) -> tuple[Order, ...]:
        """Return orders, the newest first. Level 2."""

    async def tickets(self, customer_no: str, proof: CustomerRef | None) -> tuple[Ticket, ...]:
        """Return tickets, the newest first. Level 2."""

    async def appointments(
        self, customer_no: str, proof: CustomerRef | None
    ) -> tuple[Appointment, ...]:
        """Return appointments, the next first. Level 2."""
