"""Limits that must travel with a figure or claim: "bis zu", "in den ersten 6 Monaten", "wenn …"."""

from __future__ import annotations

import re

from assistant.facts.figures import Binds, Found
from assistant.facts.statements import Stated
from knowledge_base import german

_UPPER = re.compile(r"maxim|höchst|bis zu|bis auf|in der spitze|\bmax\b", re.IGNORECASE)
_LOWER = re.compile(r"\bab\b|mindest|wenigstens|minim|beginn", re.IGNORECASE)
_LIMITING: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    # how a note begins, and the words that say as much; None: words of the note itself
    (re.compile(r"in den ersten|im ersten"), re.compile(r"ersten|anfang|zu beginn", re.I)),
    (re.compile(r"ab der|ab dem"), re.compile(r"\bab (?:der|dem)\b|zweite", re.I)),
    (
        re.compile(r"aufpreis", re.I),
        re.compile(
            r"aufpreis|mehrpreis|\bmehr\b|zusätzlich|zuzüglich|zzgl|extra|erhöh|steigt|hinzu|teurer",
            re.I,
        ),
    ),
    (re.compile(r"wenn|sofern|falls|nur|soweit|zzgl|zuzüglich"), None),
)
SHARE = 0.4
"""So much of a condition's words must be said."""


def keeps(text: str, stated: Stated, found: Found | None, near: str) -> bool:
    """Tell whether a sentence keeps the limits of what it states of an attribute."""
    attribute = stated.attribute
    if found is not None and attribute.bound and not _bound_kept(attribute.bound, found, near):
        return False
    note = attribute.note or ""
    for begins, says in _LIMITING:
        if begins.match(note):
            if says is not None:
                return says.search(text) is not None
            return _told(note, stated.kind.label, text)
    return True


def bound_kept(said: Found, stated: Found, near: str) -> bool:
    """Tell whether a figure of a sentence keeps the bound that its source has."""
    if stated.binds in (None, Binds.ABOUT) or said.binds is stated.binds:
        return True
    words = _UPPER if stated.binds is Binds.UP_TO else _LOWER
    return words.search(near) is not None


def _bound_kept(bound: str, found: Found, near: str) -> bool:
    if found.binds is not None and found.binds.value == bound:
        return True
    return (_UPPER if bound == Binds.UP_TO.value else _LOWER).search(near) is not None


def _told(note: str, label: str, text: str) -> bool:
    """Tell whether a condition is said: its words, other than those of the attribute's name."""
    words = set(german.terms(re.split(r"[;,]", note)[0])) - set(german.terms(label))
    return len(words & set(german.terms(text))) >= SHARE * len(words)
