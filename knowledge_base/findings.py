"""What checks of the content read, and what they report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from knowledge_base.loaders import Reading
from knowledge_base.tariffs import Tariffs


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the content that must be put right."""

    file: str
    """Relative to the content directory."""
    line: int | None
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content directory, read once for all checks."""

    root: Path
    tariffs: Tariffs
    readings: Mapping[Path, Reading]
    on: date

    def name(self, path: Path) -> str:
        """Return the path as a finding shows it."""
        return path.relative_to(self.root).as_posix()


class Check(Protocol):
    """Look for one kind of mistake."""

    def __call__(self, content: Content) -> Iterator[Finding]:
        """Yield what is wrong."""
