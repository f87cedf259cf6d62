"""A question and its dates in, ranked passages out; empty when nothing fits."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import numpy as np
import structlog
from numpy.typing import NDArray

from knowledge_base.aliases import Aliases
from knowledge_base.calibration import CALIBRATIONS, KEYWORDS_ONLY
from knowledge_base.documents import Audience, KnowledgeError, Passage
from knowledge_base.embeddings import Embedder, EmbeddingError
from knowledge_base.keywords import question_terms
from knowledge_base.ranking import (
    QUESTION_HANDICAP,
    Legs,
    Scores,
    best,
    ranked_documents,
    through_questions,
)
from knowledge_base.snapshot import Mask, Snapshot, Snapshots
from knowledge_base.understood import NOTHING_MEANT, Meant, at_large, of_passages

WHOLE, PART, ALIAS = 1.0, 0.5, 0.5
"""Weights of a question's words, of the parts of its compounds, and of their other names."""
KEYWORD_WEIGHT = 0.12
"""What a passage gains that has every word of the question, in units of the cosine.

The cosines of the built-in model lie within a tenth of each other. Tuned on the first halves of the
development sets: above both legs there, flat from 0.08 to 0.12; rank fusion was worse than the
vector leg alone.
"""
VOTERS = 10
MEANING_WEIGHT = 0.1
"""What a passage gains that is surely meant, in units of the cosine."""
FITS = 0.25
"""Below this confidence of the best hit nothing fits; an answer may well demand more."""

_LONGEST_WORD = re.compile(r"(\S{60})\S+")
_EMBEDDED = 1_000
"""Characters of a question whose meaning is looked at: embedding more takes seconds, not longer
texts but longer words most of all, and says no more of what is asked."""
_REMEMBERED = 2_000
_SCORED = 64
"""Each responder of a turn asks anew what the question means."""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that may answer."""

    passage: Passage
    score: float
    """Joined score, by which hits are ordered."""
    keyword_score: float
    """Share of the weight of the question's words that the passage has, 0 to 1."""
    vector_score: float
    """Cosine; 0 when the embedding model was not available."""
    confidence: float
    """How likely the passage is about what was asked, 0 to 1; comparable across questions."""
    question: str | None = None
    """The typical question of this passage that is nearest to the one asked."""
    question_score: float = 0.0
    """Cosine with that question; 0 where nobody filed one."""
    says: str | None = None
    """The words of the passage that are meant most surely."""
    votes: int = 0
    """How many of the nearest passages and typical questions speak for this passage."""
    meant: float = 0.0
    """How surely the passage is meant: about 1 if so, 0 if not or if nobody filed questions."""
    ahead: float = 0.0
    """How much more surely than anything else."""
    unanswered: float = 0.0
    """How surely something is meant that no document answers."""
    likely: float = 0.0
    """Probability that the passage is meant, beside everything else that can be."""


class Search:
    """Find passages in whatever generation is in force."""

    def __init__(
        self, snapshots: Snapshots, embedder: Embedder, aliases: Aliases | None = None
    ) -> None:
        self._snapshots = snapshots
        self._embedder = embedder
        self._aliases = aliases or Aliases.load()
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._scores: OrderedDict[tuple[int, str], Scores] = OrderedDict()
        self._lock = threading.Lock()

    async def search(
        self,
        question: str,
        *,
        on: date,
        contract_date: date | None = None,
        product: str | None = None,
        audience: Audience = Audience.EVERYONE,
        simple: bool = False,
        top: int = 8,
    ) -> tuple[Hit, ...]:
        """Return the passages that fit a question, best first; none when nothing fits.

        Only what is in force on the day for a contract of the date is looked at. With a product,
        the passages of other products are left out, those of no product stay; passages in simple
        language are found alone, or not at all.
        """

        def work() -> tuple[Hit, ...]:
            snapshot = self._snapshots.current
            mask = snapshot.mask(
                on, contract_date, audience=audience, product=product, simple=simple
            )
            return self._hits(snapshot, question, mask, top)

        # Embedding takes some 15 ms of CPU.
        hits = await asyncio.to_thread(work)
        return hits if hits and hits[0].confidence >= FITS else ()

    async def runs(
        self, questions: Sequence[str], *, on: date, contract_date: date | None = None, top: int
    ) -> list[tuple[str, ...]]:
        """Rank documents by their best passage for many questions, whether they fit or not."""

        def work() -> list[tuple[str, ...]]:
            snapshot = self._snapshots.current
            mask = snapshot.mask(on, contract_date)
            # All at once is quicker; without the model, each falls back to its keywords.
            with suppress(EmbeddingError):
                self._embed(questions)
            return [
                ranked_documents(snapshot, self.legs(snapshot, question, mask).joined, top)
                for question in questions
            ]

        return await asyncio.to_thread(work)

    async def meant(self, question: str) -> Meant:
        """Tell which attributes of tariffs a question may ask for, by the typical questions.

        Names of products in the question only disturb where an attribute is looked for.
        """

        def work() -> Meant:
            snapshot = self._snapshots.current
            scores = self._meanings(snapshot, question)
            return NOTHING_MEANT if scores is None else at_large(snapshot, scores)

        return await asyncio.to_thread(work)

    def legs(self, snapshot: Snapshot, question: str, mask: Mask) -> Legs:
        """Score every passage for a question, by each leg and joined."""
        if snapshot.model != self._embedder.name:
            raise KnowledgeError(
                f"the index was made with the embedding model {snapshot.model!r}, not "
                f"{self._embedder.name!r}; run `aura ingest`"
            )
        terms = question_terms(question, WHOLE, PART)
        # Another name stands in for the one that was used: it does not make the question longer.
        possible = max(snapshot.keywords.possible(terms), 1e-6)
        for name in self._aliases.expanded(question):
            for term, weight in question_terms(name, ALIAS, ALIAS * PART).items():
                terms.setdefault(term, weight)
        share = np.minimum(snapshot.keywords.scores(terms) / possible, 1)
        keyword = np.where(mask, share, -np.inf)
        calibration = CALIBRATIONS.get(snapshot.model, KEYWORDS_ONLY)
        try:
            (query,) = self._embed([question])
            vector = np.where(mask, snapshot.vectors @ query, -np.inf)
        except EmbeddingError as error:
            _log.warning("search_by_keywords_only", reason=str(error))
            calibration = KEYWORDS_ONLY
            vector = np.where(mask, np.float32(0), -np.inf)
        return Legs(
            keyword=keyword,
            vector=vector,
            joined=(vector + KEYWORD_WEIGHT * keyword).astype(np.float32),
            calibration=calibration,
        )

    def _hits(self, snapshot: Snapshot, question: str, mask: Mask, top: int) -> tuple[Hit, ...]:
        if not question.strip() or not mask.any():
            return ()
        legs = self.legs(snapshot, question, mask)
        joined, nearest = through_questions(snapshot, legs)
        understood = of_passages(snapshot, self._meanings(snapshot, question), mask)
        joined += MEANING_WEIGHT * np.minimum(understood.scores, 1).astype(np.float32)
        direct = legs.joined - QUESTION_HANDICAP * snapshot.asked
        direct[snapshot.answers < 0] = -np.inf
        votes = Counter(int(snapshot.answers[row]) for row in best(direct, VOTERS))
        hits = []
        for row in best(joined, top):
            asked = int(nearest[row])
            hits.append(
                Hit(
                    passage=snapshot.passages[row],
                    score=float(joined[row]),
                    keyword_score=float(legs.keyword[row]),
                    vector_score=float(legs.vector[row]),
                    confidence=legs.calibration.confidence(float(joined[row]))
                    if legs.calibration is not KEYWORDS_ONLY
                    else legs.confidence(row),
                    question=snapshot.passages[asked].text if asked >= 0 else None,
                    question_score=float(legs.vector[asked]) if asked >= 0 else 0.0,
                    says=understood.says.get(row),
                    votes=votes[row],
                    meant=float(understood.scores[row]),
                    ahead=float(understood.ahead[row]),
                    unanswered=understood.unanswered,
                    likely=float(understood.likely[row]),
                )
            )
        return tuple(hits)

    def _meanings(self, snapshot: Snapshot, question: str) -> Scores | None:
        """Score every label of the meaning, if there are typical questions and a model."""
        if snapshot.meaning is None or not question.strip():
            return None
        key = (snapshot.number, question)
        with self._lock:
            if key in self._scores:
                return self._scores[key]
        try:
            (query,) = self._embed([question])
        except EmbeddingError as error:
            _log.warning("no_meaning_without_vectors", reason=str(error))
            return None
        scores = snapshot.meaning.scores(question, query)
        with self._lock:
            self._scores[key] = scores
            while len(self._scores) > _SCORED:
                self._scores.popitem(last=False)
        return scores

    def _embed(self, questions: Sequence[str]) -> list[NDArray[np.float32]]:
        texts = [self._aliases.spelled_out(_short(question)) for question in questions]
        with self._lock:
            found = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found.update(zip(new, self._embedder.queries(new), strict=True))
        with self._lock:
            for text in texts:
                self._vectors[text] = found[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > _REMEMBERED:
                self._vectors.popitem(last=False)
        return [found[text] for text in texts]


def _short(question: str) -> str:
    """Cut a question, and words that are none, to what is worth embedding."""
    return _LONGEST_WORD.sub(r"\1", question)[:_EMBEDDED]
