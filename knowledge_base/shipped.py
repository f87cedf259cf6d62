"""Vectors of the operator's own content, made beforehand, so that a first start takes seconds.

They stand beside the code in ``vectors.npz`` by the hash of the text they are of; a text that has
changed is not found there and is embedded like any other. ``make vectors`` writes them anew from
an index that has been built.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

import numpy as np

from knowledge_base.documents import Passage
from knowledge_base.embeddings import normalised
from knowledge_base.generation import Generations

FILE = Path(__file__).parent / "vectors.npz"


def digest(passage: Passage) -> bytes:
    """Return what identifies the text of a passage."""
    return hashlib.sha256(passage.searchable.encode()).digest()


def vectors(model: str, file: Path = FILE) -> dict[bytes, np.ndarray]:
    """Return the vectors that an embedding model has made beforehand, by the digest of the text."""
    made_by, known = _read(file)
    return dict(known) if made_by == model else {}


def write(home: Path, file: Path = FILE) -> int:
    """Write the vectors of a home's index; return how many."""
    generations = Generations(home)
    number = generations.current() or 0
    rows = generations.vectors(number)
    found = {digest(p): rows[row] for row, p in enumerate(generations.passages(number))}
    order = sorted(found)
    np.savez_compressed(
        file,
        model=np.array(generations.manifest(number).model),
        digests=np.frombuffer(b"".join(order), dtype=np.uint8).reshape(-1, 32),
        # Half precision moves a cosine by less than a thousandth.
        vectors=np.stack([found[one] for one in order]).astype(np.float16),
    )
    return len(order)


@cache
def _read(file: Path) -> tuple[str, dict[bytes, np.ndarray]]:
    if not file.is_file():
        return "", {}
    with np.load(file) as stored:
        rows = normalised(stored["vectors"].astype(np.float32))
        digests = [row.tobytes() for row in stored["digests"]]
        return str(stored["model"]), dict(zip(digests, rows, strict=True))


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} vectors in {FILE.name}")  # noqa: T201
