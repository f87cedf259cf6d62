"""The ways in which one question may be put: as written, mistyped, in another language."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from enum import StrEnum

SHORTEST = 4
"""Shorter words are left as they are."""
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "enisratdhulcgmobwfkzpv"
"""By how often German has them; a slip hits any of them."""


class Wording(StrEnum):
    """How a question is put."""

    WRITTEN = "as written"
    MISTYPED = "mistyped"
    ENGLISH = "in English"

    def of(self, question: Mapping[str, str]) -> str | None:
        """Put a question this way, if it can be; the same slips every time."""
        if self is Wording.ENGLISH:
            return question.get("text_en")
        text = question["text"]
        return mistyped(text, question["id"]) if self is Wording.MISTYPED else text


def mistyped(text: str, seed: str) -> str:
    """Make one slip in every second word of four letters or more.

    A letter is left out, doubled by a wrong one, replaced, or swapped with the next; the first one
    of a word stays, as it mostly does when people type.
    """
    draw = random.Random(seed)
    count = 0

    def slip(found: re.Match[str]) -> str:
        nonlocal count
        word = found[0]
        if len(word) < SHORTEST:
            return word
        count += 1
        return word if count % 2 else _slip(word, draw)

    return _WORD.sub(slip, text)


def _slip(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    before, here, rest = word[:at], word[at], word[at + 1 :]
    wrong = draw.choice([letter for letter in _LETTERS if letter != here.lower()])
    swapped = rest[0] + here + rest[1:]
    ways = (before + rest, before + wrong + here + rest, before + wrong + rest, before + swapped)
    return draw.choice([way for way in ways if way != word])
