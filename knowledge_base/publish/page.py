"""How a published page looks: headings, paragraphs, ruled tables, numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape  # only escapes; parses nothing

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from knowledge_base.publish.publication import OPERATOR

MARGIN = 17 * mm
WIDTH = A4[0] - 2 * MARGIN
_INK = Color(0.05, 0.18, 0.25)
_TINT = Color(0.90, 0.94, 0.95)
_PADDING = 4
_LINE = Color(0.55, 0.65, 0.68)

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=7)
_STYLES = {
    1: ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=6),
    2: ParagraphStyle(
        "h2",
        fontName="Helvetica-Bold",
        fontSize=12.5,
        leading=16,
        spaceBefore=10,
        spaceAfter=5,
        keepWithNext=1,
    ),
    3: ParagraphStyle(
        "h3",
        fontName="Helvetica-Bold",
        fontSize=10.5,
        leading=14,
        spaceBefore=6,
        spaceAfter=4,
        keepWithNext=1,
    ),
}
_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=10.5)
_HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=8, leading=10.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 3; it appears in the PDF's outline."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table whose header is repeated on every page."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float]
    """Width of each column as a share of the page's."""


Part = Heading | Text | Grid


def render(parts: Sequence[Part], *, title: str, footer: str) -> bytes:
    """Set parts as a PDF; the same parts give the same bytes."""
    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=18 * mm,
        bottomMargin=22 * mm,
        title=title,
        author=OPERATOR,
        lang="de-DE",
        invariant=1,
        # Compressed bytes differ from one zlib to the next.
        pageCompression=0,
    )

    def canvas(*args: object, **kwargs: object) -> _Numbered:
        return _Numbered(footer, *args, **kwargs)

    document.build([_flowable(part) for part in parts], canvasmaker=canvas)
    return target.getvalue()


def _flowable(part: Part) -> Flowable:
    match part:
        case Heading():
            return _Outlined(part)
        case Text():
            return Paragraph(escape(part.text), _BODY)
        case Grid():
            return _table(part)


def _table(grid: Grid) -> Table:
    _refuse_broken_words(grid)
    head = [Paragraph(escape(cell), _HEAD) for cell in grid.header]
    rows = [[Paragraph(escape(cell), _CELL) for cell in row] for row in grid.rows]
    return Table(
        [head, *rows],
        colWidths=[share * WIDTH for share in grid.shares],
        repeatRows=1,
        hAlign="LEFT",
        spaceBefore=4,
        spaceAfter=10,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
            ("BACKGROUND", (0, 0), (-1, 0), _TINT),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ],
    )


def _refuse_broken_words(grid: Grid) -> None:
    """A word that is cut at the edge of its cell is neither readable nor found again."""
    for row in (grid.header, *grid.rows):
        for cell, share in zip(row, grid.shares, strict=True):
            for word in cell.split(" "):
                if stringWidth(word, "Helvetica-Bold", 8) > share * WIDTH - 2 * _PADDING:
                    raise ValueError(f"{word!r} is too wide for its column; widen the column")


class _Outlined(Paragraph):  # type: ignore[misc]  # reportlab carries no types
    """A heading that the reader finds in the outline."""

    def __init__(self, heading: Heading) -> None:
        super().__init__(escape(heading.text), _STYLES[heading.level])
        self.heading = heading

    def draw(self) -> None:
        key = f"{self.canv.getPageNumber()}-{self.heading.text}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self.heading.text, key, level=self.heading.level - 1)
        self.canv.setFillColor(_INK)
        super().draw()


class _Numbered(Canvas):  # type: ignore[misc]  # reportlab carries no types
    """Prints "Seite 2 von 5", which is only known when the last page is done."""

    def __init__(self, footer: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._footer = footer
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802  # reportlab's name
        """Keep the page until the number of pages is known."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the kept pages with their footers."""
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self.setFont("Helvetica", 7.5)
            # On a single page the title says it already.
            if len(self._pages) > 1:
                self.drawString(MARGIN, 12 * mm, self._footer)
            self.drawRightString(A4[0] - MARGIN, 12 * mm, f"Seite {number} von {len(self._pages)}")
            super().showPage()
        super().save()
