"""Answers about who the customer is: numbers, SIM cards, holder, contacts."""

from __future__ import annotations

from assistant.customers.records import BlockReason, ContactKind, PaymentMethod
from assistant.own.case import Case, spoken_number
from assistant.own.told import Datum, Record, Told
from assistant.rights.arrears import full_block_from

_MULTI = "multisim"


def _account(case: Case) -> Record:
    return Record(case.customer.customer_no)


async def customer_number(case: Case) -> Told:
    """Tell customer and contract numbers."""
    told = case.told()
    told.say("kundennummer", nummer=_account(case).word(case.customer.customer_no))
    return told.list(
        (
            "zeile",
            {"vertrag": case.called(one), "nummer": case.record(one).word(one.contract_no)},
        )
        for one in case.contracts
    )


async def phone_numbers(case: Case) -> Told:
    """Tell the phone numbers of every contract."""
    told = case.told()
    numbers = [(one, number) for one in case.contracts for number in one.numbers]
    if not numbers:
        return told.say("keine")
    rows = [
        {
            "nummer": case.record(one).word(spoken_number(number.value)),
            "tarif": case.product(one),
        }
        for one, number in numbers
    ]
    if len(rows) == 1:
        return told.say("eine", **rows[0])
    return told.say("mehrere").list(("zeile", row) for row in rows)


async def cards(case: Case) -> Told:
    """Tell which SIM cards there are, by the end of their number."""
    told = case.told()
    with_card = [one for one in case.contracts if one.sim_end]
    if not with_card:
        return told.say("keine")
    told.say("gefunden")
    told.list(
        (
            "zeile",
            {"vertrag": case.called(one), "ende": case.record(one).word(one.sim_end or "")},
        )
        for one in with_card
    )
    for one in with_card:
        for option in one.options:
            if option.product == _MULTI and (option.ends_on is None or option.ends_on >= case.on):
                told.say(
                    "multisim",
                    vertrag=case.called(one),
                    seit=case.record(one).day(option.booked_on),
                )
    return told


async def blocked(case: Case) -> Told:
    """Tell whether the contract is blocked, why and since when."""
    block, told, record = case.contract.block, case.told(), case.record()
    if block is None:
        return told.say("nein", vertrag=case.called())
    since = record.day(block.since)
    if block.reason is BlockReason.STOLEN:
        return told.say("verlust", vertrag=case.called(), seit=since)
    if block.threatened_on is None:
        return told.say("rueckstand", vertrag=case.called(), seit=since)
    told.say(
        "rueckstand_angedroht",
        vertrag=case.called(),
        seit=since,
        angedroht=record.day(block.threatened_on),
    )
    return told if block.incoming_blocked else told.steps(full_block_from(block.since))


async def holder(case: Case) -> Told:
    """Tell who holds the account, and who uses a contract instead."""
    told, person = case.told(), case.customer.person
    name = f"{person.first_name} {person.last_name}"
    told.say("inhaber", name=_account(case).word(case.customer.company or name))
    for one in case.contracts:
        if one.user is not None:
            user = f"{one.user.first_name} {one.user.last_name}"
            told.say("nutzer", vertrag=case.called(one), name=case.record(one).word(user))
    return told


async def master_data(case: Case) -> Told:
    """Tell under which name the customer is kept."""
    person = case.customer.person
    name = _account(case).word(f"{person.first_name} {person.last_name}")
    if case.customer.salutation is None:
        return case.told().say("ohne_anrede", name=name)
    return case.told().say(
        "gefunden", name=name, anrede=_account(case).word(case.customer.salutation)
    )


async def consents(case: Case) -> Told:
    """Tell whether advertising was agreed to."""
    return case.told().say("ja" if case.customer.marketing_optin else "nein")


async def address(case: Case) -> Told:
    """Tell where post goes."""
    found = (await case.reader.details()).address
    record = _account(case)
    return case.told().say(
        "gefunden",
        strasse=record.word(found.street),
        ort=record.word(f"{found.postcode} {found.town}"),
    )


async def contacts(case: Case) -> Told:
    """Tell the registered contacts, masked."""
    found = (await case.reader.details()).contacts
    told = case.told()
    if not found:
        return told.say("keine")
    told.say("gefunden")
    return told.list(
        (
            "mail" if one.kind is ContactKind.EMAIL else "telefon",
            {"kontakt": _masked(case, one.value), "seit": _account(case).day(one.changed_on)},
        )
        for one in found
    )


async def bank(case: Case) -> Told:
    """Tell how bills are paid; of an account number only its end is known to us."""
    found = await case.reader.details()
    told = case.told()
    if found.payment is PaymentMethod.TRANSFER or found.iban_end is None:
        return told.say("ueberweisung")
    return told.say("lastschrift", ende=_account(case).word(found.iban_end))


def _masked(case: Case, value: str) -> Datum:
    name, at, domain = value.partition("@")
    shown = f"{name[0]}…@{domain}" if at else f"… {value[-3:]}"
    return _account(case).word(shown)
