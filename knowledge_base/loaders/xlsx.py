"""Tables in Excel workbooks (XLSX): every row said with its header, every figure as it is shown.

Metadata stands in a sidecar. What a reader does not see is left out: hidden sheets, rows and
columns.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from knowledge_base.documents import DocumentError
from knowledge_base.loaders.cell_format import Value, shown
from knowledge_base.loaders.markdown import anchor_of
from knowledge_base.loaders.package import refuse_unreadable
from knowledge_base.loaders.reading import (
    Block,
    Reading,
    clause_of,
    clean,
    metadata_of,
    row_text,
    sidecar,
)

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNNAMED = re.compile(r"(?:Tabelle|Sheet|Blatt) ?\d*", re.IGNORECASE)
_LONGEST_HEADING = 120
_MOST_ROWS = 50_000
_YEARS = range(1990, 2100)


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read a workbook; one that is broken, encrypted, empty or not calculated is an error."""
    content = path.read_bytes()
    refuse_unreadable(content, "XLSX")
    blocks = tuple(block for sheet in _sheets(content) for block in _Walk.of(sheet).blocks())
    if not blocks:
        raise DocumentError("is empty: its visible sheets hold no text")
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    yield Reading(
        metadata=metadata_of(path, sidecar(path), heading=heading, strict=strict),
        blocks=blocks,
        media_type=MEDIA_TYPE,
        original=content,
        source=path.name,
        file_name=path.name,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """Cells that are merged to one, whose text stands in the first."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True, kw_only=True)
class _Layout:
    """What the values do not tell."""

    merged: list[_Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    uncalculated: list[tuple[int, int, str]] = field(default_factory=list)
    """Row, column and name of formulas whose result is not in the file."""

    def hides(self, row: int, column: int) -> bool:
        return row in self.hidden_rows or any(column in one for one in self.hidden_columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    text: str
    is_label: bool
    """A text or a year, as headers are; no price and no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    title: str
    rows: Mapping[int, dict[int, _Cell]]
    """Only what is filled, by row and column."""
    merged: Sequence[_Range]


def _sheets(content: bytes) -> list[_Sheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # openpyxl warns of everything in a workbook that it would lose in writing.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return [_sheet(one) for one in workbook.worksheets if one.sheet_state == "visible"]
    # Besides its own errors openpyxl lets those of missing parts and of the XML through; an error
    # in the XML is a SyntaxError.
    except (
        InvalidFileException,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        TypeError,
        SyntaxError,
    ) as error:
        raise DocumentError("is no readable XLSX; it is damaged or another Office file") from error


def _sheet(sheet: ReadOnlyWorksheet) -> _Sheet:
    # Reading row by row openpyxl leaves out merged and hidden cells, and which are formulas.
    with sheet._get_source() as source:
        layout = _layout(source)
    for row, column, name in layout.uncalculated:
        if not layout.hides(row, column):
            raise DocumentError(
                f"sheet {sheet.title!r}, cell {name} is a formula without its result; "
                "open the file in Excel and save it"
            )
    # The size that a file claims may be a million rows, or wrong.
    sheet.reset_dimensions()
    rows: dict[int, dict[int, _Cell]] = {}
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is None or layout.hides(cell.row, cell.column):
                continue
            if cell.data_type == "e":
                raise DocumentError(
                    f"sheet {sheet.title!r}, cell {cell.coordinate} shows the error {cell.value}; "
                    "correct it"
                )
            text = shown(cell.value, cell.number_format)
            if text:
                here = rows.setdefault(cell.row, {})
                here[cell.column] = _Cell(text=text, is_label=_is_label(cell.value))
        if len(rows) > _MOST_ROWS:
            raise DocumentError(f"sheet {sheet.title!r} has more than {_MOST_ROWS} rows; split it")
    return _Sheet(title=sheet.title, rows=rows, merged=layout.merged)


def _is_label(value: Value) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and value in _YEARS)


def _layout(source: IO[bytes]) -> _Layout:
    from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries
    from openpyxl.xml.functions import iterparse

    layout, row, column = _Layout(), 0, 0
    for event, element in iterparse(source, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            if name == "row":
                row, column = int(element.get("r", row + 1)), 0
                if element.get("hidden") in {"1", "true"}:
                    layout.hidden_rows.add(row)
            elif name == "c":
                place = element.get("r")
                column = coordinate_to_tuple(place)[1] if place else column + 1
            continue
        parts = {child.tag.rpartition("}")[2]: child.text for child in element}
        if name == "c" and _is_uncalculated(parts, element.get("t")):
            layout.uncalculated.append((row, column, f"{get_column_letter(column)}{row}"))
        elif name == "col" and element.get("hidden") in {"1", "true"}:
            layout.hidden_columns.append(
                range(int(element.get("min")), int(element.get("max")) + 1)
            )
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref"))
            layout.merged.append(_Range(top=top, bottom=bottom, left=left, right=right))
        elif name == "row":
            element.clear()
    return layout


def _is_uncalculated(parts: Mapping[str, str | None], kind: str | None) -> bool:
    # A formula may well give an empty text.
    return "f" in parts and not parts.get("v") and not (kind == "str" and "v" in parts)


@dataclass(slots=True)
class _Walk:
    """Where the reader is in a sheet: below which title, and under which header."""

    sheet: _Sheet
    headings: tuple[str, ...]
    rows: list[int]
    columns: list[int]
    header: list[str] = field(default_factory=list)
    title: str = ""

    @classmethod
    def of(cls, sheet: _Sheet) -> _Walk:
        for merged in (one for one in sheet.merged if one.bottom > one.top):
            for row, cells in sheet.rows.items():
                first = sheet.rows.get(merged.top, {}).get(merged.left)
                if merged.top < row <= merged.bottom and first:
                    cells.setdefault(merged.left, first)
        named = () if _UNNAMED.fullmatch(sheet.title) else (clean(sheet.title),)
        columns = sorted({column for cells in sheet.rows.values() for column in cells})
        return cls(sheet, named, sorted(sheet.rows), columns)

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.rows):
            height = self.header_height(at) if not self.header else 0
            if height:
                self.header = self.header_of(at, height)
            elif self.is_title(at):
                self.title, self.header = self.texts(at)[0], []
            else:
                yield from self.row(at)
            at += height or 1

    def row(self, at: int) -> Iterator[Block]:
        cells = self.cells(at)
        headings = (*self.headings, self.title) if self.title else self.headings
        inner = headings[-1] if headings else ""
        yield Block(
            text=row_text(self.header, [c.text if c else "" for c in cells]),
            headings=headings,
            clause=clause_of(inner),
            anchor=anchor_of(inner) or None,
            table=len(self.texts(at)) > 1,
        )

    def cells(self, at: int) -> list[_Cell | None]:
        return [self.sheet.rows[self.rows[at]].get(column) for column in self.columns]

    def texts(self, at: int) -> list[str]:
        return [cell.text for cell in self.cells(at) if cell]

    def is_title(self, at: int) -> bool:
        """Tell whether a row holds nothing but the title of the table below it."""
        texts = self.texts(at)
        if len(texts) > 1 or len(texts[0]) > _LONGEST_HEADING or texts[0][-1] in ".;,":
            return False
        if not self.header and not self.title:
            return True
        parted = at > 0 and self.rows[at] - self.rows[at - 1] > 1
        return parted and bool(self.header_height(at + 1))

    def header_height(self, at: int) -> int:
        """Count the rows of a header that begins in a row; none where no header does."""
        if at + 1 >= len(self.rows):
            return 0
        cells = [cell for cell in self.cells(at) if cell]
        width = len(cells)
        for below in range(at + 1, len(self.rows)):
            if self.rows[below] - self.rows[below - 1] > 1:
                break
            width = max(width, len(self.texts(below)))
        if len(cells) < max(2, width - 1) or not all(cell.is_label for cell in cells):
            return 0
        begun = [one for one in self.sheet.merged if one.top == self.rows[at]]
        bottom = max((one.bottom for one in begun), default=0)
        height = sum(self.rows[at] <= row <= bottom for row in self.rows) or 1
        below_it = self.cells(at + 1)
        if height == 1 and any(one.right > one.left for one in begun) and below_it[0] is None:
            height = 2 if all(cell.is_label for cell in below_it if cell) else 1
        return height if at + height < len(self.rows) else 0

    def header_of(self, at: int, height: int) -> list[str]:
        """Join what stands above each column; a merged cell stands above all that it spans."""
        names: list[list[str]] = [[] for _ in self.columns]
        for place in range(at, at + height):
            row = self.sheet.rows[self.rows[place]]
            for name, column in zip(names, self.columns, strict=True):
                spanning = [
                    row.get(one.left)
                    for one in self.sheet.merged
                    if one.top <= self.rows[place] <= one.bottom and one.left <= column <= one.right
                ]
                cell = row.get(column) or next(iter(spanning), None)
                if cell and cell.text not in name:
                    name.append(cell.text)
        return [" ".join(name) for name in names]
