"""What the knowledge base is made of: documents, and the passages that answers quote.

A document version is immutable: a changed file is a new version, the old one stays openable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SIMPLE = "einfache_sprache"
"""Kind of the documents in simple language, which answer only whoever asks for it."""


class AuraError(Exception):
    """Base of everything this project raises itself; a command says it in one sentence."""


class KnowledgeError(AuraError):
    """The knowledge base cannot do what was asked; the message names the value and the way out."""


class DocumentError(KnowledgeError):
    """One document cannot be read; ingest reports it by name and reason and reads the rest."""


class Audience(StrEnum):
    """Whom a document addresses."""

    CONSUMER = "privat"
    BUSINESS = "geschaeft"
    EVERYONE = "alle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """The two axes of validity; every bound is inclusive, ``None`` is open."""

    sold_from: date | None = None
    """Contracts concluded from this day on belong to it."""
    sold_until: date | None = None
    applies_from: date | None = None
    """In force for those contracts from this day on."""
    applies_until: date | None = None

    def holds(self, on: date, contract_date: date | None = None) -> bool:
        """Tell whether it is in force on a day for a contract of a date.

        Without a contract date the customer could only conclude one on that same day: what is
        sold and in force then.
        """
        concluded = contract_date or on
        return _within(concluded, self.sold_from, self.sold_until) and _within(
            on, self.applies_from, self.applies_until
        )


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a document that can be quoted and cited on its own."""

    id: str
    """Hash of everything below; equal passages of two generations are embedded once."""
    document: str
    """Id of the document."""
    version: str
    title: str
    kind: str
    as_of: date
    text: str
    """Plain text to quote; a table row carries its header: ``Ersatz-SIM: Preis 14,95 €``."""
    headings: tuple[str, ...] = ()
    """Path of headings or clauses, outermost first: ``("4 Preise", "4.2 Zahlung")``."""
    clause: str | None = None
    """Clause number as printed, ``4.2``."""
    page: int | None = None
    """Page of a paged document, from 1."""
    anchor: str | None = None
    """Fragment that opens an unpaged document at the place."""
    table: bool = False
    """The text is a row of a table."""
    products: tuple[str, ...] = ()
    audience: Audience = Audience.EVERYONE
    validity: Validity = field(default_factory=Validity)
    answers: str | None = None
    """Of a typical question: the id of the passage that answers it, or of a tariff's attribute
    (``grundpreis``), or of the attribute of one product (``multisim.grundpreis``), or a subject
    that no document answers (``?Wunschrufnummern``), or that only the customer's own data answer
    (``!Restvolumen``).

    It is never quoted itself.
    """
    says: str | None = None
    """Of a typical question: the words of that passage which answer it."""

    @property
    def section(self) -> str:
        """Innermost heading, as a citation names it."""
        return self.headings[-1] if self.headings else ""

    @property
    def searchable(self) -> str:
        """Title, headings and text: what is embedded and indexed by keyword."""
        if self.answers is not None:
            return self.text
        # A corpus without titles names its documents by their ids, which say nothing.
        title = () if self.title == self.document else (self.title,)
        return "\n".join((*title, *self.headings, self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of one document, read and split."""

    id: str
    """Stable name, from the file name: ``agb-mobilfunk-2026``."""
    version: str
    """``<date>-<first 8 hex digits of the content's SHA-256>``: changes with every byte."""
    title: str
    kind: str
    """``tarif``, ``preisliste``, ``agb``, ``produktinformationsblatt``, ``faq``, ``hilfe`` …"""
    owner: str
    as_of: date
    """The date printed on it ("Stand")."""
    source: str
    """Name of the file it was read from."""
    media_type: str
    products: tuple[str, ...] = ()
    audience: Audience = Audience.EVERYONE
    validity: Validity = field(default_factory=Validity)
    passages: tuple[Passage, ...] = ()
