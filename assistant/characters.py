"""What a text consists of: characters that can be read and stored, of which script, or only signs.

Nothing here knows words. Every look at a text is one walk along it, however long it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache

LONGEST_TEXT = 4_000
"""What is longer nobody reads as one question; every door says so in its own way."""
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WITHOUT_WIDTH = frozenset("\u200b\u2060\ufeff\xad\u180e")
_UNREADABLE = frozenset({"Cc", "Cs", "Co"})
_MARKS = frozenset({"Cf", "Mn", "Me", "Sk", "Zs", "Zl", "Zp"})
"""Categories of what is nothing without the sign beside it: joiners, tones of skin, blanks."""


def readable(text: str) -> str:
    """Take out what cannot be read, stored or shown; nothing is left of a text without signs.

    Control characters (line breaks and tabs stay), halves of characters, marks that turn the
    direction, and what has no width. Joiners stay where there is something to join.
    """
    if text.isprintable():  # no format, control or private character, no blank but the plain one
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in plain if char in "\n\t" or _is_readable(char))
    return kept if any(_kind(char) not in _MARKS and char not in "\n\t" for char in kept) else ""


def only_signs(text: str) -> bool:
    """Tell whether a text holds something, but neither a letter nor a figure: emoji, "???"."""
    return bool(text.strip()) and not any(char.isalnum() for char in text)


def consists_of(text: str, signs: Collection[str]) -> bool:
    """Tell whether a text is made of some signs and nothing else, whatever their tone of skin."""
    found = {char for char in text if not char.isspace() and _kind(char) not in _MARKS}
    return bool(found) and found <= set(signs)


def other_script(text: str) -> bool:
    """Tell whether more of a text's letters are Cyrillic, Arabic, Chinese … than Latin."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(_is_latin(char) for char in letters)
    return latin < len(letters) - latin


def _is_readable(char: str) -> bool:
    return _kind(char) not in _UNREADABLE and char not in _DIRECTION and char not in _WITHOUT_WIDTH


def _kind(char: str) -> str:
    return unicodedata.category(char)


@lru_cache(maxsize=10_000)
def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(
        unicodedata.normalize("NFKD", char)[0], ""
    ).startswith(("LATIN", "FEMININE ORDINAL", "MASCULINE ORDINAL"))
