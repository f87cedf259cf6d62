"""How good a ranking is; every function judges one question."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], at: int) -> float:
    """Return 1 divided by the rank of the first relevant document, 0 if none is in the top."""
    for rank, name in enumerate(ranked[:at], 1):
        if name in relevant:
            return 1 / rank
    return 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], at: int) -> float:
    """Return the share of what could be found in the top that was found."""
    found = len(set(ranked[:at]) & set(relevant))
    possible = min(len(relevant), at)
    return found / possible if possible else 0.0


def ndcg(ranked: Sequence[str], relevant: Collection[str], at: int) -> float:
    """Return the discounted gain of a ranking beside the best possible one; relevance is binary."""
    gain = sum(
        1 / math.log2(rank + 1) for rank, name in enumerate(ranked[:at], 1) if name in relevant
    )
    possible = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), at) + 1))
    return gain / possible if possible else 0.0
