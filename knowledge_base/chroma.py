"""Chroma holds every passage with its vector: embedded in the home, or as a server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import numpy as np

from knowledge_base.documents import KnowledgeError, Passage
from knowledge_base.embeddings import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

BATCH = 1_000
"""Chroma takes at most 5,461 records at once."""

Item = TypeVar("Item")


class ChromaPassages:
    """The passages of one home under one embedding model; ids are those of the passages."""

    def __init__(self, home: Path, model: str, *, url: str | None) -> None:
        name = f"aura-{re.sub('[^a-zA-Z0-9]+', '-', model).strip('-')}"[:60]
        if url is not None:
            # A server is shared: two homes on it must not withdraw each other's passages.
            name = f"{name}-{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]}"
        try:
            self._collection = _client(home, url).get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        # Chroma raises whatever its transport or its Rust core raises; all of it means: not there.
        except Exception as error:
            where = url or str(home / "index" / "chroma")
            raise KnowledgeError(f"Chroma at {where} cannot be opened: {error}") from error

    def vectors(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of those passages that are already there."""
        found: dict[str, np.ndarray] = {}
        for batch in batches(ids, BATCH):
            answer = self._collection.get(ids=list(batch), include=["embeddings"])
            embeddings = answer["embeddings"]
            if embeddings is not None:
                found.update(zip(answer["ids"], np.asarray(embeddings, np.float32), strict=True))
        return found

    def put(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store passages with their vectors; what is stored survives an interruption."""
        for start in range(0, len(passages), BATCH):
            part = passages[start : start + BATCH]
            self._collection.upsert(
                ids=[passage.id for passage in part],
                embeddings=vectors[start : start + BATCH],
                documents=[passage.text for passage in part],
                metadatas=[
                    {
                        "document": passage.document,
                        "version": passage.version,
                        "title": passage.title,
                        "section": passage.section,
                        "page": passage.page or 0,
                    }
                    for passage in part
                ],
            )

    def withdraw_all_but(self, kept: set[str]) -> int:
        """Remove the passages that no kept generation uses; return how many."""
        gone = [name for name in self._collection.get(include=[])["ids"] if name not in kept]
        for batch in batches(gone, BATCH):
            self._collection.delete(ids=list(batch))
        return len(gone)

    def __len__(self) -> int:
        return self._collection.count()


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Cut a sequence into parts of at most a size."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _client(home: Path, url: str | None) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        folder = home / "index" / "chroma"
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    parts = urlsplit(url)
    return chromadb.HttpClient(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or (443 if parts.scheme == "https" else 8000),
        ssl=parts.scheme == "https",
        settings=settings,
    )
