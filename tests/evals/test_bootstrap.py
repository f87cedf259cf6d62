from __future__ import annotations

import pytest

from evals.bootstrap import paired_gain


def test_equal_rankings_gain_nothing() -> None:
    gain = paired_gain([([1.0, 0.5], [1.0, 0.5])], "vector")

    assert (0.0, 0.0, 0.0) == (gain.mean, gain.low, gain.high)


def test_a_gain_on_every_question_is_no_luck() -> None:
    gain = paired_gain([([0.5] * 50, [1.0] * 50)], "vector")

    assert (0.5, 0.5) == (gain.mean, gain.low)


def test_one_lucky_question_of_many_leaves_the_sign_open() -> None:
    gain = paired_gain([([0.0] * 50, [1.0] + [0.0] * 49)], "vector")

    assert gain.low == 0.0 < gain.mean


def test_every_set_has_the_same_weight_however_many_questions_it_has() -> None:
    gain = paired_gain([([0.0], [1.0]), ([0.0] * 99, [0.0] * 99)], "keyword")

    assert 0.5 == pytest.approx(gain.mean)
