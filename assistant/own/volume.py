"""Answers from the running month: what is left, what is used up, when the next month begins."""

from __future__ import annotations

from decimal import Decimal

from assistant.customers.service import GIGABYTE, Usage
from assistant.own.case import Case
from assistant.own.told import Told, computed
from assistant.rights.calculation import Calculation
from assistant.rights.usage import Usage as Volume
from assistant.rights.usage import remaining_volume

TOP_UP = "datenpass"


async def left(case: Case) -> Told:
    """Tell what is left of the data volume, and how that is calculated."""
    usage, told = await case.reader.usage(case.contract), case.told()
    record, name = case.record(), case.called()
    if usage is None:
        return told.say("fehlt", vertrag=name)
    again = record.day(usage.resets_on)
    rest = remaining(usage)
    if rest is None:
        used = record.amount(usage.used_gb, "GB")
        return told.say("unbegrenzt", vertrag=name, verbraucht=used, neu_ab=again)
    form = "noch" if rest.value else "verbraucht"
    told.say(form, vertrag=name, rest=computed(rest, case.contract.product), neu_ab=again)
    return told.steps(rest, case.contract.product)


async def used(case: Case) -> Told:
    """Tell what was used in the running month."""
    usage, told = await case.reader.usage(case.contract), case.told()
    if usage is None:
        return told.say("fehlt", vertrag=case.called())
    record, total = case.record(), usage.total_gb
    seen = {
        "vertrag": case.called(),
        "verbraucht": record.amount(usage.used_gb, "GB"),
        "von": record.day(usage.period_from),
        "bis": record.day(usage.period_until),
    }
    if total is None:
        return told.say("unbegrenzt", **seen)
    return told.say("gefunden", **seen, gesamt=record.amount(total, "GB"))


async def slowed(case: Case) -> Told:
    """Tell whether the volume is used up, so that the line is slower now."""
    usage, told = await case.reader.usage(case.contract), case.told()
    record, name = case.record(), case.called()
    if usage is None:
        return told.say("fehlt", vertrag=name)
    rest = remaining(usage)
    if rest is None:
        return told.say("unbegrenzt", vertrag=name)
    if rest.value:
        return told.say("nein", vertrag=name, rest=computed(rest, case.contract.product))
    total = record.amount(usage.total_gb or Decimal(0), "GB")
    return told.say("ja", vertrag=name, gesamt=total, neu_ab=record.day(usage.resets_on))


async def renewal(case: Case) -> Told:
    """Tell when the next month begins."""
    usage, told = await case.reader.usage(case.contract), case.told()
    if usage is None:
        return told.say("fehlt", vertrag=case.called())
    record = case.record()
    return told.say(
        "gefunden",
        vertrag=case.called(),
        bis=record.day(usage.period_until),
        neu_ab=record.day(usage.resets_on),
    )


async def passes(case: Case) -> Told:
    """Tell which data passes are in force."""
    told, record = case.told(), case.record()
    booked = [
        option
        for option in case.contract.options
        if option.product.startswith(TOP_UP)
        and (option.ends_on is None or option.ends_on >= case.on)
    ]
    if not booked:
        return told.say("keiner", vertrag=case.called())
    usage = await case.reader.usage(case.contract)
    for option in booked:
        name = case.option_name(option)
        on = record.day(option.booked_on)
        if option.ends_on is None:
            told.say("ohne_ende", vertrag=case.called(), pass_=name, seit=on)
        else:
            told.say(
                "aktiv",
                vertrag=case.called(),
                pass_=name,
                seit=on,
                bis=record.day(option.ends_on),
            )
    rest = remaining(usage) if usage is not None else None
    return told.say("rest", rest=computed(rest, case.contract.product)) if rest else told


def remaining(usage: Usage) -> Calculation[Decimal] | None:
    """Calculate what is left of a month's volume; None where it is unlimited."""
    if usage.included_bytes is None:
        return None
    return remaining_volume(
        Volume(
            included_gb=_gigabytes(usage.included_bytes),
            booked_gb=_gigabytes(usage.booked_bytes),
            carried_gb=_gigabytes(usage.carried_bytes),
            used_gb=usage.used_gb,
            on=usage.as_of.date(),
            reset_at=usage.resets_on,
        )
    )


def _gigabytes(count: int) -> Decimal:
    return Decimal(count) / GIGABYTE
