from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from assistant.understanding.boosted import Boosted


def test_without_trees_the_bias_alone_decides() -> None:
    model = Boosted(names=(), bias=0.0, trees=())

    assert 0.5 == model.of({})


def test_a_value_on_the_border_takes_the_first_branch() -> None:
    model = Boosted(names=("x",), bias=0.0, trees=((0, 0.25, -3.0, 3.0),))

    assert model.of({"x": 0.25}) < 0.5 < model.of({"x": 0.26})


def test_a_feature_that_is_not_given_is_named() -> None:
    model = Boosted(names=("x",), bias=0.0, trees=((0, 0.25, -3.0, 3.0),))

    with pytest.raises(KeyError, match="x"):
        model.of({"y": 1.0})


def test_a_probability_never_overflows() -> None:
    assert 1.0 == pytest.approx(Boosted(names=(), bias=1e6, trees=()).of({}))


def test_written_down_and_read_again_the_trees_say_what_the_library_says() -> None:
    from evals.trust import as_data

    draw = np.random.default_rng(7)
    rows = draw.normal(size=(300, 3))
    right = (rows[:, 0] + rows[:, 1] * rows[:, 2] > 0).astype(float)
    learned = GradientBoostingClassifier(n_estimators=20, max_depth=3, random_state=0)
    learned.fit(rows, right)

    model = Boosted.read(**as_data(["a", "b", "c"], learned))

    expected = learned.predict_proba(rows)[:, 1]
    found = [model.of(dict(zip("abc", row, strict=True))) for row in rows]
    assert found == pytest.approx(expected, abs=1e-4)
