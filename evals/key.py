"""What is true of every product, read from the tariff files by code that nothing else uses.

The assistant's own reading of these files must not decide whether its figures are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

import knowledge_base

FOLDER = Path(knowledge_base.__file__).parent / "content" / "tarife"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a product's terms say of one attribute."""

    attribute: str
    amount: Decimal | None
    unit: str
    per: str
    bound: str
    says: str
    """``included``, ``excluded``, ``available``, ``free``, ``unlimited``; else ``figure``."""
    note: str

    @property
    def written(self) -> str:
        """Write the amount with its unit the German way."""
        return "" if self.amount is None else written(self.amount, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of a product for the contracts of a period."""

    product: str
    name: str
    kind: str
    version: str
    sold: tuple[date | None, date | None]
    applies: tuple[date | None, date | None]
    values: Mapping[str, Value]

    def hold(self, on: date, concluded: date) -> bool:
        """Tell whether they are in force on a day for a contract of a day."""
        return _inside(concluded, self.sold) and _inside(on, self.applies)


def load_terms(folder: Path = FOLDER) -> tuple[Terms, ...]:
    """Read the terms of every product and roaming zone, in all versions."""
    found: list[Terms] = []
    for path in sorted(folder.glob("*.yaml")):
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        if held["kind"] == "roaming":
            for zone in held["zones"]:
                found += _terms(zone, "roaming")
        elif "versions" in held:
            found += _terms(held, str(held["kind"]))
    return tuple(found)


def load_labels(folder: Path = FOLDER) -> Mapping[str, str]:
    """Read how documents name each attribute."""
    held = yaml.safe_load((folder / "merkmale.yaml").read_text(encoding="utf-8"))
    return {entry["id"]: entry["label"] for entry in held["attributes"]}


def written(amount: Decimal, unit: str) -> str:
    """Write an amount the German way: ``1.234,50 €``, ``27,9 Mbit/s``."""
    if unit == "EUR":
        return f"{_grouped(amount.quantize(Decimal('0.01')))} €"
    return f"{_grouped(amount)} {unit}".strip()


def _grouped(amount: Decimal) -> str:
    whole, _, rest = str(amount).partition(".")
    digits = ""
    for place, digit in enumerate(reversed(whole)):
        digits = digit + ("." if place and place % 3 == 0 else "") + digits
    return f"{digits},{rest}" if rest else digits


def _terms(held: Mapping[str, object], kind: str) -> Iterator[Terms]:
    versions = held["versions"]
    assert isinstance(versions, list)
    for version in versions:
        yield Terms(
            product=str(held["id"]),
            name=str(held["name"]),
            kind=kind,
            version=str(version["version"]),
            sold=(version["sold_from"], version["sold_until"]),
            applies=(version["applies_from"], version["applies_until"]),
            values={
                name: Value(
                    attribute=name,
                    amount=None if entry.get("value") is None else Decimal(str(entry["value"])),
                    unit=str(entry.get("unit") or ""),
                    per=str(entry.get("per") or ""),
                    bound=str(entry.get("bound") or ""),
                    says=str(entry.get("polarity") or "figure"),
                    note=str(entry.get("note") or ""),
                )
                for name, entry in version["attributes"].items()
            },
        )


def _inside(day: date, span: tuple[date | None, date | None]) -> bool:
    first, last = span
    return (first is None or first <= day) and (last is None or day <= last)
