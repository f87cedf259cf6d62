"""The originals: every version of every document stays as it was, so that a citation opens it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from knowledge_base.documents import Document

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A document version as it was handed in."""

    path: Path
    title: str
    media_type: str
    kind: str
    owner: str
    as_of: date


class Library:
    """The originals below ``<home>/documents``; what is in it is never changed or removed."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "documents"

    def keep(self, document: Document, original: bytes, name: str) -> None:
        """Store a version; a version that is already there is left alone."""
        folder = self._place(document.id, document.version)
        if folder.exists():
            return
        started = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(started, ignore_errors=True)
        started.mkdir(parents=True)
        stored = name if len(name.encode()) <= _LONGEST_NAME else file_name(name)
        (started / stored).write_bytes(original)
        about = {
            "id": document.id,
            "version": document.version,
            "title": document.title,
            "kind": document.kind,
            "owner": document.owner,
            "as_of": document.as_of.isoformat(),
            "media_type": document.media_type,
            "file": stored,
        }
        text = json.dumps(about, ensure_ascii=False, indent=1)
        (started / "meta.json").write_text(text, encoding="utf-8")
        started.rename(folder)

    def find(self, document: str, version: str) -> Original | None:
        """Find a version, however old; ``None`` if there never was one."""
        folder = self._place(document, version)
        try:
            about = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Original(
            path=folder / about["file"],
            title=about["title"],
            media_type=about["media_type"],
            kind=about["kind"],
            owner=about["owner"],
            as_of=date.fromisoformat(about["as_of"]),
        )

    def _place(self, document: str, version: str) -> Path:
        return self._folder / file_name(document) / file_name(version)


def file_name(name: str) -> str:
    """Make any id a single safe file name; different ids stay different."""
    safe = quote(name, safe="").replace("~", "%7E")
    if safe.startswith("."):
        safe = f"%2E{safe[1:]}"
    if len(safe) > _LONGEST_NAME:
        safe = f"{safe[:80]}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    return safe or "~"
