"""Units of German figures, each brought to the one in which its kind is counted."""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS: tuple[tuple[str, str, str], ...] = (
    # how it is written, the unit it is counted in, how much of that one is
    (r"€|EUR\b|Euros?\b", "EUR", "1"),
    (r"Cents?\b|ct\b", "EUR", "0.01"),
    (r"TB\b|Terabytes?\b", "GB", "1000"),
    (r"GB\b|Gigabytes?\b|Gigs?\b", "GB", "1"),
    (r"MB\b|Megabytes?\b", "GB", "0.001"),
    (r"KB\b|Kilobytes?\b", "GB", "0.000001"),
    (r"Gbit/s(?!\w)|Gbps\b|Gigabits? (?:pro|je) Sekunde\b", "Mbit/s", "1000"),
    (
        r"Mbit/s(?!\w)|Mbps\b|Mbits?\b|Megabits?(?: (?:pro|je) Sekunde)?\b",
        "Mbit/s",
        "1",
    ),
    (r"kbit/s(?!\w)|kbps\b|Kilobits?(?: (?:pro|je) Sekunde)?\b", "Mbit/s", "0.001"),
    (r"%|Prozent\b", "%", "1"),
    (r"Jahre?[ns]?\b|Jahres\b", "Monate", "12"),
    (r"Quartale?[ns]?\b|Vierteljahre?[ns]?\b", "Monate", "3"),
    (r"(?:Vertrags|Abrechnungs|Kalender)?[mM]onat(?:e[ns]?|s)?\b", "Monate", "1"),
    (r"Wochen?\b", "Tage", "7"),
    (r"Werktag(?:e[ns]?|s)?\b", "Werktage", "1"),
    (r"Arbeitstag(?:e[ns]?|s)?\b", "Arbeitstage", "1"),
    (r"(?:Kalender)?[tT]ag(?:e[ns]?|s)?\b", "Tage", "1"),
    (r"Stunden?\b|Std\b", "Stunden", "1"),
    (r"(?:Frei)?[mM]inuten?\b|Min\b", "Minuten", "1"),
    (r"Sekunden?\b|Sek\b", "Sekunden", "1"),
    (r"Uhr\b", "Uhr", "1"),
)
_ADJECTIVES: tuple[tuple[str, str, str], ...] = (
    (r"jährig", "Monate", "12"),
    (r"monatig", "Monate", "1"),
    (r"wöchig", "Tage", "7"),
    (r"tägig", "Tage", "1"),
    (r"stündig", "Stunden", "1"),
    (r"minütig", "Minuten", "1"),
)
PATTERN = "|".join(written for written, _, _ in _UNITS)
ADJECTIVE = "|".join(written for written, _, _ in _ADJECTIVES)
"""Endings that make a length of time an adjective: "24-monatige", "zweijährig"."""
_COMPILED = tuple(
    (re.compile(written, re.IGNORECASE), name, Decimal(size))
    for written, name, size in (*_UNITS, *_ADJECTIVES)
)
_COUNTED = frozenset({"Monate", "Tage", "Werktage", "Arbeitstage", "Stunden", "Minuten", "EUR"})


def unit_of(written: str) -> tuple[str, Decimal]:
    """Return the unit that a written one is counted in, and how much of it one is."""
    for pattern, name, size in _COMPILED:
        if pattern.fullmatch(written):
            return name, size
    raise AssertionError(f"unit {written!r} has a pattern but no entry")


def counts(written: str) -> bool:
    """Tell whether an article before this unit is a number: "einen Monat" is 1 month."""
    return unit_of(written)[0] in _COUNTED
