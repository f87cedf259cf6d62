"""A sentence held against the one sentence or row of a passage that says the same.

For what no tariff data explain: terms, help pages, rights. Its figures must all stand in that one
sentence, with the same words around them, the same negation and the same limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.binding import Fault, framing
from assistant.facts.claims import Sign, claims, denials, negated
from assistant.facts.figures import Found, found_in, states
from assistant.facts.lexicon import Lexicon
from assistant.facts.qualifiers import bound_kept
from assistant.facts.spoken import take_apart
from knowledge_base import german
from knowledge_base.documents import Passage
from knowledge_base.split import sentences
from knowledge_base.tariffs import Tariffs

SUPPORT = 0.7
"""Share of a sentence's content words that must stand in the one that supports it."""
_TIME = re.compile(r"\b(?:einige[nr]?|mehrere[nr]?|wenige[nr]?)\s(stunde|tag|woche|monat|jahr)")
_COPY = 0.85
_CLAUSE = re.compile(r"[,;:–—()]\s?|\s(?:und|oder|sowie)\s(?=\w+\s\w+\s\w+)")
_LIMIT = re.compile(
    r"\b(?:nur|zzgl|zuzüglich|ausschließlich|in den ersten|im ersten|ab der zweiten)\b"
)
_MARK = re.compile(r"^\d+(?:\.\d+)+\s")
"""The number of a clause: ``5.3``."""
_CLAIMED = frozenset(
    {Sign.FREE, Sign.UNLIMITED, Sign.COSTS, Sign.LIMITED, Sign.NO_EXTRA, Sign.ALWAYS}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or row of a passage, with the headings it stands under."""

    text: str
    plain: str
    """Without the names of products."""
    above: str


def units(passage: Passage, lines: Sequence[str], tariffs: Tariffs | None) -> Iterator[Unit]:
    """Cut lines of a passage into what can support a sentence on its own."""
    above = "\n".join((passage.title, *passage.headings))
    for line in lines:
        for sentence in [line] if passage.table else sentences(line):
            text = _MARK.sub("", sentence)
            yield Unit(text, take_apart(text, tariffs).plain, above)


def is_quoted(text: str, passage: Passage) -> bool:
    """Tell whether a text is a whole sentence or line of a passage, word by word."""
    wanted = _folded(text)
    lines = passage.text.split("\n")
    whole = [*lines, *(part for line in lines for part in sentences(line))]
    return any(wanted in (_folded(one), _folded(_MARK.sub("", one))) for one in whole)


def supports(text: str, plain: str, unit: Unit, lexicon: Lexicon) -> Fault | None:
    """Name what a unit does not carry of a sentence.

    Args:
        plain: The sentence without the names of products.
    """
    said, stated = found_in(plain), found_in(unit.text)
    context = framing(unit.above)
    held = frozenset(one.figure for one in stated)
    if not all(states(held | context, one.figure) for one in said):
        return Fault.FIGURE
    words = content_words(plain, lexicon)
    own = set(german.terms(unit.text))
    known = own | set(german.terms(unit.above))
    if not words and not (said and _bare(unit.plain, said, stated, lexicon)):
        return Fault.UNSUPPORTED
    if words and not any(word & own for word in words):
        return Fault.UNSUPPORTED
    if sum(bool(word & known) for word in words) < SUPPORT * len(words):
        return Fault.UNSUPPORTED
    if _times(plain) - _times(unit.text):
        return Fault.FIGURE
    return _differs(text, plain, unit.text, said, stated)


def _times(text: str) -> set[str]:
    """Give the units of time that a text names without a figure: "einige Stunden"."""
    return set(_TIME.findall(_without_figures(text).lower()))


def _without_figures(text: str) -> str:
    for one in found_in(text):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def content_words(text: str, lexicon: Lexicon) -> list[frozenset[str]]:
    """Give the terms of every word that states something; figures are compared by value."""
    found = []
    for token in german.tokens(_without_figures(text)):
        terms = frozenset(german.word_terms(token))
        if terms and not token[0].isdigit() and german.stem(token) not in lexicon.neutral:
            found.append(terms)
    return found


def _bare(source: str, said: Sequence[Found], stated: Sequence[Found], lexicon: Lexicon) -> bool:
    """Tell whether the source says no more around a figure than a sentence without content."""
    figures = {one.figure for one in said}
    around = [_around(source, one) for one in stated if one.figure in figures]
    return any(len(content_words(clause, lexicon)) <= 1 for clause in around)


def _differs(
    text: str, plain: str, source: str, said: Sequence[Found], stated: Sequence[Found]
) -> Fault | None:
    """Compare negation, claims and limits, clause by clause."""
    parts = [part for part in _CLAUSE.split(source) if part.strip()]
    for clause in (one for one in _CLAUSE.split(text) if one.strip()):
        near = _nearest(clause, parts)
        if near and all(negated(clause) != negated(part) for part in near):
            return Fault.NEGATION
    if _nearly_all(text, source) and denials(text) != denials(source):
        return Fault.NEGATION
    missing = (claims(text).signs - claims(source).signs) & _CLAIMED
    if missing:
        return Fault.CLAIM
    for one in said:
        same = [other for other in stated if other.figure == one.figure]
        clause = _around(plain, one)
        if same and not any(bound_kept(one, other, clause) for other in same):
            return Fault.QUALIFIER
        if same and not any(_per_agrees(one, other) for other in same):
            return Fault.FIGURE
        if same and _exchanged(one, plain, same, stated, source):
            return Fault.ATTRIBUTE
    for clause in (one for one in _CLAUSE.split(text) if one.strip()):
        near = _nearest(clause, parts)
        limits = [set(_LIMIT.findall(part.lower())) for part in near]
        if limits and all(limit - set(_LIMIT.findall(text.lower())) for limit in limits):
            return Fault.QUALIFIER
    return None


def _nearest(clause: str, parts: Sequence[str]) -> list[str]:
    """Give the clauses of the source that share most words with one of the sentence."""
    words = set(german.terms(clause))
    shared = [len(words & set(german.terms(part))) for part in parts]
    top = max(shared, default=0)
    return [part for part, count in zip(parts, shared, strict=True) if count == top] if top else []


def _nearly_all(text: str, source: str) -> bool:
    """Tell whether a sentence says nearly all that the source says, as a copy does."""
    words, others = set(german.terms(text)), set(german.terms(source))
    return len(words & others) >= _COPY * len(words | others)


def _per_agrees(one: Found, other: Found) -> bool:
    if one.per is None or other.per is None:
        return True
    return one.per.lower()[:4] == other.per.lower()[:4]


def _exchanged(
    one: Found, text: str, same: Sequence[Found], stated: Sequence[Found], source: str
) -> bool:
    """Tell whether another figure of its unit stands nearer to the words around it."""
    rivals = [
        other
        for other in stated
        if other.figure.unit == one.figure.unit and other.figure != one.figure
    ]
    if not rivals:
        return False
    words = set(german.terms(_around(text, one)))
    own = max(len(words & set(german.terms(_around(source, other)))) for other in same)
    best = max(len(words & set(german.terms(_around(source, other)))) for other in rivals)
    return best > own


def _around(text: str, found: Found) -> str:
    """Cut out the clause that a figure stands in."""
    borders = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    start = max(border for border in borders if border <= found.start)
    end = min(border for border in borders if border >= found.end)
    return text[start : found.start] + " " + text[found.end : end]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
