"""Answers from the contract: tariff and version, price, discount, options, beginning and end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from assistant.customers.bills import NOTHING
from assistant.customers.records import Contract, Option
from assistant.own.bills import MONTH, month_number
from assistant.own.case import Case, product_name
from assistant.own.options import named_option
from assistant.own.told import Datum, Told, computed, part
from assistant.rights.calculation import Calculation, Quantity, euro, months
from assistant.rights.terms import ContractTerm, contract_end, last_notice_day
from assistant.understanding.when import period_in

ONE_DAY = timedelta(days=1)
ROUTER = "router_"


def term(contract: Contract) -> ContractTerm:
    """Hand the end of a contract to the calculators."""
    return ContractTerm(
        start=contract.start,
        minimum_end=contract.min_term_end if contract.min_term_months else None,
        notice_months=contract.notice_months,
        last_notice_day=contract.last_notice_day if contract.min_term_months else None,
    )


def _ended(case: Case) -> Datum | None:
    return case.record().day(case.contract.ends_on) if case.contract.ends_on else None


async def end(case: Case) -> Told:
    """Tell when the contract ends or can end."""
    contract, told, record = case.contract, case.told(), case.record()
    ended = _ended(case)
    if ended is not None:
        return told.say("gekuendigt", vertrag=case.called(), ende=ended)
    now = contract_end(term(contract), case.on)
    if case.on > contract.min_term_end:
        told.say(
            "danach",
            vertrag=case.called(),
            mindestende=record.day(contract.min_term_end),
            ende=computed(now, contract.product),
        )
    else:
        told.say(
            "laeuft",
            vertrag=case.called(),
            mindestende=record.day(contract.min_term_end),
            kuendigungstag=record.day(contract.last_notice_day),
            frist=_notice(case),
        )
    return told


async def notice(case: Case) -> Told:
    """Tell the last day for a notice, and when the contract ends if it comes today."""
    contract, told, record = case.contract, case.told(), case.record()
    ended = _ended(case)
    if ended is not None:
        return told.say("gekuendigt", vertrag=case.called(), ende=ended)
    received = max(case.on, day_named(case))
    ends = contract_end(term(contract), received)
    named = {
        "vertrag": case.called(),
        "abschluss": record.day(contract.concluded_on),
        "eingang": part(ends, received),
        "ende": computed(ends, contract.product),
    }
    if received > contract.min_term_end:
        told.say("jederzeit", **named, mindestende=record.day(contract.min_term_end))
    else:
        last = last_notice_day(term(contract))
        form = "rechtzeitig" if received <= contract.last_notice_day else "verpasst"
        told.say(form, **named, kuendigungstag=computed(last, contract.product))
    return told.steps(ends, contract.product)


async def beginning(case: Case) -> Told:
    """Tell when the contract was concluded and began."""
    contract, record = case.contract, case.record()
    return case.told().say(
        "gefunden" if contract.start <= case.on else "kommt",
        vertrag=case.called(),
        abschluss=record.day(contract.concluded_on),
        beginn=record.day(contract.start),
    )


async def prolonged(case: Case) -> Told:
    """Tell whether the minimum term is over."""
    contract, told, record = case.contract, case.told(), case.record()
    ended = _ended(case)
    if ended is not None:
        return told.say("gekuendigt", vertrag=case.called(), ende=ended)
    form = "danach" if case.on > contract.min_term_end else "laeuft"
    until = record.day(contract.min_term_end)
    return told.say(form, vertrag=case.called(), mindestende=until, frist=_notice(case))


def _notice(case: Case) -> Datum:
    return case.record().word(months(case.contract.notice_months, "Monaten"))


async def tariff(case: Case) -> Told:
    """Tell the tariff and version of every contract."""
    told = case.told()
    rows = [
        {
            "vertrag": case.called(one),
            "fassung": case.record(one).word(one.version),
            "abschluss": case.record(one).day(one.concluded_on),
        }
        for one in case.contracts
    ]
    if len(rows) == 1:
        return told.say("einer", **rows[0])
    return told.say("mehrere").list(("zeile", row) for row in rows)


async def version(case: Case) -> Told:
    """Tell under which version the contract was concluded."""
    contract, record = case.contract, case.record()
    return case.told().say(
        "gefunden",
        vertrag=case.called(),
        abschluss=record.day(contract.concluded_on),
        fassung=record.word(contract.version),
    )


async def price(case: Case) -> Told:
    """Tell what the contract costs in a month, with its options."""
    contract, told, record = case.contract, case.told(), case.record()
    on = day_named(case)
    if on < min(contract.start, case.on):
        return told.say("noch_nicht", vertrag=case.called(), beginn=record.day(contract.start))
    base = contract.monthly_on(on)
    named = {
        "vertrag": case.called(),
        "fassung": record.word(contract.version),
        "preis": record.euro(base),
    }
    if on == case.on:
        told.say("grundpreis", **named)
    else:
        told.say("grundpreis_am", **named, tag=record.day(on))
    discount = contract.discount
    if discount is not None and on <= discount.until:
        until, later = record.day(discount.until), record.euro(contract.monthly)
        told.say("aktion", bis=until, danach=later)
    options = _monthly(contract, on)
    if options:
        total = monthly_total(case, options, base)
        told.say("summe", summe=computed(total, contract.product))
        told.steps(total, contract.product)
    return told


def monthly_total(case: Case, options: list[Option], base: Decimal) -> Calculation[Decimal]:
    """Add up tariff and options of a month."""
    name = product_name(case.contract.product, case.tariffs)
    inputs = (
        Quantity(name=name, value=base, unit="EUR"),
        *(Quantity(name=case.option_name(o).text, value=o.price, unit="EUR") for o in options),
    )
    value = sum((option.price for option in options), base)
    return Calculation(
        name="monatspreis",
        value=value,
        unit="EUR",
        rule="vereinbarte Preise",
        inputs=inputs,
        steps=(*(f"{one.name}: {one.text}." for one in inputs), f"Zusammen {euro(value)}."),
    )


async def discount_end(case: Case) -> Told:
    """Tell until when a lower price holds, and what follows."""
    contract, told, record = case.contract, case.told(), case.record()
    discount = contract.discount
    if discount is None:
        return told.say("keiner", vertrag=case.called(), preis=record.euro(contract.monthly))
    form = "laeuft" if case.on <= discount.until else "vorbei"
    return told.say(
        form,
        vertrag=case.called(),
        bis=record.day(discount.until),
        aktionspreis=record.euro(discount.monthly),
        ab=record.day(discount.until + ONE_DAY),
        preis=record.euro(contract.monthly),
    )


async def options(case: Case) -> Told:
    """Tell which options are booked; one that is asked for by name is answered by name."""
    contract, told = case.contract, case.told()
    booked = [one for one in contract.options if one.ends_on is None or one.ends_on >= case.on]
    named = case.tariffs.mentioned(case.text) if case.tariffs is not None else ()
    wanted = {one.id for one in named if one.kind == "option"}
    chosen = [one for one in booked if named_option(case.text, one, case.tariffs)]
    if wanted and not chosen:
        name = case.record().word(product_name(min(wanted), case.tariffs))
        return told.say("nicht_gebucht", vertrag=case.called(), option=name)
    if not booked:
        return told.say("keine", vertrag=case.called())
    told.say("gefunden", vertrag=case.called())
    return told.list(_option_row(case, one) for one in chosen or booked)


async def devices(case: Case) -> Told:
    """Tell which routers are rented."""
    told, record = case.told(), case.record()
    rented = [one for one in case.contract.options if one.product.startswith(ROUTER)]
    if not rented:
        return told.say("keine", vertrag=case.called())
    for one in rented:
        told.say(
            "gefunden",
            vertrag=case.called(),
            router=case.option_name(one),
            seit=record.day(one.booked_on),
            preis=record.euro(one.price),
        )
    return told


async def cancelled(case: Case) -> Told:
    """Tell whether a notice is noted."""
    ended = _ended(case)
    if ended is None:
        return case.told().say("nein", vertrag=case.called())
    return case.told().say("ja", vertrag=case.called(), ende=ended)


def day_named(case: Case) -> date:
    """Return the day a question names, "am 1. März 2027" or "im März"; else the day asked about."""
    period = period_in(case.text)
    if period is not None:
        return period.first
    month = MONTH.search(case.text)
    if month is None:
        return case.on
    first = case.on.replace(month=month_number(month[1]), day=1)
    return first if first <= case.on else first.replace(year=first.year - 1)


def _monthly(contract: Contract, on: date) -> list[Option]:
    return [
        one
        for one in contract.options
        if one.per == "Monat"
        and one.price > NOTHING
        and one.booked_on <= max(on, contract.start)
        and (one.ends_on is None or one.ends_on >= on)
    ]


def _option_row(case: Case, option: Option) -> tuple[str, dict[str, Datum]]:
    record = case.record()
    row = {
        "option": case.option_name(option),
        "preis": record.euro(option.price),
        "einheit": record.word(option.per),
        "seit": record.day(option.booked_on),
    }
    if option.ends_on is not None:
        return "zeile_bis", row | {"bis": record.day(option.ends_on)}
    return ("zeile" if option.removable else "zeile_fest"), row
