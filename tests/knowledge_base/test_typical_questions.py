from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fakes import HashEmbedder

from knowledge_base.index import ingest
from knowledge_base.search import Search
from knowledge_base.snapshot import Snapshots
from knowledge_base.strict_yaml import TariffFileError
from knowledge_base.typical_questions import with_questions

TODAY = date(2026, 11, 22)
FAQ = """---
title: Häufige Fragen
owner: Kundenservice
as_of: 2026-01-01
kind: faq
---

# Häufige Fragen

## Karte

Eine verlorene Karte sperren Sie rund um die Uhr telefonisch.

## Umzug

Melden Sie einen Umzug vier Wochen vorher.
"""
QUESTIONS = """kind: fragen
title: Typische Fragen
owner: Kundenservice
as_of: 2026-01-01
entries:
  - documents: [faq]
    contains: verlorene Karte sperren Sie
    questions: [handy geklaut was nun, mein telefon ist weg]
  - attribute: drosselung
    questions: [wie lahm wird es danach]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "fragen").mkdir(parents=True)
    (content / "faq.md").write_text(FAQ, encoding="utf-8")
    (content / "fragen" / "karte.yaml").write_text(QUESTIONS, encoding="utf-8")
    report = ingest([content], tmp_path / "home", HashEmbedder(), strict=True)
    assert () == report.failures
    return tmp_path / "home"


async def test_a_typical_question_leads_to_the_passage_it_was_filed_with(home: Path) -> None:
    search = Search(Snapshots(home), HashEmbedder())

    hits = await search.search("Handy geklaut, was nun?", on=TODAY)

    assert "verlorene Karte" in hits[0].passage.text
    assert "handy geklaut was nun" == hits[0].question


async def test_a_typical_question_is_never_a_hit_itself(home: Path) -> None:
    search = Search(Snapshots(home), HashEmbedder())

    hits = await search.search("Handy geklaut, was nun?", on=TODAY, top=50)

    assert not any(hit.passage.answers for hit in hits)


async def test_the_nearest_attribute_is_ranked_first(home: Path) -> None:
    search = Search(Snapshots(home), HashEmbedder())

    ranked = await search.attributes("wie lahm wird das danach?")

    assert "drosselung" == ranked[0][0]


def test_an_entry_that_fits_no_passage_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fragen.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")

    changed, lost = with_questions({}, path)

    assert ["merkmale"] == list(changed)
    assert ["line 7: there is no document 'faq'; correct 'contains' or 'documents'"] == lost


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fragen.yaml"
    path.write_text(QUESTIONS.replace("contains:", "contain:"), encoding="utf-8")

    with pytest.raises(TariffFileError, match="contain"):
        with_questions({}, path)


def test_all_of_the_operators_questions_find_their_passage(indexed_home: Path) -> None:
    snapshot = Snapshots(indexed_home).current

    asked = [passage for passage in snapshot.passages if passage.answers is not None]
    assert 2_000 < len(asked)
    attributes = {p.answers for p in asked if p.document == "merkmale"}
    assert snapshot.tariffs is not None
    assert attributes == set(snapshot.tariffs.kinds)
