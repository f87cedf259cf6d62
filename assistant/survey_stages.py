"""The survey as a reply carries it: what is shown, and which steps of it are logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPrompt:
    """The survey as it is shown: static, reviewed, versioned (DOMAIN.md 1.7)."""

    programme_id: str
    questionnaire_version: str
    question: str
    low: str
    high: str
    skip: str
    why: str
    submit: str
    never_again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyStage:
    """One step of the survey's funnel, to be logged append-only with the turn."""

    stage: Literal[
        "eligible",
        "suppressed",
        "offered",
        "shown",
        "score",
        "why",
        "declined",
        "expired",
        "never_again",
    ]
    programme_id: str
    questionnaire_version: str
    handled_by: Literal["bot", "human", "mixed"]
    rule_id: str | None = None
    score: int | None = None
    reason: str | None = None
    """The customer's own words; kept apart from the log, which holds a commitment only."""
    quarantine: Literal["enforced", "unenforceable"] = "enforced"
    ui_variant: str = "default"
