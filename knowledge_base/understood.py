"""What the scores of a question's meaning say: of passages, of attributes, and of all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge_base.meaning import Floats
from knowledge_base.snapshot import Mask, Snapshot
from knowledge_base.typical_questions import OWN, UNANSWERED

TEMPERATURE = 0.02
"""Score that makes a meaning e times as likely; tuned on the development questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a question may mean, by the typical questions."""

    attributes: Mapping[str, float]
    """Scores of the attributes of tariffs (``grundpreis``) and of one product
    (``multisim.grundpreis``)."""
    passages: float
    """Score of the passage that is meant most surely."""
    unanswered: float
    """How surely something is meant that no document answers."""
    own: float = 0.0
    """About the probability that only the customer's own data answer: scores add up to about 1."""
    tariff: float = 0.0
    """About the probability that an attribute of tariffs is meant."""
    subjects: Mapping[str, float] = field(default_factory=dict)
    """Scores of the subjects of own data, without their mark: ``Rechnungsbetrag``."""
    mass: float = 1.0
    """Sum of what everything weighs that can be meant, see ``weight``."""
    mean_weight: float = 1.0
    """The same shared among everything: about 1.1 where nothing is meant, however much there is."""


def weight(scores: Floats) -> Floats:
    """Weigh scores, so that the weight of one in the sum of all is about its probability."""
    weights: Floats = np.exp(scores / TEMPERATURE)
    return weights


NOTHING_MEANT = Meant(attributes={}, passages=0.0, unanswered=0.0)


def at_large(snapshot: Snapshot, scores: Floats) -> Meant:
    """Tell what a question may mean, whatever the date."""
    assert snapshot.meaning is not None, "there are no scores without it"
    found: dict[str, float] = {}
    subjects: dict[str, float] = {}
    passages = unanswered = own = tariff = 0.0
    for label, rows, score in zip(snapshot.meaning.labels, snapshot.meant, scores, strict=True):
        name = label.answers[0]
        if len(rows):
            passages = max(passages, float(score))
        elif name.startswith(UNANSWERED):
            unanswered += max(float(score), 0.0)
        elif name.startswith(OWN):
            unanswered += max(float(score), 0.0)
            own += float(score)
            subjects[name.removeprefix(OWN)] = float(score)
        else:
            found[name] = float(score)
            tariff += float(score)
    mass = float(weight(scores).sum())
    return Meant(
        attributes=found,
        passages=passages,
        unanswered=unanswered,
        own=own,
        tariff=tariff,
        subjects=subjects,
        mass=mass,
        mean_weight=mass / len(scores),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the meaning of a question says of every passage, a row each."""

    scores: NDArray[np.float64]
    ahead: NDArray[np.float64]
    says: Mapping[int, str]
    """The words of a passage that are meant most surely."""
    unanswered: float
    likely: NDArray[np.float64]


def of_passages(snapshot: Snapshot, scores: Floats | None, mask: Mask) -> Understood:
    """Give every passage the scores of what it says, and its lead over all others."""
    sums = np.zeros(len(mask))
    says: dict[int, tuple[float, str]] = {}
    attribute = unanswered = 0.0
    if scores is None or snapshot.meaning is None:
        return Understood(scores=sums, ahead=sums, says={}, unanswered=0.0, likely=sums)
    weights = weight(scores)
    likely = np.zeros(len(mask))
    for label, rows, score, one in zip(
        snapshot.meaning.labels, snapshot.meant, scores, weights, strict=True
    ):
        if label.answers[0].startswith((UNANSWERED, OWN)):
            unanswered += max(float(score), 0.0)
        elif not len(rows):
            attribute = max(attribute, float(score))
        for row in rows[mask[rows]]:
            sums[row] += max(float(score), 0.0)
            likely[row] += float(one)
            if score > says.get(int(row), (0.0, ""))[0]:
                says[int(row)] = (float(score), label.says or "")
    # Versions of a document answer alike: which of them holds, the date has decided.
    best, second = np.partition(np.append(sums, (0.0, attribute, unanswered)), -2)[[-1, -2]]
    rivals = np.where(sums == best, second, best)
    return Understood(
        scores=sums,
        ahead=sums - rivals,
        says={row: words for row, (_, words) in says.items()},
        unanswered=unanswered,
        likely=likely / weights.sum(),
    )
