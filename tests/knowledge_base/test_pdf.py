"""A PDF keeps what a citation needs, and what cannot be read says why."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from readings import read, texts
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

from knowledge_base.documents import DocumentError


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
