"""Ingest: make the index equal to its sources, embedding only what has changed.

Vectors go to Chroma as they are made, so an interrupted run goes on where it stopped; at the end
a new generation is put in force at once.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np

from knowledge_base import shipped
from knowledge_base import sources as shelves
from knowledge_base.chroma import ChromaPassages, batches
from knowledge_base.documents import KnowledgeError, Passage
from knowledge_base.embeddings import Embedder, Vectors
from knowledge_base.generation import FORMAT, Generation, Generations, Manifest
from knowledge_base.library import Library
from knowledge_base.meaning import Meaning, digest, examples
from knowledge_base.sources import CONTENT, Failure, Shelf

EMBEDDED_AT_ONCE = 8
"""So much work is lost at most when an ingest is interrupted."""


class Progress(Protocol):
    """Hear how far an ingest has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of a step; ``stage`` is ``read``, ``embed`` or ``learn``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What an ingest did."""

    generation: int
    changed: bool
    """A new generation was made; ``False`` if the index was up to date."""
    documents: int
    passages: int
    embedded: int
    reused: int
    """Passages whose vectors were already there."""
    withdrawn: tuple[str, ...]
    """Documents that are no longer found."""
    failures: tuple[Failure, ...]


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def ingest(
    sources: Sequence[Path],
    home: Path,
    embedder: Embedder,
    *,
    chroma_url: str | None = None,
    strict: bool,
    progress: Progress = no_progress,
) -> IngestReport:
    """Make the index of a home equal to its sources.

    Args:
        sources: Files and folders; what is in none of them is withdrawn.
        home: Directory of the index.
        embedder: The embedding model.
        chroma_url: A Chroma server; embedded in the home if there is none.
        strict: Demand title, date and owner of every document.
        progress: Hears every step.

    Raises:
        KnowledgeError: Another ingest is running, or a source does not exist.
    """
    with _locked(home):
        found = tuple(source.resolve() for source in sources)
        files = shelves.digests(found)
        _remember(home, found, strict)
        shelf = shelves.read(found, strict=strict, progress=partial(progress, "read"))
        return _index(shelf, home, embedder, chroma_url, (found, strict, files), progress)


def remembered_sources(home: Path) -> tuple[tuple[Path, ...], bool]:
    """Return the sources of the last ingest and whether they are strict: first the own content."""
    try:
        found = json.loads((home / "index" / "sources.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (CONTENT,), True
    return tuple(Path(source) for source in found["sources"]), bool(found["strict"])


def is_current(home: Path, model: str) -> bool:
    """Tell whether the index matches the files it was made from; cheap, nothing is parsed."""
    generations = Generations(home)
    number = generations.current()
    if number is None:
        return False
    made = generations.manifest(number)
    sources, strict = remembered_sources(home)
    if (made.model, made.format, made.sources, made.strict) != (model, FORMAT, sources, strict):
        return False
    return dict(made.files) == shelves.digests(sources)


def _index(
    shelf: Shelf,
    home: Path,
    embedder: Embedder,
    chroma_url: str | None,
    origin: tuple[tuple[Path, ...], bool, dict[str, str]],
    progress: Progress,
) -> IngestReport:
    generations = Generations(home)
    before = generations.current()
    library = Library(home)
    for document, reading in shelf.originals:
        library.keep(document, reading.original, reading.file_name)
    documents = sorted(shelf.documents.values(), key=lambda document: document.id)
    passages = [passage for document in documents for passage in document.passages]
    last = _last(generations)
    chroma = ChromaPassages(home, embedder.name, url=chroma_url)
    vectors, embedded = _vectors(passages, chroma, last, embedder, progress)
    sources, strict, files = origin
    manifest = Manifest(
        number=(before or 0) + 1,
        model=embedder.name,
        sources=sources,
        strict=strict,
        files=files,
    )
    tariffs = shelf.tariffs.to_json() if shelf.tariffs else None
    withdrawn: tuple[str, ...] = ()
    changed = True
    if last is not None:
        ids = {document.id for document in documents}
        withdrawn = tuple(sorted({d.id for d in last.documents} - ids))
        changed = (
            last.passages != tuple(passages)
            or last.tariffs != tariffs
            or last.manifest.model != embedder.name
            or (last.manifest.sources, last.manifest.strict) != (sources, strict)
            or dict(last.manifest.files) != files
        )
    if changed:
        meaning = _meaning(passages, vectors, embedder.name, last, progress)
        generations.write(manifest, documents, vectors, meaning, tariffs, last)
        generations.prune()
    others = set(generations.numbers()) - {before, manifest.number}
    kept = {passage.id for passage in (*passages, *(last.passages if last else ()))}
    kept |= {passage.id for number in others for passage in generations.passages(number)}
    chroma.withdraw_all_but(kept)
    return IngestReport(
        generation=manifest.number if changed else before or 0,
        changed=changed,
        documents=len(documents),
        passages=len(passages),
        embedded=embedded,
        reused=len(passages) - embedded,
        withdrawn=withdrawn,
        failures=tuple(shelf.failures),
    )


def _vectors(
    passages: Sequence[Passage],
    chroma: ChromaPassages,
    last: Generation | None,
    embedder: Embedder,
    progress: Progress,
) -> tuple[Vectors, int]:
    """Find or make the vector of every passage; all of them are in Chroma afterwards."""
    there = _in_force(last, embedder.name, chroma)
    new = [passage for passage in passages if passage.id not in there]
    there |= chroma.vectors([passage.id for passage in new])
    by_text = _by_text(new, last, embedder.name) if new else {}
    known = [p for p in passages if p.id not in there and shipped.digest(p) in by_text]
    if known:
        chroma.put(known, np.stack([by_text[shipped.digest(passage)] for passage in known]))
        there.update((passage.id, by_text[shipped.digest(passage)]) for passage in known)
    missing: dict[bytes, list[Passage]] = {}
    for passage in passages:
        if passage.id not in there:
            missing.setdefault(shipped.digest(passage), []).append(passage)
    embedded = sum(map(len, missing.values()))
    done = len(passages) - embedded
    progress("embed", done, len(passages))
    for batch in batches(list(missing.values()), EMBEDDED_AT_ONCE):
        # Several documents may say, or be asked, the same: one vector serves all of them.
        made = _embedded([same[0] for same in batch], embedder)
        rows = [row for same, row in zip(batch, made, strict=True) for _ in same]
        stored = [passage for same in batch for passage in same]
        chroma.put(stored, np.stack(rows))
        there.update(zip((passage.id for passage in stored), rows, strict=True))
        done += len(stored)
        progress("embed", done, len(passages))
    width = embedder.dimension or 0
    found = [there[passage.id] for passage in passages]
    vectors = np.stack(found) if found else np.zeros((0, width), dtype=np.float32)
    return vectors.astype(np.float32), embedded


def _meaning(
    passages: Sequence[Passage],
    vectors: Vectors,
    model: str,
    last: Generation | None,
    progress: Progress,
) -> Meaning | None:
    """Learn from the typical questions; what the generation in force learned from them stays."""
    asked = examples(passages)
    if not asked:
        return None
    known = last.meaning if last is not None else None
    if known is not None and known.digest == digest(asked, model):
        return known
    progress("learn", 0, 1)
    learned = Meaning.fit(asked, vectors, model)
    progress("learn", 1, 1)
    return learned


def _embedded(passages: Sequence[Passage], embedder: Embedder) -> Vectors:
    """Embed passages as passages, and typical questions the way a customer's question is."""
    asked = [passage.answers is not None for passage in passages]
    texts = [passage.searchable for passage in passages]
    rows = np.zeros((len(texts), 0), dtype=np.float32)
    for embed, wanted in ((embedder.passages, False), (embedder.queries, True)):
        places = [place for place, one in enumerate(asked) if one is wanted]
        if places:
            made = embed([texts[place] for place in places])
            rows = rows if rows.shape[1] else np.zeros((len(texts), made.shape[1]), np.float32)
            rows[places] = made
    return rows


def _last(generations: Generations) -> Generation | None:
    """Read the generation in force; one that was written in an older way is built anew."""
    number = generations.current()
    if number is None or generations.manifest(number).format != FORMAT:
        return None
    return generations.load(number)


def _in_force(last: Generation | None, model: str, chroma: ChromaPassages) -> dict[str, np.ndarray]:
    """Give the vectors of the generation in force by passage, if Chroma still holds them all."""
    if last is None or last.manifest.model != model:
        return {}
    found = {passage.id: last.vectors[row] for row, passage in enumerate(last.passages)}
    return found if len(chroma) >= len(found) else {}


def _by_text(
    new: Sequence[Passage], last: Generation | None, model: str
) -> dict[bytes, np.ndarray]:
    """Give the vectors that are known from elsewhere by the text they stand for."""
    found = shipped.vectors(model)
    if last is not None and last.manifest.model == model:
        wanted = {shipped.digest(passage) for passage in new}
        digests = map(shipped.digest, last.passages)
        found |= {d: last.vectors[row] for row, d in enumerate(digests) if d in wanted}
    return found


def _remember(home: Path, sources: tuple[Path, ...], strict: bool) -> None:
    path = home / "index" / "sources.json"
    text = json.dumps({"sources": [str(source) for source in sources], "strict": strict})
    path.write_text(text, encoding="utf-8")


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    folder = home / "index"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            # The operating system lets go of it when the process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KnowledgeError(
                f"another ingest is writing to {home}; wait until it has finished"
            ) from error
        yield
