"""Sentence templates for sure cases, compiled to one pattern each.

A phrase is written the way a service manager would: lower case, no punctuation.
``(a|b)`` is one of several, ``[a]`` may be missing, ``*`` stands for up to four words.
Umlauts match their spellings with and without e.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_POLITE = frozenset("bitte hallo hi hey guten tag morgen abend jetzt mal doch und nun".split())


def fold(text: str) -> str:
    """Bring a text into the form phrases are compared in: lower case, ASCII, single spaces."""
    text = unicodedata.normalize("NFC", text).lower()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, plain)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9€]+", text))


def bare(text: str) -> str:
    """Fold a text and leave out greetings and politeness, to see whether one word is all."""
    return " ".join(word for word in fold(text).split() if word not in _POLITE)


class Phrases:
    """A set of phrases; `found_in` tells whether a text contains one."""

    def __init__(self, phrases: Iterable[str], whole: Iterable[str] = ()) -> None:
        self._parts = [re.compile(_pattern(phrase)) for phrase in phrases]
        self._whole = [re.compile(_pattern(phrase)) for phrase in whole]

    def and_(self, other: Phrases) -> Phrases:
        """Return a set with the phrases of both."""
        both = Phrases(())
        both._parts = [*self._parts, *other._parts]
        both._whole = [*self._whole, *other._whole]
        return both

    def found_in(self, text: str) -> bool:
        """Tell whether a phrase stands in the text, or a `whole` phrase is all it says."""
        folded = fold(text) + " "
        if any(part.search(folded) for part in self._parts):
            return True
        rest = bare(text) + " "
        return any(whole.fullmatch(rest) for whole in self._whole)


def _pattern(phrase: str) -> str:
    """Compile one phrase.

    Raises:
        ValueError: A bracket is not closed.
    """
    if phrase.count("(") != phrase.count(")") or phrase.count("[") != phrase.count("]"):
        raise ValueError(f"close every bracket in {phrase!r}")
    tokens = re.findall(r"\([^)]*\)|\[[^\]]*\]|\*|[^\s()\[\]*]+", phrase)
    pattern = ""
    for part in tokens:
        if part == "*":
            pattern += r"(?:\w+\s)" + "{0,4}"
        elif part.startswith("("):
            pattern += f"(?:{_either(part[1:-1])})\\s"
        elif part.startswith("["):
            pattern += f"(?:(?:{_either(part[1:-1])})\\s)?"
        else:
            pattern += f"{re.escape(fold(part))}\\s"
    # Every word ends in a blank, also the last one of a text: `found_in` adds it.
    return r"(?<!\w)" + pattern


def _either(body: str) -> str:
    return "|".join(re.escape(fold(option)).replace(r"\ ", r"\s") for option in body.split("|"))
