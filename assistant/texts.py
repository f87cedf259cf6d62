"""The assistant's own sentences, read from ``content/texts/<language>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from string import Formatter

import yaml

from assistant.messages import AssistantError, Language

LANGUAGES: Mapping[str, Language] = {"de": "de", "en": "en"}
PLACEHOLDERS = {
    "abschied_mensch": {"agent"},
    "kein_produkt": {"name", "produkte"},
    "kein_tag": {"tag"},
    "mensch_da": {"agent"},
    "produkt_nicht_gueltig": {"produkt", "datum"},
    "vorbehalt": {"titel", "stand"},
    "zitat": {"titel", "stand"},
    "zu_lang": {"grenze"},
}
"""Which values a sentence may name; every other sentence is said as it stands."""


class ContentError(AssistantError):
    """A content file is wrong. Raised at start-up and by ``aura check``; names file and remedy."""

    def __init__(self, path: Path, line: int | None, remedy: str) -> None:
        super().__init__(f"{path.name}{'' if line is None else f', line {line}'}: {remedy}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Every sentence by its key in the file."""

    language: Language
    gruss: str
    gruss_frage: str
    wieder_ki: str
    abschied: str
    abschied_stille: str
    abschied_mensch: str
    mensch_kommt: str
    mensch_wartet: str
    mensch_da: str
    mensch_abgesagt: str
    nicht_gefunden: str
    nicht_gefunden_wieder: str
    datum_unklar: str
    produkt_nicht_gueltig: str
    anmelden: str
    leer: str
    fehler: str
    wahl_mensch: str
    wahl_weiter_ki: str
    zitat: str
    vorbehalt: str
    zu_lang: str
    andere_schrift: str
    nur_zeichen: str
    kein_tag: str
    kein_produkt: str
    andere_anbieter: str
    nicht_unser_thema: str
    nur_deutsch: str


def load_texts(path: Path) -> Texts:
    """Read the sentences of one language.

    Raises:
        ContentError: A key is missing or unknown, or a sentence names a value it does not get.
    """
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ContentError(path, 1, "write one 'key: sentence' pair a line")
    if path.stem not in LANGUAGES:
        raise ContentError(path, None, f"name the file by its language: {', '.join(LANGUAGES)}")
    known = [field.name for field in fields(Texts) if field.name != "language"]
    found: dict[str, str] = {}
    for key, value in root.value:
        line = key.start_mark.line + 1
        if key.value not in known:
            raise ContentError(path, line, f"unknown key {key.value!r}; known: {', '.join(known)}")
        if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
            raise ContentError(path, line, f"{key.value!r} needs a sentence")
        names = {name for _, name, _, _ in Formatter().parse(value.value) if name is not None}
        if not names <= PLACEHOLDERS.get(key.value, set()):
            allowed = ", ".join(sorted(PLACEHOLDERS.get(key.value, set()))) or "none"
            raise ContentError(path, line, f"{key.value!r} names {names}; allowed: {allowed}")
        found[key.value] = value.value.strip()
    missing = [name for name in known if name not in found]
    if missing:
        raise ContentError(path, None, f"add the missing keys: {', '.join(missing)}")
    return Texts(language=LANGUAGES[path.stem], **found)
