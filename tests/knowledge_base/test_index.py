"""An ingest makes the index equal to its sources, whatever happens on the way."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.chroma import ChromaPassages
from knowledge_base.documents import KnowledgeError
from knowledge_base.generation import Generations
from knowledge_base.index import IngestReport, ingest, is_current, remembered_sources
from knowledge_base.library import Library
from knowledge_base.snapshot import Snapshot
from knowledge_base.sources import CONTENT

Write = Callable[..., Path]
Run = Callable[..., IngestReport]


@pytest.fixture
def run(tmp_path: Path, home: Path) -> Run:
    def ran(embedder: Any, *, strict: bool = True) -> IngestReport:
        return ingest([tmp_path / "documents"], home, embedder, strict=strict)

    return ran


def test_only_what_changed_is_embedded_again(write: Write, run: Run, embedder: Any) -> None:
    write("rechnung", "Die Rechnung kommt monatlich.")
    write("umzug", "Der Umzug kostet 49,99 €.")
    run(embedder)
    embedder.embedded.clear()
    write("umzug", "Der Umzug kostet 59,99 €.")

    report = run(embedder)

    assert ["59,99" in text for text in embedder.embedded] == [True]
    assert (1, 1) == (report.embedded, report.reused)


def test_a_changed_date_alone_embeds_nothing(write: Write, run: Run, embedder: Any) -> None:
    write("umzug", "Der Umzug kostet 49,99 €.")
    run(embedder)
    write("umzug", "Der Umzug kostet 49,99 €.", as_of="2026-03-01")

    report = run(embedder)

    assert (0, True) == (report.embedded, report.changed)


def test_nothing_new_makes_no_new_generation(write: Write, run: Run, embedder: Any) -> None:
    write("umzug", "Der Umzug kostet 49,99 €.")
    first = run(embedder)

    second = run(embedder)

    assert (False, first.generation) == (second.changed, second.generation)


def test_an_interrupted_ingest_goes_on_where_it_stopped(
    write: Write, run: Run, embedder: Any, home: Path
) -> None:
    for number in range(80):
        write(f"frage-{number}", f"Antwort Nummer {number}.")
    embedder.fails_after = 40
    with pytest.raises(KeyboardInterrupt):
        run(embedder)
    assert Generations(home).current() is None
    already = len(embedder.embedded)
    embedder.fails_after = None
    embedder.embedded.clear()

    report = run(embedder)

    assert 80 - already == len(embedder.embedded)
    assert (80, 80 - already) == (report.passages, report.embedded)


def test_a_removed_document_is_withdrawn_but_its_original_still_opens(
    write: Write, run: Run, embedder: Any, home: Path
) -> None:
    write("umzug", "Der Umzug kostet 49,99 €.")
    gone = write("rechnung", "Die Rechnung kommt monatlich.")
    run(embedder)
    version = Snapshot.load(home).documents["rechnung"].version
    gone.unlink()

    report = run(embedder)

    assert ("rechnung",) == report.withdrawn
    assert {"umzug"} == {passage.document for passage in Snapshot.load(home).passages}
    original = Library(home).find("rechnung", version)
    assert original is not None
    assert "monatlich" in original.path.read_text()


def test_chroma_forgets_a_passage_when_no_kept_generation_uses_it(
    write: Write, run: Run, embedder: Any, home: Path
) -> None:
    write("umzug", "Der Umzug kostet 1,00 €.")
    run(embedder)
    for price in ("2,00", "3,00"):
        write("umzug", f"Der Umzug kostet {price} €.")
        run(embedder)

    assert [2, 3] == Generations(home).numbers()
    assert 2 == len(ChromaPassages(home, embedder.name, url=None))


def test_an_old_version_stays_openable_after_the_document_changed(
    write: Write, run: Run, embedder: Any, home: Path
) -> None:
    write("umzug", "Der Umzug kostet 1,00 €.")
    run(embedder)
    before = Snapshot.load(home).documents["umzug"].version
    write("umzug", "Der Umzug kostet 2,00 €.")
    run(embedder)

    original = Library(home).find("umzug", before)

    assert original is not None
    assert "1,00" in original.path.read_text()
    assert Library(home).find("../../umzug", "..") is None


def test_files_that_cannot_be_read_are_named_and_the_rest_goes_on(
    tmp_path: Path, write: Write, run: Run, embedder: Any, home: Path
) -> None:
    write("umzug", "Der Umzug kostet 49,99 €.")
    (tmp_path / "documents" / "kaputt.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "documents" / "leer.md").write_text("")
    (tmp_path / "documents" / "ohne.md").write_text("# Ohne Angaben\n\nText.\n")

    report = run(embedder)

    assert ["kaputt.pdf", "leer.md", "ohne.md"] == [failure.file for failure in report.failures]
    assert all(failure.reason for failure in report.failures)
    assert {"umzug"} == set(Snapshot.load(home).documents)


def test_two_own_documents_with_one_id_are_refused_by_name(
    write: Write, run: Run, embedder: Any
) -> None:
    write("umzug", "Eins.")
    write("zweites", "Zwei.", id="umzug")

    report = run(embedder)

    assert ["zweites.md"] == [failure.file for failure in report.failures]
    assert "umzug.md" in report.failures[0].reason


def test_foreign_files_of_one_name_are_told_apart_by_their_folders(
    tmp_path: Path, run: Run, embedder: Any, home: Path
) -> None:
    for folder in ("a", "b"):
        path = tmp_path / "documents" / folder / "index.md"
        path.parent.mkdir(parents=True)
        path.write_text(f"# Seite {folder}\n\nText {folder}.\n")

    report = run(embedder, strict=False)

    assert () == report.failures
    assert 2 == len(Snapshot.load(home).documents)


def test_another_embedding_model_embeds_everything_anew(
    write: Write, run: Run, embedder: Any, other_embedder: Any, home: Path
) -> None:
    write("umzug", "Der Umzug kostet 49,99 €.")
    run(embedder)
    assert is_current(home, embedder.name)
    assert not is_current(home, other_embedder.name)

    report = run(other_embedder)

    assert 1 == report.embedded
    assert other_embedder.name == Snapshot.load(home).model


def test_an_index_is_no_longer_current_when_a_file_or_its_metadata_changes(
    write: Write, run: Run, embedder: Any, home: Path
) -> None:
    path = write("umzug", "Der Umzug kostet 49,99 €.")
    run(embedder)
    before = is_current(home, embedder.name)

    path.with_name("umzug.md.yaml").write_text("owner: Recht")

    assert (True, False) == (before, is_current(home, embedder.name))


def test_a_second_ingest_at_the_same_time_is_refused(
    write: Write, run: Run, embedder: Any, home: Path
) -> None:
    write("umzug", "Der Umzug kostet 49,99 €.")
    (home / "index").mkdir(parents=True)

    with (home / "index" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(KnowledgeError, match="another ingest"):
            run(embedder)


def test_a_home_remembers_its_sources(
    tmp_path: Path, write: Write, run: Run, embedder: Any, home: Path
) -> None:
    assert ((CONTENT,), True) == remembered_sources(home)
    write("umzug", "Der Umzug kostet 49,99 €.")

    run(embedder, strict=False)

    assert (((tmp_path / "documents").resolve(),), False) == remembered_sources(home)


def test_a_source_that_does_not_exist_is_named(home: Path, embedder: Any) -> None:
    with pytest.raises(KnowledgeError, match="nirgends"):
        ingest([Path("nirgends")], home, embedder, strict=False)
