"""Reviewed sentences for exact look-ups, read from ``content/frames/<language>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any

from assistant.countries import in_english
from assistant.texts import ContentError
from assistant.wordings import EnglishWording, GermanWording, Wording, note_frame, without_figures
from knowledge_base.strict_yaml import plain
from knowledge_base.tariffs import Attribute, AttributeKind, Polarity

FORMS = ("figure", "included", "excluded", "available", "unlimited", "free", "note")
_VALUES = {"produkt", "name", "wert", "hinweis"}
_ARTICLE = re.compile(r"(?:The|An?) (?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """What stands in the heads of tables."""

    attribute: str
    tariff: str
    use: str
    """{land}"""
    price: str
    last: str
    """Before the last of several names."""


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
    table: TableWords
    places: Mapping[str, str] = field(default_factory=dict)
    """Where one can be that is not called as in the list of the world's countries."""
    wording: Wording = field(default_factory=GermanWording)
    translated: bool = False
    """They are not in the language of the documents."""

    def place(self, name: str) -> str:
        """Say the German name of a country."""
        return self.places.get(name) or in_english(name) if self.translated else name

    def label(self, kind: AttributeKind) -> str:
        """Name an attribute without its article, for a table."""
        if not self.translated:
            return kind.label
        name = _ARTICLE.sub("", self.names[kind.id], count=1)
        return name[0].upper() + name[1:]

    def sentence(self, attribute: Attribute, product: str) -> str:
        """Say one attribute of a product as a whole sentence; its note always travels with it."""
        form = form_of(attribute)
        frame = self.own.get(attribute.id, {}).get(form) or self.general[form]
        note = self.wording.note(attribute.note) if attribute.note else ""
        said = frame.format(
            produkt=product,
            name=self.names[attribute.id],
            wert=self.wording.figure(attribute) or "",
            hinweis=note,
        )
        if attribute.note and "{hinweis}" not in frame:
            joint = ", " if form == "figure" else ": "
            said = f"{said.removesuffix('.')}{joint}{note}."
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
        ContentError: A form is unknown, an attribute has no name, a value is unknown, or a
            translated note does not state the figures of the German one.
    """
    found: dict[str, Any] = plain(path.read_text(encoding="utf-8"))
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
        table=TableWords(**found["table"]),
        wording=_english(path, found) if "words" in found else GermanWording(),
        places=found["roaming"].get("places", {}),
        translated="words" in found,
    )


def _english(path: Path, found: Mapping[str, Any]) -> EnglishWording:
    words = found["words"]
    try:
        notes = {
            without_figures(german): note_frame(german, said)
            for german, said in found["notes"].items()
        }
    except ValueError as error:
        raise ContentError(path, None, str(error)) from error
    return EnglishWording(
        signs=words["signs"],
        joints=words["joint"],
        bounds=words["bounds"],
        units={name: (one, several) for name, (one, several) in words["units"].items()},
        periods=words["periods"],
        notes=notes,
        untranslated=words["untranslated"],
    )
