"""What the knowledge base is tested with: a quick embedder that counts, and small documents."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge_base import german
from knowledge_base.embeddings import EmbeddingError, Vectors, normalised
from knowledge_base.sources import CONTENT


class CountingEmbedder:
    """Hashes the terms of a text into a vector and remembers what it was asked to embed."""

    def __init__(self, name: str = "hash-1") -> None:
        self.name = name
        self.dimension = 64
        self.embedded: list[str] = []
        self.asked: list[str] = []
        self.fails_after: int | None = None
        self.is_down = False

    def queries(self, texts: list[str]) -> Vectors:
        if self.is_down:
            raise EmbeddingError("the embedding model does not answer")
        self.asked += texts
        return self._vectors(texts)

    def passages(self, texts: list[str]) -> Vectors:
        if self.fails_after is not None and len(self.embedded) >= self.fails_after:
            raise KeyboardInterrupt
        self.embedded += texts
        return self._vectors(texts)

    def _vectors(self, texts: list[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for term in german.terms(text):
                place = int(hashlib.sha256(term.encode()).hexdigest(), 16) % self.dimension
                vectors[row, place] += 1
        return normalised(vectors)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def other_embedder() -> CountingEmbedder:
    return CountingEmbedder("hash-2")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real tariffs and one real product sheet, to be spoilt."""
    shutil.copytree(CONTENT / "tarife", tmp_path / "tarife")
    for name in ("pib-mobil-m-2025-10.pdf", "pib-mobil-m-2025-10.pdf.yaml"):
        target = tmp_path / "produktinformationsblaetter" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(CONTENT / "produktinformationsblaetter" / name, target)
    return tmp_path


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a Markdown document of the operator into the folder ``documents``."""

    def written(name: str, body: str, **fields: str) -> Path:
        known = {
            "title": name.capitalize(),
            "kind": "faq",
            "owner": "Kundenservice",
            "as_of": "2026-01-15",
        }
        front = "\n".join(f"{key}: {value}" for key, value in {**known, **fields}.items())
        path = tmp_path / "documents" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
        return path

    return written
