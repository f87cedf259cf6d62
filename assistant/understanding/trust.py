"""How likely is an answer right? Two models of boosted trees over what can be counted.

One weighs passages that could be quoted, one attributes of tariffs that could be meant. Fitted by
``python -m evals.trust`` on the development questions only; the trees stand in ``trust.json``
with what they were fitted on. Nothing in them looks at who asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.facts.figures import Figure, figures
from assistant.meant import Manner, Proposal
from assistant.quote import excerpt
from assistant.understanding.audience import audience_of
from assistant.understanding.boosted import Boosted
from assistant.understanding.wanted import kind_fits
from knowledge_base import german
from knowledge_base.documents import Audience, Passage
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshot

FILE = Path(__file__).parent / "trust.json"
FAR = 0.1
"""How far the next passage is when there is none."""
NEAR = 0.92
"""Cosine from which a typical question is all but the same question."""
_AGREED = 0.8
"""How alike two passages are that state the same figure."""
SAME = 0.5
"""Share of common words (Dice) from which two passages say the same."""

_HOW = re.compile(
    r"\bwie (buche|bestelle|kündige|kuendige|kann|könnte|ändere|aendere|wechsle|wechsel|bekomme"
    r"|kriege?|komme?|geht|funktioniert|mache?|richte|stelle?|aktiviere|beantrage|melde|finde|lese"
    r"|schalte|lösche|setze|sperre|entsperre|verbinde|nutze|werde)\b|\bwo\b|\bwas (muss|soll) ich"
    r"|\bwas (tun|nun|jetzt)\b|\bwie\s*\?*$",
    re.IGNORECASE,
)
"""Asks for a way to do something, not for what it costs or contains."""
_MINE = re.compile(r"\b(mein|unser)(e|en|em|er|es|s)?\b", re.IGNORECASE)
"""Speaks of the own contract, bill or line."""
_TELLING = frozenset({"faq", "hilfe"})
"""Kinds of documents that say how something is done."""
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is believed of an answer, and how much belief it takes to give it."""

    passages: Boosted
    attributes: Boosted
    answer_from: float
    """Trust from which something is said as the answer."""
    offer_from: float
    """Trust from which a passage is shown with reservation."""
    offer_figure_from: float
    """The same where a figure was asked for."""

    @classmethod
    def load(cls, path: Path = FILE) -> Trust:
        """Read the fitted trees."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            passages=Boosted.read(**found["passages"]),
            attributes=Boosted.read(**found["attributes"]),
            answer_from=found["answer_from"],
            offer_from=found["offer_from"],
            offer_figure_from=found["offer_figure_from"],
        )


def attribute_features(
    question: str, proposal: Proposal, said: str, snapshot: Snapshot
) -> dict[str, float]:
    """Count what speaks for a proposed attribute being what was asked for."""
    asked = _weights(question, snapshot)
    names = " ".join((proposal.kind.label, *proposal.kind.aliases, _names(proposal, snapshot)))
    known = _terms(said) | _terms(names) | snapshot.asked_words.get(proposal.label, _NO_WORDS)
    return {
        **_coverage(asked, known, snapshot),
        "score": proposal.score,
        "ahead": proposal.ahead,
        "share": proposal.share,
        "likely": proposal.likely,
        "instead": proposal.passages,
        "unanswered": proposal.unanswered,
        "product": proposal.product,
        "worded": float(proposal.worded),
        "general": float(proposal.general),
        "contradicted": float(proposal.contradicted),
        "unexplained": float(min(proposal.unexplained, 6)),
        "kind": (kind := kind_fits(question, said)),
        # A fee that is not asked for as a price is rarely the answer.
        "fee_asked": kind * (proposal.manner is Manner.FEE),
        "how": float(_HOW.search(question) is not None),
        "mine": float(_MINE.search(question) is not None),
        **{manner: float(proposal.manner is manner) for manner in Manner},
        # How much a likelihood tells depends on how many things it chooses between.
        **{f"likely_{manner}": proposal.likely * (proposal.manner is manner) for manner in Manner},
    }


def _names(proposal: Proposal, snapshot: Snapshot) -> str:
    """Give the words that customers have for the products of a proposal."""
    assert snapshot.tariffs is not None
    held = (snapshot.tariffs.tariffs.get(version.product) for version in proposal.versions)
    return " ".join(word for tariff in held if tariff for word in (tariff.name, *tariff.aliases))


def _coverage(
    asked: Mapping[str, float], known: frozenset[str], snapshot: Snapshot
) -> dict[str, float]:
    """Measure how much of a question's weight is in words that the answer's subject knows."""
    missing = {term: weight for term, weight in asked.items() if term not in known}
    return {
        "covered": 1 - sum(missing.values()) / (sum(asked.values()) or 1.0),
        "rarest_missing": max(missing.values(), default=0.0),
        "unheard": float(sum(term not in snapshot.keywords.vocabulary for term in missing)),
    }


def features(
    question: str, hits: Sequence[Hit], place: int, snapshot: Snapshot
) -> dict[str, float]:
    """Count what speaks for the hit at a place being the answer."""
    hit = hits[place]
    passage = hit.passage
    asked = _weights(question, snapshot)
    known = _terms(passage.searchable) | snapshot.asked_words.get(passage.id, _NO_WORDS)
    others = [other.score for other in hits if not _says_the_same(other.passage, passage)]
    elsewhere = [other.score for other in hits if other.passage.document != passage.document]
    return {
        **_coverage(asked, known, snapshot),
        "score": hit.score,
        "vector": hit.vector_score,
        "question": hit.question_score,
        "keyword": hit.keyword_score,
        "meant": hit.meant,
        "ahead": hit.ahead,
        "likely": hit.likely,
        "unanswered": hit.unanswered,
        "margin": hit.score - max(others, default=hit.score - FAR),
        "apart": hit.score - max(elsewhere, default=hit.score - FAR),
        "near": max(0.0, hit.question_score - NEAR),
        "kin": sum(other.meant * _likeness(other.passage, passage) for other in hits),
        "rival": max(other.meant * (1 - _likeness(other.passage, passage)) for other in hits),
        **company(question, hits, place),
        "kind": kind_fits(question, excerpt(hit, question)),
        "product": (product := _product_fits(question, passage, snapshot)),
        # Who asks for an attribute of a product is not served by a passage on products at large.
        "at_large": float(product < 0 and _asks_attribute(question, snapshot)),
        "words": float(min(len(asked), 8)),
        "votes": float(hit.votes),
        "overlap": _overlap(question, hit.question),
        "how": (how := float(_HOW.search(question) is not None)),
        "how_told": how * (passage.kind in _TELLING),
        "mine": float(_MINE.search(question) is not None),
        "first": float(place == 0),
        "table": float(passage.table or passage.kind in ("tarif", "roaming")),
        "terms": float(passage.kind == "agb"),
        "for_firms": _for_firms(question, passage, snapshot),
    }


def company(question: str, hits: Sequence[Hit], place: int) -> dict[str, float]:
    """Tell passages that say the same as one from those that say something else.

    The same fact stands in terms, price list and help page: each speaks for the others.
    """
    hit = hits[place]
    others = [other for other in hits if other is not hit]
    likeness = [_said_alike(question, hit, other) for other in others]
    figures_of = _stated(_said(question, hit))
    same = [bool(figures_of & _stated(_said(question, other))) for other in others]
    apart = [1 - max(like, _AGREED * agreed) for like, agreed in zip(likeness, same, strict=True)]
    kin = sum(other.likely * like for other, like in zip(others, likeness, strict=True))
    rival = max((o.meant * far for o, far in zip(others, apart, strict=True)), default=0.0)
    return {
        "kin_said": kin,
        "together": hit.likely + kin,
        "agreeing": float(sum(same)),
        "agreed": sum(other.likely for other, agreed in zip(others, same, strict=True) if agreed),
        "rival_said": rival,
        "rival_likely": max(
            (o.likely * f for o, f in zip(others, apart, strict=True)), default=0.0
        ),
        "lead": hit.meant - rival,
    }


def _said_alike(question: str, one: Hit, other: Hit) -> float:
    """Measure how much of the words that answer two passages share, or else of their excerpts."""
    said = _dice(_terms(_said(question, one)), _terms(_said(question, other)))
    return max(said, _dice(_terms(excerpt(one, question)), _terms(excerpt(other, question))))


def _said(question: str, hit: Hit) -> str:
    return hit.says or excerpt(hit, question)


@lru_cache(maxsize=20_000)
def _stated(text: str) -> frozenset[Figure]:
    return frozenset(figures(text))


def _says_the_same(one: Passage, other: Passage) -> bool:
    return _likeness(one, other) > SAME


def _likeness(one: Passage, other: Passage) -> float:
    """Measure how much of two passages' words they share (Dice)."""
    return _dice(_terms(one.text), _terms(other.text))


def _dice(words: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(words & others) / ((len(words) + len(others)) or 1)


@lru_cache(maxsize=20_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(german.terms(text))


def _overlap(question: str, typical: str | None) -> float:
    """Measure how much of both questions' words they share (Dice)."""
    return _dice(_terms(question), _terms(typical or ""))


def _product_fits(question: str, passage: Passage, snapshot: Snapshot) -> float:
    if snapshot.tariffs is None:
        return 0.0
    named = {tariff.id for tariff in snapshot.tariffs.mentioned(question)}
    if not named:
        return 0.0
    own = set(passage.products) | {t.id for t in snapshot.tariffs.mentioned(passage.text)}
    return 1.0 if named <= own else -1.0


def _for_firms(question: str, passage: Passage, snapshot: Snapshot) -> float:
    """Tell whether a passage addresses only businesses: 1 as the question does, -1 against it."""
    if passage.audience is not Audience.BUSINESS:
        return 0.0
    return 1.0 if audience_of(question, snapshot.tariffs) is Audience.BUSINESS else -1.0


def _asks_attribute(question: str, snapshot: Snapshot) -> bool:
    """Tell whether a question has words for an attribute of tariffs."""
    return snapshot.tariffs is not None and bool(snapshot.tariffs.asked(question))


def _weights(question: str, snapshot: Snapshot) -> dict[str, float]:
    """Weigh the content words of a question by how rare they are in the documents."""
    found: dict[str, float] = {}
    for token in german.tokens(question):
        terms = german.word_terms(token)
        if terms:
            # A compound is known when one of its parts is: the rarest part does not count.
            term = min(terms, key=snapshot.keywords.rarity)
            found[term] = snapshot.keywords.rarity(term)
    return found
