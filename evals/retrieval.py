"""How well the search finds the right document: each leg alone, and joined.

Every development set is a folder with ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``. It is
ingested into a home of its own, so a second run embeds nothing. Questions are halved by their
place: weights were tuned on the first half, and the second is what may be reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import fmean

from evals.metrics import ndcg, recall, reciprocal_rank
from knowledge_base.embeddings import Embedder
from knowledge_base.index import Progress, ingest, no_progress
from knowledge_base.search import Search, ranked_documents
from knowledge_base.snapshot import Snapshots

SETS: Mapping[str, tuple[str, str]] = {
    "xquad_de": ("queries.jsonl", "qrels.tsv"),
    "mlqa_de_val": ("queries.jsonl", "qrels.tsv"),
    "gesetze_tkg": ("title_queries.jsonl", "title_qrels.tsv"),
}
"""Folder, questions and relevant documents of the development sets."""
LEGS = ("keyword", "vector", "joined")
DEPTH = 10


class Half(StrEnum):
    """Which questions are looked at."""

    TUNED = "tuned"
    REPORTED = "reported"
    ALL = "all"

    def of(self, names: Sequence[str]) -> Sequence[str]:
        """Pick every second question, from the first or from the second on."""
        return {Half.TUNED: names[::2], Half.REPORTED: names[1::2], Half.ALL: names}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means over the questions of a set, or over sets."""

    mrr_10: float
    hit_1: float
    recall_5: float
    recall_10: float
    ndcg_10: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReport:
    """One development set."""

    name: str
    questions: int
    passages: int
    legs: Mapping[str, Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalReport:
    """All sets, and the mean over them."""

    half: Half
    model: str
    sets: tuple[SetReport, ...]

    @property
    def macro(self) -> Mapping[str, Figures]:
        """Give every set the same weight, however many questions it has."""
        return {leg: mean([found.legs[leg] for found in self.sets]) for leg in LEGS}


def evaluate(
    data_dir: Path,
    embedder: Embedder,
    home: Path,
    *,
    half: Half = Half.REPORTED,
    progress: Progress = no_progress,
) -> RetrievalReport:
    """Measure the search on every development set that is there."""
    present = [name for name in SETS if (data_dir / name / "corpus.jsonl").is_file()]
    return RetrievalReport(
        half=half,
        model=embedder.name,
        sets=tuple(
            measure(data_dir / name, *SETS[name], embedder, home / name, half, progress)
            for name in present
        ),
    )


def measure(
    folder: Path,
    queries: str,
    qrels: str,
    embedder: Embedder,
    home: Path,
    half: Half,
    progress: Progress = no_progress,
) -> SetReport:
    """Measure the search on one set."""
    ingest([folder / "corpus.jsonl"], home, embedder, strict=False, progress=progress)
    snapshots = Snapshots(home)
    snapshot = snapshots.current
    search = Search(snapshots, embedder)
    texts = {row["id"]: row["text"] for row in _lines(folder / queries)}
    relevant = _relevant(folder / qrels)
    mask = snapshot.mask(date.today())  # noqa: DTZ011 - the sets have no dates
    judged: dict[str, list[Figures]] = {leg: [] for leg in LEGS}
    names = half.of([name for name in texts if name in relevant])
    for done, name in enumerate(names, 1):
        legs = search.legs(snapshot, texts[name], mask)
        for leg in LEGS:
            ranked = ranked_documents(snapshot, getattr(legs, leg), DEPTH)
            judged[leg].append(judge(ranked, relevant[name]))
        progress("search", done, len(names))
    return SetReport(
        name=folder.name,
        questions=len(names),
        passages=len(snapshot.passages),
        legs={leg: mean(figures) for leg, figures in judged.items()},
    )


def judge(ranked: Sequence[str], relevant: Sequence[str]) -> Figures:
    """Judge the ranking for one question."""
    return Figures(
        mrr_10=reciprocal_rank(ranked, relevant, 10),
        hit_1=reciprocal_rank(ranked, relevant, 1),
        recall_5=recall(ranked, relevant, 5),
        recall_10=recall(ranked, relevant, 10),
        ndcg_10=ndcg(ranked, relevant, 10),
    )


def mean(figures: Sequence[Figures]) -> Figures:
    """Give the mean of figures, each with the same weight."""
    names = [field.name for field in fields(Figures)]
    return Figures(**{name: fmean(getattr(found, name) for found in figures) for name in names})


def render(report: RetrievalReport) -> str:
    """Write the report as a table, figures to three decimals."""
    names = [field.name for field in fields(Figures)]
    lines = [
        f"Retrieval, {report.half.value} half, {report.model}",
        f"{'set':<14}{'leg':<9}" + "".join(f"{name:>11}" for name in names),
    ]
    for found in report.sets:
        for leg, figures in found.legs.items():
            lines.append(_row(f"{found.name:<14}{leg:<9}", figures))
    if report.sets:
        for leg, figures in report.macro.items():
            lines.append(_row(f"{'mean of sets':<14}{leg:<9}", figures))
    return "\n".join(lines)


def _row(head: str, figures: Figures) -> str:
    values = (getattr(figures, field.name) for field in fields(figures))
    return head + "".join(f"{value:>11.3f}" for value in values)


def _lines(path: Path) -> Iterator[Mapping[str, str]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def _relevant(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        question, document, score = line.split("\t")
        if float(score) > 0:
            found.setdefault(question, []).append(document)
    return found
