"""How soon does a changed document answer, in a large index with one document changed?

The documents are made from the own content: as many sections as asked for, so many to a file. One
file gets a new sentence; timed is from the start of the ingest until a search that has been running
all along finds it.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge_base.embeddings import Embedder
from knowledge_base.index import Progress, ingest, no_progress
from knowledge_base.search import Search
from knowledge_base.snapshot import Snapshots
from knowledge_base.sources import CONTENT, read

SECTIONS = 25
"""Of one document."""
ON = date(2026, 11, 22)
SAID = "Der Zufallssatz der Runde {number} nennt das Kennwort Quittenbaum {number}."


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalReport:
    """Every round, in seconds."""

    passages: int
    wall: tuple[float, ...]
    processor: tuple[float, ...]


def measure(
    folder: Path,
    embedder: Embedder,
    texts: Sequence[str],
    passages: int,
    rounds: int,
    progress: Progress = no_progress,
) -> RenewalReport:
    """Build an index of so many passages in an empty folder, then change one document per round.

    Raises:
        AssertionError: The changed document is not found afterwards.
    """
    documents, home = folder / "documents", folder / "home"
    documents.mkdir(parents=True)
    files = list(_write(documents, texts, passages))
    built = ingest([documents], home, embedder, strict=False, progress=progress)
    search = Search(Snapshots(home), embedder)
    asyncio.run(search.search("Wie lange läuft der Vertrag?", on=ON))
    wall, processor = [], []
    for number in range(1, rounds + 1):
        said = SAID.format(number=number)
        file = files[number * 7 % len(files)]
        file.write_text(
            file.read_text(encoding="utf-8") + f"\n## Runde {number}\n\n{said}\n", "utf-8"
        )
        started, used = time.perf_counter(), time.process_time()
        ingest([documents], home, embedder, strict=False)
        hits = asyncio.run(search.search(said, on=ON, top=1))
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
        assert hits and said in hits[0].passage.text, f"round {number} is not found"
    return RenewalReport(passages=built.passages, wall=tuple(wall), processor=tuple(processor))


def render(report: RenewalReport) -> str:
    """Write the medians for a terminal."""
    return (
        f"{report.passages} passages, one document changed, found by a running search after\n"
        f"  {_spread(report.wall)} on the clock\n  {_spread(report.processor)} of processor time"
    )


def _spread(seconds: Sequence[float]) -> str:
    return (
        f"{statistics.median(seconds):.1f} s in the median ({min(seconds):.1f} to "
        f"{max(seconds):.1f} s, {len(seconds)} rounds)"
    )


def own_texts() -> list[str]:
    """Give the words of the own documents, passage by passage."""
    shelf = read((CONTENT,), strict=True, progress=lambda done, total: None)
    return [
        passage.text
        for document in shelf.documents.values()
        for passage in document.passages
        if passage.answers is None and not passage.table
    ]


def _write(folder: Path, texts: Sequence[str], passages: int) -> Iterator[Path]:
    """Write documents of the texts in turn, each with a heading of its own."""
    for start in range(0, passages, SECTIONS):
        sections = [
            f"## Abschnitt {number}\n\n{texts[number % len(texts)]}\n"
            for number in range(start, min(start + SECTIONS, passages))
        ]
        file = folder / f"dokument-{start:06}.md"
        file.write_text(f"# Dokument {start}\n\n" + "\n".join(sections), encoding="utf-8")
        yield file
