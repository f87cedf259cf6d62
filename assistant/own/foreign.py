"""Somebody else's data: a number or name that is none of the customer's own."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.customers.records import Contract, Customer

_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d\s/()-]{6,}\d")
_CUSTOMER = re.compile(
    r"\b4\d{9}\b|\b(?:kunden|kd)[ -]?(?:nummer|nr|no)\b[ .:]*(?:ist |lautet )?(\d{4,12})\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(anschrift|adresse|wohnort|geburtstag|geburtsdatum|telefonnummer|handynummer) von "
    r"(?:(?:frau|herrn?) )?([a-zäöüß]{3,}) ([a-zäöüß]{3,})",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\bwem gehört\b|\bwer (ist|hat|steckt hinter) (\w+ )?(nummer|\+?0\d)", re.IGNORECASE
)
_RECORD = re.compile(
    r"rechnung|vertrag|verträge|\b(?:handy|telefon|mobil|ruf)?nummer\b|\bdaten\b|verbrauch|tarif|adresse"
    r"|anschrift|guthaben|kundenkonto|\bpu?[ik]n?\b|verbindungsnachweis|anrufliste|telefoniert",
    re.IGNORECASE,
)
"""What records hold of somebody."""
_PERSON = re.compile(
    r"\b(?:von|für|bei|über|gehört) (?:der |dem )?(?:frau|herrn?|familie) ([a-zäöüß-]{3,})"
    r"|(?<!meine )(?<!meiner )(?-i:\b(?:Frau|Herrn?|Familie) ([A-ZÄÖÜ][a-zäöüß-]{2,}))",
    re.IGNORECASE,
)
_WHO = (
    r"(?:nachbar\w*|chef\w*|kolleg\w*|ex|ex-\w+|exfrau|exmann\w*|exfreund\w*|vermieter\w*|mieter\w*"
    r"|bekannten?|freund(?:es|in)?|mitbewohner\w*)\b"
)
_SOMEBODY = re.compile(
    rf"(?:{_RECORD.pattern})\w* (?:meine|unsere|seine|ihre)[rs] (?:\w+ )?{_WHO}"
    rf"|\b(?:von|über) (?:meine|unsere|de|seine|ihre)[rm] (?:\w+ )?{_WHO}"
    rf"|\bhat (?:mein|unser|der|die)e? (?:\w+ )?{_WHO}",
    re.IGNORECASE,
)
"""Who lives with a customer may well be on their contract, and is none of these."""
_TO_DO = re.compile(
    r"übernehm|übernahme|übertrag|umschreib|kündig|bezahl|\bzahl|überweis|werben|geworben|anmelden"
    r"|abschlie|mitnutz|teilen|wechsel|wlan|briefkasten"
    r"|\b(?:ich bin|mein name ist|hier (?:ist|spricht))",
    re.IGNORECASE,
)
"""Something to be done about it, or somebody who gives their own name."""
_NO_NAMES = frozenset(
    "meinem meiner meinen mein unserer unserem ihnen euch talfunk heute gestern letzten letztem "
    "diesem januar februar märz april mai juni juli august september oktober november "
    "dezember".split()
)


def names_account(text: str) -> bool:
    """Tell whether a text names a customer's account by its number."""
    return _CUSTOMER.search(text) is not None


def asks_for_others(text: str, own_names: Collection[str] = ()) -> bool:
    """Tell whether a text asks what records hold of somebody who is named or no relation.

    Args:
        text: What was asked.
        own_names: Last names, in small letters, of those whose records may be spoken of.
    """
    if _RECORD.search(text) is None or _TO_DO.search(text) is not None:
        return False
    if _SOMEBODY.search(text) is not None:
        return True
    named = _PERSON.search(text)
    return named is not None and (named[1] or named[2]).lower() not in own_names


def foreign(text: str, customer: Customer, contracts: tuple[Contract, ...]) -> bool:
    """Tell whether a question is for data of somebody else."""
    people = [customer.person, *(one.user for one in contracts if one.user)]
    typed = [found[1] or found[0] for found in _CUSTOMER.finditer(text)]
    if any(number != customer.customer_no for number in typed):
        return True
    if asks_for_others(text, {one.last_name.lower() for one in people}):
        return True
    if _WHOSE.search(text) and _NUMBER.search(text):
        digits = [re.sub(r"\D", "", one) for one in _NUMBER.findall(text)]
        numbers = [number.value for one in contracts for number in one.numbers]
        return not any(value.endswith(one.lstrip("0")) for one in digits for value in numbers)
    named = _OF.search(text)
    if named is None:
        return False
    first, last = named[2].lower(), named[3].lower()
    if any({first, last} & {one.first_name.lower(), one.last_name.lower()} for one in people):
        return False
    # Two words that are no ordinary ones stand for a person: "die Anschrift von Erna Muster".
    return not {first, last} & _NO_NAMES
