"""The knowledge base as responders see it: one snapshot a turn keeps an answer of one piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge_base.documents import Audience
from knowledge_base.search import Hit
from knowledge_base.snapshot import Snapshot, Snapshots
from knowledge_base.understood import Meant


class Finder(Protocol):
    """Finds passages for a question; `knowledge_base.search.Search` is the real one."""

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
        """Return the passages that fit, best first; none when nothing fits.

        Passages in simple language are found alone, or not at all.
        """

    async def meant(self, question: str) -> Meant:
        """Tell which attributes of tariffs a question may ask for."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Search, and the generation in force."""

    search: Finder
    snapshots: Snapshots

    @property
    def current(self) -> Snapshot:
        """Return the generation in force."""
        return self.snapshots.current
