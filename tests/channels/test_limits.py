"""Buckets that empty and fill."""

from __future__ import annotations

import pytest

from channels.limits import Limit, Rate
from channels.problems import ProblemError


class Ticks:
    at = 0.0

    def __call__(self):
        return self.at


@pytest.fixture
def ticks():
    return Ticks()


def spent(limit, caller, times):
    """Count how many requests pass."""
    passed = 0
    for _ in range(times):
        try:
            limit.spend(caller)
        except ProblemError:
            continue
        passed += 1
    return passed


def test_a_burst_passes_and_what_is_more_does_not(ticks):
    limit = Limit(Rate(burst=5, per_second=1), ticks)

    assert spent(limit, "a", 8) == 5


def test_the_bucket_fills_with_time_but_not_over_its_rim(ticks):
    limit = Limit(Rate(burst=5, per_second=1), ticks)
    spent(limit, "a", 5)

    ticks.at = 2
    assert spent(limit, "a", 8) == 2
    ticks.at = 1000
    assert spent(limit, "a", 8) == 5


def test_one_caller_does_not_use_up_what_another_has(ticks):
    limit = Limit(Rate(burst=2, per_second=1), ticks)
    spent(limit, "a", 9)

    assert spent(limit, "b", 9) == 2


def test_who_is_refused_is_told_when_it_will_pass(ticks):
    limit = Limit(Rate(burst=1, per_second=0.2), ticks)
    limit.spend("a")

    with pytest.raises(ProblemError) as refused:
        limit.spend("a")

    wait = int(refused.value.headers["Retry-After"])
    ticks.at = wait
    assert spent(limit, "a", 1) == 1
