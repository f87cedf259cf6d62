"""Wilson's interval against published and independently derived values."""

from __future__ import annotations

import pytest

from evals.intervals import Rate, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_has_the_published_bounds(hits: int, of: int, low: float, high: float) -> None:
    assert (low, high) == pytest.approx(wilson(hits, of), abs=5e-5)


@pytest.mark.parametrize(("hits", "of"), [(0, 1), (1, 1), (7, 60), (60, 60)])
def test_the_interval_holds_the_share_and_stays_between_none_and_all(hits: int, of: int) -> None:
    low, high = wilson(hits, of)

    assert 0 <= low <= hits / of <= high <= 1
    assert low < high


def test_the_bounds_of_a_share_and_its_complement_mirror_each_other() -> None:
    low, high = wilson(7, 60)

    assert (1 - high, 1 - low) == pytest.approx(wilson(53, 60))


def test_a_share_of_nothing_has_neither_value_nor_interval() -> None:
    nothing = Rate(hits=0, of=0)

    assert nothing.share is None
    assert nothing.interval is None
