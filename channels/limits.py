"""How much one caller may ask for: buckets that fill up again with time, in this process's memory.

Generous on purpose: they stop floods, not customers, and not a company behind one address.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from channels.problems import Code, ProblemError

CALLERS = 50_000
"""Callers remembered per limit; the one not seen for longest is forgotten first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many requests at once, and how many a second after that."""

    burst: float
    per_second: float


CONVERSATION = Rate(burst=60, per_second=2)
OPENING = Rate(burst=300, per_second=5)
ADDRESS = Rate(burst=600, per_second=30)
LOGIN = Rate(burst=20, per_second=0.2)


class Limit:
    """One rate, applied to each caller by itself."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, caller: str) -> None:
        """Count one request of a caller.

        Raises:
            ProblemError: Too many of them; it says when to come back.
        """
        at = self._clock()
        left, then = self._buckets.pop(caller, (self._rate.burst, at))
        left = min(self._rate.burst, left + (at - then) * self._rate.per_second)
        taken = left >= 1
        self._buckets[caller] = (left - 1 if taken else left, at)
        if len(self._buckets) > CALLERS:
            self._buckets.popitem(last=False)
        if not taken:
            wait = math.ceil((1 - left) / self._rate.per_second)
            raise ProblemError(Code.TOO_MANY, retry_after=wait)
