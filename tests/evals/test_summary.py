"""Of which questions a share is taken, and which answers are slow."""

from __future__ import annotations

from evals.answers import Scored
from evals.scoring import Case, Given, Outcome
from evals.summary import Summary


def scored(outcome: Outcome, *, answerable: bool, kind: str = "x", ms: float = 1.0) -> Scored:
    case = Case(id="a", text="?", answerable=answerable, kind=kind)
    return Scored(case=case, given=Given(text="", answered=True), outcome=outcome, milliseconds=ms)


SUMMARY = Summary(
    name="assistant",
    scored=(
        scored(Outcome.CITED, answerable=True),
        scored(Outcome.CITED, answerable=True),
        scored(Outcome.UNCITED, answerable=True),
        scored(Outcome.MISLEADING, answerable=True),
        scored(Outcome.REFUSED, answerable=True, kind="y"),
        scored(Outcome.REFUSED, answerable=False),
        scored(Outcome.REFUSED, answerable=False, kind="y"),
        scored(Outcome.BESIDE, answerable=False),
        scored(Outcome.UNHINTED, answerable=False),
    ),
)


def test_every_share_is_taken_of_the_questions_it_names() -> None:
    counted = {row.name: (row.of, row.rate.hits, row.rate.of) for row in SUMMARY.rows}

    assert {
        "right and cited": ("answerable", 2, 5),
        "right, with reservation": ("answerable", 0, 5),
        "right, not cited": ("answerable", 1, 5),
        "wrongly refused": ("answerable", 1, 5),
        "wrongly answered": ("all", 2, 9),
        "· misleading figure": ("all", 1, 9),
        "· beside the point": ("all", 1, 9),
        "rightly refused": ("unanswerable", 2, 4),
        "refused, no login hint": ("unanswerable", 1, 4),
    } == counted


def test_a_failure_is_what_could_have_gone_better() -> None:
    assert [
        Outcome.UNCITED,
        Outcome.MISLEADING,
        Outcome.REFUSED,
        Outcome.BESIDE,
        Outcome.UNHINTED,
    ] == [found.outcome for found in SUMMARY.failures]


def test_a_kind_counts_its_own_questions_only() -> None:
    assert (1, 2) == (SUMMARY.of_kind("y").right.hits, SUMMARY.of_kind("y").right.of)


def test_half_and_nineteen_of_twenty_answers_are_as_quick_as_said() -> None:
    times = [float(ms) for ms in range(20, 0, -1)]
    summary = Summary(
        name="x", scored=tuple(scored(Outcome.CITED, answerable=True, ms=ms) for ms in times)
    )

    assert 10.5 == summary.median_ms
    assert 19.0 == summary.p95_ms


def test_a_single_answer_is_its_own_median_and_its_own_slowest() -> None:
    summary = Summary(name="x", scored=(scored(Outcome.CITED, answerable=True, ms=7.0),))

    assert (7.0, 7.0) == (summary.median_ms, summary.p95_ms)
