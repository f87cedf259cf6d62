"""A document ready to be put into the content directory, and who publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base.documents import Audience, Validity

OPERATOR = "Talfunk GmbH"
ADDRESS = "Talblick 1, 00999 Talstadt"
HOTLINE = "030 23125 100"
BUSINESS_HOTLINE = "030 23125 200"
WEBSITE = "www.talfunk.example"
NOTICE = "# Written by `make documents`; change the sources, not this file.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A PDF, Word or Excel document and its metadata."""

    path: str
    """Where it belongs, relative to the content directory."""
    content: bytes
    title: str
    kind: str
    owner: str
    as_of: date
    validity: Validity
    products: tuple[str, ...] = ()
    audience: Audience = Audience.CONSUMER

    @property
    def sidecar(self) -> str:
        """The metadata file that stands beside the document."""
        fields: Mapping[str, object] = {
            "title": f'"{self.title}"',
            "kind": self.kind,
            "owner": self.owner,
            "as_of": self.as_of,
            "products": f"[{', '.join(self.products)}]",
            "audience": self.audience.value,
            "sold_from": self.validity.sold_from,
            "sold_until": self.validity.sold_until,
            "applies_from": self.validity.applies_from,
            "applies_until": self.validity.applies_until,
        }
        lines = [NOTICE]
        lines += [f"{key}: {_null(value)}\n" for key, value in fields.items()]
        return "".join(lines)


def _null(value: object) -> object:
    return "null" if value is None else value
