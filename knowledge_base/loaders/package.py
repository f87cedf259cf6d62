"""The zip package that a DOCX or XLSX file is: refused with the reason when it cannot be read."""

from __future__ import annotations

import io
import zipfile
import zlib

from knowledge_base.documents import DocumentError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an Office file begins that is encrypted, or in a format from before 2007."""
_LARGEST = 64 * 1024 * 1024
"""Beyond this a small file that unpacks to gigabytes would fill the memory."""


def refuse_unreadable(content: bytes, name: str) -> None:
    """Refuse a file that is empty, encrypted, no package, damaged, or too large when unpacked."""
    if not content.strip():
        raise DocumentError("is empty")
    if content.startswith(_OLE):
        raise DocumentError(
            f"is encrypted or older than {name}; save it as {name} without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(part.file_size for part in package.infolist())
            broken = package.testzip() if size <= _LARGEST else None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DocumentError(f"is no readable {name}; it is damaged or cut off") from error
    if size > _LARGEST:
        raise DocumentError(f"holds more than {_LARGEST >> 20} MB when unpacked; split it")
    if broken is not None:
        raise DocumentError(f"is no readable {name}; its part {broken!r} is damaged")
