"""What is going on for a customer: usage, orders, tickets, appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

GIGABYTE = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The data used on one contract in the running month."""

    contract_no: str
    period_from: date
    period_until: date
    as_of: datetime
    included_bytes: int | None
    """By the tariff alone; None: unlimited."""
    booked_bytes: int = 0
    """Passes booked in this month."""
    carried_bytes: int = 0
    """Left over from last month."""
    used_bytes: int

    @property
    def resets_on(self) -> date:
        """The day the next month begins."""
        return date.fromordinal(self.period_until.toordinal() + 1)

    @property
    def total_gb(self) -> Decimal | None:
        """All there is for this month; None: unlimited."""
        if self.included_bytes is None:
            return None
        return _gigabytes(self.included_bytes + self.booked_bytes + self.carried_bytes)

    @property
    def used_gb(self) -> Decimal:
        """What is used up."""
        return _gigabytes(self.used_bytes)

    @property
    def remaining_gb(self) -> Decimal | None:
        """What is left, never below zero; None: unlimited."""
        total = self.total_gb
        return None if total is None else max(total - self.used_gb, Decimal(0))


def _gigabytes(number: int) -> Decimal:
    return Decimal(number) / GIGABYTE


class OrderKind(StrEnum):
    """What was ordered."""

    CONTRACT = "contract"
    HARDWARE = "hardware"
    SIM = "sim"
    PORTING_IN = "porting_in"
    PORTING_OUT = "porting_out"
    MOVE = "move"


class OrderState(StrEnum):
    """How far an order has come."""

    RECEIVED = "received"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Something on its way: a parcel, a number, a line to a new home."""

    order_no: str
    kind: OrderKind
    state: OrderState
    contract_no: str
    placed_on: date
    due_on: date | None = None
    """Expected delivery, day of porting or of moving."""
    text: str
    carrier: str | None = None
    tracking: str | None = None
    number: str | None = None
    """The number that is ported, in E.164."""
    other_provider: str | None = None
    new_town: str | None = None
    """Postcode and town of a move; the street is in no order, see `ContactDetails`."""


class TicketKind(StrEnum):
    """What a ticket is about."""

    FAULT = "fault"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    DEATH = "death"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Something a customer reported."""

    ticket_no: str
    kind: TicketKind
    contract_no: str
    opened_at: datetime
    """A fault's compensation counts from here (§ 58 TKG)."""
    text: str
    total_outage: bool = False
    line_test: str | None = None
    expected_at: datetime | None = None
    """When we expect it to be solved."""
    closed_at: datetime | None = None


class Outcome(StrEnum):
    """What became of an appointment."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    """The technician did not come (§ 58 TKG: compensation)."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A technician's visit."""

    reference: str
    contract_no: str
    starts_at: datetime
    ends_at: datetime
    text: str
    outcome: Outcome
    ticket_no: str | None = None
