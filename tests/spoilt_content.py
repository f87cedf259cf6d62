"""The operator's real content, copied to be spoilt: what `aura check` is tested with."""

import shutil
from datetime import date
from pathlib import Path

from knowledge_base.check import check
from knowledge_base.findings import Check
from knowledge_base.sources import CONTENT

TODAY = date(2026, 11, 22)
FRONT = "---\ntitle: Merkblatt\nkind: faq\nowner: Kundenservice\nas_of: 2026-01-01\n"
SHEET = "preislisten/preisliste-geschaeftskunden-2026-01-01.xlsx"
LIST = "preislisten/preisliste-mobilfunk-2025-10-01.pdf"
SERVICES = "leistungsbeschreibungen/leistungsbeschreibung-vernetzung-rechenzentrum.docx"


def spoil(path: Path, right: str, wrong: str) -> None:
    """Write something wrong in place of what is right."""
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")


def write(content: Path, name: str, text: str) -> None:
    """Add a document."""
    path = content / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def messages(content: Path, file: str, *checks: Check) -> str:
    """Give what is found in a file, a line each."""
    found = check(content, on=TODAY, checks=checks)
    return "\n".join(f.message for f in found if f.file == file)


def published(content: Path, *names: str) -> None:
    """Add real documents with their metadata."""
    for name in names:
        for file in (name, f"{name}.yaml"):
            target = content / file
            target.parent.mkdir(exist_ok=True)
            shutil.copy(CONTENT / file, target)
