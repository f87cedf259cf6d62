"""The sentences about a customer's own data, read from ``content/own/<language>.yaml``.

Each entry answers some subjects of own data in ``content/fragen``. Where the entry is known to
`answers.ANSWERS`, live records fill its sentences; any other entry is one sentence about what is
not shown here or not held in our records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from assistant.own.cues import Cues
from assistant.own.told import MISSING
from assistant.texts import ContentError
from assistant.understanding.phrases import Phrases
from knowledge_base.split import sentences
from knowledge_base.strict_yaml import Part, TariffFileError, read_file

MOST_SENTENCES = 3
FIXED = "sagt"
"""The form of an entry that needs no record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer in all its forms."""

    id: str
    subjects: tuple[str, ...]
    phrases: Phrases | None
    """Sure cases, beside what is learned."""
    cues: Cues | None
    """Words that speak for it."""
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContent:
    """All entries, and the sentences that belong to none."""

    entries: Mapping[str, Entry]
    of_subject: Mapping[str, str]
    """The entry of each subject."""
    general: Mapping[str, str]

    def named_in(self, text: str) -> Entry | None:
        """Return the first entry one of whose phrases stands in a text."""
        found = (e for e in self.entries.values() if e.phrases and e.phrases.found_in(text))
        return next(found, None)

    def cued_in(self, text: str) -> tuple[Entry, ...]:
        """Return the entries one of whose cues speaks in a text."""
        return tuple(e for e in self.entries.values() if e.cues and e.cues.found_in(text))


def read_own(path: Path, forms: Mapping[str, Iterable[str]], general: Iterable[str]) -> OwnContent:
    """Read the sentences.

    Args:
        path: The file of one language.
        forms: The forms that each answer from records needs; other entries have one sentence.
        general: The sentences that belong to no entry.

    Raises:
        ContentError: An entry is incomplete, a form missing or unknown, or a sentence too long.
    """
    try:
        file = read_file(path)
        file.only("general", "entries")
        entries = {entry.id: entry for entry in map(_entry, file.need("entries").list())}
        common = _said(file.need("general"))
    except TariffFileError as error:
        raise ContentError(path, error.line, error.remedy) from error
    for identifier, needed in (*forms.items(), ("general", general)):
        entry = entries.get(identifier)
        says = common if identifier == "general" else entry.says if entry else {}
        if set(says) != set(needed):
            wrong = ", ".join(sorted(set(says) ^ set(needed)))
            raise ContentError(path, None, f"{identifier!r} must say exactly its forms: {wrong}")
    of_subject: dict[str, str] = {}
    for entry in entries.values():
        if entry.id not in forms and set(entry.says) not in ({FIXED}, {MISSING}):
            raise ContentError(path, None, f"{entry.id!r} needs one sentence: sagt or fehlt")
        if not entry.subjects and not entry.phrases and not entry.cues:
            raise ContentError(path, None, f"{entry.id!r} needs subjects, phrases or cues")
        for subject in entry.subjects:
            if subject in of_subject:
                raise ContentError(path, None, f"{subject!r} is answered by two entries")
            of_subject[subject] = entry.id
    return OwnContent(entries=entries, of_subject=of_subject, general=common)


def _entry(part: Part) -> Entry:
    part.only("id", "subjects", "phrases", "cues", "says")
    phrases, subjects, cues = part.get("phrases"), part.get("subjects"), part.get("cues")
    try:
        speaking = Cues(cues.texts()) if cues else None
        compiled = Phrases(phrases.texts()) if phrases else None
    except ValueError as error:
        raise part.error(str(error)) from error
    return Entry(
        id=part.need("id").text(),
        subjects=subjects.texts() if subjects else (),
        phrases=compiled,
        cues=speaking,
        says=_said(part.need("says")),
    )


def _said(part: Part) -> dict[str, str]:
    found = {}
    for form, sentence in part.items():
        text = " ".join(sentence.text().split())
        if len(sentences(text)) > MOST_SENTENCES:
            raise sentence.error(f"{form!r} has more than {MOST_SENTENCES} sentences; shorten it")
        for _, name, spec, _ in Formatter().parse(text):
            if name is not None and (not name.isidentifier() or spec):
                raise sentence.error(f"{{{name}}} is no value; write a plain name")
        found[form] = text
    return found
