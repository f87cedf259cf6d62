"""Every format keeps what a citation needs, and what cannot be read says why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from readings import read, texts

from knowledge_base.documents import Audience, DocumentError, Validity
from knowledge_base.loaders import LOADERS
from knowledge_base.loaders.markdown import anchor_of
from knowledge_base.loaders.tariff import read_folder
from knowledge_base.sources import CONTENT
from knowledge_base.tariffs import Tariffs


def test_markdown_keeps_headings_anchors_and_table_rows_with_their_header(tmp_path: Path) -> None:
    path = tmp_path / "gebuehren.md"
    path.write_text(
        "# Gebühren\n\nText mit **Nachdruck**.\n\n## Karten\n\n- erster Punkt\n- zweiter Punkt\n\n"
        "| Leistung | Preis | Zahlung |\n|---|---|---|\n| Ersatz-SIM-Karte | 14,95 € | einmalig |\n"
    )

    reading = read(path)

    assert texts(reading) == [
        "Text mit Nachdruck.",
        "erster Punkt",
        "zweiter Punkt",
        "Ersatz-SIM-Karte: Preis 14,95 €, Zahlung einmalig",
    ]
    row = reading.blocks[-1]
    assert (row.headings, row.anchor, row.table) == (("Gebühren", "Karten"), "karten", True)


def test_a_heading_with_umlauts_has_an_anchor_of_plain_letters() -> None:
    assert anchor_of("Kündigung per E-Mail?") == "kundigung-per-e-mail"


def test_the_metadata_of_an_own_document_is_read_from_its_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "agb.md"
    path.write_text(
        "---\ntitle: AGB\nkind: agb\nowner: Recht\nas_of: 2025-10-01\nproducts: [mobil_m]\n"
        "audience: privat\nsold_from: 2025-10-01\n---\nEin Satz.\n"
    )

    about = read(path, strict=True).metadata

    assert ("agb", "AGB", "Recht", date(2025, 10, 1)) == (
        about.id,
        about.title,
        about.owner,
        about.as_of,
    )
    assert (about.products, about.audience) == (("mobil_m",), Audience.CONSUMER)
    assert Validity(sold_from=date(2025, 10, 1)) == about.validity


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: AGB\nas_of: 2025-10-01", "metadata owner missing"),
        ("title: AGB\nowner: Recht\nas_of: gestern", "'gestern' is no date"),
        ("title: AGB\nowner: Recht\nas_of: 2025-10-01\naudiece: privat", "'audiece'"),
        ("title: AGB\nowner: Recht\nas_of: 2025-10-01\naudience: alle Leute", "'alle Leute'"),
        ("title: AGB\nowner: Recht\nas_of: 2025-10-01\nkind: zettel", "unknown kind 'zettel'"),
        ("title: [", "is not YAML"),
    ],
)
def test_wrong_metadata_of_an_own_document_is_refused_with_its_name(
    tmp_path: Path, front: str, reason: str
) -> None:
    path = tmp_path / "agb.md"
    path.write_text(f"---\n{front}\n---\nEin Satz.\n")

    with pytest.raises(DocumentError, match=reason):
        read(path, strict=True)


def test_a_foreign_document_gets_title_date_and_owner_by_default(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Hinweise zur Rechnung\n\nEin Satz.\n")

    about = read(path).metadata

    assert (about.title, about.owner) == ("Hinweise zur Rechnung", "unbekannt")


def test_html_leaves_out_what_stands_around_the_text(tmp_path: Path) -> None:
    path = tmp_path / "hilfe.html"
    path.write_text(
        '<html><head><title>SIM-Karte</title><meta name="aura:owner" content="Kundenservice">'
        '<meta name="aura:as_of" content="2026-02-01"></head><body><nav>Start</nav><main>'
        '<h1>SIM-Karte</h1><h2 id="sperren">Sperren</h2><p>Rufen Sie <b>sofort</b> an.</p>'
        "<ul><li>eins</li><li>zwei</li></ul>"
        "<table><tr><th>Leistung</th><th>Preis</th></tr><tr><td>Sperre</td><td>kostenlos</td></tr>"
        "</table><details><summary>Und danach?</summary><p>Entsperren.</p></details>"
        "<p>Ende.</p></main><footer>Impressum</footer><script>alert(1)</script></body></html>"
    )

    reading = read(path, strict=True)

    expected = ["Rufen Sie sofort an.", "eins", "zwei", "Sperre: Preis kostenlos", "Entsperren."]
    assert [*expected, "Ende."] == texts(reading)
    assert (reading.metadata.title, reading.metadata.owner) == ("SIM-Karte", "Kundenservice")
    assert reading.blocks[0].anchor == "sperren"
    assert reading.blocks[4].headings == ("SIM-Karte", "Sperren", "Und danach?")
    assert reading.blocks[5].headings == ("SIM-Karte", "Sperren")


def test_a_corpus_of_lines_gives_one_document_a_line(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(
        '{"id": "a/1", "title": "Erstes", "text": "Ein Satz."}\n'
        '{"_id": 2, "title": "", "text": "(1) Zwei Absätze.\\n\\n(2) Der zweite."}\n'
    )

    first, second = LOADERS[".jsonl"](path, strict=False)

    assert (first.metadata.id, first.metadata.title) == ("a/1", "Erstes")
    assert (second.metadata.id, [b.clause for b in second.blocks]) == ("2", ["(1)", "(2)"])
    assert "/" not in first.file_name


def test_a_wrong_line_of_a_corpus_is_reported_after_the_others_were_read(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": "1", "text": "gut"}\n{"id": "2"\n{"text": "ohne Namen"}\n')
    read_ids = []

    with pytest.raises(DocumentError, match=r"line 2 is not JSON; 2 lines were left out"):
        read_ids.extend(reading.metadata.id for reading in LOADERS[".jsonl"](path, strict=False))

    assert read_ids == ["1"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00x", b"a\x00b", b"  \n"])
def test_a_text_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    with pytest.raises(DocumentError):
        read(path)


def test_each_version_of_a_tariff_is_said_with_its_own_figures_and_validity() -> None:
    folder = CONTENT / "tarife"
    readings = {r.metadata.id: r for r in read_folder(folder, Tariffs.load(folder))}

    reading = readings["mobil_m"]

    prices = {b.validity: b.text for b in reading.blocks if b.text.startswith("Monatlicher Grund")}
    of_2024 = Validity(
        sold_from=date(2024, 4, 1), sold_until=date(2025, 9, 30), applies_from=date(2024, 4, 1)
    )
    assert "29,99 €" in prices[of_2024]
    assert {("mobil_m",)} == {block.products for block in reading.blocks}


def test_a_country_that_changes_its_zone_is_said_once_for_each_time() -> None:
    folder = CONTENT / "tarife"
    readings = {r.metadata.id: r for r in read_folder(folder, Tariffs.load(folder))}

    blocks = [b for b in readings["roaming"].blocks if b.text.startswith("Moldau gehört")]

    on = {day: [b.text for b in blocks if b.validity and b.validity.holds(day)] for day in DAYS}
    assert [len(found) for found in on.values()] == [1, 1]
    assert on[DAYS[0]] != on[DAYS[1]]


DAYS = (date(2025, 12, 31), date(2026, 1, 1))
