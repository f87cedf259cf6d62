"""Asking Chroma for the nearest passages beside multiplying the snapshot's vectors.

Run ``python -m evals.nearest``. The snapshot stays because every search filters by validity, and a
filter is what Chroma is slow at; Chroma remains the store that an ingest resumes from.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from knowledge_base.embeddings import Vectors, normalised
from knowledge_base.ranking import best

DIMENSION = 384
TOP = 8
ASKED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Median milliseconds of a question at one size of the index."""

    passages: int
    chroma: float
    chroma_filtered: float
    snapshot: float
    snapshot_filtered: float


def compare(size: int, folder: Path) -> Timing:
    """Measure both on the same vectors, half of which hold on the day asked about."""
    import chromadb

    chance = np.random.default_rng(7)
    vectors: Vectors = normalised(chance.normal(size=(size, DIMENSION)).astype(np.float32))
    questions = normalised(chance.normal(size=(ASKED, DIMENSION)).astype(np.float32))
    holds = chance.random(size) < 0.5
    collection = chromadb.PersistentClient(path=str(folder)).create_collection(
        "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    for start in range(0, size, 5_000):
        part = slice(start, start + 5_000)
        collection.add(
            ids=[str(row) for row in range(size)[part]],
            embeddings=vectors[part],
            metadatas=[{"holds": bool(held)} for held in holds[part]],
        )

    def by_numpy(question: Vectors) -> list[int]:
        return best(vectors @ question, TOP)

    def by_numpy_filtered(question: Vectors) -> list[int]:
        return best(np.where(holds, vectors @ question, -np.inf), TOP)

    return Timing(
        passages=size,
        chroma=_median(lambda q: collection.query(q[None, :], n_results=TOP), questions),
        chroma_filtered=_median(
            lambda q: collection.query(q[None, :], n_results=TOP, where={"holds": True}), questions
        ),
        snapshot=_median(by_numpy, questions),
        snapshot_filtered=_median(by_numpy_filtered, questions),
    )


def _median(ask: Callable[[Vectors], object], questions: Vectors) -> float:
    ask(questions[0])
    taken = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        taken.append((time.perf_counter() - began) * 1_000)
    return median(taken)


def main() -> None:
    """Print a line for each size."""
    out = sys.stdout.write
    out(
        f"{'passages':>9}{'chroma':>10}{'filtered':>10}{'snapshot':>10}{'filtered':>10}{'ratio':>8}\n"
    )
    for size in (1_000, 10_000, 50_000):
        with tempfile.TemporaryDirectory() as folder:
            found = compare(size, Path(folder))
        ratio = found.chroma_filtered / found.snapshot_filtered
        out(
            f"{found.passages:>9}{found.chroma:>10.2f}{found.chroma_filtered:>10.2f}"
            f"{found.snapshot:>10.2f}{found.snapshot_filtered:>10.2f}{ratio:>8.1f}\n"
        )


if __name__ == "__main__":
    main()
