"""Office files are packages: the same parts are packed to the same bytes, whenever it is done."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_PACKED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name."""


def same_bytes(written: BytesIO, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Pack anew: with a fixed time, in a fixed order, and uncompressed as the PDFs are.

    ``instead`` holds parts by name to be packed in place of the written ones.
    """
    target, parts = BytesIO(), instead or {}
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w") as packed:
        for name in sorted(source.namelist()):
            part = zipfile.ZipInfo(name, _PACKED)
            part.create_system = 3
            packed.writestr(part, parts.get(name) or source.read(name))
    return target.getvalue()
