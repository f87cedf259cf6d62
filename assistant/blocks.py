"""What a reply is built from; each channel renders these in its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Lang = Literal["de", "en"]
"""The language of a block that is not the reply's own (WCAG 3.1.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; `cites` are positions in the reply's citations."""

    text: str
    cites: tuple[int, ...] = ()
    lang: Lang | None = None
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of a document, verbatim."""

    text: str
    cites: tuple[int, ...] = ()
    lang: Lang | None = None
    type: Literal["quotation"] = "quotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """Items or, when ordered, steps."""

    items: tuple[str, ...]
    ordered: bool = False
    cites: tuple[int, ...] = ()
    lang: Lang | None = None
    type: Literal["list"] = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cites: tuple[int, ...] = ()
    lang: Lang | None = None
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was done, as label and value pairs, to keep."""

    title: str
    lines: tuple[tuple[str, str], ...]
    lang: Lang | None = None
    type: Literal["receipt"] = "receipt"


Block = Paragraph | Quotation | ItemList | Table | Receipt


def plain(block: Block) -> str:
    """Render a block as plain text, for channels without formatting and for the log."""
    match block:
        case Paragraph(text=text):
            return text
        case Quotation(text=text):
            return f"„{text}“"
        case ItemList(items=items, ordered=ordered):
            marks = (f"{n}." for n in range(1, len(items) + 1)) if ordered else ("–" for _ in items)
            return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))
        case Table(header=header, rows=rows):
            return "\n".join(
                "; ".join(f"{name}: {cell}" for name, cell in zip(header, row, strict=True))
                for row in rows
            )
        case Receipt(title=title, lines=lines):
            return "\n".join((title, *(f"{label}: {value}" for label, value in lines)))


def moved_cites(block: Block, offset: int) -> Block:
    """Let a block cite the same sources where they stand behind `offset` others."""
    match block:
        case Receipt():
            return block
        case Paragraph() | Quotation() | ItemList() | Table():
            return replace(block, cites=tuple(place + offset for place in block.cites))
