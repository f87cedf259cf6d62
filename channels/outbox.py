"""Replies out: every due row of the outbox is delivered, and the receipt is kept.

Woken as soon as a turn has finished, and now and then by the clock for what failed before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.conversation import Clock, now
from assistant.messages import Reply
from assistant.store.database import Database
from assistant.store.schema import events, outbox
from assistant.wire import Json, from_json
from channels.channel import Channel, Delivered, Envelope
from channels.live import Live

POLL = 15.0
"""Seconds between looks without being woken."""
ATTEMPTS = 8
CLAIM = timedelta(seconds=60)
"""How long a delivery may take before somebody else tries it."""
LONGEST_PAUSE = timedelta(minutes=5)
BATCH = 100

log = structlog.get_logger("outbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    id: int
    conversation_id: str
    seq: int
    channel: str
    attempts: int
    created_at: datetime
    payload: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    id: int
    status: str
    next_at: datetime
    sent_at: datetime | None = None
    provider_id: str | None = None
    error: str | None = None


class Outbox:
    """Delivers replies through the channels, in order within a conversation."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        live: Live,
        *,
        clock: Clock = now,
    ) -> None:
        self._database = database
        self._channels = channels
        self._live = live
        self._clock = clock

    async def run(self) -> None:
        """Deliver until the server goes down."""
        with self._live.subscribe() as news:
            while not news.ended:
                try:
                    await self.deliver_due()
                except SQLAlchemyError:
                    log.warning("the database is away", exc_info=True)
                await news.changed(POLL)

    async def deliver_due(self) -> int:
        """Deliver everything that is due now; return how many replies were taken."""
        sent = 0
        while await self._any_due():
            due = await self._database.write(self._claim)
            results = await asyncio.gather(*(self._hand_over(one) for one in due))
            await self._database.write(lambda connection: _record(connection, results))  # noqa: B023
            sent += sum(result.status == "sent" for result in results)
        return sent

    async def _any_due(self) -> bool:
        # Most looks find nothing, and looking needs no place in the line of those who write.
        async with self._database.read() as connection:
            found = await connection.execute(_due_at(self._clock(), self._channels).limit(1))
            return found.first() is not None

    async def _claim(self, connection: AsyncConnection) -> tuple[_Due, ...]:
        at = self._clock()
        rows = await connection.execute(_due_at(at, self._channels).limit(BATCH))
        due = tuple(
            _Due(
                id=row.id,
                conversation_id=row.conversation_id,
                seq=row.seq,
                channel=row.channel,
                attempts=row.attempts + 1,
                created_at=row.created_at,
                payload=row.payload,
            )
            for row in rows
        )
        if due:
            await connection.execute(
                update(outbox)
                .where(outbox.c.id.in_([one.id for one in due]))
                .values(attempts=outbox.c.attempts + 1, next_at=at + CLAIM)
            )
        return due

    async def _hand_over(self, due: _Due) -> _Result:
        envelope = Envelope(
            id=due.id,
            conversation_id=due.conversation_id,
            seq=due.seq,
            channel=due.channel,
            reply=from_json(Reply, due.payload),
            created_at=due.created_at,
        )
        try:
            async with asyncio.timeout(CLAIM.total_seconds() / 2):
                delivered: Delivered = await self._channels[due.channel].deliver(envelope)
        except Exception as error:
            # The border to the providers: whatever they raise becomes a failed attempt.
            final = due.attempts >= ATTEMPTS
            log.warning(
                "delivery failed",
                conversation=due.conversation_id,
                channel=due.channel,
                attempt=due.attempts,
                final=final,
                exc_info=True,
            )
            return _Result(
                id=due.id,
                status="failed" if final else "pending",
                next_at=self._clock() + min(timedelta(seconds=2**due.attempts), LONGEST_PAUSE),
                error=f"{type(error).__name__}: {error}",
            )
        at = self._clock()
        return _Result(
            id=due.id, status="sent", next_at=at, sent_at=at, provider_id=delivered.provider_id
        )


def _due_at(at: datetime, channels: Iterable[str]) -> Select[Any]:
    """Select what is due, of each conversation only the first reply that is not yet out."""
    earlier = outbox.alias()
    overtakes = (
        select(earlier.c.id)
        .where(
            earlier.c.conversation_id == outbox.c.conversation_id,
            earlier.c.status == "pending",
            earlier.c.id < outbox.c.id,
        )
        .exists()
    )
    return (
        select(outbox, events.c.payload)
        .join(
            events,
            (events.c.conversation_id == outbox.c.conversation_id) & (events.c.seq == outbox.c.seq),
        )
        .where(
            outbox.c.status == "pending",
            outbox.c.channel.in_(list(channels)),
            outbox.c.next_at <= at,
            ~overtakes,
        )
        .order_by(outbox.c.id)
    )


async def _record(connection: AsyncConnection, results: Iterable[_Result]) -> None:
    for result in results:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == result.id)
            .values(
                status=result.status,
                next_at=result.next_at,
                sent_at=result.sent_at,
                provider_id=result.provider_id,
                error=result.error,
            )
        )
