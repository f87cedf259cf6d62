"""Stand-ins for what is slow, far away or random; everything else in a test is the real thing."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import numpy as np

from assistant.customers.system import CustomerSystem
from assistant.understanding.boosted import Boosted
from assistant.understanding.trust import Trust
from assistant.written import ModelError
from knowledge_base import german
from knowledge_base.documents import SIMPLE, Audience, Passage
from knowledge_base.embeddings import Vectors, normalised
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshots
from knowledge_base.understood import NOTHING_MEANT, Meant


class FakeClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, moment: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **time: float) -> None:
        self.moment += timedelta(**time)


class HashEmbedder:
    """Bags of stems, hashed: near texts share words. Deterministic and quick."""

    name = "fake-hash-64"
    dimension = 64

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def queries(self, texts: list[str]) -> Vectors:
        return self._embed(texts)

    def passages(self, texts: list[str]) -> Vectors:
        self.embedded += texts
        return self._embed(texts)

    def _embed(self, texts: list[str]) -> Vectors:
        rows = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in german.terms(text):
                row[int(hashlib.md5(term.encode()).hexdigest(), 16) % self.dimension] += 1
        return normalised(rows)


SURE = Trust(
    passages=Boosted(names=(), bias=10, trees=()),
    attributes=Boosted(names=(), bias=-10, trees=()),
    answer_from=0.5,
    offer_from=0.3,
    offer_figure_from=0.4,
)
"""Trusts every passage: the scores of the fake search mean nothing to the fitted model."""


class FakeSearch:
    """Ranks the passages in force by the stems they share with a question; everything fits."""

    _terms: ClassVar[dict[str, frozenset[str]]] = {}

    def __init__(self, home: Path, means: Meant = NOTHING_MEANT) -> None:
        self._snapshots = Snapshots(home)
        self.means = means
        """What every question means."""
        self.asked: list[str] = []
        """What it was asked the meaning of."""

    async def search(
        self,
        question: str,
        *,
        on: date,
        contract_date: date | None = None,
        product: str | None = None,
        audience: Audience = Audience.EVERYONE,
        simple: bool = False,
        top: int = 8,
    ) -> tuple[Hit, ...]:
        asked = set(german.terms(question))
        hits = [
            Hit(
                passage=passage,
                score=score,
                keyword_score=score,
                vector_score=0.0,
                confidence=1.0,
            )
            for passage in self._snapshots.current.passages
            if passage.validity.holds(on, contract_date)
            and (passage.kind == SIMPLE) == simple
            and (score := float(len(asked & self._terms_of(passage))))
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:top])

    async def meant(self, question: str) -> Meant:
        self.asked.append(question)
        return self.means

    def _terms_of(self, passage: Passage) -> frozenset[str]:
        if passage.id not in self._terms:
            self._terms[passage.id] = frozenset(german.terms(passage.text))
        return self._terms[passage.id]


class FakeCustomerSystem:
    """The demo customers behind a system that can fail or hang, and that remembers who was read."""

    def __init__(
        self, system: CustomerSystem, *, fails: Exception | None = None, hangs: bool = False
    ) -> None:
        self._system = system
        self.fails = fails
        self.hangs = hangs
        self.read: list[tuple[str, str]] = []
        """The method and the customer, for every reading."""

    def __getattr__(self, method: str) -> Callable[..., Awaitable[object]]:
        async def reading(customer_no: str, *arguments: object) -> object:
            self.read.append((method, customer_no))
            if self.hangs:
                await asyncio.Event().wait()
            if self.fails is not None:
                raise self.fails
            return await getattr(self._system, method)(customer_no, *arguments)

        return reading


class FakeModel:
    """A language model that says what it was told to, piece by piece.

    ``[?words]`` in an answer becomes the number of the excerpt that holds the words.
    """

    name = "fake-model"

    def __init__(self) -> None:
        self._answers: deque[str | Exception | float] = deque()
        self.asked: list[str] = []

    async def aclose(self) -> None:
        pass

    def enqueue(self, *answers: str | Exception | float) -> None:
        """Queue answers; an exception is raised, a number of seconds is slept, before the end."""
        self._answers.extend(answers)

    async def stream(self, system: str, question: str) -> AsyncIterator[str]:
        self.asked.append(question)
        answer = self._answers.popleft()
        if isinstance(answer, str):
            for piece in re.findall(r"\S+\s*", _MARK.sub(lambda m: _place(question, m[1]), answer)):
                await asyncio.sleep(0)
                yield piece
            if not self._answers or isinstance(self._answers[0], str):
                return
            answer = self._answers.popleft()
        if isinstance(answer, Exception):
            raise ModelError("the fake model failed") from answer
        await asyncio.sleep(answer)


_MARK = re.compile(r"\[\?([^\]]+)\]")


def _place(question: str, words: str) -> str:
    excerpts = re.findall(r"^\[(\d+)\](.*?)(?=^\[\d+\]|\Z)", question, re.M | re.S)
    return next((f"[{number}]" for number, text in excerpts if words in text), "[1]")
