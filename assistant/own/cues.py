"""Words that speak for an answer, in whatever order a customer says them.

A cue is written as word beginnings: all of them must stand in the text, ``a|b`` is one of several,
``-a`` must not stand there. Umlauts are written out or not, as in phrases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.understanding.phrases import fold


@dataclass(frozen=True, slots=True)
class _Cue:
    needed: tuple[tuple[str, ...], ...]
    barred: tuple[str, ...]

    def found_in(self, words: list[str]) -> bool:
        begins = [any(word.startswith(part) for word in words) for part in self.needed]
        return all(begins) and not any(word.startswith(self.barred) for word in words)


class Cues:
    """A set of cues; `found_in` tells whether one of them speaks in a text."""

    def __init__(self, cues: Iterable[str]) -> None:
        self._cues = tuple(_cue(one) for one in cues)

    def found_in(self, text: str) -> bool:
        """Tell whether all the words of one cue stand in a text."""
        words = fold(text).split()
        return any(cue.found_in(words) for cue in self._cues)


def _cue(written: str) -> _Cue:
    """Read one cue.

    Raises:
        ValueError: It needs no word, so it would speak everywhere.
    """
    parts = written.split()
    needed = tuple(_either(part) for part in parts if not part.startswith("-"))
    if not needed:
        raise ValueError(f"{written!r} needs no word; write one without a dash")
    barred = tuple(word for part in parts if part.startswith("-") for word in _either(part[1:]))
    return _Cue(needed, barred)


def _either(part: str) -> tuple[str, ...]:
    return tuple(fold(one) for one in part.split("|"))
