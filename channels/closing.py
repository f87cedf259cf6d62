"""Ends conversations whose customer has gone silent, so that they reach the survey.

Nobody is closed who waits for a person or speaks with one. A survey that nobody answers expires.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assistant.conversation import Clock, now
from assistant.messages import Message
from assistant.store.conversations import Conversations
from assistant.store.database import Database
from assistant.store.survey_log import expire_open, has_open
from channels.inbox import Inbox

SILENCE: Mapping[str, timedelta] = {"web": timedelta(minutes=30)}
"""How long the customer of a channel may be silent."""
PERIOD = 30.0
"""Seconds between two looks."""
PATIENCE = timedelta(hours=24)
"""How long an offered survey waits for its answer before it is logged as expired."""

log = structlog.get_logger("closing")


class Closing:
    """Looks for silent conversations and says so to the inbox."""

    def __init__(
        self,
        conversations: Conversations,
        inbox: Inbox,
        database: Database,
        *,
        silence: Mapping[str, timedelta] = SILENCE,
        clock: Clock = now,
    ) -> None:
        self._conversations = conversations
        self._inbox = inbox
        self._database = database
        self._silence = silence
        self._clock = clock

    async def run(self) -> None:
        """Close silent conversations until the server goes down."""
        while True:
            try:
                await self.close_silent()
                await self.expire_surveys()
            except SQLAlchemyError:
                log.warning("the database is away", exc_info=True)
            await asyncio.sleep(PERIOD)

    async def close_silent(self) -> int:
        """Close every conversation that is silent now; return how many."""
        closed = 0
        for channel, limit in self._silence.items():
            at = self._clock()
            for conversation_id in await self._conversations.silent_since(at - limit, channel):
                stored = await self._conversations.find(conversation_id)
                if stored is None or stored.status != "open" or self._inbox.is_busy(stored.id):
                    continue
                last = stored.customer_at or stored.created_at
                message = Message(
                    # The same silence has the same id, whoever notices it and how often.
                    id=f"!silence:{last.isoformat()}",
                    conversation_id=conversation_id,
                    channel=channel,
                    text="",
                    sent_at=at,
                    kind="closed",
                    reason="silence",
                )
                accepted = await self._inbox.accept(message)
                closed += not accepted.repeated
        return closed

    async def expire_surveys(self) -> int:
        """Log the surveys that have waited too long as expired; return how many."""
        at = self._clock()
        async with self._database.read() as connection:
            if not await has_open(connection, at - PATIENCE):
                return 0
        return len(await self._database.write(lambda c: expire_open(c, at - PATIENCE, at)))
