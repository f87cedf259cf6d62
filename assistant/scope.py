"""What is ours to answer: ``content/scope.yaml`` draws the line, a service manager moves it.

Words and phrases only decide what is sure. How little of a question our documents know, the search
says; see ``assistant.outside``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.texts import ContentError
from assistant.understanding.phrases import Phrases, fold
from knowledge_base.strict_yaml import plain

_PHRASES = ("theirs", "our_matter", "foreign")
_KEYS = frozenset({"ours", "providers", "grades", "offers", *_PHRASES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The line between what is ours and what is not."""

    words: frozenset[str]
    """Words, with a blank on each side that must be a word's end, of our trade and our company."""
    providers: re.Pattern[str]
    grades: frozenset[str]
    """Words that only stand for one more product of a family: "Premium"."""
    offers: tuple[str, ...]
    """What is offered instead of another company's products, as questions."""
    theirs: Phrases
    our_matter: Phrases
    foreign: Phrases

    def is_ours(self, text: str) -> bool:
        """Tell whether a text speaks of our trade, or to us as a company."""
        folded = f" {fold(text)} "
        return any(word in folded for word in self.words)

    def is_foreign(self, text: str) -> bool:
        """Tell whether a text surely speaks of something that is not ours."""
        return self.foreign.found_in(text) and not self.is_ours(text)

    def names_provider(self, text: str) -> bool:
        """Tell whether another company of our trade is named."""
        return self.providers.search(text) is not None

    def asks_for_theirs(self, text: str) -> bool:
        """Tell whether another company's offers or help are asked for, not the way to us."""
        if not self.names_provider(text):
            return False
        rest = self.providers.sub(" ", text)
        return self.theirs.found_in(rest) and not self.our_matter.found_in(rest)


def load_scope(path: Path) -> Scope:
    """Read ``scope.yaml``.

    Raises:
        ContentError: A part is missing, unknown, or not written as lists of words or phrases.
    """
    found = plain(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or set(found) != _KEYS:
        raise ContentError(path, 1, f"write exactly these parts: {', '.join(sorted(_KEYS))}")
    parts = {name: _texts(path, name, entries) for name, entries in found.items()}
    try:
        theirs, our_matter, foreign = (Phrases(parts[name]) for name in _PHRASES)
    except ValueError as error:
        raise ContentError(path, None, str(error)) from error
    return Scope(
        words=frozenset(_bounded(word) for word in parts["ours"]),
        providers=_names(parts["providers"]),
        grades=frozenset(parts["grades"]),
        offers=tuple(parts["offers"]),
        theirs=theirs,
        our_matter=our_matter,
        foreign=foreign,
    )


def _texts(path: Path, name: str, entries: object) -> list[str]:
    """Read a list of texts; a line may hold a list of its own."""
    lines = entries if isinstance(entries, list) else []
    flat = [one for line in lines for one in (line if isinstance(line, list) else [line])]
    if not flat or not all(isinstance(one, str) and fold(one) for one in flat):
        raise ContentError(path, None, f"{name!r} needs a list of words; put figures in quotes")
    return flat


def _bounded(word: str) -> str:
    """Write a word so that it is found in a folded text: a blank is where a word must end."""
    before = "" if word.startswith("*") else " "
    after = "" if word.endswith("*") else " "
    return f"{before}{fold(word)}{after}"


def _names(names: Iterable[str]) -> re.Pattern[str]:
    """Compile names to whole words; blanks and hyphens are one, and a genitive is the name too."""
    longest_first = sorted(names, key=len, reverse=True)
    spelled = "|".join(re.sub(r"(?:\\ |\\-)+", r"[\\s-]?", re.escape(one)) for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{spelled})s?(?!\w)", re.IGNORECASE)
