"""What the documents must know of a kind of tariff: its name and how it is described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A kind of tariff that consumers can buy."""

    name: str
    """As it stands before "-Tarife"."""
    services: str
    """The access services of its product information sheet."""
    mobile: bool
    """Speeds in the mobile network are estimates: only their maximum is named."""
    counted: str = ""
    """What uses up the data volume."""


_CALLS_ARE_FREE = "Jede Datennutzung über das Mobilfunknetz; Telefonie und SMS verbrauchen keines."
_MOBILE = "Mobilfunkanschluss mit Internetzugang, Telefonie und SMS"

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "mobilfunk": Family(name="Mobil", services=_MOBILE, mobile=True, counted=_CALLS_ARE_FREE),
        "mobilfunk_ermaessigt": Family(
            name="Jung- und Sozial", services=_MOBILE, mobile=True, counted=_CALLS_ARE_FREE
        ),
        "prepaid": Family(
            name="Prepaid",
            services=f"{_MOBILE}, im Voraus bezahlt",
            mobile=True,
            counted=_CALLS_ARE_FREE,
        ),
        "funkinternet": Family(
            name="FunkBox",
            services="Ortsfester Internetzugang über das Mobilfunknetz, ohne Telefonie",
            mobile=True,
            counted="Jede Datennutzung über die FunkBox; kein Dienst ist ausgenommen.",
        ),
        "glasfaser": Family(
            name="Glasfaser",
            services="Glasfaseranschluss mit Internetzugang und Telefonie",
            mobile=False,
        ),
        "dsl": Family(
            name="DSL", services="DSL-Anschluss mit Internetzugang und Telefonie", mobile=False
        ),
        "kabel": Family(
            name="Kabel", services="Kabelanschluss mit Internetzugang und Telefonie", mobile=False
        ),
    }
)
"""The kinds of tariffs that have product information sheets and price lists as PDF."""
