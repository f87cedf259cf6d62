"""Every format keeps what a citation needs, and what cannot be read says why."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from knowledge_base.documents import Audience, DocumentError, Validity
from knowledge_base.loaders import LOADERS, Reading
from knowledge_base.loaders.markdown import anchor_of
from knowledge_base.loaders.tariff import read_folder
from knowledge_base.sources import CONTENT
from knowledge_base.tariffs import Tariffs


def read(path: Path, *, strict: bool = False) -> Reading:
    (reading,) = LOADERS[path.suffix](path, strict=strict)
    return reading


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


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


def pdf(path: Path, draw: Callable[[Canvas], None], **options: object) -> Path:
    canvas = Canvas(str(path), pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return path


def lines(*rows: tuple[float, float, bool, str]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for y, size, bold, text in rows:
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            canvas.drawString(70, y, text)

    return draw


def test_a_pdf_keeps_headings_clauses_and_pages_and_joins_cut_words(tmp_path: Path) -> None:
    path = pdf(
        tmp_path / "agb.pdf",
        lines(
            (760, 18, True, "AGB Mobilfunk"),
            (720, 12, True, "4 Preise"),
            (700, 10, False, "4.1 Es gilt die Preisliste."),
            (680, 10, False, "4.2 Die Zahlung ist innerhalb der Zahlungs-"),
            (668, 10, False, "frist von 14 Tagen zu leisten; Ein- und Aus-"),
            (656, 10, False, "gang der SIM-"),
            (644, 10, False, "Karte werden bestätigt."),
        ),
    )

    reading = read(path)

    assert texts(reading) == [
        "4.1 Es gilt die Preisliste.",
        "4.2 Die Zahlung ist innerhalb der Zahlungsfrist von 14 Tagen zu leisten; "
        "Ein- und Ausgang der SIM-Karte werden bestätigt.",
    ]
    assert [block.clause for block in reading.blocks] == ["4.1", "4.2"]
    assert {("AGB Mobilfunk", "4 Preise")} == {block.headings for block in reading.blocks}
    assert {1} == {block.page for block in reading.blocks}


def test_a_table_that_goes_on_over_the_page_keeps_its_header_and_running_lines_are_left_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "preisliste.pdf"

    def around(canvas: Canvas, _document: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(70, 815, "Talfunk Preisliste")
        canvas.drawString(70, 25, f"Seite {canvas.getPageNumber()} von 2")

    rows = [["Leistung", "Preis"], *([f"Leistung {n}", f"{n},00 €"] for n in range(1, 61))]
    table = Table(rows, repeatRows=0)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    body = getSampleStyleSheet()["BodyText"]
    story = [Paragraph("Alle Preise mit Umsatzsteuer.", body), table]
    SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=around, onLaterPages=around)

    reading = read(path)

    found = [block for block in reading.blocks if block.table]
    assert [f"Leistung {n}: Preis {n},00 €" for n in range(1, 61)] == [b.text for b in found]
    assert found[-1].page > 1  # type: ignore[operator]
    assert reading.blocks[0].text == "Alle Preise mit Umsatzsteuer."
    assert not [text for text in texts(reading) if "Seite" in text or "Talfunk" in text]


def test_a_sentence_that_goes_on_over_the_page_stays_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines((100, 10, False, "Die Kündigung wird wirksam, wenn sie"))(canvas)
        canvas.showPage()
        lines((700, 10, False, "in Textform zugegangen ist."))(canvas)

    reading = read(pdf(tmp_path / "a.pdf", draw))

    assert texts(reading) == ["Die Kündigung wird wirksam, wenn sie in Textform zugegangen ist."]


def broken_pdf(tmp_path: Path) -> Path:
    whole = pdf(tmp_path / "whole.pdf", lines((700, 10, False, "Ein Satz.")))
    path = tmp_path / "broken.pdf"
    path.write_bytes(whole.read_bytes()[:200])
    return path


def encrypted_pdf(tmp_path: Path) -> Path:
    writer = PdfWriter(clone_from=PdfReader(pdf(tmp_path / "w.pdf", lines((700, 10, False, "A")))))
    writer.encrypt("secret", algorithm="AES-256")
    path = tmp_path / "encrypted.pdf"
    writer.write(path)
    return path


def empty_pdf(tmp_path: Path) -> Path:
    return pdf(tmp_path / "empty.pdf", lambda canvas: canvas.showPage())


def scanned_pdf(tmp_path: Path) -> Path:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "gray").save(picture, "PNG")
    picture.seek(0)
    image = ImageReader(picture)
    return pdf(tmp_path / "scan.pdf", lambda canvas: canvas.drawImage(image, 50, 50, 500, 700))


def zero_bytes(tmp_path: Path) -> Path:
    path = tmp_path / "nothing.pdf"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (broken_pdf, "damaged"),
        (encrypted_pdf, "encrypted"),
        (empty_pdf, "hold no text"),
        (scanned_pdf, "scanned"),
        (zero_bytes, "is empty"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(make(tmp_path))


def test_metadata_of_a_pdf_stands_in_the_file_beside_it(tmp_path: Path) -> None:
    path = pdf(tmp_path / "agb.pdf", lines((700, 10, False, "Ein Satz.")))
    (tmp_path / "agb.pdf.yaml").write_text("title: AGB\nowner: Recht\nas_of: 2024-04-01\nkind: agb")

    about = read(path, strict=True).metadata

    assert ("AGB", "agb", date(2024, 4, 1)) == (about.title, about.kind, about.as_of)


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
