"""Fit the trust model on the development questions: ``python -m evals.trust``.

Every passage that could be quoted and every attribute that could be said is an example; it is right
if that answer would be scored right. Reported by cross-validation over questions, never on the
questions it was fitted to, and the report set is never opened here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import CANDIDATES, PASSAGES, Answer
from assistant.build import Application, assemble
from assistant.messages import Ask, ConversationState, Message, Reply
from assistant.quote import quote
from assistant.understanding.trust import FILE, Logistic, features
from assistant.understanding.when import timeless
from evals.answers import load_cases
from evals.scoring import OWN_DATA, Case, Given, Outcome, score
from knowledge_base.settings import Settings

CASES = Path(__file__).parent / "cases"
SETS = tuple(f"answers_dev{n}.jsonl" for n in ("", "_2", "_3", "_4", "_5", "_6"))
RIDGE = 30.0
FOLDS = 10
OFFER_FROM = 0.35
"""About one in two passages shown with reservation should be what was asked for."""
OFFER_FIGURE_FROM = 0.7
CUTS = tuple(cut / 100 for cut in range(96, 28, -2))
WRONG_AT_MOST = 0.03
"""Share of all questions that may be answered wrongly in cross-validation."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A possible answer to a question."""

    case: Case
    reply: Reply
    values: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """All possible answers to the development questions, by their kind."""

    passages: list[Example]
    attributes: list[Example]
    questions: int
    """How many questions reached them."""
    exact: int
    """How many questions are answered word by word before, rightly …"""
    mistaken: int
    """… and wrongly."""


async def examples(application: Application, cases: Sequence[Case]) -> Examples:
    """Collect what could be answered to every question that no words settle."""
    answer = next(r for name, r in application.assistant.responders if name == "answer")
    assert isinstance(answer, Answer)
    snapshot = application.knowledge.current
    passages: list[Example] = []
    attributes: list[Example] = []
    questions = exact = mistaken = 0
    for case in cases:
        ask = _ask(case, application.clock())
        if case.kind == OWN_DATA or answer.own_data.asked_in(case.text):
            continue
        plain = replace(ask, text=timeless(ask.text))
        settled = answer.lookup(plain, snapshot)
        if settled is not None:
            exact += _right(case, settled)
            mistaken += not _right(case, settled)
            continue
        questions += 1
        for values, reply in await answer.weighed(plain, snapshot):
            attributes.append(_example(case, reply, values))
        hits = await application.knowledge.search.search(
            case.text, on=ask.on, contract_date=ask.contract_date, top=PASSAGES
        )
        for place in range(min(CANDIDATES, len(hits))):
            reply = quote(case.text, hits[place], snapshot, application.texts, 1.0)
            values = features(case.text, hits, place, snapshot)
            passages.append(_example(case, reply, values))
    return Examples(
        passages=passages,
        attributes=attributes,
        questions=questions,
        exact=exact,
        mistaken=mistaken,
    )


def _example(case: Case, reply: Reply, values: dict[str, float]) -> Example:
    return Example(case=case, reply=reply, values=values, right=_right(case, reply))


def _right(case: Case, reply: Reply) -> bool:
    given = Given(
        text=reply.text,
        answered=reply.answered,
        documents=tuple(citation.document for citation in reply.citations),
    )
    return score(case, given) is Outcome.CITED


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A model of one kind of answers, and what it says of examples it has not seen."""

    examples: Sequence[Example]
    logistic: Logistic
    trusted: Floats


def fitted(found: Sequence[Example], folds: dict[str, int]) -> Fitted:
    """Fit on all examples, and judge each by a model that has not seen its question."""
    names = sorted(found[0].values)
    rows = np.array([[example.values[name] for name in names] for example in found])
    right = np.array([float(example.right) for example in found])
    means, spreads = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - means) / spreads
    trusted = np.zeros(len(found))
    for fold in range(FOLDS):
        held = np.array([folds[example.case.id] == fold for example in found])
        trusted[held] = _likely(scaled[held], fit(scaled[~held], right[~held]))
    weights = fit(scaled, right)
    named = dict(zip(names, map(float, weights[1:]), strict=True))
    return Fitted(
        examples=found,
        logistic=Logistic(
            weights=named,
            means=dict(zip(names, map(float, means), strict=True)),
            spreads=dict(zip(names, map(float, spreads), strict=True)),
            bias=float(weights[0]),
        ),
        trusted=trusted,
    )


def main() -> None:
    """Fit, report by cross-validation, and write the weights."""
    cases = [case for name in SETS for case in load_cases(CASES / name)]
    found = asyncio.run(_collect(cases))
    order = sorted({example.case.id for example in (*found.passages, *found.attributes)})
    folds = {case: place % FOLDS for place, case in enumerate(order)}
    passages = fitted(found.passages, folds)
    attributes = fitted(found.attributes, folds)
    best = _best_of_each(
        [
            pair
            for model in (passages, attributes)
            for pair in zip(model.examples, model.trusted, strict=True)
        ]
    )
    start, table = _threshold(best, found.mistaken, len(cases))
    FILE.write_text(
        json.dumps(
            {
                "purpose": "decides whether a passage is quoted, or an attribute said",
                "fitted_on": {
                    "sets": list(SETS),
                    "questions": found.questions,
                    "passages": len(found.passages),
                    "attributes": len(found.attributes),
                },
                "date": datetime.now(UTC).date().isoformat(),
                "answered_by_words": {"right": found.exact, "wrong": found.mistaken},
                "cross_validation": table,
                "answer_from": start,
                "offer_from": OFFER_FROM,
                "offer_figure_from": OFFER_FIGURE_FROM,
                "passages": asdict(passages.logistic),
                "attributes": asdict(attributes.logistic),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    for model in (passages, attributes):
        for name, weight in model.logistic.weights.items():
            print(f"{name:16} {weight:+.2f}")  # noqa: T201
    print(f"by words: {found.exact} right, {found.mistaken} wrong")  # noqa: T201
    for line in table:
        print(line)  # noqa: T201


def _threshold(
    best: Sequence[tuple[float, bool]], mistaken: int, questions: int
) -> tuple[float, list[dict[str, float]]]:
    """Find the lowest trust from which few enough questions are answered wrongly."""
    table = []
    start = 1.0
    for cut in CUTS:
        answered = [right for trust, right in best if trust >= cut]
        wrong = answered.count(False)
        table.append({"answer_from": cut, "right": answered.count(True), "wrong": wrong})
        if wrong + mistaken <= WRONG_AT_MOST * questions:
            start = cut
    return start, table


def _best_of_each(trusted: Sequence[tuple[Example, float]]) -> list[tuple[float, bool]]:
    best: dict[str, tuple[float, bool]] = {}
    for example, trust in trusted:
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


async def _collect(cases: Sequence[Case]) -> Examples:
    application = await assemble(Settings.from_environment())
    try:
        return await examples(application, cases)
    finally:
        await application.aclose()


if __name__ == "__main__":
    main()
