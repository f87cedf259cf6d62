"""Writes the operator's documents from the tariff data and the sources in ``quellen``.

PDF: product sheets, price lists, terms; Word: service descriptions; Excel: price tables.

Nothing in them is typed twice: a price changes in its tariff file, then ``make documents``.
The same input gives the same bytes, so that ``aura check`` can tell an outdated document.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge_base.publish import leaflets, price_lists, price_tables, terms
from knowledge_base.publish.publication import NOTICE, Publication
from knowledge_base.tariffs import Tariffs

__all__ = ["NOTICE", "Publication", "publications", "write"]


def publications(tariffs: Tariffs) -> Iterator[Publication]:
    """Yield every document that the tariff data and sources make."""
    yield from leaflets.leaflets(tariffs)
    yield from price_lists.price_lists(tariffs)
    yield from price_tables.price_tables(tariffs)
    yield from terms.terms(tariffs)


def write(content: Path) -> list[Path]:
    """Write all documents with their metadata into the content directory."""
    written = []
    for publication in publications(Tariffs.load(content / "tarife")):
        path = content / publication.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(publication.content)
        path.with_name(f"{path.name}.yaml").write_text(publication.sidecar, encoding="utf-8")
        written.append(path)
    return written
