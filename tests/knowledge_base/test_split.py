"""Passages can be quoted and cited on their own."""

from __future__ import annotations

from datetime import date

from knowledge_base.documents import Document
from knowledge_base.loaders import Block, Metadata, Reading
from knowledge_base.split import LONGEST, SIZE, document_of, sentences


def document(*blocks: Block, original: bytes = b"x") -> Document:
    about = Metadata(id="agb", title="AGB", kind="agb", owner="Recht", as_of=date(2026, 1, 1))
    return document_of(
        Reading(
            metadata=about,
            blocks=blocks,
            media_type="text/plain",
            original=original,
            source="agb.txt",
            file_name="agb.txt",
        )
    )


def test_short_paragraphs_of_one_place_are_one_passage() -> None:
    made = document(Block(text="Eins.", headings=("A",)), Block(text="Zwei.", headings=("A",)))

    assert ["Eins.\nZwei."] == [passage.text for passage in made.passages]


def test_clauses_pages_and_headings_are_never_merged() -> None:
    made = document(
        Block(text="Eins.", headings=("A",), clause="4.1", page=1),
        Block(text="Zwei.", headings=("A",), clause="4.2", page=1),
        Block(text="Drei.", headings=("A",), clause="4.2", page=2),
        Block(text="Vier.", headings=("B",), clause="4.2", page=2),
    )

    assert ["Eins.", "Zwei.", "Drei.", "Vier."] == [passage.text for passage in made.passages]


def test_every_row_of_a_table_is_a_passage_of_its_own() -> None:
    made = document(Block(text="Karte: 5 €", table=True), Block(text="Umzug: 9 €", table=True))

    assert [True, True] == [passage.table for passage in made.passages]


def test_a_long_paragraph_is_cut_between_sentences_only() -> None:
    whole = [f"Satz Nummer {n} handelt von der Kündigung des Vertrags." for n in range(60)]

    made = document(Block(text=" ".join(whole)))

    assert whole == [s for passage in made.passages for s in sentences(passage.text)]
    assert all(len(passage.text) <= max(SIZE, LONGEST) for passage in made.passages)
    assert 1 < len(made.passages)


def test_abbreviations_numbers_and_dates_end_no_sentence() -> None:
    text = (
        "Das gilt z. B. nach Abs. 3 und Nr. 4 ab dem 1. Januar 2026. Es kostet 14,95 € "
        'zzgl. Versand. „Gilt das?" Ja, siehe § 57 TKG.'
    )

    assert [
        "Das gilt z. B. nach Abs. 3 und Nr. 4 ab dem 1. Januar 2026.",
        "Es kostet 14,95 € zzgl. Versand.",
    ] == sentences(text)[:2]


def test_a_changed_byte_makes_a_new_version_and_new_passages() -> None:
    before = document(Block(text="Eins."), original=b"a")
    after = document(Block(text="Eins."), original=b"b")

    assert before.version != after.version
    assert before.passages[0].id != after.passages[0].id


def test_the_same_document_has_the_same_passages_every_time() -> None:
    assert document(Block(text="Eins.")).passages == document(Block(text="Eins.")).passages
