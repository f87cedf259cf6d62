"""Names found in a customer's text, however they spell: ``Mobil M``, ``mobil-m``, ``datenpas s``.

A word with one slip (a letter too many, missing, wrong, or two swapped) is read as the word of a
name that it resembles, unless it is a German word of its own; and the words of a name may stand
apart: "Welt-Datenpass für die Woche", "das 500er Glasfaser".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge_base import german

_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_ENDINGS = ("", "s", "es", "e", "en", "n")
_SHORTEST_SLIP = 5
"""Shorter words have too many neighbours to guess what was meant."""
_APART = 3
"""So many other words may stand between two words of a name."""
_MEASURES = {(word,) for word in "euro eur tage tagen monate monaten minuten gb uhr".split()}
"""After a number they make it a figure, not a part of a name."""
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
        self._vocabulary = tuple(
            sorted({word for spelling in self._owners for word in spelling if word.isalpha()})
        )

    def find(self, text: str) -> list[Mention]:
        """Return what a text names, each thing once, in the order of appearance.

        "Glasfaser 250 oder 500" names two products: a last word that follows a name and a
        connector stands for the whole name.
        """
        words = tuple(self._put_right(word) for word in _words(text, _UMLAUTS))
        spans = self._free_spans(words)
        for _, end, spelling in list(spans):
            spans += self._continued(words, end, spelling)
        spans = self._apart(words, spans)
        found: dict[str, Mention] = {}
        for start, _, spelling in sorted(spans, key=lambda span: span[0]):
            for identifier in self._owners[spelling]:
                mention = Mention(id=identifier, start=start, length=len("".join(spelling)))
                known = found.get(identifier)
                if known is None or known.length < mention.length:
                    found[identifier] = mention
        return sorted(found.values(), key=lambda mention: mention.start)

    def _put_right(self, word: str) -> str:
        """Read a word with one slip as the word of a name."""
        if len(word) < _SHORTEST_SLIP or not word.isalpha():
            return word
        return _nearest(word, self._vocabulary)

    def _apart(
        self, words: tuple[str, ...], spans: list[tuple[int, int, tuple[str, ...]]]
    ) -> list[tuple[int, int, tuple[str, ...]]]:
        """Add the longest name whose words stand near each other, but not side by side.

        "Mietrouter mit Wi-Fi 7" is that router, not the one that "Mietrouter" alone stands for.
        """
        found = []
        for spelling in self._owners:
            if len(spelling) < 2 or len(set(spelling)) < len(spelling):
                continue
            if min(map(len, spelling)) < 2 and not spelling[-1].isdigit():
                continue
            if not set(spelling) <= set(words):
                continue
            places = sorted(words.index(word) for word in spelling)
            if any(_is_figure(words, place) for place in places):
                continue
            if all(later - earlier <= _APART + 1 for earlier, later in pairwise(places)):
                found.append((places, spelling))
        for places, spelling in sorted(found, key=lambda name: -len("".join(name[1]))):
            hidden = [span for span in spans if any(span[0] <= at < span[1] for at in places)]
            if all(len("".join(span[2])) < len("".join(spelling)) for span in hidden):
                rest = [span for span in spans if span not in hidden]
                return [*rest, (places[0], places[-1] + 1, spelling)]
        return spans

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


def _is_figure(words: tuple[str, ...], place: int) -> bool:
    """Tell whether a number counts something: "100 Euro" names no tariff."""
    return words[place].isdigit() and words[place + 1 : place + 2] in _MEASURES


@lru_cache(maxsize=20_000)
def _nearest(word: str, vocabulary: tuple[str, ...]) -> str:
    """Return the only word that one slip turns into this one; the word itself if it is known."""
    if word in vocabulary or german.is_known(word):
        return word
    near = [other for other in vocabulary if _one_slip(word, other)]
    return near[0] if len(near) == 1 else word


def _one_slip(one: str, other: str) -> bool:
    """Tell whether a letter too many, missing or wrong, or two swapped make one of the other."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_SLIP:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rest, others = one[same:], other[same:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )
