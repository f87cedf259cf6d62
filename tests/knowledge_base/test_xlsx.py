"""A workbook gives its tables as they are seen, and what cannot be read says why."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from readings import read, texts

from knowledge_base.documents import DocumentError
from knowledge_base.loaders import Reading

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
EUR = '#,##0.00 "€"'


@pytest.fixture
def book() -> Workbook:
    book = Workbook()
    book.active.title = "Karten"
    return book


@pytest.fixture
def reading_of(tmp_path: Path) -> Callable[[Workbook], Reading]:
    def reading(book: Workbook) -> Reading:
        book.save(tmp_path / "preise.xlsx")
        return read(tmp_path / "preise.xlsx")

    return reading


def fill(sheet: Worksheet, *rows: tuple[object, ...], form: str = EUR) -> Worksheet:
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = form
    return sheet


def test_a_row_is_said_with_its_header_below_the_title_of_its_sheet(book, reading_of):
    fill(
        book.active,
        ("Leistung", "Preis", "Zahlung"),
        ("Ersatz-SIM-Karte", 14.95, "einmalig"),
        ("MultiSIM", 1003.9, None),
    )

    reading = reading_of(book)

    assert [
        "Ersatz-SIM-Karte: Preis 14,95 €, Zahlung einmalig",
        "MultiSIM: Preis 1.003,90 €",
    ] == texts(reading)
    assert {(("Karten",), True, "karten")} == {
        (block.headings, block.table, block.anchor) for block in reading.blocks
    }
    assert "Karten" == reading.metadata.title


def test_a_sheet_that_nobody_named_is_no_heading(book, reading_of):
    book.active.title = "Tabelle1"
    fill(book.active, ("Leistung", "Preis"), ("SIM", 1.0))

    assert () == reading_of(book).blocks[0].headings


def test_titles_and_notes_around_tables_are_told_from_their_rows(book, reading_of):
    sheet = fill(
        book.active,
        ("Preise ab 01.10.2025",),
        ("Alle Preise enthalten die Umsatzsteuer.",),
        ("Stand", date(2025, 10, 1)),
        (),
        ("Leistung", "einmalig", "monatlich", "jährlich"),
        ("SIM", 9.95, None, 1.0),
        (),
        ("MultiSIM", None, 3.99, None),
        (),
        ("Ausland",),
        ("Zone", "Minute"),
        ("Zone 1", 0.19),
        (),
        ("* nicht an Feiertagen",),
    )
    sheet.merge_cells("A1:D1")

    assert [
        ("Preise ab 01.10.2025", False, "Alle Preise enthalten die Umsatzsteuer."),
        ("Preise ab 01.10.2025", True, "Stand: 01.10.2025"),
        ("Preise ab 01.10.2025", True, "SIM: einmalig 9,95 €, jährlich 1,00 €"),
        ("Preise ab 01.10.2025", True, "MultiSIM: monatlich 3,99 €"),
        ("Ausland", True, "Zone 1: Minute 0,19 €"),
        ("Ausland", False, "* nicht an Feiertagen"),
    ] == [(b.headings[-1], b.table, b.text) for b in reading_of(book).blocks]


def test_merged_cells_hold_for_every_row_and_column_that_they_span(book, reading_of):
    sheet = fill(
        book.active,
        ("Gruppe", "Leistung", "Preis", None),
        (None, None, "neu", "Bestand"),
        ("Karten", "Ersatz", 14.95, 9.95),
        (None, "MultiSIM", 3.99, None),
    )
    for merged in ("A1:A2", "B1:B2", "C1:D1", "A3:A4", "C4:D4"):
        sheet.merge_cells(merged)

    assert [
        "Karten: Leistung Ersatz, Preis neu 14,95 €, Preis Bestand 9,95 €",
        "Karten: Leistung MultiSIM, Preis neu 3,99 €",
    ] == texts(reading_of(book))


def test_years_may_be_a_header(book, reading_of):
    fill(book.active, ("Zone", 2025, 2026), ("EU", 1.19, 1.2))

    assert ["EU: 2025 1,19 €, 2026 1,20 €"] == texts(reading_of(book))


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (0.19, '0.00 "€"', "0,19 €"),
        (0.19, "0.00€", "0,19 €"),
        (1234.5, r"#,##0.00\ [$€-407]", "1.234,50 €"),
        (1234.5, "[$€-2] #,##0.00", "1.234,50 €"),
        (-3.5, r'#,##0.00 "€";[Red]\-#,##0.00 "€"', "-3,50 €"),
        (0, r'_-* #,##0.00 "€"_-;\-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-', "0,00 €"),
        (0, '0.00 "€";;"kostenlos"', "kostenlos"),
        (2.675, '0.00 "€"', "2,68 €"),
        (0.19, "0%", "19 %"),
        (0.985, "0.0 %", "98,5 %"),
        (24, '0 "Monate"', "24 Monate"),
        (5, '"bis zu "0" Mbit/s"', "bis zu 5 Mbit/s"),
        (10, 'General" GB"', "10 GB"),
        (2.5, "0.##", "2,5"),
        (2, "0.##", "2"),
        (7, "000", "007"),
        (1234567, "#,##0,", "1.235"),
        (0.5, "# ?/?", "0,5"),
        (0.1 + 0.2, "General", "0,3"),
        (2025, "General", "2025"),
        (True, "General", "ja"),
        (date(2025, 10, 1), "mm-dd-yy", "01.10.2025"),
        (datetime.fromisoformat("2025-10-01T08:30"), "yyyy-mm-dd hh:mm", "01.10.2025 08:30"),
        (time(20, 0), "h:mm", "20:00"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_a_figure_is_written_the_german_way_as_its_cell_shows_it(
    book, reading_of, value, form, expected
):
    fill(book.active, ("Leistung", "Wert", "Bemerkung"), ("A", value, "b"))
    book.active["B2"].number_format = form

    assert [f"A: Wert {expected}, Bemerkung b"] == texts(reading_of(book))


def test_what_is_hidden_is_not_read(book, reading_of):
    sheet = fill(
        book.active,
        ("Leistung", "Einkauf", "Preis"),
        ("SIM", 1.0, 9.95),
        ("Altgerät", 1.0, 5.0),
        ("Router", "=B2*2", 49.0),
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    fill(book.create_sheet("Intern"), ("Rabatt", "Wert"), ("Team", 5.0)).sheet_state = "hidden"

    assert ["SIM: Preis 9,95 €", "Router: Preis 49,00 €"] == texts(reading_of(book))


def test_a_formula_without_its_result_is_named_with_sheet_and_cell(book, reading_of):
    fill(book.active, ("Leistung", "Preis"), ("SIM", "=9+1"))

    with pytest.raises(DocumentError, match=r"sheet 'Karten', cell B2 is a formula without"):
        reading_of(book)


def changed(book: Workbook, old: str, new: str) -> bytes:
    """Save a workbook and change what its first sheet says."""
    whole, target = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            package.writestr(name, text)
    return target.getvalue()


def test_a_formula_is_read_as_its_result(book, tmp_path):
    fill(book.active, ("Leistung", "Preis"), ("SIM", "=9+1"))
    book.active["B2"].number_format = EUR
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(book, "<f>9+1</f><v></v>", "<f>9+1</f><v>10</v>"))

    assert ["SIM: Preis 10,00 €"] == texts(read(path))


def test_an_error_that_a_cell_shows_is_named(book, reading_of):
    fill(book.active, ("Leistung", "Preis"), ("SIM", "#REF!"))

    with pytest.raises(DocumentError, match=r"sheet 'Karten', cell B2 shows the error #REF!"):
        reading_of(book)


def test_a_stray_cell_at_the_far_end_adds_nothing(book, reading_of):
    fill(book.active, ("Leistung", "Preis"), ("SIM", 9.95))
    book.active["XFD1048576"].number_format = EUR

    assert ["SIM: Preis 9,95 €"] == texts(reading_of(book))


def test_more_rows_than_any_price_list_has_are_refused(book, reading_of):
    for number in range(50_002):
        book.active.append((number,))

    with pytest.raises(DocumentError, match="more than 50000 rows"):
        reading_of(book)


def test_metadata_stands_in_the_file_beside_it(book, tmp_path):
    fill(book.active, ("Leistung", "Preis"), ("SIM", 9.95))
    book.save(tmp_path / "a.xlsx")
    beside = tmp_path / "a.xlsx.yaml"
    beside.write_text("title: Preise\nowner: Vertrieb\nas_of: 2024-04-01\nkind: preisliste")

    about = read(tmp_path / "a.xlsx", strict=True).metadata

    assert ("Preise", "preisliste", date(2024, 4, 1)) == (about.title, about.kind, about.as_of)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def other_package() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("text", "Ein Paket, keine Mappe.")
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "is empty"),
        (lambda: saved(Workbook()), "hold no text"),
        (lambda: OLE + bytes(600), "is encrypted or older than XLSX"),
        (lambda: b"Ein Text, kein Paket.", "damaged or cut off"),
        (lambda: saved(Workbook())[:3000], "damaged or cut off"),
        (lambda: changed(Workbook(), "</worksheet>", ""), "damaged or another Office file"),
        (other_package, "damaged or another Office file"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(tmp_path, make, reason):
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())

    with pytest.raises(DocumentError, match=reason):
        read(path)
