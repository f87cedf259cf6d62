"""Fit the trust model on the development questions: ``python -m evals.trust``.

Every candidate passage of every question that reaches the quotation is an example; it is right if
quoting it would be scored right. Reported by cross-validation over questions, never on the
questions it was fitted to, and the report set is never opened here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import CANDIDATES, PASSAGES, Answer
from assistant.build import Application, assemble
from assistant.messages import Ask, ConversationState, Message
from assistant.quote import quote
from assistant.understanding.trust import FILE, features
from evals.answers import load_cases
from evals.scoring import OWN_DATA, Case, Given, Outcome, score
from knowledge_base.settings import Settings

CASES = Path(__file__).parent / "cases"
SETS = ("answers_dev.jsonl", "answers_dev_2.jsonl", "answers_dev_3.jsonl")
RIDGE = 1.0
FOLDS = 10
OFFER_FROM = 0.35
"""About one in two passages shown with reservation should be what was asked for."""
OFFER_FIGURE_FROM = 0.7
WRONG_AT_MOST = 0.025
"""Share of all questions that may be answered wrongly in cross-validation."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A candidate passage for a question."""

    case: Case
    values: dict[str, float]
    right: bool


async def examples(application: Application, cases: Sequence[Case]) -> list[Example]:
    """Collect the candidates of every question that no look-up answers."""
    answer = next(r for name, r in application.assistant.responders if name == "answer")
    assert isinstance(answer, Answer)
    snapshot = application.knowledge.current
    found: list[Example] = []
    for case in cases:
        ask = _ask(case, application.clock())
        if case.kind == OWN_DATA or answer.own_data.asked_in(case.text):
            continue
        if await answer.look_up(ask, snapshot) is not None:
            continue
        hits = await application.knowledge.search.search(
            case.text, on=ask.on, contract_date=ask.contract_date, top=PASSAGES
        )
        for place in range(min(CANDIDATES, len(hits))):
            reply = quote(case.text, hits[place], snapshot, application.texts, 1.0)
            given = Given(
                text=reply.text,
                answered=True,
                documents=tuple(citation.document for citation in reply.citations),
            )
            values = features(case.text, hits, place, snapshot)
            right = score(case, given) is Outcome.CITED
            found.append(Example(case=case, values=values, right=right))
    return found


def fit(rows: Floats, right: Floats, ridge: float = RIDGE) -> Floats:
    """Fit a logistic model with an L2 penalty by Newton's method; the first weight is the bias."""
    design = np.hstack([np.ones((len(rows), 1)), rows])
    weights = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (right - likely) - penalty * weights
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def main() -> None:
    """Fit, report by cross-validation, and write the weights."""
    cases = [case for name in SETS for case in load_cases(CASES / name)]
    found = asyncio.run(_collect(cases))
    names = sorted(found[0].values)
    rows = np.array([[example.values[name] for name in names] for example in found])
    right = np.array([float(example.right) for example in found])
    means, spreads = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - means) / spreads
    ids = [example.case.id for example in found]
    order = sorted(dict.fromkeys(ids))
    folds = {case: place % FOLDS for place, case in enumerate(order)}
    trusted = np.zeros(len(found))
    for fold in range(FOLDS):
        held = np.array([folds[case] == fold for case in ids])
        weights = fit(scaled[~held], right[~held])
        trusted[held] = _likely(scaled[held], weights)
    best = _best_of_each(found, trusted)
    start, table = _threshold(best, len(cases))
    weights = fit(scaled, right)
    FILE.write_text(
        json.dumps(
            {
                "purpose": "decides whether a passage is quoted as the answer",
                "fitted_on": {"sets": list(SETS), "questions": len(order), "examples": len(found)},
                "date": datetime.now(UTC).date().isoformat(),
                "cross_validation": table,
                "answer_from": start,
                "offer_from": OFFER_FROM,
                "offer_figure_from": OFFER_FIGURE_FROM,
                "bias": float(weights[0]),
                "weights": dict(zip(names, map(float, weights[1:]), strict=True)),
                "means": dict(zip(names, map(float, means), strict=True)),
                "spreads": dict(zip(names, map(float, spreads), strict=True)),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    for name, weight in zip(names, weights[1:], strict=True):
        print(f"{name:16} {weight:+.2f}")  # noqa: T201
    for line in table:
        print(line)  # noqa: T201


def _threshold(
    best: Sequence[tuple[float, bool]], questions: int
) -> tuple[float, list[dict[str, float]]]:
    """Find the lowest trust from which few enough questions are answered wrongly."""
    table = []
    start = 1.0
    for cut in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3):
        answered = [right for trust, right in best if trust >= cut]
        wrong = answered.count(False)
        table.append({"answer_from": cut, "right": answered.count(True), "wrong": wrong})
        if wrong <= WRONG_AT_MOST * questions:
            start = cut
    return start, table


def _best_of_each(found: Sequence[Example], trusted: Floats) -> list[tuple[float, bool]]:
    best: dict[str, tuple[float, bool]] = {}
    for example, trust in zip(found, trusted, strict=True):
        if trust > best.get(example.case.id, (-1.0, False))[0]:
            best[example.case.id] = (float(trust), example.right)
    return list(best.values())


def _likely(rows: Floats, weights: Floats) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-np.clip(weights[0] + rows @ weights[1:], -30, 30)))
    return likely


def _ask(case: Case, at: datetime) -> Ask:
    day = case.on or date(at.year, at.month, at.day)
    message = Message(id="", conversation_id="", channel="eval", text=case.text, sent_at=at)
    return Ask(
        message=message,
        text=case.text,
        state=ConversationState(),
        on=day,
        contract_date=case.contract_date,
    )


async def _collect(cases: Sequence[Case]) -> list[Example]:
    application = await assemble(Settings.from_environment())
    try:
        return await examples(application, cases)
    finally:
        await application.aclose()


if __name__ == "__main__":
    main()
