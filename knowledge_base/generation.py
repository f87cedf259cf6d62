"""One generation of the index on disk: written once, never changed, read by every process.

``<home>/index/generations/<n>/`` holds it, ``<home>/index/current`` names the one in force.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import numpy as np

from knowledge_base.documents import Audience, Document, KnowledgeError, Passage, Validity
from knowledge_base.embeddings import Vectors
from knowledge_base.keywords import Field, Keywords
from knowledge_base.meaning import Meaning

FORMAT = 6
"""Counts up when these files or the reading of documents change: older indexes are built anew."""
KEPT = 2
"""How many generations stay, so that a process on the last one can finish its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation was made from."""

    number: int
    model: str
    """Name of the embedding model."""
    sources: tuple[Path, ...]
    strict: bool
    files: Mapping[str, str]
    """Every file that was read, with the SHA-256 of its content."""
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """Everything that a generation holds."""

    manifest: Manifest
    documents: tuple[Document, ...]
    """Without their passages, which stand in a list of their own."""
    passages: tuple[Passage, ...]
    vectors: Vectors
    keywords: Keywords
    meaning: Meaning | None
    """What the typical questions taught, if there are any."""
    tariffs: str | None
    """``Tariffs.to_json``, if the sources contain tariff files."""


class Generations:
    """The generations of one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "index" / "generations"
        self.pointer = home / "index" / "current"

    def current(self) -> int | None:
        """Return the number of the generation in force, if there is one."""
        try:
            return int(self.pointer.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise KnowledgeError(f"{self.pointer} is damaged; run `aura ingest`") from error

    def numbers(self) -> list[int]:
        """List the generations that are kept, oldest first."""
        if not self._folder.exists():
            return []
        return sorted(int(path.name) for path in self._folder.iterdir() if path.name.isdigit())

    def manifest(self, number: int) -> Manifest:
        """Read what a generation was made from."""
        found = json.loads(self._read(number, "manifest.json"))
        return Manifest(
            number=number,
            model=found["model"],
            sources=tuple(Path(source) for source in found["sources"]),
            strict=found["strict"],
            files=found["files"],
            format=found["format"],
        )

    def passages(self, number: int) -> tuple[Passage, ...]:
        """Read the passages of a generation."""
        lines = self._read(number, "passages.jsonl").split("\n")
        return tuple(_passage(json.loads(line)) for line in lines if line)

    def vectors(self, number: int) -> Vectors:
        """Read the vectors of a generation, in the order of its passages."""
        vectors: Vectors = np.load(self._folder / str(number) / "vectors.npy")
        return vectors

    def meaning(self, number: int) -> Meaning | None:
        """Read what a generation learned from its typical questions."""
        return Meaning.load(self._folder / str(number))

    def load(self, number: int) -> Generation:
        """Read a whole generation."""
        passages = self.passages(number)
        folder = self._folder / str(number)
        tariffs = folder / "tariffs.json"
        return Generation(
            manifest=self.manifest(number),
            documents=tuple(_document(d) for d in json.loads(self._read(number, "documents.json"))),
            passages=passages,
            vectors=self.vectors(number),
            keywords=Keywords.load(folder, len(passages)),
            meaning=self.meaning(number),
            tariffs=tariffs.read_text(encoding="utf-8") if tariffs.exists() else None,
        )

    def write(
        self,
        manifest: Manifest,
        documents: Sequence[Document],
        vectors: Vectors,
        meaning: Meaning | None,
        tariffs: str | None,
        before: Generation | None = None,
    ) -> None:
        """Write a generation and put it in force; readers see it whole or not at all.

        The keyword index takes over what the generation before counted of passages that stay.
        """
        passages = [passage for document in documents for passage in document.passages]
        started = self._folder / f".{manifest.number}"
        shutil.rmtree(started, ignore_errors=True)
        started.mkdir(parents=True)
        np.save(started / "vectors.npy", vectors)
        _keywords(passages, before).save(started)
        if meaning is not None:
            meaning.save(started)
        _write(started / "passages.jsonl", "\n".join(_json(p) for p in passages))
        _write(started / "documents.json", f"[{','.join(_json(d) for d in documents)}]")
        _write(started / "manifest.json", _json(manifest))
        if tariffs is not None:
            _write(started / "tariffs.json", tariffs)
        finished = self._folder / str(manifest.number)
        shutil.rmtree(finished, ignore_errors=True)
        started.rename(finished)
        pointer = self.pointer.with_name("current.new")
        _write(pointer, str(manifest.number))
        pointer.replace(self.pointer)

    def prune(self) -> None:
        """Remove all but the last generations."""
        for number in self.numbers()[:-KEPT]:
            shutil.rmtree(self._folder / str(number))

    def _read(self, number: int, name: str) -> str:
        try:
            return (self._folder / str(number) / name).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise KnowledgeError(
                f"generation {number} of the index lacks {name}; run `aura ingest`"
            ) from error


def _keywords(passages: Sequence[Passage], before: Generation | None) -> Keywords:
    fields = [field_of(passage) for passage in passages]
    if before is None:
        return Keywords.build(fields)
    rows = {field_of(passage): row for row, passage in enumerate(before.passages)}
    # Where two passages say the same, one takes the row over and the other is read.
    return before.keywords.renewed([rows.pop(field, field) for field in fields])


def field_of(passage: Passage) -> Field:
    """Give the keyword index what it reads of a passage."""
    heading = passage.searchable.removesuffix(passage.text)
    return Field(heading=heading, text=passage.text)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _json(thing: Document | Passage | Manifest) -> str:
    plain = {
        field.name: getattr(thing, field.name)
        for field in fields(thing)
        if field.name != "passages"
    }
    return json.dumps(plain, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case Validity():
            return [value.sold_from, value.sold_until, value.applies_from, value.applies_until]
    raise TypeError(f"{value!r} cannot be written")


def _passage(found: dict[str, object]) -> Passage:
    return Passage(**_typed(found))  # type: ignore[arg-type]


def _document(found: dict[str, object]) -> Document:
    return Document(**_typed(found))  # type: ignore[arg-type]


def _typed(found: dict[str, object]) -> dict[str, object]:
    """Give the values of a stored passage or document their types back."""
    bounds = found["validity"]
    names = ("sold_from", "sold_until", "applies_from", "applies_until")
    assert isinstance(bounds, list)
    found["validity"] = Validity(
        **{n: date.fromisoformat(d) if d else None for n, d in zip(names, bounds, strict=True)}
    )
    found["as_of"] = date.fromisoformat(str(found["as_of"]))
    found["audience"] = Audience(str(found["audience"]))
    for name in ("products", "headings"):
        value = found.get(name)
        if isinstance(value, Iterable):
            found[name] = tuple(value)
    return found
