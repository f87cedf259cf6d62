"""What a loader hands on: who the document is, and its blocks in reading order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from knowledge_base.documents import Audience, DocumentError, Validity
from knowledge_base.strict_yaml import plain

UNKNOWN_OWNER = "unbekannt"
KINDS = frozenset(
    re.findall(
        r"\w+",
        """
    tarif merkmale roaming preisliste agb produktinformationsblatt leistungsbeschreibung
    vertragszusammenfassung widerruf datenschutz faq hilfe kundenrechte einfache_sprache dokument
        """,
    )
)
"""The vocabulary of ``kind``; ``dokument`` is what nobody has named."""

_FIELDS = frozenset(
    re.findall(
        r"\w+",
        """
    id title kind owner as_of products audience sold_from sold_until applies_from applies_until
        """,
    )
)
_CLAUSE = re.compile(
    r"(?P<clause>§+ ?\d+[a-z]?|\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}\.?(?=\s+[A-ZÄÖÜ])"
    r"|\(\d{1,2}[a-z]?\))[.)]?\s+(?=\S)"
)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")

Fields = Mapping[str, object]
"""Metadata as it stands in a file, not yet checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, list item or table row at its place."""

    text: str
    headings: tuple[str, ...] = ()
    clause: str | None = None
    page: int | None = None
    anchor: str | None = None
    table: bool = False
    products: tuple[str, ...] | None = None
    """Overrides the document's, where one file holds several versions."""
    validity: Validity | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Who a document is; the same vocabulary in every format."""

    id: str
    title: str
    kind: str
    owner: str
    as_of: date
    products: tuple[str, ...] = ()
    audience: Audience = Audience.EVERYONE
    validity: Validity = field(default_factory=Validity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document as it was read."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    media_type: str
    original: bytes
    """What a citation opens: the file itself, or the line of a corpus."""
    source: str
    """Name of the file it was read from."""
    file_name: str
    """What the original is called when it is opened."""

    @property
    def version(self) -> str:
        """Name the version; it changes with every byte."""
        return f"{self.metadata.as_of:%Y-%m-%d}-{hashlib.sha256(self.original).hexdigest()[:8]}"


def metadata_of(path: Path, fields: Fields, *, heading: str, strict: bool) -> Metadata:
    """Check the metadata of a file.

    The operator's own documents (``strict``) must name title, date and owner; a foreign file gets
    its first heading or file name, its date of change, and an unknown owner.
    """
    unknown = sorted(set(fields) - _FIELDS)
    if strict and unknown:
        raise DocumentError(f"unknown metadata {unknown[0]!r}; known: {', '.join(sorted(_FIELDS))}")
    missing = [name for name in ("title", "as_of", "owner") if not fields.get(name)]
    if strict and missing:
        raise DocumentError(f"metadata {', '.join(missing)} missing; a document needs them")
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    kind = _text(fields, "kind") or "dokument"
    if strict and kind not in KINDS:
        raise DocumentError(f"unknown kind {kind!r}; known: {', '.join(sorted(KINDS))}")
    return Metadata(
        id=_text(fields, "id") or path.stem,
        title=_text(fields, "title") or heading or path.stem,
        kind=kind,
        owner=_text(fields, "owner") or UNKNOWN_OWNER,
        as_of=_date(fields, "as_of") or changed,
        products=_names(fields, "products"),
        audience=_audience(fields),
        validity=Validity(
            sold_from=_date(fields, "sold_from"),
            sold_until=_date(fields, "sold_until"),
            applies_from=_date(fields, "applies_from"),
            applies_until=_date(fields, "applies_until"),
        ),
    )


def sidecar(path: Path) -> Fields:
    """Read ``<file name>.yaml`` beside a file; nothing if there is none."""
    beside = path.with_name(path.name + ".yaml")
    return parse_fields(beside.read_text("utf-8"), beside.name) if beside.is_file() else {}


def parse_fields(text: str, where: str) -> Fields:
    """Read metadata written as YAML."""
    try:
        found = plain(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise DocumentError(f"metadata in {where}, line {line} is not YAML") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise DocumentError(f"metadata in {where} must be `name: value` lines")
    return {str(name): value for name, value in found.items()}


def read_text(path: Path) -> str:
    """Read a text file; one that is empty or no text is a document error."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError("is not UTF-8 text; save it as UTF-8") from error
    if "\x00" in text:
        raise DocumentError("is not text: it contains zero bytes")
    if not text.strip():
        raise DocumentError("is empty")
    return text


def clean(text: str) -> str:
    """Make one line of a text: single spaces, no soft hyphens."""
    return _SPACES.sub(" ", text.replace("\xad", "")).strip()


def clause_of(text: str) -> str | None:
    """Find the clause number that a heading or paragraph begins with: ``4.2``, ``§ 3``, ``(1)``."""
    found = _CLAUSE.match(text)
    return found["clause"].rstrip(".") if found else None


def paragraph_clause(text: str) -> str | None:
    """Find the clause number of a paragraph; ``3.`` alone is an item of a list, not a clause."""
    clause = clause_of(text)
    return clause if clause and ("." in clause or clause[0] in "§(") else None


def row_text(header: list[str], cells: list[str]) -> str:
    """Say a table row with its header: ``Ersatz-SIM-Karte: Preis 14,95 €, einmalig``."""
    named = [
        (clean(header[place]) if place < len(header) else "", clean(cell))
        for place, cell in enumerate(cells)
    ]
    filled = [(name, value) for name, value in named if value]
    if not filled:
        return ""
    (_, first), *rest = filled
    if not rest:
        return first
    return f"{first}: " + ", ".join(f"{name} {value}".strip() for name, value in rest)


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if isinstance(value, list | dict):
        raise DocumentError(f"metadata {name!r} must be one text, not {value!r}")
    return clean(str(value)) if value is not None else ""


def _names(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return tuple(part.strip() for part in str(value).split(",") if part.strip()) if value else ()


def _date(fields: Fields, name: str) -> date | None:
    value = fields.get(name)
    if value is None or value == "" or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value or None  # type: ignore[return-value]
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise DocumentError(f"metadata {name} {value!r} is no date; write 2026-04-01") from error


def _audience(fields: Fields) -> Audience:
    value = _text(fields, "audience") or Audience.EVERYONE.value
    try:
        return Audience(value)
    except ValueError as error:
        known = ", ".join(audience.value for audience in Audience)
        raise DocumentError(f"unknown audience {value!r}; known: {known}") from error
