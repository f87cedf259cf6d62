"""Who must not be asked now: what the survey's log and the conversation's log know of a person.

Counted per person and programme (DOMAIN.md 1.6). Without a person, as for an anonymous visitor of
the web chat, nothing can be counted; the survey then records ``unenforceable``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.engine import RowMapping

from assistant.messages import CustomerRef
from assistant.questionnaires import Occasion, Questionnaire
from assistant.store.database import Database
from assistant.store.schema import conversations, events, survey_events
from assistant.wire import from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the rules may know of a conversation."""

    person_ref: str | None = None
    customer_no: str | None = None
    handoffs: frozenset[str] = frozenset()
    """Reasons of every hand-over so far, also of those that were given back."""


class Quarantine:
    """Looks into one database; it only reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def circumstances(self, conversation_id: str) -> Circumstances:
        """Gather what the rules may know of a conversation."""
        reason = events.c.payload[("handoff", "reason")].as_string()
        async with self._database.read() as connection:
            found = await connection.execute(
                select(conversations.c.person_ref, conversations.c.customer).where(
                    conversations.c.id == conversation_id
                )
            )
            row = found.one_or_none()
            handoffs = await connection.scalars(
                select(reason).where(
                    events.c.conversation_id == conversation_id,
                    events.c.kind == "reply",
                    reason.is_not(None),
                )
            )
            if row is None:
                return Circumstances()
            customer = None if row.customer is None else from_json(CustomerRef, row.customer)
            return Circumstances(
                person_ref=row.person_ref,
                customer_no=None if customer is None else customer.customer_no,
                handoffs=frozenset(handoffs),
            )

    async def rule_for(
        self, person_ref: str | None, programme: Questionnaire, now: datetime
    ) -> str | None:
        """Return the id of the first rule that keeps a person from being asked now, if any."""
        if person_ref is None:
            return None
        async with self._database.read() as connection:
            found = await connection.execute(
                select(
                    survey_events.c.conversation_id, survey_events.c.stage, survey_events.c.at
                ).where(
                    survey_events.c.person_ref == person_ref,
                    survey_events.c.stage.in_(("shown", "score", "declined", "never_again")),
                    # An objection holds for every survey, not for one programme only.
                    or_(
                        survey_events.c.programme_id == programme.programme_id,
                        survey_events.c.stage == "never_again",
                    ),
                )
            )
            rows = found.mappings().all()
        latest = _latest(rows)
        for rule in programme.rules:
            last = latest.get(rule.when)
            if last is None:
                continue
            if rule.days is None or now < last + timedelta(days=rule.days):
                return rule.id
        return None


def _latest(rows: Collection[RowMapping]) -> dict[Occasion, datetime]:
    answered = {row["conversation_id"] for row in rows if row["stage"] == "score"}
    reacted = {row["conversation_id"] for row in rows if row["stage"] != "shown"}
    occasions = {
        "score": Occasion.ANSWERED,
        "declined": Occasion.DECLINED,
        "never_again": Occasion.NEVER_AGAIN,
        "shown": Occasion.IGNORED,
    }
    latest: dict[Occasion, datetime] = {}
    for row in rows:
        if row["stage"] == "shown" and row["conversation_id"] in reacted:
            continue
        if row["stage"] == "declined" and row["conversation_id"] in answered:
            # After a score only the reason was declined, not the survey.
            continue
        occasion = occasions[row["stage"]]
        latest[occasion] = max(row["at"], latest.get(occasion, row["at"]))
    return latest
