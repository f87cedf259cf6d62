"""The search finds the passage, keeps to the dates, and knows when nothing fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.documents import KnowledgeError
from knowledge_base.embeddings import BuiltInEmbedder
from knowledge_base.index import ingest
from knowledge_base.search import Search
from knowledge_base.snapshot import Snapshots

Write = Callable[..., Path]
TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(write: Write) -> Path:
    write("umzug", "Ein Umzug des Festnetzanschlusses kostet 49,99 €.")
    write("kuendigung", "Die Kündigungsfrist beträgt einen Monat zum Ende der Laufzeit.")
    write("laufzeit", "Die Mindestvertragslaufzeit beträgt 24 Monate.")
    write("rechnung-alt", "Die Papierrechnung kostet 1,50 €.", sold_until="2025-09-30")
    write("karte", "Eine Ersatz-SIM-Karte kostet 9,95 €.", products="mobil_m")
    return write("rechnung", "Die Papierrechnung kostet 1,90 €.", sold_from="2025-10-01").parent


@pytest.fixture
def search(folder: Path, home: Path, embedder: Any) -> Search:
    ingest([folder], home, embedder, strict=True)
    return Search(Snapshots(home), embedder)


async def found(search: Search, question: str, **how: Any) -> list[str]:
    return [hit.passage.document for hit in await search.search(question, on=TODAY, **how)]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Was kostet ein Umzug?", "umzug"),
        ("welche Frist hat eine kuendigung", "kuendigung"),
        ("MVLZ", "laufzeit"),
        ("ersatzkarte preis", "karte"),
    ],
)
async def test_the_passage_that_answers_comes_first(
    search: Search, question: str, document: str
) -> None:
    assert document == (await found(search, question))[0]


async def test_the_price_of_the_contract_is_found_not_the_one_of_today(search: Search) -> None:
    question = "Was kostet die Papierrechnung?"

    assert "rechnung" == (await found(search, question))[0]
    assert "rechnung-alt" not in await found(search, question)
    old = await found(search, question, contract_date=date(2025, 1, 1))
    assert ("rechnung-alt", False) == (old[0], "rechnung" in old)


async def test_the_passages_of_another_product_are_left_out(search: Search) -> None:
    assert "karte" not in await found(search, "Was kostet die Ersatzkarte?", product="mobil_l")


async def test_nothing_is_returned_when_nothing_fits(search: Search) -> None:
    assert [] == await found(search, "Wer hat die Weltmeisterschaft gewonnen?")


@pytest.mark.parametrize("question", ["", "   ", "?!", "🤷"])
async def test_a_question_without_words_finds_nothing(search: Search, question: str) -> None:
    assert [] == await found(search, question)


async def test_when_the_embedding_model_is_away_keywords_still_find_it(
    search: Search, embedder: Any
) -> None:
    embedder.is_down = True

    (first, *_) = await search.search("Was kostet ein Umzug?", on=TODAY)

    assert ("umzug", 0.0) == (first.passage.document, first.vector_score)


async def test_a_repeated_question_is_embedded_once(search: Search, embedder: Any) -> None:
    for _ in range(3):
        await found(search, "Was kostet ein Umzug?")

    assert 1 == len(embedder.asked)


async def test_a_run_ranks_every_document_once_also_those_that_fit_badly(search: Search) -> None:
    (ranked,) = await search.runs(["Was kostet ein Umzug?"], on=TODAY, top=100)

    assert "umzug" == ranked[0]
    assert {"umzug", "kuendigung", "laufzeit", "karte", "rechnung"} == set(ranked)
    assert 5 == len(ranked)


async def test_an_index_of_another_model_is_not_searched(
    search: Search, home: Path, other_embedder: Any
) -> None:
    with pytest.raises(KnowledgeError, match="hash-1"):
        await Search(Snapshots(home), other_embedder).search("Umzug", on=TODAY)


async def test_the_built_in_model_finds_without_a_common_word_and_refuses_what_is_foreign(
    folder: Path, home: Path
) -> None:
    model = BuiltInEmbedder()
    ingest([folder], home, model, strict=True)
    search = Search(Snapshots(home), model)

    near = await search.search("Wann komme ich aus meinem Vertrag raus?", on=TODAY)
    foreign = await search.search("Wie backe ich einen Marmorkuchen?", on=TODAY)

    assert {"kuendigung", "laufzeit"} & {hit.passage.document for hit in near[:2]}
    assert () == foreign
