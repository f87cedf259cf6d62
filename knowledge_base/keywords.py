"""The keyword leg: BM25 over German terms, held in flat arrays.

How often every passage has every term is counted once: a new generation takes over the counts of
the passages that stay, because splitting German words is most of the work. A question only adds up
the postings of its own terms.
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
    counts: Floats
    """How often the passage of a posting has its term; headings count more."""
    size: int
    """Number of passages."""

    @classmethod
    def build(cls, fields: Sequence[Field]) -> Keywords:
        """Index passages in their order."""
        nothing = cls(
            vocabulary={},
            starts=np.zeros(1, dtype=np.int64),
            rows=np.zeros(0, dtype=np.int32),
            counts=np.zeros(0, dtype=np.float32),
            size=0,
        )
        return nothing.renewed(fields)

    def renewed(self, passages: Sequence[Field | int]) -> Keywords:
        """Index passages in their order, each by what it offers or by the row it had here."""
        stays = np.full(self.size, -1, dtype=np.int64)
        words: list[str] = []
        rows: list[int] = []
        counts: list[float] = []
        for row, passage in enumerate(passages):
            if isinstance(passage, int):
                stays[passage] = row
                continue
            for term, count in _weighted_counts(passage).items():
                words.append(term)
                rows.append(row)
                counts.append(count)
        names = [*self.vocabulary, *dict.fromkeys(w for w in words if w not in self.vocabulary)]
        numbers = {name: number for number, name in enumerate(names)}
        held = np.repeat(np.arange(len(self.vocabulary)), np.diff(self.starts))
        kept = stays[self.rows] >= 0
        terms = np.concatenate([held[kept], np.array([numbers[w] for w in words], dtype=np.int64)])
        places = np.concatenate([stays[self.rows][kept], np.array(rows, dtype=np.int64)])
        often = np.concatenate([self.counts[kept], np.array(counts, dtype=np.float32)])
        present = np.unique(terms)
        vocabulary = sorted(names[number] for number in present)
        renumbered = np.zeros(len(names), dtype=np.int64)
        renumbered[[numbers[name] for name in vocabulary]] = np.arange(len(vocabulary))
        terms = renumbered[terms]
        order = np.lexsort((places, terms))
        return Keywords(
            vocabulary={name: number for number, name in enumerate(vocabulary)},
            starts=np.searchsorted(terms[order], np.arange(len(vocabulary) + 1)),
            rows=places[order].astype(np.int32),
            counts=often[order],
            size=len(passages),
        )

    @cached_property
    def weights(self) -> Floats:
        """Weigh every posting by BM25."""
        lengths = np.bincount(self.rows, weights=self.counts, minlength=self.size)
        average = float(lengths.mean()) if self.size else 1.0
        norm = K1 * (1 - B + B * lengths / max(average, 1e-9))
        held = np.diff(self.starts)
        rarity = np.repeat(np.log1p((self.size - held + 0.5) / (held + 0.5)), held)
        weights = rarity * self.counts * (K1 + 1) / (self.counts + norm[self.rows])
        return weights.astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the index as files of a generation."""
        text = json.dumps(list(self.vocabulary), ensure_ascii=False)
        (folder / "terms.json").write_text(text, encoding="utf-8")
        np.save(folder / "starts.npy", self.starts)
        np.save(folder / "rows.npy", self.rows)
        np.save(folder / "counts.npy", self.counts)

    @classmethod
    def load(cls, folder: Path, size: int) -> Keywords:
        """Read what ``save`` wrote."""
        listed = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        return cls(
            vocabulary={term: number for number, term in enumerate(listed)},
            starts=np.load(folder / "starts.npy"),
            rows=np.load(folder / "rows.npy"),
            counts=np.load(folder / "counts.npy"),
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
