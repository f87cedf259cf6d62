"""Who asks at the terminal, and for which days: the options that ``ask`` and ``chat`` share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.customers.system import READ, NotFound
from assistant.messages import CustomerRef

if TYPE_CHECKING:
    from assistant.build import Application


class Caller(click.ParamType[CustomerRef]):
    """A customer number; whoever has this terminal is taken at their word, as a portal would be."""

    name = "number"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> CustomerRef:
        """Turn what was typed into the proof that a log-in would give."""
        if not value.isascii() or not value.isdigit():
            self.fail(f"{value!r} is no customer number; write digits only", param, ctx)
        return CustomerRef(customer_no=value, level=READ)


CUSTOMER = click.option("--customer", type=Caller(), help="The customer who asks.")
ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about (today).")
CONTRACT_DATE = click.option(
    "--contract-date", type=click.DateTime(["%Y-%m-%d"]), help="When the contract was concluded."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Who asks, and for which days."""

    customer: CustomerRef | None = None
    on: date | None = None
    contract_date: date | None = None


async def look_up(application: Application, customer: CustomerRef) -> None:
    """Refuse a customer whom the customer system does not know.

    Raises:
        click.UsageError: It does not, or there is no such system.
    """
    if application.customers is None:
        raise click.UsageError("there is no customer system; set AURA_CUSTOMER_SYSTEM=demo")
    try:
        await application.customers.customer(customer.customer_no, customer)
    except NotFound as error:
        raise click.UsageError(f"there is no customer {customer.customer_no!r}") from error
