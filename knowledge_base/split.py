"""Cut what a loader read into passages that can be found, quoted and cited on their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import groupby

from knowledge_base.documents import Document, Passage
from knowledge_base.loaders.reading import Block, Reading

SIZE = 700
"""Paragraphs of one place are merged up to this many characters: about what one answer quotes."""
LONGEST = 1200
"""A paragraph beyond this is cut between sentences; with its headings it then stays within the 512
tokens that the built-in embedding reads."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"“”»)]*\s+(?=[\"„»(]?[A-ZÄÖÜ0-9§])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[a-zA-ZäöüÄÖÜ]|abs|art|bzw|ca|dr|evtl|ggf|gem|hs|inkl|max|min|mind|mio|mrd|nr|prof|rn"
    r"|s|st|str|tel|usw|vgl|zzgl|zzt|etc|bspw|lit|ziff|[IVX]+)|(?<![\d,.])\d{1,2})\.$",
    re.IGNORECASE,
)


def document_of(reading: Reading) -> Document:
    """Make the document of what was read, with its passages."""
    about = reading.metadata
    return Document(
        id=about.id,
        version=reading.version,
        title=about.title,
        kind=about.kind,
        owner=about.owner,
        as_of=about.as_of,
        source=reading.source,
        media_type=reading.media_type,
        products=about.products,
        audience=about.audience,
        validity=about.validity,
        passages=tuple(_passages(reading)),
    )


def sentences(text: str) -> list[str]:
    """Cut a text into whole sentences; ``z. B.``, ``Nr. 3`` and ``1. Januar`` end none."""
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[start : end.start()]):
            found.append(text[start : end.start()].strip())
            start = end.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found


def _passages(reading: Reading) -> Iterator[Passage]:
    about = reading.metadata
    seen: set[str] = set()
    for block in _merged(reading.blocks):
        passage = Passage(
            id="",
            document=about.id,
            version=reading.version,
            title=about.title,
            kind=about.kind,
            as_of=block.as_of or about.as_of,
            text=block.text,
            headings=block.headings,
            clause=block.clause,
            page=block.page,
            anchor=block.anchor,
            table=block.table,
            products=about.products if block.products is None else block.products,
            audience=about.audience,
            validity=block.validity or about.validity,
        )
        identified = replace(passage, id=_hash(passage))
        # The same sentence twice at the same place is one passage.
        if identified.id not in seen:
            seen.add(identified.id)
            yield identified


def _merged(blocks: Sequence[Block]) -> Iterator[Block]:
    for _, group in groupby(blocks, key=_place):
        gathered: list[Block] = []
        length = 0
        for block in (piece for whole in group for piece in _short_enough(whole)):
            if block.table:
                yield block
                continue
            if gathered and length + len(block.text) > SIZE:
                yield _joined(gathered)
                gathered, length = [], 0
            gathered.append(block)
            length += len(block.text)
        if gathered:
            yield _joined(gathered)


def _place(block: Block) -> tuple[object, ...]:
    # All but the text: paragraphs of different pages or clauses are cited separately.
    return (
        block.headings,
        block.clause,
        block.page,
        block.anchor,
        block.table,
        block.products,
        block.validity,
        block.as_of,
    )


def _joined(blocks: Sequence[Block]) -> Block:
    return replace(blocks[0], text="\n".join(block.text for block in blocks))


def _short_enough(block: Block) -> Iterator[Block]:
    if len(block.text) <= LONGEST or block.table:
        yield block
        return
    gathered = ""
    for sentence in sentences(block.text):
        if gathered and len(gathered) + len(sentence) > SIZE:
            yield replace(block, text=gathered)
            gathered = ""
        gathered = f"{gathered} {sentence}".strip()
    yield replace(block, text=gathered)


def _hash(passage: Passage) -> str:
    content = "\x1f".join(
        f"{field.name}={getattr(passage, field.name)!r}"
        for field in fields(passage)
        if field.name != "id"
    )
    return hashlib.sha256(content.encode()).hexdigest()[:32]
