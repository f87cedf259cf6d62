"""Attributes in German words and figures: ``bis zu 300 Mbit/s``, ``24,99 € monatlich``.

The same words stand in the price lists, the product information sheets and the answers.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from knowledge_base.products import Attribute, Polarity

SIGNS = {
    Polarity.INCLUDED: "enthalten",
    Polarity.EXCLUDED: "nicht enthalten",
    Polarity.AVAILABLE: "zubuchbar",
    Polarity.UNLIMITED: "unbegrenzt",
    Polarity.FREE: "kostenlos",
}
_NET = re.compile(r"(\d[\d.]*,\d\d) € netto")
_NO_BREAK = "\u00a0"


def number(value: Decimal) -> str:
    """Write a number the German way, with the decimals it has: ``1.234,5``."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def amount(value: Decimal, unit: str | None) -> str:
    """Write a number with its unit; money always with two decimals."""
    if unit == "EUR":
        return f"{number(value.quantize(Decimal('0.01')))}{_NO_BREAK}€"
    return f"{number(value)}{_NO_BREAK}{unit}" if unit else number(value)


def figure(attribute: Attribute) -> str | None:
    """Write the value with bound, unit and period; ``None`` where there is no value."""
    if attribute.value is None:
        return None
    words = [attribute.bound, amount(attribute.value, attribute.unit), _period(attribute.per)]
    return " ".join(word for word in words if word)


def net_of(attribute: Attribute) -> Decimal | None:
    """Return the net price that the note of a gross price names; ``None`` where it names none."""
    found = _NET.search(attribute.note or "")
    return Decimal(found[1].replace(".", "").replace(",", ".")) if found else None


def wording(attribute: Attribute) -> str:
    """Say the whole attribute; the note travels with the figure."""
    value = figure(attribute)
    polarity = SIGNS[attribute.polarity] if attribute.polarity else None
    if polarity and value:
        joint = " für " if attribute.polarity is Polarity.AVAILABLE else ", "
        core: str | None = f"{polarity}{joint}{value}"
    else:
        core = polarity or value
    if core is None:
        return attribute.note or ""
    return f"{core} ({attribute.note})" if attribute.note else core


def day(value: date) -> str:
    """Write a date the German way: ``01.10.2025``."""
    return f"{value:%d.%m.%Y}"


def _period(per: str | None) -> str | None:
    if per is None:
        return None
    return {"Monat": "monatlich", "einmalig": "einmalig"}.get(per, f"je {per}")
