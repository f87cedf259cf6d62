"""What a customer was charged: invoices line by line, paid, open or disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


class LineKind(StrEnum):
    """What a line of an invoice is for."""

    BASE = "base"
    USAGE = "usage"
    OPTION = "option"
    ONE_OFF = "one_off"
    THIRD_PARTY = "third_party"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A third party whose service stands on our invoice; it must be named (§ 62 TKG)."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an invoice."""

    kind: LineKind
    text: str
    contract_no: str
    quantity: Decimal
    unit: str
    gross: Decimal
    """Quantity times unit price, EUR with VAT; below zero for a credit."""
    product: str | None = None
    """Tariff, option, fee list or roaming zone whose price this is."""
    attribute: str | None = None
    """Which of its prices."""
    provider: Provider | None = None
    disputed: bool = False


class InvoiceState(StrEnum):
    """How far an invoice is settled."""

    PAID = "paid"
    OPEN = "open"
    DISPUTED = "disputed"
    """The customer objects to at least one line that is not paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """One month's bill."""

    invoice_no: str
    period_from: date
    period_until: date
    issued_on: date
    due_on: date
    lines: tuple[Line, ...]
    total: Decimal
    vat_percent: Decimal
    """Contained in all gross amounts."""
    paid: Decimal = NOTHING
    paid_on: date | None = None
    disputed_on: date | None = None
    """When the customer objected (§ 67 TKG: within eight weeks)."""

    @property
    def net(self) -> Decimal:
        """The total without VAT."""
        return (self.total / (1 + self.vat_percent / 100)).quantize(CENT)

    @property
    def outstanding(self) -> Decimal:
        """What is not paid yet, disputed or not."""
        return self.total - self.paid

    @property
    def disputed(self) -> Decimal:
        """What the customer objects to."""
        return sum((line.gross for line in self.lines if line.disputed), NOTHING)

    @property
    def state(self) -> InvoiceState:
        """How far it is settled."""
        if not self.outstanding:
            return InvoiceState.PAID
        return InvoiceState.DISPUTED if self.disputed else InvoiceState.OPEN

    def overdue_on(self, day: date) -> Decimal:
        """Return what should have been paid before a day and is not disputed."""
        if day <= self.due_on:
            return NOTHING
        return max(self.outstanding - self.disputed, NOTHING)
