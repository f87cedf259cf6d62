"""How a tariff's attribute is worded: German as in the documents, English from reviewed words.

No figure is ever translated by hand: it is written from its value, and the figures of a note are
carried over from the German one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from assistant.messages import Language
from knowledge_base import wording
from knowledge_base.tariffs import Attribute

_VERSION = re.compile(r"\d+\.\d{1,2}(?!\d)")
"""The number of a standard, "DOCSIS 3.1", in any language."""
_NUMBER = re.compile(rf"\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|{_VERSION.pattern}|\d+(?:,\d+)?")
_ENGLISH_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SEPARATORS = str.maketrans(",.", ".,")
_PARTS = "; "
_ONE = Decimal(1)


_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def day(value: date, language: Language) -> str:
    """Write a date: ``01.10.2025``, ``1 October 2025``."""
    if language == "de":
        return wording.day(value)
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


class Wording(Protocol):
    """Words an attribute in one language."""

    def figure(self, attribute: Attribute) -> str | None:
        """Write the value with bound, unit and period; None where there is no value."""

    def whole(self, attribute: Attribute) -> str:
        """Say the whole attribute; the note travels with the figure."""

    def note(self, note: str) -> str:
        """Say a tariff's note."""


class GermanWording:
    """The words of the documents."""

    def figure(self, attribute: Attribute) -> str | None:
        """Write the value with bound, unit and period."""
        return wording.figure(attribute)

    def whole(self, attribute: Attribute) -> str:
        """Say the whole attribute."""
        return wording.wording(attribute)

    def note(self, note: str) -> str:
        """Say a note as it stands."""
        return note


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishWording:
    """Reviewed English words; a note that has none is quoted in German and marked so."""

    signs: Mapping[str, str]
    joints: Mapping[str, str]
    bounds: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    """The word for one of it, and for any other number."""
    periods: Mapping[str, str]
    notes: Mapping[str, str] = field(repr=False)
    """By the German part without its figures; ``{0}`` stands for the first of them."""
    untranslated: str

    def figure(self, attribute: Attribute) -> str | None:
        """Write the value with bound, unit and period: ``up to 300 Mbit/s``."""
        if attribute.value is None:
            return None
        period = self.periods[attribute.per] if attribute.per else None
        bound = self.bounds[attribute.bound] if attribute.bound else None
        words = (bound, self._amount(attribute.value, attribute.unit), period)
        return " ".join(word for word in words if word)

    def whole(self, attribute: Attribute) -> str:
        """Say the whole attribute: ``€29.99 (one-off)``."""
        value = self.figure(attribute)
        sign = self.signs[attribute.polarity.value] if attribute.polarity else None
        joint = self.joints.get(attribute.polarity or "", self.joints["other"])
        core = joint.join(word for word in (sign, value) if word)
        note = self.note(attribute.note) if attribute.note else ""
        return f"{core} ({note})" if core and note else core or note

    def note(self, note: str) -> str:
        """Say a note in English, or quote all of it where a part has no reviewed words."""
        said = [self._part(part) for part in note.split(_PARTS)]
        known = [part for part in said if part is not None]
        return _PARTS.join(known) if len(known) == len(said) else self._quoted(note)

    def knows(self, note: str) -> bool:
        """Tell whether every part of a note has reviewed words."""
        return all(self._part(part) is not None for part in note.split(_PARTS))

    def _part(self, part: str) -> str | None:
        frame = self.notes.get(without_figures(part))
        return None if frame is None else frame.format(*map(_in_english, _NUMBER.findall(part)))

    def _quoted(self, note: str) -> str:
        return self.untranslated.format(hinweis=note)

    def _amount(self, value: Decimal, unit: str | None) -> str:
        if unit == "EUR":
            return f"€{value.quantize(Decimal('0.01')):,}"
        if unit is None:
            return f"{value:,}"
        one, several = self.units[unit]
        space = "" if unit == "%" else "\u00a0"
        return f"{value:,}{space}{one if value == _ONE else several}"


def without_figures(part: str) -> str:
    """Take the figures out of a part of a note, so that one translation serves them all."""
    return _NUMBER.sub("#", part)


def note_frame(german: str, english: str) -> str:
    """Make a frame of a translated note; its figures become the places of the German ones.

    Raises:
        ValueError: The two do not state the same figures.
    """
    figures = [_in_english(number) for number in _NUMBER.findall(german)]
    if sorted(figures) != sorted(_ENGLISH_NUMBER.findall(english)):
        raise ValueError(f"{english!r} does not state the figures of {german!r}")
    return _ENGLISH_NUMBER.sub(lambda found: f"{{{figures.index(found[0])}}}", english)


def _in_english(number: str) -> str:
    return number if _VERSION.fullmatch(number) else number.translate(_SEPARATORS)
