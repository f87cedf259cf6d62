"""A snapshot shows one generation, and only what holds on the day for the contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge_base.documents import Audience
from knowledge_base.index import ingest
from knowledge_base.snapshot import NoIndexError, Snapshot, Snapshots

Write = Callable[..., Path]
TODAY = date(2026, 11, 22)


def names(snapshot: Snapshot, mask: Any) -> set[str]:
    return {p.document for p, holds in zip(snapshot.passages, mask, strict=True) if holds}


@pytest.fixture
def snapshot(write: Write, home: Path, embedder: Any) -> Snapshot:
    write("immer", "Gilt immer.")
    write("alt", "Der alte Tarif.", sold_from="2024-04-01", sold_until="2025-09-30")
    write("neu", "Der neue Tarif.", sold_from="2025-10-01", products="mobil_m")
    write("frueher", "Die alte Zone.", applies_until="2025-12-31")
    write("firma", "Für Firmen.", audience="geschaeft")
    folder = write("privat", "Für Privatkunden.", audience="privat", products="mobil_l").parent
    ingest([folder], home, embedder, strict=True)
    return Snapshot.load(home)


def test_without_a_contract_date_only_what_is_sold_and_in_force_holds(snapshot: Snapshot) -> None:
    assert {"immer", "neu", "firma", "privat"} == names(snapshot, snapshot.mask(TODAY))


def test_a_contract_keeps_the_terms_of_its_date(snapshot: Snapshot) -> None:
    mask = snapshot.mask(TODAY, date(2024, 6, 1))

    assert {"immer", "alt", "firma", "privat"} == names(snapshot, mask)


@pytest.mark.parametrize("day", [date(2024, 4, 1), date(2025, 9, 30)])
def test_the_first_and_the_last_day_belong_to_the_period(snapshot: Snapshot, day: date) -> None:
    assert "alt" in names(snapshot, snapshot.mask(TODAY, day))


def test_the_mask_agrees_with_the_validity_of_every_passage(snapshot: Snapshot) -> None:
    days = [date(2024, 3, 31), date(2025, 9, 30), date(2025, 10, 1), date(2025, 12, 31), TODAY]

    for on in days:
        for concluded in (None, *days):
            expected = [p.validity.holds(on, concluded) for p in snapshot.passages]
            assert expected == snapshot.mask(on, concluded).tolist()


def test_an_audience_sees_its_own_and_what_is_for_everyone(snapshot: Snapshot) -> None:
    mask = snapshot.mask(TODAY, audience=Audience.CONSUMER)

    assert {"immer", "neu", "privat"} == names(snapshot, mask)


def test_a_product_leaves_out_the_passages_of_other_products(snapshot: Snapshot) -> None:
    assert {"immer", "neu", "firma"} == names(snapshot, snapshot.mask(TODAY, product="mobil_m"))


def test_a_running_process_picks_up_a_new_generation_and_keeps_the_old_one_for_its_turn(
    write: Write, home: Path, embedder: Any
) -> None:
    folder = write("umzug", "Der Umzug kostet 1,00 €.").parent
    ingest([folder], home, embedder, strict=True)
    snapshots = Snapshots(home)
    before = snapshots.current
    write("umzug", "Der Umzug kostet 2,00 €.")

    ingest([folder], home, embedder, strict=True)

    assert "2,00" in snapshots.current.passages[0].text
    assert "1,00" in before.passages[0].text
    assert snapshots.current is snapshots.current


def test_passages_survive_being_written_and_read(write: Write, home: Path, embedder: Any) -> None:
    folder = write(
        "agb", "## 4 Preise\n\n4.1 Ein Satz.", sold_from="2025-10-01", audience="privat"
    ).parent
    ingest([folder], home, embedder, strict=True)

    (passage,) = Snapshot.load(home).passages

    assert (("4 Preise",), "4 Preise", "4-preise") == (
        passage.headings,
        passage.section,
        passage.anchor,
    )
    assert (Audience.CONSUMER, date(2025, 10, 1)) == (
        passage.audience,
        passage.validity.sold_from,
    )


def test_vectors_have_the_length_one(snapshot: Snapshot) -> None:
    assert np.allclose(1, np.linalg.norm(snapshot.vectors, axis=1), atol=1e-5)


def test_without_an_index_the_way_out_is_named(home: Path) -> None:
    with pytest.raises(NoIndexError, match="aura ingest"):
        _ = Snapshots(home).current


def test_a_typical_question_does_not_bring_simple_language_to_who_did_not_ask(
    write: Write, home: Path, embedder: Any
) -> None:
    folder = write("leicht", "So kündigen Sie.", kind="einfache_sprache").parent
    asked = folder / "fragen" / "leicht.yaml"
    asked.parent.mkdir()
    asked.write_text(
        "kind: fragen\ntitle: Fragen\nowner: Team\nas_of: 2026-11-22\nentries:\n"
        "  - documents: [leicht]\n    contains: So kündigen Sie\n"
        "    questions: [Wie werde ich euch los]\n",
        encoding="utf-8",
    )
    ingest([folder], home, embedder, strict=True)
    snapshot = Snapshot.load(home)

    assert snapshot.asked.any()
    assert not snapshot.mask(TODAY).any()
    assert snapshot.mask(TODAY, simple=True).all()
