"""Answer with the words of a passage: whole sentences, quoted and cited."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from assistant.blocks import Paragraph, Quotation
from assistant.evidence import cite, facts_quoted
from assistant.messages import Choice, Language, Reply
from assistant.texts import Texts
from assistant.understanding.wanted import kind_fits
from assistant.wordings import day
from knowledge_base import german
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshot
from knowledge_base.split import sentences

DOCUMENTS: Language = "de"
"""The language of the documents: a quotation in an English reply is marked (WCAG 3.1.2)."""
MOST_CHARACTERS = 520
"""A quotation is at most this long: what can still be read at a glance, or read aloud."""
SAID = 20
"""How many common words it is worth that a typical question points to a sentence."""
KIND = 3
"""How many it is worth that a sentence holds the kind of thing asked for, as a time or a price."""


def quote(question: str, hit: Hit, snapshot: Snapshot, texts: Texts, trust: float) -> Reply:
    """Answer with the words of a passage."""
    as_of = day(hit.passage.as_of, texts.language)
    lead = texts.zitat.format(titel=hit.passage.title, stand=as_of)
    return _quoted(lead, question, hit, snapshot, texts, trust)


def offer(question: str, hit: Hit, snapshot: Snapshot, texts: Texts, trust: float) -> Reply:
    """Show the nearest passage with the reservation that it may not be what was asked."""
    as_of = day(hit.passage.as_of, texts.language)
    lead = texts.vorbehalt.format(titel=hit.passage.title, stand=as_of)
    return replace(
        _quoted(lead, question, hit, snapshot, texts, trust),
        answered=False,
        choices=(Choice(id="handoff:ask", title=texts.wahl_mensch),),
    )


def _quoted(
    lead: str, question: str, hit: Hit, snapshot: Snapshot, texts: Texts, trust: float
) -> Reply:
    words = excerpt(hit, question)
    lang: Language | None = None if texts.language == DOCUMENTS else DOCUMENTS
    return Reply(
        blocks=(Paragraph(text=lead), Quotation(text=words, cites=(0,), lang=lang)),
        citations=(cite(hit.passage, words),),
        facts=facts_quoted(hit.passage, words),
        topic=hit.passage.products[:1],
        confidence=trust,
        index_generation=snapshot.number,
    )


def excerpt(hit: Hit, question: str) -> str:
    """Choose the run of whole sentences that says most about a question.

    A short passage is quoted whole, so that no qualifier is lost. In a long one the words that
    typical questions point to belong to the answer.
    """
    return _chosen(hit.passage.text, hit.says or "", question)


@lru_cache(maxsize=4_096)
def _chosen(text: str, says: str, question: str) -> str:
    # Passages that speak for each other are compared many times a question.
    whole = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if len(whole) <= MOST_CHARACTERS:
        return whole
    parts = [part for line in whole.splitlines() for part in sentences(line)]
    asked = set(german.terms(question))
    said = " ".join(says.split()).casefold()
    weights = [
        len(asked & set(german.terms(part)))
        + SAID * bool(said and said in part.casefold())
        + KIND * (kind_fits(question, part) > 0)
        for part in parts
    ]
    best, best_weight = (0, 1), -1.0
    for start in range(len(parts)):
        length, weight = 0, 0.0
        for end in range(start, len(parts)):
            length += len(parts[end]) + 1
            if length > MOST_CHARACTERS and end > start:
                break
            weight += weights[end]
            # Earlier and longer runs win among equals: they carry the conditions along.
            if weight > best_weight or (weight == best_weight and start == best[0]):
                best, best_weight = (start, end + 1), weight
    return " ".join(parts[best[0] : best[1]])
