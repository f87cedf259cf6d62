"""How a published workbook looks: sheets with a title, notes, and tables with a fixed header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from knowledge_base.publish.package import same_bytes
from knowledge_base.publish.publication import OPERATOR

_EURO = '#,##0.00\\ "€"'
_ABOUT = "docProps/core.xml"
_SIDE = Side(style="thin", color="8CA6AD")
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD = PatternFill("solid", fgColor="E6F0F2")
_INK = "0D2E40"

Cell = str | Decimal | None
"""A text, an amount in euros, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a title across the table, notes below it, then the table."""

    name: str
    title: str
    notes: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    """Of each column, in characters."""


def render(sheets: Sequence[Sheet], *, title: str, as_of: date) -> bytes:
    """Set sheets as a workbook; the same sheets give the same bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.name), sheet)
    target = BytesIO()
    workbook.save(target)
    # openpyxl notes the moment of saving, whatever is set before.
    written = datetime.combine(as_of, time(), UTC).replace(tzinfo=None)
    about = DocumentProperties(
        creator=OPERATOR,
        lastModifiedBy=OPERATOR,
        title=title,
        language="de-DE",
        created=written,
        modified=written,
    )
    return same_bytes(target, {_ABOUT: tostring(about.to_tree())})


def _fill(target: Worksheet, sheet: Sheet) -> None:
    columns = len(sheet.header)
    _line(target, 1, sheet.title, columns, Font(name="Arial", size=14, bold=True, color=_INK))
    row = 2
    for note in sheet.notes:
        _line(target, row, note, columns, Font(name="Arial", size=9))
        # A merged line does not grow by itself.
        target.row_dimensions[row].height = 13 * (1 + len(note) // sum(sheet.widths))
        row += 1
    row += 1
    for column, name in enumerate(sheet.header, 1):
        cell = target.cell(row, column, name)
        cell.font, cell.fill = Font(name="Arial", size=9, bold=True, color=_INK), _HEAD
        cell.border, cell.alignment = _FRAME, Alignment(wrap_text=True, vertical="top")
    target.freeze_panes = target.cell(row + 1, 1)
    target.print_title_rows = f"{row}:{row}"
    for values in sheet.rows:
        row += 1
        for column, value in enumerate(values, 1):
            cell = target.cell(row, column, value)
            cell.font, cell.border = Font(name="Arial", size=9), _FRAME
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, Decimal):
                cell.number_format = _EURO
    for column, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(column)].width = width
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", 9
    target.page_setup.fitToHeight, target.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _line(target: Worksheet, row: int, text: str, columns: int, font: Font) -> None:
    cell = target.cell(row, 1, text)
    cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
    target.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
