"""How well the search finds the right document: each leg alone, and joined.

Every set is a folder with ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``. It is ingested
into a home of its own, so a second run embeds nothing. Questions are halved by their place: weights
were tuned on the first half, and the second is what may be reported. Every question is put as it
is written, mistyped, and in English where the set has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from statistics import fmean

from evals.bootstrap import Gain, paired_gain
from evals.metrics import ndcg, recall, reciprocal_rank
from evals.wordings import Wording
from knowledge_base.embeddings import Embedder
from knowledge_base.index import Progress, ingest, no_progress
from knowledge_base.ranking import ranked_documents
from knowledge_base.search import Search
from knowledge_base.snapshot import Snapshots

SETS: Mapping[str, tuple[str, str]] = {
    "xquad_de": ("queries.jsonl", "qrels.tsv"),
    "mlqa_de_val": ("queries.jsonl", "qrels.tsv"),
    "gesetze_tkg": ("title_queries.jsonl", "title_qrels.tsv"),
}
"""Folder, questions and relevant documents of the development sets."""
OTHER = ("queries.jsonl", "qrels.tsv")
"""Of a set that is not ours."""
JOINED = "joined"
LEGS = ("keyword", "vector", JOINED)
CORPUS = "corpus.jsonl"
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
    """One set of questions, put in one way."""

    name: str
    wording: Wording
    questions: int
    passages: int
    legs: Mapping[str, Figures]
    ranks: Mapping[str, tuple[float, ...]]
    """Reciprocal rank of every question by each leg, in the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalReport:
    """All sets, and the mean over them."""

    half: Half
    model: str
    sets: tuple[SetReport, ...]

    def of(self, wording: Wording) -> list[SetReport]:
        """List the sets whose questions can be put that way."""
        return [found for found in self.sets if found.wording is wording]

    @property
    def macro(self) -> Mapping[str, Figures]:
        """Give every set the same weight, however many questions it has."""
        return {leg: mean([s.legs[leg] for s in self.of(Wording.WRITTEN)]) for leg in LEGS}

    @property
    def gain(self) -> Gain:
        """Compare joining with the better leg over all sets."""
        ranks = [found.ranks for found in self.of(Wording.WRITTEN)]
        legs = {leg: fmean(fmean(one[leg]) for one in ranks) for leg in LEGS if leg != JOINED}
        better = max(legs, key=lambda leg: legs[leg])
        return paired_gain([(one[better], one[JOINED]) for one in ranks], better)


def evaluate(
    data_dir: Path,
    embedder: Embedder,
    home: Path,
    *,
    half: Half = Half.REPORTED,
    progress: Progress = no_progress,
) -> RetrievalReport:
    """Measure the search on every set that is there, or on the one that the directory is."""
    return RetrievalReport(
        half=half,
        model=embedder.name,
        sets=tuple(
            found
            for folder, queries, qrels in sets_in(data_dir)
            for found in measure(
                folder, queries, qrels, embedder, home / folder.name, half, progress
            )
        ),
    )


def sets_in(data_dir: Path) -> list[tuple[Path, str, str]]:
    """Name the sets of a directory, each with its files of questions and relevant documents."""
    if (data_dir / CORPUS).is_file():
        return [(data_dir, *OTHER)]
    return [
        (data_dir / name, *files)
        for name, files in SETS.items()
        if (data_dir / name / CORPUS).is_file()
    ]


def measure(
    folder: Path,
    queries: str,
    qrels: str,
    embedder: Embedder,
    home: Path,
    half: Half,
    progress: Progress = no_progress,
) -> list[SetReport]:
    """Measure the search on one set, with its questions put in every way."""
    ingest([folder / CORPUS], home, embedder, strict=False, progress=progress)
    snapshots = Snapshots(home)
    snapshot = snapshots.current
    search = Search(snapshots, embedder)
    relevant = _relevant(folder / qrels)
    known = {row["id"]: row for row in _lines(folder / queries) if row["id"] in relevant}
    mask = snapshot.mask(date.today())  # noqa: DTZ011 - the sets have no dates
    names = half.of(list(known))
    reports = []
    for wording in Wording:
        put = {name: text for name in names if (text := wording.of(known[name]))}
        judged: dict[str, list[Figures]] = {leg: [] for leg in LEGS}
        for done, (name, text) in enumerate(put.items(), 1):
            legs = search.legs(snapshot, text, mask)
            for leg in LEGS:
                ranked = ranked_documents(snapshot, getattr(legs, leg), DEPTH)
                judged[leg].append(judge(ranked, relevant[name]))
            progress("search", done, len(put))
        if put:
            reports.append(
                SetReport(
                    name=folder.name,
                    wording=wording,
                    questions=len(put),
                    passages=len(snapshot.passages),
                    legs={leg: mean(figures) for leg, figures in judged.items()},
                    ranks={leg: tuple(one.mrr_10 for one in of) for leg, of in judged.items()},
                )
            )
    return reports


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
    width = max((len(found.name) for found in report.sets), default=0) + 2
    lines = [
        f"Retrieval, {report.half.value} half, {report.model}",
        f"{'set':<{width}}{'questions':<12}{'leg':<9}" + "".join(f"{name:>11}" for name in names),
    ]
    for found in report.sets:
        for leg, figures in found.legs.items():
            head = f"{found.name:<{width}}{found.wording.value:<12}{leg:<9}"
            lines.append(_row(head, figures))
    if report.sets:
        for leg, figures in report.macro.items():
            lines.append(_row(f"{'mean':<{width}}{Wording.WRITTEN.value:<12}{leg:<9}", figures))
        gain = report.gain
        lines.append(
            f"joined beside {gain.beside}, mean MRR@10: {gain.mean:+.3f} "
            f"[{gain.low:+.3f}, {gain.high:+.3f}] (paired bootstrap, 95 %)"
        )
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
