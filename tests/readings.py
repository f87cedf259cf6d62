"""What a loader made of one file: how tests read documents of every format."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.loaders import LOADERS, Reading


def read(path: Path, *, strict: bool = False) -> Reading:
    """Read a file that holds one document."""
    (reading,) = LOADERS[path.suffix](path, strict=strict)
    return reading


def texts(reading: Reading) -> list[str]:
    """Give the texts of its blocks."""
    return [block.text for block in reading.blocks]
