"""Is an answer right? Judged from its words alone, without any of the code that wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evals.quantities import mentions, quantities, states

RECORDS = "kundendaten"
"""What an answer from the customer's own records, or computed from them, cites."""
OWN_DATA = "own_data"
"""Kind of a question about the customer's own contract, which nobody may answer unproven."""

_ASKS_FOR_A_FIGURE = re.compile(
    r"\b(?:wie ?viele?|wie (?:hoch|teuer|lange?|schnell|oft|groß|gross|alt)|wann|preise?|kosten|"
    r"was (?:kostet|zahle?|bezahle?|nehmt)|"
    r"how (?:much|many|long|fast|often|old|high)|when|prices?|fees?|costs?|charges?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question and what a right answer to it has."""

    id: str
    text: str
    answerable: bool
    kind: str
    documents: tuple[str, ...] = ()
    """Each of them may be cited; one suffices."""
    figures: tuple[str, ...] = ()
    """All of them must be stated."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Of each group, one alternative must occur."""
    wrong: tuple[str, ...] = ()
    """None of them may be stated: another product's, another year's, another unit's figure."""
    on: date | None = None
    contract_date: date | None = None
    customer: str | None = None
    """Number of the customer who asks, as the portal has proven it."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as the customer saw it."""

    text: str
    answered: bool
    """False: it said that it does not know, or left the question to a person."""
    login: bool = False
    """It told the customer to log in."""
    documents: tuple[str, ...] = ()
    """What it cited."""

    @property
    def withheld(self) -> bool:
        """Tell whether it left the question open."""
        return self.login or not self.answered


class Outcome(StrEnum):
    """What became of a question."""

    CITED = "right_and_cited"
    OFFERED = "right_with_reservation"
    """Right and cited, but shown as the nearest passage, not as the answer."""
    UNCITED = "right_uncited"
    """Right, but no acceptable document is cited."""
    MISLEADING = "misleading"
    """States a figure that a customer would take for the answer, and that is not it."""
    BESIDE = "beside_the_point"
    """True or not, it does not answer the question."""
    REFUSED = "refused"
    UNHINTED = "refused_without_login_hint"
    """Left open, as it must be, but the customer was not told to log in."""


WRONG = frozenset({Outcome.MISLEADING, Outcome.BESIDE})


def score(case: Case, given: Given) -> Outcome:
    """Judge the answer to a case."""
    return _answerable(case, given) if case.answerable else _unanswerable(case, given)


def is_right(case: Case, outcome: Outcome) -> bool:
    """Tell whether an outcome is the best one that the case allows."""
    return outcome is (Outcome.CITED if case.answerable else Outcome.REFUSED)


def _answerable(case: Case, given: Given) -> Outcome:
    if _states_any(given, case.wrong):
        return Outcome.MISLEADING
    if _complete(case, given) and (given.documents or not given.withheld):
        if not set(given.documents) & set(case.documents):
            return Outcome.UNCITED
        return Outcome.OFFERED if given.withheld else Outcome.CITED
    if given.withheld:
        # A reservation does not excuse a figure that is taken for the one asked for.
        return Outcome.MISLEADING if _taken_for_it(case, given) else Outcome.REFUSED
    return Outcome.MISLEADING if _states_another(case, given) else Outcome.BESIDE


def _unanswerable(case: Case, given: Given) -> Outcome:
    if _states_any(given, case.wrong):
        return Outcome.MISLEADING
    if case.kind == OWN_DATA and _has_figure(given):
        return Outcome.MISLEADING
    if given.withheld and not _taken_for_it(case, given):
        hinted = given.login or case.kind != OWN_DATA
        return Outcome.REFUSED if hinted else Outcome.UNHINTED
    return Outcome.MISLEADING if _taken_for_it(case, given) else Outcome.BESIDE


def _taken_for_it(case: Case, given: Given) -> bool:
    """Tell whether a passage states a figure where a figure was asked for."""
    asked = _ASKS_FOR_A_FIGURE.search(case.text) is not None
    return asked and bool(given.documents) and _has_figure(given)


def _complete(case: Case, given: Given) -> bool:
    return all(states(given.text, figure) for figure in case.figures) and all(
        any(mentions(given.text, phrase) for phrase in alternatives)
        for alternatives in case.phrases
    )


def _states_another(case: Case, given: Given) -> bool:
    """Tell whether some expected figure is missing, and others stand in its unit."""
    stated = quantities(given.text)
    expected = [quantities(figure) for figure in case.figures]
    right = {found for figure in expected for found in figure if found in stated}
    for figure in expected:
        for wanted in figure:
            if wanted.unit is None or wanted in stated:
                continue
            if any(found.unit == wanted.unit and found not in right for found in stated):
                return True
    return False


def _states_any(given: Given, figures: tuple[str, ...]) -> bool:
    return any(states(given.text, figure) for figure in figures)


def _has_figure(given: Given) -> bool:
    return any(found.unit is not None for found in quantities(given.text))
