"""What was measured: shares of questions with their uncertainty, and times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from evals.answers import Scored
from evals.intervals import Rate
from evals.scoring import WRONG, Case, Outcome, is_right

ANSWERABLE, UNANSWERABLE, ALL = "answerable", "unanswerable", "all"

_ROWS = (
    # what, of which questions, which outcomes count
    ("right and cited", ANSWERABLE, {Outcome.CITED}),
    ("right, with reservation", ANSWERABLE, {Outcome.OFFERED}),
    ("right, not cited", ANSWERABLE, {Outcome.UNCITED}),
    ("wrongly refused", ANSWERABLE, {Outcome.REFUSED}),
    ("wrongly answered", ALL, WRONG),
    ("· misleading figure", ALL, {Outcome.MISLEADING}),
    ("· beside the point", ALL, {Outcome.BESIDE}),
    ("rightly refused", UNANSWERABLE, {Outcome.REFUSED}),
    ("refused, no login hint", UNANSWERABLE, {Outcome.UNHINTED}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A named share of some of the questions."""

    name: str
    of: str
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How one way of answering did."""

    name: str
    scored: tuple[Scored, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the shares in the order in which they are read."""
        return tuple(
            Row(name=name, of=of, rate=rate(self.scored, of, outcomes))
            for name, of, outcomes in _ROWS
        )

    @property
    def failures(self) -> tuple[Scored, ...]:
        """Return everything that could have gone better."""
        return tuple(found for found in self.scored if not is_right(found.case, found.outcome))

    @property
    def median_ms(self) -> float:
        """Return the time that half of the answers took at most."""
        return median(found.milliseconds for found in self.scored)

    @property
    def p95_ms(self) -> float:
        """Return the time that 95 of 100 answers took at most (nearest rank)."""
        times = sorted(found.milliseconds for found in self.scored)
        return times[max(0, -(-95 * len(times) // 100) - 1)]

    @property
    def right(self) -> Rate:
        """Return the share of the best possible outcomes."""
        return Rate(hits=len(self.scored) - len(self.failures), of=len(self.scored))

    def count(self, *outcomes: Outcome) -> int:
        """Count answers with one of these outcomes."""
        return rate(self.scored, ALL, outcomes).hits

    def of_kind(self, kind: str) -> Summary:
        """Keep the questions of one kind."""
        return Summary(name=self.name, scored=tuple(s for s in self.scored if s.case.kind == kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersReport:
    """The assistant, and beside it what anybody builds in an afternoon."""

    cases: str
    """Name of the file of cases."""
    made_at: datetime
    generation: int
    embedding_model: str
    language_model: str | None
    assistant: Summary
    baseline: Summary

    @property
    def heading(self) -> str:
        """Say what was measured, in one line."""
        asked = [found.case for found in self.assistant.scored]
        answerable = sum(case.answerable for case in asked)
        return (
            f"{len(asked)} questions of {self.cases} ({answerable} answerable, "
            f"{len(asked) - answerable} unanswerable), index generation {self.generation}, "
            f"{self.embedding_model}, "
            f"{self.language_model or 'no language model'}, {self.made_at:%Y-%m-%d %H:%M %Z}"
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of questions in alphabetical order."""
        return tuple(sorted({found.case.kind for found in self.assistant.scored}))


def rate(scored: Iterable[Scored], of: str, outcomes: Iterable[Outcome]) -> Rate:
    """Count some outcomes among the questions of a sort."""
    asked = [found for found in scored if of == ALL or _is(found.case, of)]
    counted = frozenset(outcomes)
    return Rate(hits=sum(found.outcome in counted for found in asked), of=len(asked))


def _is(case: Case, of: str) -> bool:
    return case.answerable is (of == ANSWERABLE)
