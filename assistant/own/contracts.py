"""Which of a customer's contracts a question is about: what it names, or the last one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.blocks import Paragraph
from assistant.customers.records import Contract
from assistant.messages import Ask, Choice, Reply
from assistant.own.case import contract_name, is_mobile
from assistant.own.told import Record, Told
from knowledge_base.tariffs import Tariffs

CHOICE = "contract:"
"""Begins the id of a quick reply that names a contract."""
_DIGITS = re.compile(r"\+?\d[\d\s/()-]{2,}\d")
_ENDING = re.compile(
    r"\b(\d{2,})\s*(?:hinten|am (?:ende|schluss))\b"
    r"|\b(?:endet|ende|endend\w*|hinten) (?:auf |mit )?(\d{2,})\b",
    re.IGNORECASE,
)
"""The last digits of a number, said to be the last: "die mit der 17 hinten"."""
_SHORTEST = 4
"""So many digits at the end of a number name it."""
_WHOLE_NUMBER = 8
"""So many digits are meant to be a whole phone or contract number."""
_MOBILE = re.compile(r"\b(handy|mobil(funk)?|smartphone|sim|tablet)", re.IGNORECASE)
_LINE = re.compile(
    r"\b(dsl|glasfaser|festnetz|telefonanschluss|internetanschluss|router|wlan|zu ?hause|daheim)",
    re.IGNORECASE,
)
_FAMILY = re.compile(r"\b(dsl|glasfaser)", re.IGNORECASE)
_PLACES = {"erst": 0, "zweit": 1, "dritt": 2, "letzt": -1}
_PLACE = re.compile(
    r"\b(erst|zweit|dritt|letzt)e[rnsm]?\b(?=\s*(vertrag|nummer|tarif|karte|sim|$|[.!?]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InQuestion:
    """What a question says of the contract it is about."""

    contracts: tuple[Contract, ...]
    """Those it can be about; none: it names one that this customer does not have."""
    hinted: bool
    """The question itself has narrowed them down."""


def in_question(
    contracts: Iterable[Contract], text: str, tariffs: Tariffs | None, remembered: str | None = None
) -> InQuestion:
    """Find the contracts a question can be about.

    Args:
        contracts: All that could be meant.
        text: What the customer said.
        tariffs: What products are called.
        remembered: Number of the contract that was spoken of last.
    """
    could = tuple(contracts)
    named = _named(could, text, tariffs)
    if named is not None:
        return InQuestion(contracts=named, hinted=True)
    last = tuple(one for one in could if one.contract_no == remembered)
    return InQuestion(contracts=last or could, hinted=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a message asks once it is clear which contract it means."""

    text: str
    contract: str | None = None
    """Number of the contract that was chosen just now."""


def understood(ask: Ask, contracts: tuple[Contract, ...], tariffs: Tariffs | None) -> Understood:
    """Take up the question that has waited for a contract, if this message names one."""
    waiting, choice = ask.state.open_question, ask.message.choice_id or ""
    if choice.startswith(CHOICE):
        own = {one.contract_no for one in contracts}
        chosen = choice.removeprefix(CHOICE)
        return Understood(text=waiting or ask.text, contract=chosen if chosen in own else None)
    if waiting is not None:
        found = in_question(contracts, ask.text, tariffs)
        if found.hinted and len(found.contracts) == 1:
            return Understood(text=waiting, contract=found.contracts[0].contract_no)
    return Understood(text=ask.text)


def ask_which(
    question: str,
    found: tuple[Contract, ...],
    contracts: tuple[Contract, ...],
    tariffs: Tariffs | None,
    text: str,
) -> Reply:
    """Ask back which contract is meant; the question waits for the answer."""
    choices = tuple(
        Choice(id=f"{CHOICE}{one.contract_no}", title=contract_name(one, contracts, tariffs))
        for one in found
    )
    told = Told({"vertrag": "{vertrag}"}).list(
        ("vertrag", {"vertrag": Record(one.contract_no, one.product).word(choice.title)})
        for one, choice in zip(found, choices, strict=True)
    )
    return Reply(
        blocks=(Paragraph(text=text), *told.blocks),
        facts=tuple(told.facts),
        choices=choices,
        open_question=question,
        answered=False,
        confidence=1.0,
    )


def _named(
    could: tuple[Contract, ...], text: str, tariffs: Tariffs | None
) -> tuple[Contract, ...] | None:
    by_number = [one for one in could if one.contract_no.lower() in text.lower()]
    typed = [re.sub(r"\D", "", found) for found in _DIGITS.findall(text)]
    by_number += [one for one in could if any(_rings(one, digits) for digits in typed)]
    ending = _ENDING.search(text)
    if ending is not None:
        last = ending[1] or ending[2]
        by_number += [one for one in could if any(n.value.endswith(last) for n in one.numbers)]
    if by_number or any(len(digits) >= _WHOLE_NUMBER for digits in typed):
        return tuple(dict.fromkeys(by_number))
    if tariffs is not None:
        products = {product.id for product in tariffs.mentioned(text)}
        by_product = tuple(one for one in could if one.product in products)
        if by_product:
            return by_product
    words = set(re.findall(r"\w+", text.lower()))
    used = tuple(one for one in could if one.user and one.user.first_name.lower() in words)
    if used:
        return used
    family = _FAMILY.search(text)
    if family is not None and _MOBILE.search(text) is None:
        fitting = (one for one in could if one.product.startswith(family[0].lower()))
        return tuple(fitting)
    mobile, line = _MOBILE.search(text) is not None, _LINE.search(text) is not None
    if mobile != line:
        of_kind = tuple(one for one in could if is_mobile(one) is mobile)
        if of_kind:
            return of_kind
    place = _PLACE.search(text)
    if place is not None and len(could) > 1:
        number = _PLACES[place[1].lower()]
        return could[number : number + 1 or None] or None
    return None


def _rings(contract: Contract, digits: str) -> bool:
    """Tell whether typed digits are one of a contract's numbers, or the end of one."""
    values = [number.value.lstrip("+") for number in contract.numbers]
    # A zero may be the prefix, or one of the last digits.
    typed = (digits, digits.removeprefix("0049").removeprefix("0"))
    return any(len(one) >= _SHORTEST and v.endswith(one) for one in typed for v in values)
