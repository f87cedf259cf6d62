"""Is one way of searching better than another, or was it luck? A paired bootstrap over questions.

Efron, Tibshirani, An Introduction to the Bootstrap, chapter 13 (percentile interval). Questions are
drawn anew within each set, and every set has the same weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one way gains beside another, with its 95 % interval."""

    beside: str
    mean: float
    low: float
    high: float


def paired_gain(
    sets: Sequence[tuple[Sequence[float], Sequence[float]]], beside: str, seed: int = 0
) -> Gain:
    """Compare two ways on the same questions of several sets.

    Args:
        sets: Of each set what every question was worth, by the other way and by this one.
        beside: Name of the other way.
        seed: Of the draws.
    """
    draw = np.random.default_rng(seed)
    differences = [np.subtract(ours, theirs) for theirs, ours in sets]
    means = np.zeros(DRAWS)
    for values in differences:
        rows = draw.integers(len(values), size=(DRAWS, len(values)))
        means += values[rows].mean(axis=1) / len(differences)
    low, high = np.percentile(means, (2.5, 97.5))
    return Gain(
        beside=beside,
        mean=float(np.mean([values.mean() for values in differences])),
        low=float(low),
        high=float(high),
    )
