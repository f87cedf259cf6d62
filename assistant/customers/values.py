"""Values of a customer's file that tariff files do not have: moments, phone numbers, money."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from knowledge_base.strict_yaml import Part

_E164 = re.compile(r"\+[1-9]\d{6,14}")


def text(part: Part | None) -> str | None:
    """Read a text that may be absent."""
    return part.text() if part else None


def flag(part: Part | None) -> bool:
    """Read true or false; absent is false."""
    return part.flag() if part else False


def day(part: Part | None) -> date | None:
    """Read a day that may be absent."""
    return part.date() if part else None


def whole(part: Part) -> int:
    """Read a whole number."""
    if type(part.value) is not int:
        raise part.error(f"{part.name!r} must be a whole number, not {part.value!r}")
    return part.value


def moment(part: Part) -> datetime:
    """Read a moment in UTC."""
    try:
        found = datetime.fromisoformat(part.text())
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.utcoffset() != UTC.utcoffset(None):
        raise part.error(
            f"{part.name!r} must be a moment in UTC such as 2026-11-22T09:30:00Z, "
            f"not {part.value!r}"
        )
    return found.astimezone(UTC)


def number(part: Part) -> str:
    """Read a phone number in E.164."""
    found = part.text()
    if not _E164.fullmatch(found):
        raise part.error(f"{part.name!r} must be a number such as '+4915228817386', not {found!r}")
    return found


def money(part: Part) -> Decimal:
    """Read an amount in EUR, to the cent."""
    found = part.decimal()
    if found.as_tuple().exponent != -2:
        raise part.error(f"{part.name!r} must be EUR with two decimal places, not {part.value!r}")
    return found
