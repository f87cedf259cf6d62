"""Word documents (DOCX): headings by style, clauses, list items and tables in document order.

Metadata stands in a sidecar. What a reader does not see is left out: deleted and hidden text,
tables of contents, running headers and footers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge_base.documents import DocumentError
from knowledge_base.loaders.markdown import anchor_of
from knowledge_base.loaders.package import refuse_unreadable
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
from knowledge_base.loaders.word_styles import Styles, W, value

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "txbxContent")} | {_FALLBACK}
_SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
_AROUND = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
_BULLET = re.compile(r"^[•▪–·]\s+")
_LONGEST_HEADING = 120


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read a Word document; one that is broken, encrypted or empty is a document error."""
    content = path.read_bytes()
    blocks = _blocks(content)
    if not blocks:
        raise DocumentError("is empty: it holds no text")
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    yield Reading(
        metadata=metadata_of(path, sidecar(path), heading=heading, strict=strict),
        blocks=blocks,
        media_type=MEDIA_TYPE,
        original=content,
        source=path.name,
        file_name=path.name,
    )


def _blocks(content: bytes) -> tuple[Block, ...]:
    import docx

    refuse_unreadable(content, "DOCX")
    try:
        document = docx.Document(io.BytesIO(content))
    # Besides its own errors python-docx lets those of missing parts and of the XML through; an
    # error in the XML is a SyntaxError.
    except (ValueError, KeyError, AttributeError, TypeError, SyntaxError) as error:
        raise DocumentError("is no readable DOCX; it is damaged or another Office file") from error
    try:
        return tuple(_Walk(Styles.of(document)).blocks(document.element.body))
    except ValueError as error:
        raise DocumentError(f"is no readable DOCX; a style is damaged: {error}") from error


@dataclass(slots=True)
class _Walk:
    """Where the reader is: the open headings, outermost first."""

    styles: Styles
    path: list[tuple[int, str]] = field(default_factory=list)

    def blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
                for box in child.iter(f"{W}txbxContent"):
                    if not _is_repeated(box):
                        yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield from self.table(child)
            elif child.tag in _AROUND and not _is_contents(child):
                yield from self.blocks(child)

    def paragraph(self, paragraph: Element) -> Iterator[Block]:
        plain = clean("".join(_pieces(paragraph)))
        if not plain or self.styles.lists_contents(paragraph):
            return
        number, level = self.styles.number(paragraph), self.styles.level(paragraph)
        # Some write whole clauses in the style of a heading; they are text to be found and quoted.
        is_heading = len(plain) <= _LONGEST_HEADING and plain[-1] not in ".;,"
        if level is not None and is_heading:
            text = f"{number} {plain}".strip()
            self.path = [*((lv, h) for lv, h in self.path if lv < level), (level, text)]
            return
        text = _BULLET.sub("", plain)
        # Where a list merely counts its items the number says nothing.
        yield self.block(f"{number} {text}" if paragraph_clause(f"{number} {text}") else text)

    def table(self, table: Element) -> Iterator[Block]:
        rows = [_Row.of(row) for row in table.iter(f"{W}tr") if _stands_in(row, "tbl", table)]
        rows = [row for row in rows if not row.deleted]
        titles: list[str] = []
        width = max((len(row.cells) for row in rows), default=0)
        while len(rows) > 1 and len(rows[0].cells) == 1 < width:
            titles.append(rows.pop(0).cells[0].text)
        heads = next((at for at, row in enumerate(rows) if not row.header), len(rows))
        heads = min(max(heads, 1), len(rows) - 1)
        columns = zip_longest(*(row.wide() for row in rows[:heads]), fillvalue="")
        header = [" ".join(dict.fromkeys(filter(None, column))) for column in columns]
        before: Sequence[str] = ()
        for row in rows[heads:]:
            before = row.narrow(before)
            if text := row_text(header, list(before)):
                yield self.block(text, *filter(None, titles), table=True)

    def block(self, text: str, *titles: str, table: bool = False) -> Block:
        headings = (*(heading for _, heading in self.path), *titles)
        inner = headings[-1] if headings else ""
        return Block(
            text=text,
            headings=headings,
            # Below a numbered heading its paragraphs stay together, as in Markdown.
            clause=clause_of(inner) or (None if table else paragraph_clause(text)),
            anchor=anchor_of(inner) or None,
            table=table,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    text: str
    span: int
    continues: bool
    """It is merged with the cell above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    cells: tuple[_Cell, ...]
    header: bool
    deleted: bool

    @classmethod
    def of(cls, row: Element) -> _Row:
        around = row.find(f"{W}trPr")
        cells = [_cell(cell) for cell in row.iter(f"{W}tc") if _stands_in(cell, "tr", row)]
        skipped = value(row, "trPr/gridBefore")
        if skipped is not None:
            cells.insert(0, _Cell(text="", span=int(skipped), continues=False))
        return cls(
            cells=tuple(cells),
            header=around is not None and around.find(f"{W}tblHeader") is not None,
            deleted=around is not None and around.find(f"{W}del") is not None,
        )

    def wide(self) -> list[str]:
        """Say the text of a cell in every column that it spans."""
        return [cell.text for cell in self.cells for _ in range(cell.span)]

    def narrow(self, above: Sequence[str]) -> list[str]:
        """Say the text of a cell once in a row, and again in every row that it spans."""
        texts: list[str] = []
        for cell in self.cells:
            at = len(texts)
            merged = cell.continues and at < len(above)
            texts += [above[at] if merged else cell.text, *[""] * (cell.span - 1)]
        return texts


def _cell(cell: Element) -> _Cell:
    paragraphs = [one for one in cell.iter(f"{W}p") if not _is_repeated(one)]
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return _Cell(
        text=clean(" ".join("".join(_pieces(paragraph)) for paragraph in paragraphs)),
        span=int(value(cell, "tcPr/gridSpan") or "1"),
        continues=merge is not None and merge.get(f"{W}val", "continue") == "continue",
    )


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _UNSEEN or _is_hidden(child):
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in {"0", "false", "off"}


def _is_repeated(element: Element) -> bool:
    """Word writes a text box twice, the second time for programs that do not know the first."""
    return next(element.iterancestors(_FALLBACK), None) is not None


def _is_contents(element: Element) -> bool:
    return value(element, "sdtPr/docPartObj/docPartGallery") == "Table of Contents"


def _stands_in(element: Element, name: str, outer: Element) -> bool:
    """Tell whether it belongs to it; a table may stand in the cell of another."""
    return next(element.iterancestors(f"{W}{name}")) is outer
