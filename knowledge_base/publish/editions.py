"""The price lists there are: whose prices, of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One price list: whose prices of which day."""

    name: str
    title: str
    owner: str
    kinds: tuple[str, ...]
    on: date
    """Prices of contracts concluded on this day."""
    as_of: date
    sold_until: date | None
    option_owners: tuple[str, ...]


EDITIONS = (
    Edition(
        name="preisliste-mobilfunk-2024-04-01",
        title="Preisliste Mobilfunk für Verträge vom 01.04.2024 bis 30.09.2025",
        owner="Produktmanagement Mobilfunk",
        kinds=("mobilfunk",),
        on=date(2024, 4, 1),
        as_of=date(2026, 1, 1),
        sold_until=date(2025, 9, 30),
        option_owners=("Produktmanagement Mobilfunk", "Produktmanagement Dienste"),
    ),
    Edition(
        name="preisliste-mobilfunk-2025-10-01",
        title="Preisliste Mobilfunk für Verträge ab dem 01.10.2025",
        owner="Produktmanagement Mobilfunk",
        kinds=("mobilfunk",),
        on=date(2025, 10, 1),
        as_of=date(2026, 1, 1),
        sold_until=None,
        option_owners=("Produktmanagement Mobilfunk", "Produktmanagement Dienste"),
    ),
    Edition(
        name="preisliste-festnetz-2025-10-01",
        title="Preisliste Festnetz: Glasfaser und DSL",
        owner="Produktmanagement Festnetz",
        kinds=("glasfaser", "dsl"),
        on=date(2025, 10, 1),
        as_of=date(2025, 10, 1),
        sold_until=None,
        option_owners=("Produktmanagement Festnetz", "Produktmanagement Dienste"),
    ),
)
