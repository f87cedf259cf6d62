"""The survey's log: append-only, each entry chained to the one before (DOMAIN.md 1.10).

An entry's hash covers all its fields and the hash of its predecessor, so that a later change,
insertion or deletion shows. Cutting off the end shows only against an earlier `head`, which is
why reports print it. The customer's words stand apart, in ``survey_reasons``; the chain holds a
salted commitment to them and stays whole when they are erased.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Select, func, insert, literal, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.store.schema import survey_events, survey_reasons
from assistant.survey_stages import SurveyStage

FIRST_PREV_HASH: Final = "0" * 64
CHAIN_LOCK: Final = 0x4155_5241
"""PostgreSQL advisory lock that lets one transaction at a time extend the chain."""

REPEATABLE: Final = frozenset({"suppressed"})
"""A conversation may end several times; every other stage is reached once and logged once."""

_UNCHAINED = ("id", "hash")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many entries, and the hash that stands for all of them."""

    entries: int
    hash: str


async def append(
    connection: AsyncConnection,
    *,
    conversation_id: str,
    channel: str,
    locale: str,
    person_ref: str | None,
    stages: Sequence[SurveyStage],
    at: datetime,
) -> None:
    """Add stages to the log within the caller's transaction; a stage logged before is left out."""
    prev_hash = await _last_hash(connection)
    known = set(
        await connection.scalars(
            select(survey_events.c.stage).where(survey_events.c.conversation_id == conversation_id)
        )
    )
    for stage in stages:
        if stage.stage in known - REPEATABLE:
            continue
        known.add(stage.stage)
        event_id = str(uuid.uuid4())
        entry = {
            "event_id": event_id,
            "at": at,
            "programme_id": stage.programme_id,
            "questionnaire_version": stage.questionnaire_version,
            "conversation_id": conversation_id,
            "person_ref": person_ref,
            "channel": channel,
            "locale": locale,
            "handled_by": stage.handled_by,
            "stage": stage.stage,
            "rule_id": stage.rule_id,
            "score": stage.score,
            "quarantine": stage.quarantine,
            "ui_variant": stage.ui_variant,
            "reason_commitment": await _keep_reason(connection, event_id, conversation_id, stage),
            "prev_hash": prev_hash,
        }
        prev_hash = _hash(entry)
        await connection.execute(insert(survey_events).values(**entry, hash=prev_hash))


def _open_ones(before: datetime) -> Select[Any]:
    """Select the questions offered before a time that nothing has ended since."""
    offered, later = survey_events.alias("offered"), survey_events.alias("later")
    ended = (
        select(literal(1))
        .select_from(later)
        .where(
            later.c.conversation_id == offered.c.conversation_id,
            later.c.stage.in_(("score", "declined", "never_again", "expired")),
        )
        .exists()
    )
    return (
        select(offered)
        .where(offered.c.stage == "offered", offered.c.at < before, ~ended)
        .order_by(offered.c.id)
    )


async def has_open(connection: AsyncConnection, before: datetime) -> bool:
    """Tell whether a question offered before a time still waits for its answer."""
    return (await connection.execute(_open_ones(before).limit(1))).first() is not None


async def expire_open(
    connection: AsyncConnection,
    before: datetime,
    at: datetime,
    conversation_id: str | None = None,
) -> tuple[str, ...]:
    """Log ``expired`` for every question offered before a time and never answered or declined.

    To be called by the closing task with a time 24 hours ago, and, with the conversation's id and
    the present time, just before a conversation is erased. An answer that comes later all the same
    is taken and counted; the report then no longer calls the question expired.

    Returns:
        The ids of the conversations whose question has now expired.
    """
    open_ones = _open_ones(before)
    if conversation_id is not None:
        open_ones = open_ones.where(open_ones.selected_columns.conversation_id == conversation_id)
    # The lock comes first, or an answer written meanwhile would be joined by an expiry.
    await _last_hash(connection)
    rows = (await connection.execute(open_ones)).mappings().all()
    for row in rows:
        await append(
            connection,
            conversation_id=row["conversation_id"],
            channel=row["channel"],
            locale=row["locale"],
            person_ref=row["person_ref"],
            stages=(
                SurveyStage(
                    stage="expired",
                    programme_id=row["programme_id"],
                    questionnaire_version=row["questionnaire_version"],
                    handled_by=row["handled_by"],
                    quarantine=row["quarantine"],
                    ui_variant=row["ui_variant"],
                ),
            ),
            at=at,
        )
    return tuple(row["conversation_id"] for row in rows)


async def verify(connection: AsyncConnection) -> int | None:
    """Recompute the chain and the commitments; return the id of the first broken entry, if any."""
    reasons = survey_reasons
    rows = await connection.stream(
        select(survey_events, reasons.c.salt, reasons.c.reason)
        .outerjoin(reasons, reasons.c.event_id == survey_events.c.event_id)
        .order_by(survey_events.c.id)
    )
    prev_hash = FIRST_PREV_HASH
    async for row in rows.mappings():
        if row["prev_hash"] != prev_hash or row["hash"] != _hash(_chained(row)):
            return int(row["id"])
        if row["reason"] is not None and row["reason_commitment"] != commitment(
            row["salt"], row["reason"]
        ):
            return int(row["id"])
        prev_hash = row["hash"]
    return None


async def head(connection: AsyncConnection) -> Head:
    """Return the end of the chain, to be written down where nobody can change it."""
    entries = await connection.scalar(select(func.count()).select_from(survey_events))
    return Head(entries=entries or 0, hash=await _newest_hash(connection))


def commitment(salt: bytes, reason: str) -> str:
    """Commit to a customer's words without keeping them."""
    return hashlib.sha256(salt + reason.encode()).hexdigest()


async def _last_hash(connection: AsyncConnection) -> str:
    # On SQLite the transaction is the only writer already. Elsewhere two transactions could read
    # the same last entry and fork the chain; the lock is held until the transaction ends.
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    return await _newest_hash(connection)


async def _newest_hash(connection: AsyncConnection) -> str:
    last = await connection.scalar(
        select(survey_events.c.hash).order_by(survey_events.c.id.desc()).limit(1)
    )
    return FIRST_PREV_HASH if last is None else str(last)


async def _keep_reason(
    connection: AsyncConnection, event_id: str, conversation_id: str, stage: SurveyStage
) -> str | None:
    if stage.reason is None:
        return None
    salt = secrets.token_bytes(16)
    await connection.execute(
        insert(survey_reasons).values(
            event_id=event_id, conversation_id=conversation_id, salt=salt, reason=stage.reason
        )
    )
    return commitment(salt, stage.reason)


def _chained(row: RowMapping) -> dict[str, object]:
    names = (column.name for column in survey_events.columns if column.name not in _UNCHAINED)
    return {name: row[name] for name in names}


def _hash(entry: dict[str, object]) -> str:
    at = entry["at"]
    assert isinstance(at, datetime)
    # One spelling of a time, whatever zone it came in and whatever the database gives back.
    plain = {**entry, "at": at.astimezone(UTC).isoformat(timespec="microseconds")}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
