"""The price lists there are: whose prices, of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MOBILE = ("Produktmanagement Mobilfunk", "Produktmanagement Dienste")
_LINE = ("Produktmanagement Festnetz", "Produktmanagement Dienste")
_NOT_FOR_MOBILE = ("umzug", "techniker_unbegruendet")
_NOT_FOR_LINES = ("ersatz_sim", "ersatz_esim", "sim_sperre", "sim_entsperrung")
_NOT_FOR_PREPAID = (
    *_NOT_FOR_MOBILE,
    "ruecklastschrift",
    "mahnung",
    "wiederanschluss",
    "papierrechnung",
    "rechnungskopie",
    "tarifwechsel_hoeher",
    "tarifwechsel_niedriger",
)
_NOT_FOR_BOXES = (
    *_NOT_FOR_MOBILE,
    "rufnummernwechsel",
    "rufnummernmitnahme",
    "einzelverbindungsnachweis",
)
_PREPAID = (
    "Prepaid-Leistungen werden sofort vom Guthaben abgebucht; reicht das Guthaben nicht, wird die "
    "Leistung nicht erbracht, und es entstehen keine Schulden."
)
_ABROAD = (
    "Für die Nutzung im Ausland gelten die Preise und Länderzonen der Preisliste Mobilfunk, die am "
    "selben Tag gilt."
)


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
    applies_from: date | None = None
    """From when its prices hold for those contracts; from their beginning, unless named."""
    applies_until: date | None = None
    fees_elsewhere: tuple[str, ...] = _NOT_FOR_MOBILE
    """Service fees that do not concern its contracts."""
    roaming: bool = False
    """It has the tables of prices and countries abroad."""
    remarks: tuple[str, ...] = ()
    """What else a reader must know, in whole sentences."""


EDITIONS = (
    Edition(
        name="preisliste-mobilfunk-2024-04-01",
        title="Preisliste Mobilfunk für Verträge vom 01.04.2024 bis 30.09.2025",
        owner="Produktmanagement Mobilfunk",
        kinds=("mobilfunk",),
        on=date(2024, 4, 1),
        as_of=date(2026, 1, 1),
        sold_until=date(2025, 9, 30),
        option_owners=_MOBILE,
        roaming=True,
    ),
    Edition(
        name="preisliste-mobilfunk-2025-10-01",
        title="Preisliste Mobilfunk für Verträge ab dem 01.10.2025",
        owner="Produktmanagement Mobilfunk",
        kinds=("mobilfunk",),
        on=date(2025, 10, 1),
        as_of=date(2026, 1, 1),
        sold_until=None,
        option_owners=_MOBILE,
        roaming=True,
    ),
    Edition(
        name="preisliste-festnetz-2025-10-01",
        title="Preisliste Festnetz: Glasfaser und DSL",
        owner="Produktmanagement Festnetz",
        kinds=("glasfaser", "dsl"),
        on=date(2025, 10, 1),
        as_of=date(2025, 10, 1),
        sold_until=None,
        option_owners=_LINE,
        fees_elsewhere=_NOT_FOR_LINES,
    ),
    Edition(
        name="preisliste-mobilfunk-ermaessigt-2024-04-01",
        title="Preisliste Mobilfunk: Mobil Jung für Verträge vom 01.04.2024 bis 30.09.2025",
        owner="Produktmanagement Mobilfunk",
        kinds=("mobilfunk_ermaessigt",),
        on=date(2024, 4, 1),
        as_of=date(2024, 4, 1),
        sold_until=date(2025, 9, 30),
        option_owners=(),
        remarks=(_ABROAD,),
    ),
    Edition(
        name="preisliste-mobilfunk-ermaessigt-2025-10-01",
        title="Preisliste Mobilfunk: Mobil Jung und Mobil Sozial für Verträge ab dem 01.10.2025",
        owner="Produktmanagement Mobilfunk",
        kinds=("mobilfunk_ermaessigt",),
        on=date(2025, 10, 1),
        as_of=date(2025, 10, 1),
        sold_until=None,
        option_owners=(),
        remarks=(_ABROAD,),
    ),
    Edition(
        name="preisliste-prepaid-2024-04-01",
        title="Preisliste Prepaid für Karten vom 01.04.2024 bis 30.09.2025, Stand bis 31.05.2026",
        owner="Produktmanagement Prepaid",
        kinds=("prepaid",),
        on=date(2024, 4, 1),
        as_of=date(2024, 4, 1),
        sold_until=date(2025, 9, 30),
        applies_until=date(2026, 5, 31),
        option_owners=("Produktmanagement Prepaid",),
        fees_elsewhere=_NOT_FOR_PREPAID,
        remarks=(_PREPAID, _ABROAD),
    ),
    Edition(
        name="preisliste-prepaid-2025-10-01",
        title="Preisliste Prepaid für Karten vom 01.10.2025 bis 31.03.2026, Stand bis 31.05.2026",
        owner="Produktmanagement Prepaid",
        kinds=("prepaid",),
        on=date(2025, 10, 1),
        as_of=date(2025, 10, 1),
        sold_until=date(2026, 3, 31),
        applies_until=date(2026, 5, 31),
        option_owners=("Produktmanagement Prepaid",),
        fees_elsewhere=_NOT_FOR_PREPAID,
        remarks=(_PREPAID, _ABROAD),
    ),
    Edition(
        name="preisliste-prepaid-2026-06-01",
        title="Preisliste Prepaid für Karten vom 01.04.2024 bis 30.09.2025, Stand ab 01.06.2026",
        owner="Produktmanagement Prepaid",
        kinds=("prepaid",),
        on=date(2024, 4, 1),
        as_of=date(2026, 6, 1),
        sold_until=date(2025, 9, 30),
        applies_from=date(2026, 6, 1),
        option_owners=("Produktmanagement Prepaid",),
        fees_elsewhere=_NOT_FOR_PREPAID,
        remarks=(_PREPAID, _ABROAD),
    ),
    Edition(
        name="preisliste-prepaid-2026-06-01-karten-ab-2025-10",
        title="Preisliste Prepaid für Karten vom 01.10.2025 bis 31.03.2026, Stand ab 01.06.2026",
        owner="Produktmanagement Prepaid",
        kinds=("prepaid",),
        on=date(2025, 10, 1),
        as_of=date(2026, 6, 1),
        sold_until=date(2026, 3, 31),
        applies_from=date(2026, 6, 1),
        option_owners=("Produktmanagement Prepaid",),
        fees_elsewhere=_NOT_FOR_PREPAID,
        remarks=(_PREPAID, _ABROAD),
    ),
    Edition(
        name="preisliste-prepaid-2026-04-01",
        title="Preisliste Prepaid für Karten ab dem 01.04.2026",
        owner="Produktmanagement Prepaid",
        kinds=("prepaid",),
        on=date(2026, 4, 1),
        as_of=date(2026, 4, 1),
        sold_until=None,
        option_owners=("Produktmanagement Prepaid",),
        fees_elsewhere=_NOT_FOR_PREPAID,
        remarks=(_PREPAID, _ABROAD),
    ),
    Edition(
        name="preisliste-kabel-2024-04-01",
        title="Preisliste Kabel für Verträge vom 01.04.2024 bis 30.09.2025",
        owner="Produktmanagement Festnetz",
        kinds=("kabel",),
        on=date(2024, 4, 1),
        as_of=date(2024, 4, 1),
        sold_until=date(2025, 9, 30),
        option_owners=(),
        fees_elsewhere=_NOT_FOR_LINES,
    ),
    Edition(
        name="preisliste-kabel-2025-10-01",
        title="Preisliste Kabel für Verträge ab dem 01.10.2025",
        owner="Produktmanagement Festnetz",
        kinds=("kabel",),
        on=date(2025, 10, 1),
        as_of=date(2025, 10, 1),
        sold_until=None,
        option_owners=(),
        fees_elsewhere=_NOT_FOR_LINES,
    ),
    Edition(
        name="preisliste-funkbox-2025-10-01",
        title="Preisliste FunkBox für Verträge vom 01.10.2025 bis 31.03.2026",
        owner="Produktmanagement Festnetz",
        kinds=("funkinternet",),
        on=date(2025, 10, 1),
        as_of=date(2025, 10, 1),
        sold_until=date(2026, 3, 31),
        option_owners=(),
        fees_elsewhere=_NOT_FOR_BOXES,
    ),
    Edition(
        name="preisliste-funkbox-2026-04-01",
        title="Preisliste FunkBox für Verträge ab dem 01.04.2026",
        owner="Produktmanagement Festnetz",
        kinds=("funkinternet",),
        on=date(2026, 4, 1),
        as_of=date(2026, 4, 1),
        sold_until=None,
        option_owners=(),
        fees_elsewhere=_NOT_FOR_BOXES,
    ),
)
