"""The scores of all passages for one question, and what stands first by them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.calibration import KEYWORDS_ONLY, Calibration
from knowledge_base.snapshot import Snapshot

QUESTION_HANDICAP = 0.05
"""Two questions are nearer to each other than a question is to its answer, in cosine."""
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """The scores of every passage by each leg, and joined; ``-inf`` where it does not hold."""

    keyword: Scores
    vector: Scores
    joined: Scores
    calibration: Calibration

    def confidence(self, row: int) -> float:
        """Return how likely the passage of a row is about what was asked."""
        by_words = self.calibration is KEYWORDS_ONLY
        score = self.keyword[row] if by_words else self.joined[row]
        return self.calibration.confidence(float(score))


def through_questions(snapshot: Snapshot, legs: Legs) -> tuple[Scores, NDArray[np.int64]]:
    """Give every passage the better of its own score and that of its typical questions.

    Returns:
        The scores, ``-inf`` for the questions themselves; and for every row its nearest question,
        -1 where there is none.
    """
    scores = np.where(snapshot.asked, -np.inf, legs.joined).astype(np.float32)
    nearest = np.full(len(scores), -1, dtype=np.int64)
    rows = np.flatnonzero(snapshot.asked & (snapshot.answers >= 0) & np.isfinite(legs.joined))
    # From far to near, so that the nearest question of a passage is written last.
    rows = rows[np.argsort(legs.joined[rows], kind="stable")]
    owners = snapshot.answers[rows]
    nearest[owners] = rows
    np.maximum.at(scores, owners, legs.joined[rows] - QUESTION_HANDICAP)
    return scores, nearest


def best(scores: Scores, top: int) -> list[int]:
    """Give the rows of the best scores, best first; equal ones in their order in the index."""
    if 0 < top < len(scores) // 4:
        # Sorting all of a large index takes longer than scoring it.
        edge = np.partition(scores, len(scores) - top)[len(scores) - top]
        rows = np.flatnonzero(scores >= edge)
        order = rows[np.argsort(-scores[rows], kind="stable")][:top]
    else:
        order = np.argsort(-scores, kind="stable")[:top]
    return [int(row) for row in order if np.isfinite(scores[row])]


def ranked_documents(snapshot: Snapshot, scores: Scores, top: int) -> tuple[str, ...]:
    """Rank documents by their best passage."""
    order = best(scores, len(scores))
    names = dict.fromkeys(snapshot.passages[row].document for row in order)
    return tuple(names)[:top]
