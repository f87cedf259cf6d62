"""Gradient-boosted trees as data: how likely something is, given what was counted of it.

Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, section 10.10. Fitted by
``python -m evals.trust``; here they are only read, so that an answer needs no learning library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Tree = float | tuple[int, float, "Tree", "Tree"]
"""A leaf's log-odds; or which feature decides, up to which value the first branch holds, and both
branches."""
_SUREST = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Boosted:
    """A fitted model."""

    names: tuple[str, ...]
    """Of the features, in the order in which the trees number them."""
    bias: float
    trees: tuple[Tree, ...]

    def of(self, features: Mapping[str, float]) -> float:
        """Return the probability that is learned for these features, 0 to 1.

        Raises:
            KeyError: A feature that the trees know is not given.
        """
        # The trees were split between values in single precision.
        row = np.array([features[name] for name in self.names], dtype=np.float32).tolist()
        total = self.bias + sum(_leaf(tree, row) for tree in self.trees)
        return 1 / (1 + math.exp(-max(-_SUREST, min(_SUREST, total))))

    @classmethod
    def read(cls, names: Sequence[str], bias: float, trees: Sequence[object]) -> Boosted:
        """Make a model of what JSON holds of it."""
        return cls(names=tuple(names), bias=bias, trees=tuple(_read(tree) for tree in trees))


def _leaf(tree: Tree, row: Sequence[float]) -> float:
    while isinstance(tree, tuple):
        feature, highest, low, high = tree
        tree = low if row[feature] <= highest else high
    return tree


def _read(tree: object) -> Tree:
    if isinstance(tree, list):
        feature, highest, low, high = tree
        return int(feature), float(highest), _read(low), _read(high)
    return float(str(tree))
