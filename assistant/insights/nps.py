"""The Net Promoter Score and how sure it is (DOMAIN.md 1.1, 1.2).

Everything starts from integer counts; a score is rounded once, when it is shown. Never averaged
over groups, never derived from a mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

SCALE: Final = range(11)
Z: Final = 1.96
"""Of the standard normal distribution, for 95 %."""
FEWEST: Final = 30
"""Answers below which only the distribution is shown."""
FIRM: Final = 100
"""Answers from which the word for a thin basis goes."""

Basis = Literal["none", "thin", "firm"]
"""May a score be shown: not at all, with a warning, plainly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where the score of the whole population lies, with 95 % confidence, in points."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each score from 0 to 10 was given."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """Count all answers, passives too."""
        return sum(self.counts)

    @property
    def promoters(self) -> int:
        """Count the 9s and 10s."""
        return sum(self.counts[9:])

    @property
    def passives(self) -> int:
        """Count the 7s and 8s."""
        return sum(self.counts[7:9])

    @property
    def detractors(self) -> int:
        """Count everything from 0 to 6."""
        return sum(self.counts[:7])

    @property
    def nps(self) -> Fraction | None:
        """Give the score in points, unrounded; None without answers."""
        if self.answers == 0:
            return None
        return Fraction(100 * (self.promoters - self.detractors), self.answers)

    @property
    def basis(self) -> Basis:
        """Say whether a score may be shown."""
        if self.answers < FEWEST:
            return "none"
        return "thin" if self.answers < FIRM else "firm"

    @property
    def standard_error(self) -> float | None:
        """Estimate the standard error in points (Wald); 0 when all agree, so look at `interval`."""
        if self.answers == 0:
            return None
        return _standard_error(self.promoters, self.detractors, self.answers)

    @property
    def margin(self) -> float | None:
        """Give half the width of the Wald interval in points."""
        return None if self.standard_error is None else Z * self.standard_error

    @property
    def interval(self) -> Interval:
        """Give the adjusted Wald interval, which also holds for few or unanimous answers.

        Three answers are added, three quarters of them promoters and detractors each; the middle
        therefore lies a little nearer to 0 than the score.
        """
        promoters, detractors = self.promoters + 0.75, self.detractors + 0.75
        answers = self.answers + 3
        middle = 100 * (promoters - detractors) / answers
        reach = Z * _standard_error(promoters, detractors, answers)
        return Interval(low=max(-100.0, middle - reach), high=min(100.0, middle + reach))


def distribution(scores: Iterable[int]) -> Distribution:
    """Count scores.

    Raises:
        ValueError: A score is outside 0 to 10.
    """
    counts = [0] * len(SCALE)
    for score in scores:
        if score not in SCALE:
            raise ValueError(f"score {score!r} is not on the scale from 0 to 10")
        counts[score] += 1
    return Distribution(tuple(counts))


def rounded(points: Fraction | float) -> int:
    """Round to whole points, half away from zero."""
    whole = math.floor(abs(Fraction(points)) + Fraction(1, 2))
    return -whole if points < 0 else whole


def signed(points: Fraction | float) -> str:
    """Write whole points with their sign: ``+23``, ``−5``, and ``0`` without one."""
    whole = rounded(points)
    if whole == 0:
        return "0"
    return f"+{whole}" if whole > 0 else f"−{-whole}"


def _standard_error(promoters: float, detractors: float, answers: float) -> float:
    p, d = promoters / answers, detractors / answers
    # Rounding may push a variance of zero below it.
    return 100 * math.sqrt(max(0.0, p + d - (p - d) ** 2) / answers)
