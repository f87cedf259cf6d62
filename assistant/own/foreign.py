"""Somebody else's data: a number or name that is none of the customer's own."""

from __future__ import annotations

import re

from assistant.customers.records import Contract, Customer

_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d\s/()-]{6,}\d")
_CUSTOMER = re.compile(r"\b4\d{9}\b")
_OF = re.compile(
    r"\b(anschrift|adresse|wohnort|geburtstag|geburtsdatum|telefonnummer|handynummer) von "
    r"(?:(?:frau|herrn?) )?([a-zäöüß]{3,}) ([a-zäöüß]{3,})",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\bwem gehört\b|\bwer (ist|hat|steckt hinter) (\w+ )?(nummer|\+?0\d)", re.IGNORECASE
)
_NO_NAMES = frozenset(
    "meinem meiner meinen mein unserer unserem ihnen euch talfunk heute gestern letzten letztem "
    "diesem januar februar märz april mai juni juli august september oktober november "
    "dezember".split()
)


def names_account(text: str) -> bool:
    """Tell whether a text names a customer's account by its number."""
    return _CUSTOMER.search(text) is not None


def foreign(text: str, customer: Customer, contracts: tuple[Contract, ...]) -> bool:
    """Tell whether a question is for data of somebody else."""
    own = {customer.customer_no}
    if any(number not in own for number in _CUSTOMER.findall(text)):
        return True
    if _WHOSE.search(text) and _NUMBER.search(text):
        typed = [re.sub(r"\D", "", one) for one in _NUMBER.findall(text)]
        numbers = [number.value for one in contracts for number in one.numbers]
        return not any(value.endswith(one.lstrip("0")) for one in typed for value in numbers)
    named = _OF.search(text)
    if named is None:
        return False
    first, last = named[2].lower(), named[3].lower()
    people = [customer.person, *(one.user for one in contracts if one.user)]
    if any({first, last} & {one.first_name.lower(), one.last_name.lower()} for one in people):
        return False
    # Two words that are no ordinary ones stand for a person: "die Anschrift von Erna Muster".
    return not {first, last} & _NO_NAMES
