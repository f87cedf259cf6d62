"""A Word document gives what its reader sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from readings import read, texts

from knowledge_base.documents import DocumentError
from knowledge_base.loaders import Reading


@pytest.fixture
def document() -> Document:
    return docx.Document()


@pytest.fixture
def reading_of(tmp_path: Path) -> Callable[[Document], Reading]:
    def reading(document: Document) -> Reading:
        document.save(str(tmp_path / "beschreibung.docx"))
        return read(tmp_path / "beschreibung.docx")

    return reading


def add_table(document: Document, *rows: tuple[str, ...]) -> docx.table.Table:
    table = document.add_table(len(rows), max(len(row) for row in rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    return table


def add_numbering(document: Document, *levels: tuple[str, str]) -> None:
    """Number a list ``77`` as Word does, by format and text of each level."""
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    list_ = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{written}</w:abstractNum>'
    root.insert(0, parse_xml(list_))
    number = f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    root.append(parse_xml(number))


def numbered(element: BaseOxmlElement, depth: int) -> None:
    element.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        )
    )


def test_headings_paragraphs_lists_and_tables_come_in_the_order_of_the_document(
    document, reading_of
):
    document.add_heading("Leistungsbeschreibung", level=0)
    document.add_heading("Karten", level=1)
    document.add_paragraph("Jede Karte ist gesperrt.")
    add_table(document, ("Leistung", "Preis"), ("Ersatz-SIM-Karte", "14,95 €"))
    document.add_heading("Versand", level=2)
    document.add_paragraph("mit der Post", style="List Bullet")
    document.add_paragraph("• als eSIM")
    document.add_heading("Netz", level=1)
    document.add_paragraph("Es gibt 5G.")

    blocks = reading_of(document).blocks

    title = "Leistungsbeschreibung"
    assert [
        ((title, "Karten"), "Jede Karte ist gesperrt."),
        ((title, "Karten"), "Ersatz-SIM-Karte: Preis 14,95 €"),
        ((title, "Karten", "Versand"), "mit der Post"),
        ((title, "Karten", "Versand"), "als eSIM"),
        ((title, "Netz"), "Es gibt 5G."),
    ] == [(block.headings, block.text) for block in blocks]
    assert [False, True, False, False, False] == [block.table for block in blocks]
    assert ["karten", "karten", "versand", "versand", "netz"] == [b.anchor for b in blocks]


def test_german_styles_and_styles_based_on_headings_are_headings(document, reading_of):
    german = document.styles.add_style("Überschrift 1", WD_STYLE_TYPE.PARAGRAPH)
    own = document.styles.add_style("AGB-Abschnitt", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Preise", style=german)
    document.add_paragraph("Zahlung", style=own)
    document.add_paragraph("Es gilt die Preisliste.")

    reading = reading_of(document)

    assert ("Preise", "Zahlung") == reading.blocks[0].headings
    assert "Preise" == reading.metadata.title


def test_a_clause_is_named_by_its_paragraph_or_by_the_numbered_heading_above(document, reading_of):
    document.add_paragraph("4.2 Die Rechnung ist sofort fällig.")
    document.add_paragraph("3. ist nur ein Punkt einer Liste.")
    document.add_heading("5 Sperre", level=1)
    document.add_paragraph("5.1 Talfunk sperrt kostenlos.")

    assert ["4.2", None, "5"] == [block.clause for block in reading_of(document).blocks]


def test_numbers_that_word_counts_itself_are_said(document, reading_of):
    add_numbering(document, ("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
    for text, level, depth in (
        ("Netz", 1, 0),
        ("Talfunk betreibt das Netz.", None, 1),
        ("im Inland", None, 2),
        ("Der Kunde prüft den Empfang.", None, 1),
        ("Preise", 1, 0),
        ("Es gilt die Preisliste.", None, 1),
    ):
        paragraph = document.add_heading(text, level) if level else document.add_paragraph(text)
        numbered(paragraph._p, depth)

    blocks = reading_of(document).blocks

    assert [
        ("1", "1 Netz", "1.1 Talfunk betreibt das Netz."),
        ("1", "1 Netz", "im Inland"),
        ("1", "1 Netz", "1.2 Der Kunde prüft den Empfang."),
        ("2", "2 Preise", "2.1 Es gilt die Preisliste."),
    ] == [(block.clause, block.headings[-1], block.text) for block in blocks]


def test_a_clause_written_in_the_style_of_a_heading_is_not_lost(document, reading_of):
    document.add_heading("Preise", level=1)
    document.add_heading("4.1 Es gilt die Preisliste.", level=2)

    (block,) = reading_of(document).blocks

    assert ("4.1", "4.1 Es gilt die Preisliste.") == (block.clause, block.text)


def test_merged_cells_say_their_text_in_every_row_and_under_every_header(document, reading_of):
    table = add_table(
        document,
        ("Preise für Karten", "", "", ""),
        ("Gruppe", "Leistung", "Preis", ""),
        ("", "", "neu", "Bestand"),
        ("Karten", "Ersatz", "14,95 €", "9,95 €"),
        ("", "MultiSIM", "3,99 €", ""),
    )
    table.cell(0, 0).merge(table.cell(0, 3))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(1, 2).merge(table.cell(1, 3))
    table.cell(3, 0).merge(table.cell(4, 0))
    table.cell(4, 2).merge(table.cell(4, 3))
    for row in list(table.rows)[1:3]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    reading = reading_of(document)

    assert [
        "Karten: Leistung Ersatz, Preis neu 14,95 €, Preis Bestand 9,95 €",
        "Karten: Leistung MultiSIM, Preis neu 3,99 €",
    ] == texts(reading)
    assert ("Preise für Karten",) == reading.blocks[0].headings


def test_a_table_within_a_cell_is_read_once(document, reading_of):
    table = add_table(document, ("Leistung", "Preis"), ("SIM", ""))
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "einmalig", "9,95 €"

    assert ["SIM: Preis einmalig 9,95 €"] == texts(reading_of(document))


def test_what_a_reader_does_not_see_is_left_out(document, reading_of):
    document.sections[0].header.paragraphs[0].text = "Talfunk GmbH"
    document.sections[0].footer.paragraphs[0].text = "Seite 1"
    contents = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("1 Preise 3", style=contents)
    paragraph = document.add_paragraph("Der Preis ist ")
    paragraph.add_run("geheim ").font.hidden = True
    for mark, kind, text in (("del", "delText", "9 €"), ("ins", "t", "10 €")):
        change = parse_xml(
            f'<w:{mark} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{kind}>{text}</w:{kind}></w:r>'
            f"</w:{mark}>"
        )
        paragraph._p.append(change)
    paragraph.add_run(".")

    assert ["Der Preis ist 10 €."] == texts(reading_of(document))


def test_text_in_boxes_and_content_controls_is_not_lost(document, reading_of):
    paragraph = document.add_paragraph("Ein Satz.")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>Im Kasten.</w:t></w:r></w:p></w:txbxContent>"
    paragraph.add_run()._r.append(
        parse_xml(
            f'<mc:AlternateContent {nsdecls("w")} xmlns:mc="{mc}">'
            f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        )
    )
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Im Feld.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    paragraph._p.addnext(control)

    assert ["Ein Satz.", "Im Kasten.", "Im Feld."] == texts(reading_of(document))


def test_line_breaks_and_soft_hyphens_do_not_tear_a_sentence(document, reading_of):
    document.add_paragraph("4.2\tDie Zahlungs\xadfrist\nbeträgt 14\xa0Tage.")

    assert ["4.2 Die Zahlungsfrist beträgt 14 Tage."] == texts(reading_of(document))


def test_metadata_stands_in_the_file_beside_it(document, tmp_path):
    document.add_paragraph("Ein Satz.")
    document.save(str(tmp_path / "a.docx"))
    beside = tmp_path / "a.docx.yaml"
    beside.write_text("title: AGB\nowner: Recht\nas_of: 2024-04-01\nkind: agb")

    about = read(tmp_path / "a.docx", strict=True).metadata

    assert ("a", "AGB", "agb", date(2024, 4, 1)) == (
        about.id,
        about.title,
        about.kind,
        about.as_of,
    )


def test_an_own_document_without_owner_is_refused(document, tmp_path):
    document.add_paragraph("Ein Satz.")
    document.save(str(tmp_path / "a.docx"))

    with pytest.raises(DocumentError, match="owner missing"):
        read(tmp_path / "a.docx", strict=True)
