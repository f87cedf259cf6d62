"""The words by which answers speak of attributes, read from ``content/facts.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.texts import ContentError
from knowledge_base import german
from knowledge_base.products import AttributeKind
from knowledge_base.strict_yaml import plain

_WHOLE = 3
"""What each word of a label counts that stands there as a whole; a part of a cue counts 2."""
FILE = Path(__file__).parents[1] / "content" / "facts.yaml"


@dataclass(frozen=True, slots=True)
class Hit:
    """How clearly a text names an attribute, and where."""

    score: float
    spans: tuple[tuple[int, int], ...]

    def overlaps(self, other: Hit) -> bool:
        """Tell whether every place of it is also one of the other's."""
        return all(any(a < d and c < b for c, d in other.spans) for a, b in self.spans)


@dataclass(frozen=True, slots=True)
class Cue:
    """Parts of words that name an attribute together."""

    parts: tuple[re.Pattern[str], ...]

    def hit(self, text: str, start: int, end: int) -> Hit | None:
        """Find the cue in a text; what stands between start and end counts twice."""
        score, spans = 0, []
        for part in self.parts:
            found = list(part.finditer(text))
            if not found:
                return None
            inside = [one for one in found if start <= one.start() < end]
            score += 2 if inside else 1
            spans += [(one.start(), one.end()) for one in found]
        return Hit(score, tuple(spans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Cues of attributes, and words that state nothing."""

    cues: Mapping[str, tuple[Cue, ...]]
    neutral: frozenset[str]
    """Stems of words that no document needs to say."""
    harmless: frozenset[str]
    """Stems of words that may stand beside evidenced figures and claims."""
    polite: frozenset[str]

    def hit(self, kind: AttributeKind, text: str, start: int, end: int) -> Hit | None:
        """Find how a text in lower case names an attribute; the clearest way counts."""
        found = [
            hit
            for cue in (_label(kind.label), *self.cues.get(kind.id, ()))
            if (hit := cue.hit(text, start, end))
        ]
        whole = _whole(kind.label).search(text)
        if whole is not None:
            # Word by word as documents name it: clearer than the same words here and there.
            score = _WHOLE * len(kind.label.split())
            found.append(Hit(score, ((whole.start(), whole.end()),)))
        if not found:
            return None
        spans = tuple(span for hit in found for span in hit.spans)
        return Hit(max(hit.score for hit in found), spans)


@cache
def _whole(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(label.lower())}(?![\w-])")


@cache
def _label(label: str) -> Cue:
    """Make a cue of a label: a long one is more particular than a short one."""
    words = label.lower().replace("(", "").replace(")", "").split()
    return Cue(tuple(re.compile(rf"(?<!\w){re.escape(word)}") for word in words))


@cache
def lexicon(path: Path = FILE) -> Lexicon:
    """Read the words once.

    Raises:
        ContentError: A cue is no pattern, or a list is missing.
    """
    held: dict[str, Any] = plain(path.read_text(encoding="utf-8"))
    if set(held) != {"attributes", "neutral", "harmless", "polite"}:
        raise ContentError(path, None, "needs: attributes, neutral, harmless, polite")
    return Lexicon(
        cues={
            attribute: tuple(_cue(path, text) for text in texts)
            for attribute, texts in held["attributes"].items()
        },
        neutral=stems(held["neutral"]),
        harmless=stems(held["neutral"]) | stems(held["harmless"]),
        polite=frozenset(held["polite"].split()),
    )


def stems(text: str) -> frozenset[str]:
    """Give the stems of all words of a text, without the parts of compounds."""
    return frozenset(german.stem(word) for word in german.tokens(text))


def _cue(path: Path, text: str) -> Cue:
    try:
        return Cue(tuple(re.compile(part) for part in str(text).split("+")))
    except re.error as error:
        raise ContentError(path, None, f"{text!r} is no pattern: {error}") from error
