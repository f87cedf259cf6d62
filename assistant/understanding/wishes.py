"""Sure cases by phrase: who wants a person, and who only says hello or goodbye.

Both files are content: a service manager adds phrases without touching code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from assistant.texts import ContentError
from assistant.understanding.phrases import Phrases
from knowledge_base.strict_yaml import Quick, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason why a person takes over."""

    id: str
    label: str
    phrases: Phrases
    text: str | None = None
    """Said instead of the usual announcement."""
    urgent: bool = False
    survey: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Smalltalk:
    """A remark that needs no document to answer."""

    id: str
    phrases: Phrases
    text: str | None = None
    end: bool = False
    signs: frozenset[str] = frozenset()
    """Emoji that say the same, once something has been answered."""


Wish = TypeVar("Wish", Reason, Smalltalk)
_TRANSLATED = {"id", "text", "end", "phrases", "whole"}


def load_reasons(path: Path) -> tuple[Reason, ...]:
    """Read the reasons of ``handoff.yaml``, in their order.

    Raises:
        ContentError: An entry is incomplete or has an unknown key.
    """
    entries = _entries(path, {"id", "label", "text", "urgent", "survey", "phrases", "whole"})
    reasons = []
    for line, entry in entries:
        if "label" not in entry:
            raise ContentError(path, line, f"{entry['id']!r} needs a label")
        reasons.append(
            Reason(
                id=entry["id"],
                label=entry["label"],
                phrases=_phrases(path, line, entry),
                text=entry.get("text"),
                urgent=bool(entry.get("urgent", False)),
                survey=bool(entry.get("survey", True)),
            )
        )
    return tuple(reasons)


def load_smalltalk(path: Path) -> tuple[Smalltalk, ...]:
    """Read the remarks of ``smalltalk.yaml``, in their order.

    Raises:
        ContentError: An entry is incomplete or has an unknown key.
    """
    remarks = []
    for line, entry in _entries(path, {"id", "text", "end", "signs", "phrases", "whole"}):
        if not entry.get("end") and "text" not in entry:
            raise ContentError(path, line, f"{entry['id']!r} needs a text or end: true")
        remarks.append(
            Smalltalk(
                id=entry["id"],
                phrases=_phrases(path, line, entry),
                text=entry.get("text"),
                end=bool(entry.get("end", False)),
                signs=frozenset(entry.get("signs", "")),
            )
        )
    return tuple(remarks)


def translated(entries: Sequence[Wish], path: Path) -> tuple[Wish, ...]:
    """Say reasons or remarks in the language of a file; they are heard in both languages.

    Raises:
        ContentError: An entry is unknown, missing, or without the text that the German one has.
    """
    entered = _entries(path, _TRANSLATED)
    found: dict[str, tuple[int, dict[str, Any]]] = {
        str(entry["id"]): (line, entry) for line, entry in entered
    }
    known = [entry.id for entry in entries]
    if [*found] != known:
        raise ContentError(path, None, f"write these entries in this order: {', '.join(known)}")
    said = []
    for one in entries:
        line, entry = found[one.id]
        if (one.text is None) != ("text" not in entry):
            raise ContentError(path, line, f"give {one.id!r} a text just if the German one has one")
        phrases = one.phrases.and_(_phrases(path, line, entry))
        said.append(replace(one, text=entry.get("text"), phrases=phrases))
    return tuple(said)


def heard(entries: Sequence[Wish], others: Sequence[Wish]) -> tuple[Wish, ...]:
    """Let German reasons or remarks be heard in the words of their translations, too."""
    pairs = zip(entries, others, strict=True)
    return tuple(replace(one, phrases=other.phrases) for one, other in pairs)


def _entries(path: Path, known: set[str]) -> list[tuple[int, dict[str, Any]]]:
    source = path.read_text(encoding="utf-8")
    root = yaml.compose(source, Loader=Quick)
    if not isinstance(root, yaml.SequenceNode):
        raise ContentError(path, 1, "write a list of entries")
    lines = [node.start_mark.line + 1 for node in root.value]
    entries: list[tuple[int, dict[str, Any]]] = []
    for line, entry in zip(lines, plain(source), strict=True):
        if not isinstance(entry, dict) or "id" not in entry:
            raise ContentError(path, line, "every entry needs an id")
        unknown = set(entry) - known
        if unknown:
            raise ContentError(
                path, line, f"unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(known))}"
            )
        entries.append((line, entry))
    return entries


def _phrases(path: Path, line: int, entry: dict[str, Any]) -> Phrases:
    if not entry.get("phrases") and not entry.get("whole"):
        raise ContentError(path, line, f"{entry['id']!r} needs phrases or whole")
    try:
        return Phrases(entry.get("phrases", ()), entry.get("whole", ()))
    except ValueError as error:
        raise ContentError(path, line, str(error)) from error
