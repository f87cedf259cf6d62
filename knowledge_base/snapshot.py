"""An immutable view of one generation in memory, swapped when a newer one is in force."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from knowledge_base import german
from knowledge_base.documents import SIMPLE, Audience, Document, KnowledgeError, Passage
from knowledge_base.embeddings import Vectors
from knowledge_base.generation import Generation, Generations
from knowledge_base.keywords import Keywords
from knowledge_base.meaning import Meaning, name_of
from knowledge_base.tariffs import Tariffs

Mask = NDArray[np.bool_]
_FAR = date.max.toordinal()


class NoIndexError(KnowledgeError):
    """There is no index yet; whoever can, builds one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Snapshot:
    """One generation, ready to be searched; row numbers run through everything in it."""

    number: int
    model: str
    """Name of the embedding model that made the vectors."""
    documents: Mapping[str, Document]
    passages: tuple[Passage, ...]
    vectors: Vectors
    keywords: Keywords
    meaning: Meaning | None
    meant: tuple[NDArray[np.int64], ...]
    """For every label of the meaning the rows of the passages that answer; none for attributes."""
    tariffs: Tariffs | None
    answers: NDArray[np.int64]
    """For every row the row that is quoted: its own, or of a typical question the answer's.

    -1 for a typical question that asks for an attribute of a tariff.
    """
    asked: Mask
    """Rows that are typical questions."""
    _bounds: NDArray[np.int32]
    """First and last days of both axes of validity, a row each."""
    _audiences: Mapping[Audience, Mask]
    _simple: Mask
    """Passages in simple language."""
    _general: Mask
    """Passages that belong to no product."""
    _products: Mapping[str, Mask]

    @classmethod
    def load(cls, home: Path) -> Snapshot:
        """Read the generation in force."""
        generations = Generations(home)
        number = generations.current()
        if number is None:
            raise NoIndexError(f"there is no index in {home}; run `aura ingest`")
        return cls.of(generations.load(number))

    @classmethod
    def of(cls, generation: Generation) -> Snapshot:
        """Make a snapshot of a generation that has been read."""
        passages = generation.passages
        rows = {passage.id: row for row, passage in enumerate(passages)}
        named: dict[str, list[int]] = defaultdict(list)
        for row, passage in enumerate(passages):
            if passage.answers is None:
                named[name_of(passage)].append(row)
        answers = np.array([rows.get(p.answers or p.id, -1) for p in passages], dtype=np.int64)
        labels = generation.meaning.labels if generation.meaning is not None else ()
        return cls(
            number=generation.manifest.number,
            model=generation.manifest.model,
            documents=MappingProxyType({d.id: d for d in generation.documents}),
            passages=passages,
            vectors=generation.vectors,
            keywords=generation.keywords,
            meaning=generation.meaning,
            meant=tuple(
                np.array([row for one in label.answers for row in named[one]], dtype=np.int64)
                for label in labels
            ),
            tariffs=Tariffs.from_json(generation.tariffs) if generation.tariffs else None,
            answers=answers,
            asked=np.array([p.answers is not None for p in passages], dtype=bool),
            _bounds=_bounds(passages),
            _audiences={
                audience: np.array([p.audience is audience for p in passages], dtype=bool)
                for audience in Audience
            },
            _simple=_simple(passages, answers),
            _general=np.array([not p.products for p in passages], dtype=bool),
            _products=_by_product(passages),
        )

    @cached_property
    def asked_words(self) -> Mapping[str, frozenset[str]]:
        """Give the words of all typical questions by the id of the passage or attribute meant."""
        found: dict[str, set[str]] = {}
        for passage in self.passages:
            if passage.answers is not None:
                found.setdefault(passage.answers, set()).update(german.terms(passage.text))
        return MappingProxyType({name: frozenset(words) for name, words in found.items()})

    def mask(
        self,
        on: date,
        contract_date: date | None = None,
        *,
        audience: Audience = Audience.EVERYONE,
        product: str | None = None,
        simple: bool = False,
    ) -> Mask:
        """Tell for every passage whether it holds on a day, for an audience and a product.

        A passage without a product holds for every product; without an audience asked for, all do.
        Passages in simple language are for whoever wants nothing else.
        """
        mask: Mask = self._holding(on, contract_date or on) & (self._simple == simple)
        if audience is not Audience.EVERYONE:
            mask = mask & (self._audiences[audience] | self._audiences[Audience.EVERYONE])
        if product is not None:
            own = self._products.get(product)
            mask = mask & (self._general if own is None else self._general | own)
        return mask

    def _holding(self, on: date, concluded: date) -> Mask:
        sold_from, sold_until, applies_from, applies_until = self._bounds
        sold, day = concluded.toordinal(), on.toordinal()
        mask: Mask = (sold_from <= sold) & (sold <= sold_until)
        mask &= (applies_from <= day) & (day <= applies_until)
        return mask


class Snapshots:
    """The snapshot in force; a new generation is noticed on the next access."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._pointer = Generations(home).pointer
        self._held: tuple[tuple[int, int], Snapshot] | None = None
        self._lock = threading.Lock()

    @property
    def current(self) -> Snapshot:
        """Return the newest snapshot; the one returned before stays valid for its holder.

        Raises:
            NoIndexError: Nothing has been ingested yet.
        """
        stamp = self._stamp()
        held = self._held
        if held is not None and held[0] == stamp:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != stamp:
                # The stamp was taken before reading: a swap in between is noticed next time.
                self._held = (stamp, Snapshot.load(self._home))
            return self._held[1]

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self._pointer.stat()
        except FileNotFoundError as error:
            raise NoIndexError(f"there is no index in {self._home}; run `aura ingest`") from error
        return found.st_mtime_ns, found.st_ino


def _bounds(passages: tuple[Passage, ...]) -> NDArray[np.int32]:
    rows = [
        (
            _ordinal(passage.validity.sold_from, 0),
            _ordinal(passage.validity.sold_until, _FAR),
            _ordinal(passage.validity.applies_from, 0),
            _ordinal(passage.validity.applies_until, _FAR),
        )
        for passage in passages
    ]
    return np.array(rows, dtype=np.int32).reshape(-1, 4).T.copy()


def _simple(passages: tuple[Passage, ...], answers: NDArray[np.int64]) -> Mask:
    """Tell which passages are in simple language; a typical question goes with its answer."""
    own = np.array([p.kind == SIMPLE for p in passages], dtype=bool)
    return np.where(answers >= 0, own[answers], own)


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


def _by_product(passages: tuple[Passage, ...]) -> Mapping[str, Mask]:
    names: Iterable[str] = {name for passage in passages for name in passage.products}
    return {
        name: np.array([name in passage.products for passage in passages], dtype=bool)
        for name in names
    }
