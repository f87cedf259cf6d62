"""HTML pages: headings with their ids, paragraphs, lists, definition lists and tables.

Metadata stands in ``<meta name="aura:owner" content="…">``, the title in ``<title>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from knowledge_base.documents import DocumentError
from knowledge_base.loaders.reading import (
    Block,
    Fields,
    Reading,
    clause_of,
    clean,
    metadata_of,
    read_text,
    row_text,
    sidecar,
)

MEDIA_TYPE = "text/html"
_PREFIX = "aura:"
_AROUND = ["script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template"]
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 7}
_LEAVES = {"p", "li", "dd", "blockquote", "pre", "figcaption", "address", "caption", "dt"}


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read an HTML file."""
    page = BeautifulSoup(read_text(path), "html.parser")
    fields = {**sidecar(path), **_meta(page)}
    body = page.find("main") or page.find("article") or page.body or page
    for part in body.find_all(_AROUND):
        # A page's own header inside <main> usually holds the title: keep its headings.
        if part.name == "header" and part.find(["h1", "h2"]):
            continue
        part.decompose()
    walk = _Walk()
    blocks = tuple(walk.blocks(body))
    if not blocks:
        raise DocumentError("contains no text")
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    yield Reading(
        metadata=metadata_of(path, fields, heading=heading, strict=strict),
        blocks=blocks,
        media_type=MEDIA_TYPE,
        original=path.read_bytes(),
        source=path.name,
        file_name=path.name,
    )


def _meta(page: BeautifulSoup) -> Fields:
    found: dict[str, object] = {}
    if page.title and clean(page.title.get_text()):
        found["title"] = clean(page.title.get_text())
    for tag in page.find_all("meta"):
        name, content = str(tag.get("name", "")), clean(str(tag.get("content", "")))
        if name.startswith(_PREFIX) and content:
            found[name.removeprefix(_PREFIX)] = content
    return found


@dataclass(slots=True)
class _Walk:
    """Where the reader is: the open headings and the last place that can be linked to."""

    path: list[tuple[int, str]] = field(default_factory=list)
    anchor: str | None = None

    def blocks(self, tag: Tag) -> Iterator[Block]:
        loose: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
                yield from self.block("".join(loose))
                loose = []
                yield from self.tag(child)
            elif isinstance(child, Tag):
                loose.append("\n" if child.name == "br" else child.get_text())
            elif type(child) is NavigableString:
                loose.append(str(child))
        yield from self.block("".join(loose))

    def tag(self, tag: Tag) -> Iterator[Block]:
        if tag.get("id") and tag.name not in {"main", "body"}:
            self.anchor = str(tag["id"])
        level = _HEADINGS.get(tag.name)
        if level:
            self.path = [*((lv, h) for lv, h in self.path if lv < level), (level, _text(tag))]
        elif tag.name == "table":
            yield from self.table(tag)
        elif tag.name == "dl":
            yield from self.definitions(tag)
        elif tag.name in _LEAVES and not tag.find(_BLOCKS):
            yield from self.block(_text(tag))
        else:
            depth = len(self.path)
            yield from self.blocks(tag)
            if tag.name == "details":
                self.path = self.path[:depth]

    def definitions(self, tag: Tag) -> Iterator[Block]:
        term = ""
        for child in tag.find_all(["dt", "dd"]):
            if child.name == "dt":
                term = _text(child)
            else:
                yield from self.block(
                    f"{term.rstrip(':')}: {_text(child)}" if term else _text(child)
                )

    def table(self, tag: Tag) -> Iterator[Block]:
        header: list[str] = []
        for row in tag.find_all("tr"):
            cells = row.find_all(["td", "th"])
            texts = [_text(cell) for cell in cells]
            if not header and all(cell.name == "th" for cell in cells):
                header = texts
            else:
                yield from self.block(row_text(header, texts), table=True)

    def block(self, text: str, *, table: bool = False) -> Iterator[Block]:
        plain = clean(text)
        if plain:
            headings = tuple(heading for _, heading in self.path)
            yield Block(
                text=plain,
                headings=headings,
                clause=clause_of(headings[-1]) if headings else None,
                anchor=self.anchor,
                table=table,
            )


_BLOCKS = [
    *_HEADINGS, *_LEAVES, "table", "dl", "ul", "ol", "div", "section", "article", "details", "hr",
]  # fmt: skip


def _text(tag: Tag) -> str:
    return clean(tag.get_text(" ") if tag.find("br") else tag.get_text())
