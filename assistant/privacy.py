"""Mask personal data before a text reaches a log, a summary or a model.

Typed placeholders say what stood there. Names and streets cannot be recognised by shape; they are
matched against the known customer's own record once there is one.
"""

from __future__ import annotations

import re

import phonenumbers
from stdnum import iban

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_SECRET = re.compile(
    r"\b(PUK2?|PIN|TAN|PKK|Kennzahl|Kundenkennzahl|Kennwort|Passwort|Code)"
    r"(\s+(?:ist|lautet|heißt)|\s*[:=])?\s+(?=\S*\d)(\S+)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})?|\d{4}-\d{2}-\d{2}")
_LONG_NUMBER = re.compile(r"\b\d(?:[ -]?\d){7,}\b")
_PHONE_DIGITS = 7


def mask(text: str) -> str:
    """Replace e-mail addresses, IBANs, secrets, phone numbers and long numbers.

    Dates and amounts stay readable.
    """
    text = _EMAIL.sub("[E-Mail]", text)
    text = _IBAN.sub(_mask_iban, text)
    text = _SECRET.sub(lambda found: f"{found[1]}{found[2] or ''} [geheim]", text)
    text = _mask_phones(text)
    return _LONG_NUMBER.sub(
        lambda found: found[0] if _DATE.fullmatch(found[0]) else "[Nummer]", text
    )


def _mask_iban(found: re.Match[str]) -> str:
    # The pattern may have taken words behind the number along; the check digits tell where it ends.
    for end in range(len(found[0]), 14, -1):
        if iban.is_valid(found[0][:end]):
            return "[IBAN]" + found[0][end:]
    return found[0]


def _mask_phones(text: str) -> str:
    matches = phonenumbers.PhoneNumberMatcher(text, "DE", leniency=phonenumbers.Leniency.POSSIBLE)
    for match in reversed(list(matches)):
        digits = sum(char.isdigit() for char in match.raw_string)
        if digits >= _PHONE_DIGITS and not _DATE.search(match.raw_string):
            text = f"{text[: match.start]}[Telefon]{text[match.end :]}"
    return text
