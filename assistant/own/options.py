"""When an option can end, and which option a question names."""

from __future__ import annotations

from datetime import date

from assistant.customers.records import Option
from assistant.own.case import Case, product_name
from assistant.own.told import Told
from assistant.rights.days import last_day_of_term, months_later
from assistant.understanding.phrases import fold
from knowledge_base.tariffs import Tariffs


async def option_end(case: Case) -> Told:
    """Tell when an option can end: those that are named, or all."""
    contract, told, record = case.contract, case.told(), case.record()
    booked = [one for one in contract.options if one.ends_on is None or one.ends_on >= case.on]
    named = [one for one in booked if named_option(case.text, one, case.tariffs)]
    if not booked:
        return told.say("keine", vertrag=case.called())
    invoices = await case.reader.invoices()
    first = next((one.period_from.day for one in invoices), contract.start.day)
    for option in named or booked:
        name = case.option_name(option)
        if option.ends_on is not None:
            told.say("zeile_bis", option=name, ende=record.day(option.ends_on))
        elif option.removable:
            told.say("zeile", option=name, ende=record.day(month_ends(case.on, first)))
        else:
            told.say("zeile_fest", option=name)
    return told


def month_ends(on: date, first: int) -> date:
    """Return the last day of a billing month that begins on a day of the month."""
    begins = on.replace(day=first) if on.day >= first else months_later(on.replace(day=first), -1)
    return last_day_of_term(begins, 1)


def named_option(text: str, option: Option, tariffs: Tariffs | None) -> bool:
    """Tell whether a text names an option, by its name or a word or number of it."""
    if tariffs is None:
        return False
    if option.product in {one.id for one in tariffs.mentioned(text)}:
        return True
    said = set(fold(text).split())
    words = fold(product_name(option.product, tariffs)).split()
    return any(one in said for one in words if len(one) > 4 or (one.isdigit() and len(one) > 1))
