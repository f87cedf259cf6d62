"""How each kind of file is read: one module per type, one line in the table.

A new type is one module with ``read(path, strict=…)`` and one line in ``LOADERS``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from knowledge_base.loaders import docx, html, jsonl, markdown, pdf, text, xlsx
from knowledge_base.loaders.reading import Block, Metadata, Reading


class Loader(Protocol):
    """Read the documents of a file, or raise ``DocumentError`` with the reason."""

    def __call__(self, path: Path, *, strict: bool) -> Iterator[Reading]:
        """Yield the documents of a file."""


LOADERS: Mapping[str, Loader] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".xlsx": xlsx.read,
    ".jsonl": jsonl.read,
    ".txt": text.read,
}
"""Tariff folders are read as a whole, by ``loaders.tariff``."""

__all__ = ["LOADERS", "Block", "Loader", "Metadata", "Reading"]
