"""Checks of references: links, clauses, and documents that another one names."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from knowledge_base.findings import Content, Finding
from knowledge_base.loaders import Reading
from knowledge_base.periods import overlap

_LINK = re.compile(r"""\]\((?P<markdown>[^)\s]+)\)|(?:href|src)=["'](?P<html>[^"']+)["']""")
_CLAUSE = re.compile(r"Ziffer (?P<clause>\d+(?:\.\d+)*)")
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "AGB": "agb",
        "Allgemeinen Geschäftsbedingungen": "agb",
        "Preisliste": "preisliste",
        "Leistungsbeschreibung": "leistungsbeschreibung",
    }
)
_NAMED = re.compile(rf"\b(?P<kind>{'|'.join(_KINDS)}) (?P<name>[A-ZÄÖÜ][\w-]+)")
"""A document named by its kind and the first word of its name: ``Preisliste Kabel``."""
_NO_NAME = re.compile(r"Ihr(e[mnrs]?)?|Sie|Ziffer|Stand|Abschnitt|Nummer|Telekommunikation")


def links(content: Content) -> Iterator[Finding]:
    """Find references to documents, places and clauses that are gone or no longer in force."""
    for path, reading in content.readings.items():
        for line, target in _links_of(path):
            wrong = _wrong_link(content, path, target)
            if wrong:
                yield Finding(
                    file=content.name(path),
                    line=line,
                    message=wrong,
                    remedy="link what is in force, or remove the link",
                )
        yield from _dead_clauses(content, path, reading)


def named_documents(content: Content) -> Iterator[Finding]:
    """Find documents that are named, but not published, or not for the same contracts."""
    for path, reading in content.readings.items():
        text = " ".join(block.text for block in reading.blocks)
        for kind, name in sorted(set(_NAMED.findall(text))):
            if _NO_NAME.fullmatch(name):
                continue
            meant = [
                one
                for one in content.readings.values()
                if one.metadata.kind == _KINDS[kind]
                and re.search(rf"\b{re.escape(name)}\b", one.metadata.title)
            ]
            if not meant:
                wrong = "which does not exist"
            elif any(overlap(one.metadata.validity, reading.metadata.validity) for one in meant):
                continue
            else:
                wrong = "which is never in force for the same contracts"
            yield Finding(
                file=content.name(path),
                line=None,
                message=f"names '{kind} {name}', {wrong}",
                remedy="name a document that is published, or publish it",
            )


def _links_of(path: Path) -> Iterator[tuple[int | None, str]]:
    packed = _PACKED.get(path.suffix)
    if packed:
        yield from ((None, target) for target in packed(path))
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for match in _LINK.finditer(line):
            yield number, match["markdown"] or match["html"]


def _office_links(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if not name.endswith(".rels"):
                continue
            for relation in _RELATION.findall(package.read(name).decode("utf-8")):
                fields = dict(re.findall(r'(\w+)="([^"]*)"', relation))
                if fields.get("Type", "").endswith("/hyperlink"):
                    yield html.unescape(fields.get("Target", ""))


def _pdf_links(path: Path) -> Iterator[str]:
    from pypdf import PdfReader

    for page in PdfReader(path).pages:
        for annotation in page.annotations or ():
            action = annotation.get_object().get("/A", {})
            target = action.get_object().get("/URI") if action else None
            if target:
                yield str(target)


_PACKED: Mapping[str, Callable[[Path], Iterator[str]]] = MappingProxyType(
    {".pdf": _pdf_links, ".docx": _office_links, ".xlsx": _office_links}
)
"""Files whose links do not stand in their bytes as text, and what reads them."""


def _wrong_link(content: Content, path: Path, target: str) -> str | None:
    if _ELSEWHERE.match(target):
        return None
    file, _, anchor = target.partition("#")
    linked = (path.parent / file).resolve() if file else path
    if not linked.is_file():
        return f"links {target!r}, which does not exist"
    reading = {known.resolve(): one for known, one in content.readings.items()}.get(
        linked.resolve()
    )
    if reading is None:
        return None
    ends = reading.metadata.validity.applies_until
    if ends and ends < content.on:
        return f"links {target!r}, which expired on {ends}"
    if anchor and not _has_place(linked, reading, anchor):
        return f"links {target!r}, but the place {anchor!r} does not exist"
    return None


def _has_place(file: Path, reading: Reading, anchor: str) -> bool:
    if file.suffix == ".html":
        return f'id="{anchor}"' in file.read_text("utf-8")
    return file.suffix != ".md" or any(block.anchor == anchor for block in reading.blocks)


def _dead_clauses(content: Content, path: Path, reading: Reading) -> Iterator[Finding]:
    clauses = {block.clause for block in reading.blocks}
    for block in reading.blocks:
        for match in _CLAUSE.finditer(block.text):
            if match["clause"] not in clauses:
                yield Finding(
                    file=content.name(path),
                    line=None,
                    message=f"clause {block.clause} refers to {match[0]}, which does not exist",
                    remedy="correct the number in the source of the document",
                )
