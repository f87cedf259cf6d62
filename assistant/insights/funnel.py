"""From the survey's raw log to figures: one series per programme and version, never pooled.

A conversation counts once in each stage, on the day it reached the decision point (DOMAIN.md 1.5),
so that the stages of one report describe the same conversations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.insights.nps import SCALE, Distribution, distribution
from assistant.store.schema import survey_events

ZONE = ZoneInfo("Europe/Berlin")
_ANSWERS = frozenset({"score", "declined", "never_again"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """How many conversations reached each stage."""

    suppressed: tuple[tuple[str, int], ...]
    """By the id of the rule, the most frequent first."""
    eligible: int
    offered: int
    shown: int
    score: int
    why: int
    declined: int
    """The question itself; who gave a score and no reason is not among them."""
    never_again: int
    expired: int
    """Offered, and neither answered nor declined in time."""
    unenforceable: int
    """Without a person to count the quarantine by."""

    @property
    def reached(self) -> int:
        """Count the conversations that reached the decision point."""
        return self.eligible + self.suppressed_in_all

    @property
    def suppressed_in_all(self) -> int:
        """Count the conversations that were not asked."""
        return sum(count for _, count in self.suppressed)

    @property
    def response_rate(self) -> Fraction | None:
        """Give scores per question shown; None when none was."""
        return Fraction(self.score, self.shown) if self.shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Results that may be looked at together: one programme, one version."""

    programme_id: str
    questionnaire_version: str
    funnel: Funnel
    scores: Distribution


@dataclass(slots=True, kw_only=True)
class _Path:
    """What one conversation has been through, gathered row by row."""

    decided_at: datetime
    rule_id: str | None
    unenforceable: bool
    stages: set[str] = field(default_factory=set)
    score: int | None = None


async def read_series(
    connection: AsyncConnection,
    programme_id: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Series, ...]:
    """Count the log, by programme and version, for the days from `first` to `last` (Berlin)."""
    log = survey_events.c
    query = select(
        log.at,
        log.programme_id,
        log.questionnaire_version,
        log.conversation_id,
        log.stage,
        log.rule_id,
        log.score,
        log.quarantine,
    ).order_by(log.id)
    if programme_id is not None:
        query = query.where(log.programme_id == programme_id)
    gathered: dict[tuple[str, str], dict[str, _Path]] = {}
    rows = await connection.stream(query)
    async for row in rows.mappings():
        key = (row["programme_id"], row["questionnaire_version"])
        _gather(gathered.setdefault(key, {}), row)
    found = (
        _series(programme, version, [path for path in paths.values() if _within(path, first, last)])
        for (programme, version), paths in sorted(gathered.items())
    )
    return tuple(series for series in found if series.funnel.reached)


def _gather(paths: dict[str, _Path], row: RowMapping) -> None:
    path = paths.get(row["conversation_id"])
    if path is None:
        path = paths[row["conversation_id"]] = _Path(
            decided_at=row["at"],
            rule_id=row["rule_id"],
            unenforceable=row["quarantine"] == "unenforceable",
        )
    elif row["stage"] == "suppressed":
        # Ended a second time: the decision was made the first time and counts once.
        return
    path.stages.add(row["stage"])
    if row["stage"] == "score" and row["score"] in SCALE:
        path.score = row["score"]


def _within(path: _Path, first: date | None, last: date | None) -> bool:
    day = path.decided_at.astimezone(ZONE).date()
    return (first is None or first <= day) and (last is None or day <= last)


def _series(programme_id: str, version: str, paths: Iterable[_Path]) -> Series:
    paths = tuple(paths)
    stages = Counter(stage for path in paths for stage in path.stages)
    rules = Counter(path.rule_id or "?" for path in paths if "suppressed" in path.stages)
    return Series(
        programme_id=programme_id,
        questionnaire_version=version,
        funnel=Funnel(
            suppressed=tuple(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
            eligible=stages["eligible"],
            offered=stages["offered"],
            shown=stages["shown"],
            score=stages["score"],
            why=stages["why"],
            declined=sum(path.stages & {"declined", "score"} == {"declined"} for path in paths),
            never_again=stages["never_again"],
            expired=sum("expired" in path.stages and not path.stages & _ANSWERS for path in paths),
            unenforceable=sum(path.unenforceable for path in paths),
        ),
        scores=distribution(path.score for path in paths if path.score is not None),
    )
