"""Reviewed German sentences for exact look-ups, read from ``content/frames/<language>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from assistant.texts import ContentError
from knowledge_base.tariffs import Attribute, Polarity
from knowledge_base.wording import figure

FORMS = ("figure", "included", "excluded", "available", "unlimited", "free", "note")
_VALUES = {"produkt", "name", "wert", "hinweis"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Sentences per attribute and form; an attribute without its own gets the general one."""

    general: Mapping[str, str]
    names: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]
    zone: str
    """Says which roaming zone holds in a country: {land}, {zone}."""
    elsewhere: str
    """Says that a country belongs to no zone: {land}."""

    def sentence(self, attribute: Attribute, product: str) -> str:
        """Say one attribute of a product as a whole sentence; its note always travels with it."""
        form = form_of(attribute)
        frame = self.own.get(attribute.id, {}).get(form) or self.general[form]
        said = frame.format(
            produkt=product,
            name=self.names[attribute.id],
            wert=figure(attribute) or "",
            hinweis=attribute.note or "",
        )
        if attribute.note and "{hinweis}" not in frame:
            joint = ", " if form == "figure" else ": "
            said = f"{said.removesuffix('.')}{joint}{attribute.note}."
        return said


def form_of(attribute: Attribute) -> str:
    """Name the form of sentence an attribute needs."""
    match attribute.polarity:
        case None:
            return "note" if attribute.value is None else "figure"
        case Polarity() as polarity:
            return polarity.value


def load_frames(path: Path) -> Frames:
    """Read the frames of one language.

    Raises:
        ContentError: A form is unknown, an attribute has no name, or a value is unknown.
    """
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    general = found["general"]
    if set(general) != set(FORMS):
        raise ContentError(path, None, f"general needs exactly these forms: {', '.join(FORMS)}")
    names: dict[str, str] = {}
    own: dict[str, dict[str, str]] = {}
    for identifier, entry in found["attributes"].items():
        unknown = set(entry) - {"name", *FORMS}
        if unknown or "name" not in entry:
            raise ContentError(
                path, None, f"{identifier!r} needs a name and may have: {', '.join(FORMS)}"
            )
        names[identifier] = entry["name"]
        own[identifier] = {form: entry[form] for form in FORMS if form in entry}
    for sentence in (*general.values(), *(s for forms in own.values() for s in forms.values())):
        values = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        if not values <= _VALUES:
            raise ContentError(path, None, f"{sentence!r} names {sorted(values - _VALUES)}")
    return Frames(
        general=general,
        names=names,
        own=own,
        zone=found["roaming"]["zone"],
        elsewhere=found["roaming"]["elsewhere"],
    )
