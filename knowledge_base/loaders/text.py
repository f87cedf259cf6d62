"""Plain text: paragraphs parted by blank lines; metadata in a sidecar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge_base.loaders.reading import (
    Block,
    Reading,
    clause_of,
    clean,
    metadata_of,
    paragraph_clause,
    read_text,
    sidecar,
)

MEDIA_TYPE = "text/plain"
_BLANK = re.compile(r"\n[ \t]*\n")
_LONGEST_HEADING = 90


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read a text file; a short single line without a full stop is taken as a heading."""
    blocks = tuple(paragraphs(read_text(path)))
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    yield Reading(
        metadata=metadata_of(path, sidecar(path), heading=heading, strict=strict),
        blocks=blocks,
        media_type=MEDIA_TYPE,
        original=path.read_bytes(),
        source=path.name,
        file_name=path.name,
    )


def paragraphs(text: str, *, headings: bool = True) -> Iterator[Block]:
    """Cut a text at blank lines."""
    heading: tuple[str, ...] = ()
    clause: str | None = None
    parts = [part for part in _BLANK.split(text.replace("\r\n", "\n")) if part.strip()]
    for place, part in enumerate(parts):
        plain = clean(part)
        last = place == len(parts) - 1
        if headings and not last and "\n" not in part.strip() and _is_heading(plain):
            heading = (plain,)
            clause = clause_of(plain)
        else:
            # Items of a list belong to the clause that they stand in.
            clause = paragraph_clause(plain) or clause
            yield Block(text=plain, headings=heading, clause=clause)


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and line[-1] not in ".,;:!?" and line[0] not in "-*•"
