"""Shares with their uncertainty: sixty questions tell less than a percentage sounds like."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share, None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % Wilson interval of the share, None of nothing."""
        return wilson(self.hits, self.of) if self.of else None


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % score interval; unlike Wald's, it holds near 0 and 1 and for few."""
    assert 0 <= hits <= of and of > 0, f"{hits} of {of} is no share"
    share, square = hits / of, Z_95**2
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = Z_95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of**2))
    # Exactly none and exactly all, where rounding would miss them by a hair.
    return (centre - half if hits else 0.0), (centre + half if hits < of else 1.0)
