"""How long a customer has for a step: taking the number along, objecting to a bill."""

from __future__ import annotations

from datetime import date

from assistant.rights.calculation import Calculation, Quantity, need_day
from assistant.rights.days import ONE_DAY, months_later
from knowledge_base.wording import day

PORTING_AFTER_END = 1
"""Months after the contract in which the number can still be taken along (§ 59 (5))."""
OBJECTION_DAYS = 56
"""Eight weeks to object to a bill (§ 67)."""


def porting_deadline(contract_ended: date) -> Calculation[date]:
    """Find the last day to ask for the number of an ended contract.

    Raises:
        InvalidInput: The day is absurd.
    """
    need_day("contract_ended", contract_ended)
    value = months_later(contract_ended, PORTING_AFTER_END)
    return Calculation(
        name="frist_rufnummernmitnahme",
        value=value,
        rule="§ 59 Absatz 5 TKG",
        inputs=(Quantity(name="Vertragsende", value=contract_ended),),
        steps=(
            f"Ihr Vertrag endet am {day(contract_ended)}.",
            "Die Rufnummer können Sie bis zu 1 Monat nach dem Vertragsende mitnehmen, also "
            f"bis zum {day(value)}.",
        ),
    )


def objection_deadline(invoice_received: date) -> Calculation[date]:
    """Find the last day to object to a bill.

    It is not moved from a weekend to the next working day: an earlier day is safe to name.

    Raises:
        InvalidInput: The day is absurd.
    """
    need_day("invoice_received", invoice_received)
    value = invoice_received + OBJECTION_DAYS * ONE_DAY
    return Calculation(
        name="frist_beanstandung",
        value=value,
        rule="§ 67 TKG",
        inputs=(Quantity(name="Zugang der Rechnung", value=invoice_received),),
        steps=(
            f"Die Rechnung ist Ihnen am {day(invoice_received)} zugegangen.",
            f"Sie können sie innerhalb von 8 Wochen beanstanden, also bis zum {day(value)}.",
        ),
    )
