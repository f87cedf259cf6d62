"""Names found in a customer's text, however they spell: ``Mobil M``, ``mobil-m``, ``DSL100``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_ENDINGS = ("", "s", "es", "e", "en", "n")
_CONNECTORS = {"und", "oder", "vs", "versus", "gegen", "bzw", "als", "mit", "statt", "auf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name found in a text."""

    id: str
    start: int
    """Number of its first word."""
    length: int
    """Letters and digits of the alias that was found."""


class Names:
    """Things and their aliases; the longest alias wins where several overlap."""

    def __init__(self, aliases: Mapping[str, Iterable[str]]) -> None:
        self._owners: dict[tuple[str, ...], tuple[str, ...]] = {}
        for identifier, names in aliases.items():
            for name in names:
                for spelling in {_words(name, _UMLAUTS), _words(name, _BARE)}:
                    owners = self._owners.get(spelling, ())
                    if spelling and identifier not in owners:
                        self._owners[spelling] = (*owners, identifier)
        self._longest = max((len(spelling) for spelling in self._owners), default=0)

    def find(self, text: str) -> list[Mention]:
        """Return what a text names, each thing once, in the order of appearance.

        "Glasfaser 250 oder 500" names two products: a last word that follows a name and a
        connector stands for the whole name.
        """
        words = _words(text, _UMLAUTS)
        spans = self._free_spans(words)
        for _, end, spelling in list(spans):
            spans += self._continued(words, end, spelling)
        found: dict[str, Mention] = {}
        for start, _, spelling in sorted(spans, key=lambda span: span[0]):
            for identifier in self._owners[spelling]:
                mention = Mention(id=identifier, start=start, length=len("".join(spelling)))
                known = found.get(identifier)
                if known is None or known.length < mention.length:
                    found[identifier] = mention
        return sorted(found.values(), key=lambda mention: mention.start)

    def _free_spans(self, words: tuple[str, ...]) -> list[tuple[int, int, tuple[str, ...]]]:
        candidates = []
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                spelling = self._spelling(words[start:end])
                if spelling:
                    candidates.append((start, end, spelling))
        candidates.sort(key=lambda span: (-len("".join(span[2])), span[0]))
        taken: set[int] = set()
        free = []
        for start, end, spelling in candidates:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                free.append((start, end, spelling))
        return free

    def _spelling(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        if words in self._owners:
            return words
        last = words[-1]
        for ending in _ENDINGS:
            stem = last.removesuffix(ending)
            if ending and stem != last and len(stem) >= 5 and (*words[:-1], stem) in self._owners:
                return (*words[:-1], stem)
        return None

    def _continued(
        self, words: tuple[str, ...], end: int, spelling: tuple[str, ...]
    ) -> list[tuple[int, int, tuple[str, ...]]]:
        spans = []
        while len(spelling) > 1 and end < len(words):
            skipped = end + 1 if words[end] in _CONNECTORS else end
            if skipped >= len(words):
                break
            whole = (*spelling[:-1], words[skipped])
            if whole not in self._owners:
                break
            spans.append((skipped, skipped + 1, whole))
            end = skipped + 1
        return spans


def _words(text: str, folding: dict[int, str]) -> tuple[str, ...]:
    # "EU+" is a name of its own, not the EU
    folded = unicodedata.normalize("NFC", text).lower().translate(folding).replace("+", " plus ")
    return tuple(_TOKENS.findall(folded))
