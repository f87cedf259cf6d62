"""The keyword leg: BM25 over German terms, held in four flat arrays.

The weight of every term in every passage is computed once, when a generation is written; a
question then only adds up the postings of its own terms.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base import german

K1 = 1.2
B = 0.6
HEADING_WEIGHT = 1.5
"""How often a term of the title or the headings counts beside one of the text."""
# Tuned on the first halves of the development sets; the optimum is flat (evals/retrieval.py).

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What one passage offers to the keyword index."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Keywords:
    """An immutable BM25 index; row numbers are those of the passages it was built from."""

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    """Where the postings of each term begin, and where the last ones end."""
    rows: NDArray[np.int32]
    weights: Floats
    size: int
    """Number of passages."""

    @classmethod
    def build(cls, fields: Sequence[Field]) -> Keywords:
        """Index passages in their order."""
        counts = [_weighted_counts(field) for field in fields]
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float64)
        average = float(lengths.mean()) if len(fields) else 1.0
        postings: dict[str, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            for term, frequency in count.items():
                postings.setdefault(term, []).append((row, frequency))
        vocabulary = {term: number for number, term in enumerate(sorted(postings))}
        starts = np.zeros(len(vocabulary) + 1, dtype=np.int64)
        rows: list[NDArray[np.int32]] = []
        weights: list[Floats] = []
        for term, number in vocabulary.items():
            row_numbers, frequencies = zip(*postings[term], strict=True)
            at = np.array(row_numbers, dtype=np.int32)
            tf = np.array(frequencies, dtype=np.float64)
            rarity = np.log1p((len(fields) - len(at) + 0.5) / (len(at) + 0.5))
            norm = K1 * (1 - B + B * lengths[at] / max(average, 1e-9))
            rows.append(at)
            weights.append((rarity * tf * (K1 + 1) / (tf + norm)).astype(np.float32))
            starts[number + 1] = starts[number] + len(at)
        return cls(
            vocabulary=vocabulary,
            starts=starts,
            rows=np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32),
            weights=np.concatenate(weights) if weights else np.zeros(0, dtype=np.float32),
            size=len(fields),
        )

    def save(self, folder: Path) -> None:
        """Write the index as files of a generation."""
        text = json.dumps(list(self.vocabulary), ensure_ascii=False)
        (folder / "terms.json").write_text(text, encoding="utf-8")
        np.save(folder / "starts.npy", self.starts)
        np.save(folder / "rows.npy", self.rows)
        np.save(folder / "weights.npy", self.weights)

    @classmethod
    def load(cls, folder: Path, size: int) -> Keywords:
        """Read what ``save`` wrote."""
        listed = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        return cls(
            vocabulary={term: number for number, term in enumerate(listed)},
            starts=np.load(folder / "starts.npy"),
            rows=np.load(folder / "rows.npy"),
            weights=np.load(folder / "weights.npy"),
            size=size,
        )

    def scores(self, question: Mapping[str, float]) -> Floats:
        """Score every passage for weighted question terms."""
        totals = np.zeros(self.size, dtype=np.float32)
        for term, weight in question.items():
            number = self.vocabulary.get(term)
            if number is not None:
                postings = slice(self.starts[number], self.starts[number + 1])
                totals[self.rows[postings]] += weight * self.weights[postings]
        return totals

    def possible(self, question: Mapping[str, float]) -> float:
        """Return the score that no passage can exceed, so that scores compare across questions."""
        return sum(weight * self.rarity(term) for term, weight in question.items()) * (K1 + 1)

    def rarity(self, term: str) -> float:
        """Give the inverse document frequency; a term that nobody uses is the rarest."""
        number = self.vocabulary.get(term)
        if number is None:
            return self._unheard
        held = int(self.starts[number + 1] - self.starts[number])
        return float(np.log1p((self.size - held + 0.5) / (held + 0.5)))

    @cached_property
    def _unheard(self) -> float:
        return float(np.log1p((self.size + 0.5) / 0.5))


def question_terms(text: str, whole: float = 1.0, part: float = 1.0) -> dict[str, float]:
    """Weigh the terms of a question: whole words fully, the parts of compounds less."""
    found: dict[str, float] = {}
    for token in german.tokens(text):
        for place, term in enumerate(german.word_terms(token)):
            found[term] = max(found.get(term, 0.0), part if place else whole)
    return found


def _weighted_counts(field: Field) -> Counter[str]:
    counts: Counter[str] = Counter(german.terms(field.text))
    for term in german.terms(field.heading):
        counts[term] += HEADING_WEIGHT  # type: ignore[assignment]
    return counts
