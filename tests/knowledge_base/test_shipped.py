from __future__ import annotations

from pathlib import Path

from fakes import HashEmbedder

from knowledge_base import shipped
from knowledge_base.embeddings import BuiltInEmbedder
from knowledge_base.index import ingest
from knowledge_base.snapshot import Snapshots


def test_nearly_all_of_the_content_has_its_vectors_beforehand(indexed_home: Path) -> None:
    known = shipped.vectors(BuiltInEmbedder.name)
    passages = Snapshots(indexed_home).current.passages

    covered = sum(shipped.digest(passage) in known for passage in passages)

    # Below this, `make vectors` is due: a first start embeds what is missing.
    assert 0.95 * len(passages) < covered


def test_vectors_of_one_model_are_never_given_to_another() -> None:
    assert {} == shipped.vectors("another-model")


def test_vectors_that_are_written_are_read_back_for_the_same_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Eine Rechnung kommt monatlich.", encoding="utf-8")
    home = tmp_path / "home"
    ingest([tmp_path / "a.txt"], home, HashEmbedder(), strict=False)

    shipped.write(home, tmp_path / "vectors.npz")
    known = shipped.vectors(HashEmbedder.name, tmp_path / "vectors.npz")

    (passage,) = Snapshots(home).current.passages
    assert 0.999 < float(known[shipped.digest(passage)] @ Snapshots(home).current.vectors[0])
