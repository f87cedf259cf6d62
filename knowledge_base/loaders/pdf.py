"""PDF: text with pages, headings, clauses and tables; headers and footers of the page left out.

pypdf tells what cannot be read and why; pdfplumber reads what can.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge_base.documents import DocumentError
from knowledge_base.loaders.reading import (
    Block,
    Reading,
    clause_of,
    clean,
    metadata_of,
    paragraph_clause,
    row_text,
    sidecar,
)

if TYPE_CHECKING:
    from pdfplumber.page import Page

MEDIA_TYPE = "application/pdf"
_EDGE = 0.12
"""Share of the page, above and below, in which running headers and footers stand."""
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"^[•▪–*·-]\s+")
_LONGEST_HEADING = 120

_Path = list[tuple[tuple[int, float], str]]
"""Open headings with their ranks, outermost first."""
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    page: int
    top: float
    bottom: float
    size: float
    bold: bool
    at_edge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    rows: tuple[tuple[str, ...], ...]
    page: int
    top: float


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read a PDF file; one that is broken, encrypted, empty or scanned is a document error."""
    content = path.read_bytes()
    _refuse_unreadable(content)
    blocks = tuple(_blocks(content))
    if not blocks:
        raise DocumentError("contains no text")
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    yield Reading(
        metadata=metadata_of(path, sidecar(path), heading=heading, strict=strict),
        blocks=blocks,
        media_type=MEDIA_TYPE,
        original=content,
        source=path.name,
        file_name=path.name,
    )


def _refuse_unreadable(content: bytes) -> None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not content.strip():
        raise DocumentError("is empty")
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise DocumentError("is encrypted; save it without a password")
        pages = list(reader.pages)
        has_text = any((page.extract_text() or "").strip() for page in pages)
        has_images = not has_text and any(len(page.images) for page in pages)
    # pypdf lets low-level errors of a damaged file through besides its own.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as e:
        raise DocumentError("is no readable PDF; it is damaged or cut off") from e
    if not pages:
        raise DocumentError("is empty: it has no pages")
    if has_images:
        raise DocumentError("holds only scanned pictures; run text recognition (OCR) first")
    if not has_text:
        raise DocumentError("is empty: its pages hold no text")


def _blocks(content: bytes) -> Iterator[Block]:
    import pdfplumber
    from pdfminer.pdfparser import PDFSyntaxError

    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            parts = [part for page in pdf.pages for part in _parts(page)]
            count = len(pdf.pages)
    except PDFSyntaxError as error:
        raise DocumentError("is no readable PDF; it is damaged or cut off") from error
    running = _running([part for part in parts if isinstance(part, _Line)], count)
    kept = [p for p in parts if isinstance(p, _Table) or not (p.at_edge and _mask(p) in running)]
    yield from _assembled(kept)


def _parts(page: Page) -> list[_Line | _Table]:
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    inside = [table.bbox for table in tables]
    text = page.filter(lambda thing: not _within(thing, inside)) if inside else page
    found: list[_Line | _Table] = [
        _Table(
            rows=tuple(tuple(_cell(cell) for cell in row) for row in table.extract()),
            page=page.page_number,
            top=table.bbox[1],
        )
        for table in tables
    ]
    for line in text.extract_text_lines(return_chars=True):
        letters = [char for char in line["chars"] if char["text"].strip()]
        if letters:
            found.append(
                _Line(
                    text=clean(line["text"]),
                    page=page.page_number,
                    top=line["top"],
                    bottom=line["bottom"],
                    size=round(Counter(c["size"] for c in letters).most_common(1)[0][0], 1),
                    bold=sum("bold" in c["fontname"].lower() for c in letters) > len(letters) / 2,
                    at_edge=line["bottom"] < page.height * _EDGE
                    or line["top"] > page.height * (1 - _EDGE),
                )
            )
    return sorted(found, key=lambda part: part.top)


def _within(thing: dict[str, object], boxes: list[_Box]) -> bool:
    if thing.get("object_type") != "char":
        return False
    x = (float(str(thing["x0"])) + float(str(thing["x1"]))) / 2
    y = (float(str(thing["top"])) + float(str(thing["bottom"]))) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _running(lines: list[_Line], pages: int) -> set[str]:
    seen: dict[str, set[int]] = {}
    for line in lines:
        if line.at_edge:
            seen.setdefault(_mask(line), set()).add(line.page)
    page_number = {text for text in seen if re.fullmatch(r"(seite )?#( ?(von|/) ?#)?", text)}
    return {text for text, on in seen.items() if len(on) >= max(2, 0.6 * pages)} | page_number


def _mask(line: _Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def _assembled(parts: list[_Line | _Table]) -> Iterator[Block]:
    """Join lines to paragraphs, open headings, and give table rows their header."""
    body = _body_size(parts)
    path: _Path = []
    paragraph: list[_Line] = []
    header: list[str] = []
    before: _Line | _Table | None = None
    for part in parts:
        headings = tuple(heading for _, heading in path)
        if isinstance(part, _Table):
            yield from _paragraph(paragraph, headings)
            paragraph = []
            rows = [list(row) for row in part.rows]
            continued = isinstance(before, _Table) and before.page < part.page and header
            if not (continued and len(header) == len(rows[0]) and rows[0] != header):
                header, rows = rows[0], rows[1:]
            for row in rows:
                yield from _row(header, row, part.page, headings)
        elif _is_heading(part, body):
            if paragraph or not _continues_heading(before, part, path, body):
                yield from _paragraph(paragraph, headings)
                paragraph = []
                rank = _rank(part)
                path = [*(level for level in path if level[0] < rank), (rank, part.text)]
            else:
                rank, text = path[-1]
                path[-1] = (rank, _joined(text, part.text))
        else:
            if paragraph and _starts_new(paragraph[-1], part):
                yield from _paragraph(paragraph, headings)
                paragraph = []
            paragraph.append(part)
        before = part
    yield from _paragraph(paragraph, tuple(heading for _, heading in path))


def _body_size(parts: list[_Line | _Table]) -> float:
    sizes: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, _Line) and not part.bold:
            sizes[part.size] += len(part.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_heading(line: _Line, body: float) -> bool:
    if len(line.text) > _LONGEST_HEADING or not any(c.isalpha() for c in line.text):
        return False
    larger = body > 0 and line.size > body * 1.1
    return larger or (line.bold and line.text[-1] not in ".,;:" and line.size >= body * 0.98)


def _rank(line: _Line) -> tuple[int, float]:
    clause = clause_of(line.text)
    # A larger letter is a higher heading; among equals the clause number decides: 4 over 4.2.
    return (-round(line.size), clause.count(".") if clause else 0)


def _continues_heading(
    before: _Line | _Table | None,
    line: _Line,
    path: list[tuple[tuple[int, float], str]],
    body: float,
) -> bool:
    return (
        isinstance(before, _Line)
        and bool(path)
        and _is_heading(before, body)
        and before.page == line.page
        and before.size == line.size
        and before.bold == line.bold
        and clause_of(line.text) is None
        and line.top - before.bottom < line.size * 0.6
    )


def _starts_new(before: _Line, line: _Line) -> bool:
    if _BULLET.match(line.text) or paragraph_clause(line.text):
        return True
    if before.page != line.page:
        return before.text[-1] in ".:!?"
    return line.top - before.bottom > line.size * 0.55


def _paragraph(lines: list[_Line], headings: tuple[str, ...]) -> Iterator[Block]:
    if not lines:
        return
    text = lines[0].text
    for line in lines[1:]:
        text = _joined(text, line.text)
    yield Block(
        text=_BULLET.sub("", text),
        headings=headings,
        clause=paragraph_clause(text) or (clause_of(headings[-1]) if headings else None),
        page=lines[0].page,
    )


def _joined(text: str, following: str) -> str:
    """Join two lines; a word cut by a hyphen is made whole, ``Ein- und Ausgang`` is kept."""
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha():
        if following[0].islower() and not following.startswith(("und ", "oder ", "bzw")):
            return text[:-1] + following
        if following[0].isupper():
            return text + following
    return f"{text} {following}"


def _row(
    header: list[str], row: list[str], page: int, headings: tuple[str, ...]
) -> Iterator[Block]:
    text = row_text(header, row)
    if text:
        yield Block(
            text=text,
            headings=headings,
            clause=clause_of(headings[-1]) if headings else None,
            page=page,
            table=True,
        )


def _cell(cell: str | None) -> str:
    lines = [clean(line) for line in (cell or "").split("\n") if line.strip()]
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text = _joined(text, line)
    return text
