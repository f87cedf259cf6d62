"""Markdown: headings, paragraphs, list items and tables; metadata as YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge_base.german import fold
from knowledge_base.loaders.reading import (
    Block,
    Fields,
    Reading,
    clause_of,
    clean,
    metadata_of,
    parse_fields,
    read_text,
    row_text,
)

MEDIA_TYPE = "text/markdown"
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read a Markdown file."""
    fields, body = front_matter(read_text(path), path.name)
    blocks = tuple(_blocks(MarkdownIt("commonmark").enable("table").parse(body)))
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    yield Reading(
        metadata=metadata_of(path, fields, heading=heading, strict=strict),
        blocks=blocks,
        media_type=MEDIA_TYPE,
        original=path.read_bytes(),
        source=path.name,
        file_name=path.name,
    )


def front_matter(text: str, name: str) -> tuple[Fields, str]:
    """Part the metadata from the body."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    return parse_fields(found[1], name), text[found.end() :]


def anchor_of(heading: str) -> str:
    """Name a heading as a fragment; whoever renders the document gives headings these ids."""
    return re.sub(r"[^a-z0-9]+", "-", fold(heading)).strip("-")


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    path: list[tuple[int, str]] = []
    header: list[str] = []
    cells: list[str] = []
    in_head = is_heading = False
    level = 0
    for token in tokens:
        match token.type:
            case "heading_open":
                is_heading, level = True, int(token.tag[1:])
            case "heading_close":
                is_heading = False
            case "thead_open":
                in_head = True
            case "thead_close":
                in_head = False
            case "tr_open":
                cells = []
            case "tr_close" if in_head:
                header = cells
            case "tr_close":
                yield from _block(row_text(header, cells), path, table=True)
            case "inline" if is_heading:
                path = [*((lv, h) for lv, h in path if lv < level), (level, _plain(token))]
            case "inline" if token.level and _in_cell(tokens, token):
                cells.append(_plain(token))
            case "inline":
                yield from _block(_plain(token), path)
            case "fence" | "code_block":
                yield from _block(clean(token.content), path)


def _in_cell(tokens: list[Token], token: Token) -> bool:
    before = tokens[tokens.index(token) - 1]
    return before.type in {"td_open", "th_open"}


def _block(text: str, path: list[tuple[int, str]], *, table: bool = False) -> Iterator[Block]:
    if text:
        headings = tuple(heading for _, heading in path)
        inner = headings[-1] if headings else ""
        yield Block(
            text=text,
            headings=headings,
            clause=clause_of(inner),
            anchor=anchor_of(inner) or None,
            table=table,
        )


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return clean("".join(parts))
