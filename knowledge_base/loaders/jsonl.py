"""A corpus as lines of ``{"id", "title", "text"}`` (BEIR); every line is a document of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from knowledge_base.documents import DocumentError
from knowledge_base.library import file_name
from knowledge_base.loaders.reading import (
    Fields,
    Metadata,
    Reading,
    metadata_of,
    read_text,
    sidecar,
)
from knowledge_base.loaders.text import paragraphs

MEDIA_TYPE = "text/plain"


def read(path: Path, *, strict: bool) -> Iterator[Reading]:
    """Read a corpus line by line; the document's id is the line's, ``_id`` is understood too.

    A wrong line is left out; it is reported when all others have been read.
    """
    base = metadata_of(path, sidecar(path), heading=path.stem, strict=strict)
    wrong: list[str] = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _reading(_line(line, number), number, path, base)
        except DocumentError as error:
            wrong.append(str(error))
    if wrong:
        more = f"; {len(wrong)} lines were left out" if len(wrong) > 1 else ""
        raise DocumentError(f"{wrong[0]}{more}")


def _reading(fields: Fields, number: int, path: Path, base: Metadata) -> Reading:
    name = fields.get("id", fields.get("_id"))
    text = str(fields.get("text") or "").strip()
    title = str(fields.get("title") or "").strip()
    if name is None or str(name) == "":
        raise DocumentError(f'line {number} has no "id"')
    if not text and not title:
        raise DocumentError(f"line {number} ({name}) has neither title nor text")
    return Reading(
        metadata=replace(base, id=str(name), title=title or str(name)),
        blocks=tuple(paragraphs(text or title, headings=False)),
        media_type=MEDIA_TYPE,
        original=(f"{title}\n\n{text}" if title else text).encode(),
        source=path.name,
        file_name=f"{file_name(str(name))}.txt",
    )


def _line(line: str, number: int) -> Fields:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise DocumentError(f"line {number} is not JSON") from error
    if not isinstance(found, dict):
        raise DocumentError(f"line {number} is not an object")
    return found
