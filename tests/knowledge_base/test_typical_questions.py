from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fakes import HashEmbedder

from knowledge_base.german import tokens
from knowledge_base.index import ingest
from knowledge_base.loaders import docx
from knowledge_base.search import Search
from knowledge_base.snapshot import Snapshots
from knowledge_base.sources import CONTENT, read
from knowledge_base.strict_yaml import TariffFileError, read_file
from knowledge_base.tariffs import Tariffs
from knowledge_base.typical_questions import VOCABULARY, with_questions

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
  - unanswered: Wunschrufnummern
    questions: [kann ich mir eine nummer aussuchen]
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

    meant = await search.meant("wie lahm wird das danach?")

    assert meant.attributes["drosselung"] > max(0.3, meant.passages)


async def test_what_no_document_answers_is_known_as_such(home: Path) -> None:
    search = Search(Snapshots(home), HashEmbedder())

    meant = await search.meant("kann ich eine nummer aussuchen?")
    hits = await search.search("kann ich eine nummer aussuchen?", on=TODAY)

    assert 0.3 < meant.unanswered
    assert all(hit.ahead < 0 and hit.unanswered > 0.3 for hit in hits)


def test_a_product_without_the_attribute_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fragen.yaml"
    entry = "  - product: multisim\n    attribute: upload_min\n    questions: [wie schnell]\n"
    path.write_text(QUESTIONS.split("  - ")[0] + entry, encoding="utf-8")

    _, lost = with_questions({}, path, Tariffs.load(CONTENT / "tarife"))

    assert ["line 7: 'multisim' has no 'upload_min'; correct 'attribute'"] == lost


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


def test_the_operators_content_is_read_and_its_questions_find_what_they_mean() -> None:
    shelf = read([CONTENT], strict=True, progress=lambda done, total: None)

    asked = [p for d in shelf.documents.values() for p in d.passages if p.answers is not None]
    meant = {passage.answers for passage in asked if passage.document == VOCABULARY}
    assert () == tuple(shelf.failures)
    assert 10_000 < len(asked)
    assert shelf.tariffs is not None
    assert set(shelf.tariffs.kinds) <= meant
    formats = {document.media_type for document in shelf.documents.values()}
    assert {"application/pdf", "text/html", "text/markdown", "application/yaml"} < formats
    assert docx.MEDIA_TYPE in formats


def test_no_question_is_filed_under_two_subjects() -> None:
    found: dict[str, str] = {}

    for path in sorted((CONTENT / "fragen").glob("*.yaml")):
        for entry in read_file(path).need("entries").list():
            for question in entry.need("questions").texts():
                words = " ".join(tokens(question))
                place = f"{path.name}, line {entry.lines.get(entry.place)}"
                assert words not in found, f"{question!r} stands in {found[words]} and in {place}"
                found[words] = place
