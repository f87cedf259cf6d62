"""The baseline quotes whatever lies nearest, and never says that it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEmbedder

from evals.baseline import quote, quote_all
from evals.scoring import Case, Outcome
from knowledge_base.documents import KnowledgeError
from knowledge_base.index import ingest
from knowledge_base.snapshot import Snapshot

CORPUS = """\
{"id": "bananen", "title": "Bananen", "text": "Bananen sind krumm und kosten 3 Euro."}
{"id": "router", "title": "Router", "text": "Der Router kostet 4,99 € monatlich."}
{"id": "fisch", "title": "Fisch", "text": "Fische schwimmen im Wasser."}
{"id": "hund", "title": "Hund", "text": "Hunde bellen im Garten."}
{"id": "auto", "title": "Auto", "text": "Autos fahren auf der Straße."}
"""


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(CORPUS, encoding="utf-8")
    ingest([corpus], tmp_path / "home", HashEmbedder(), strict=False)
    return Snapshot.load(tmp_path / "home")


def test_the_nearest_of_four_passages_comes_first_word_for_word(snapshot: Snapshot) -> None:
    given = quote(snapshot, HashEmbedder(), "Was kostet der Router monatlich?")

    assert "router" == given.documents[0]
    assert given.text.startswith("Der Router kostet 4,99 € monatlich.")
    assert 4 == len(given.documents)


def test_a_question_about_nothing_in_the_documents_is_answered_all_the_same(
    snapshot: Snapshot,
) -> None:
    given = quote(snapshot, HashEmbedder(), "Wer wird Bundeskanzler?")

    assert given.answered
    assert 4 == len(given.documents)


def test_a_passage_is_quoted_although_it_no_longer_holds(indexed_home: Path) -> None:
    snapshot = Snapshot.load(indexed_home)
    old = next(p for p in snapshot.passages if p.document == "agb-mobilfunk-2024")

    given = quote(snapshot, HashEmbedder(), old.searchable)

    assert old.text in given.text


def test_the_baseline_is_scored_like_the_assistant(snapshot: Snapshot) -> None:
    right = Case(
        id="a",
        text="Was kostet der Router monatlich?",
        answerable=True,
        kind="preis",
        documents=("router",),
        figures=("4,99 €",),
    )
    refused = Case(id="b", text="Was kostet ein Toaster?", answerable=False, kind="fremd")

    scored = quote_all(snapshot, HashEmbedder(), [right, refused])

    assert [Outcome.CITED, Outcome.MISLEADING] == [found.outcome for found in scored]


def test_another_embedding_model_than_the_index_was_made_with_is_refused(
    snapshot: Snapshot,
) -> None:
    other = HashEmbedder()
    other.name = "other"

    with pytest.raises(KnowledgeError, match=r"fake-hash-64.*other"):
        quote_all(snapshot, other, [])
