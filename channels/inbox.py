"""Messages in: durable first, then answered, whether or not the reader is still there.

A conversation is answered message by message in order of arrival, different ones side by side.
What a killed process left unanswered is answered at the next start.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy import Update, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.conversation import Clock, now
from assistant.messages import Draft, Message, Reply
from assistant.store.database import Database
from assistant.store.schema import conversations, inbox
from assistant.wire import Json, from_json, to_json
from channels.live import Live
from channels.progress import Progress

ATTEMPTS = 3
PAUSES = (0.2, 1.0)
"""Seconds before the second and the third attempt."""
TURN_LIMIT = 80.0
"""Seconds a turn may take; less than the lease of a conversation lasts."""

log = structlog.get_logger("inbox")


class Answers(Protocol):
    """The assistant, as the inbox needs it."""

    async def respond(self, message: Message, draft: Draft) -> Reply | None:
        """Answer a message and finish its turn, or return the first reply to it."""

    async def apologise(self, message: Message) -> Reply | None:
        """Finish the turn of a message that cannot be answered: apology, offer of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A message that is durable; its turn takes place by itself."""

    message: Message
    repeated: bool
    """The message was known; its first reply stands."""
    progress: Progress


@dataclass(slots=True, kw_only=True)
class _Waiting:
    message: Message
    attempt: int = 1
    recovered: bool = False
    progress: Progress = field(default_factory=Progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    payload: Json
    attempts: int


class Inbox:
    """The only way to the assistant, for every channel, the desk and the clock."""

    def __init__(
        self,
        assistant: Answers,
        database: Database,
        live: Live,
        *,
        clock: Clock = now,
        at_once: int = 32,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._assistant = assistant
        self._database = database
        self._live = live
        self._clock = clock
        self._pauses = pauses
        self._room = asyncio.Semaphore(at_once)
        self._lines: dict[str, deque[_Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, message: Message) -> Accepted:
        """Store a message and see that it is answered; a known one is not answered twice."""
        at = self._clock()
        try:
            known = await self._database.write(lambda c: _store(c, message, at))
        except IntegrityError:
            # Another process stored the same message between our look and our insert.
            known = await self._database.write(lambda c: _store(c, message, at))
        if known is None:
            return self._line_up(_Waiting(message=message), repeated=False)
        running = self._find(message)
        if running is not None:
            return Accepted(message=message, repeated=True, progress=running.progress)
        if known == "pending":
            return self._line_up(_Waiting(message=message, recovered=True), repeated=True)
        return Accepted(message=message, repeated=True, progress=Progress(finished=True))

    def is_busy(self, conversation_id: str) -> bool:
        """Tell whether a message of the conversation is being answered or waits for it."""
        return conversation_id in self._lines

    def draft(self, conversation_id: str) -> tuple[str, str] | None:
        """Return the message being answered in a conversation and the draft of its reply."""
        line = self._lines.get(conversation_id)
        if not line or not line[0].progress.draft:
            return None
        return line[0].message.id, line[0].progress.draft

    async def recover(self) -> int:
        """Take up what an earlier process left unanswered; return how many messages."""
        left = await self._database.write(_left_over)
        for row in left:
            message = from_json(Message, row.payload)
            waiting = _Waiting(message=message, attempt=row.attempts, recovered=True)
            self._line_up(waiting, repeated=True)
        if left:
            log.info("recovered", messages=len(left))
        return len(left)

    async def close(self, patience: float = 5.0) -> None:
        """Let running turns finish for a while; the rest stays pending in the database."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _line_up(self, waiting: _Waiting, *, repeated: bool) -> Accepted:
        conversation_id = waiting.message.conversation_id
        line = self._lines.get(conversation_id)
        if line is None:
            self._lines[conversation_id] = deque([waiting])
            task = asyncio.create_task(self._work_off(conversation_id), name="turns")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            line.append(waiting)
        return Accepted(message=waiting.message, repeated=repeated, progress=waiting.progress)

    def _find(self, message: Message) -> _Waiting | None:
        line = self._lines.get(message.conversation_id, ())
        return next((waiting for waiting in line if waiting.message.id == message.id), None)

    async def _work_off(self, conversation_id: str) -> None:
        line = self._lines[conversation_id]
        try:
            while line:
                async with self._room:
                    failed = not await self._turn(line[0])
                line.popleft().progress.finish(failed=failed)
                self._live.publish(conversation_id)
        finally:
            del self._lines[conversation_id]
            for waiting in line:
                waiting.progress.finish(failed=True)

    async def _turn(self, waiting: _Waiting) -> bool:
        message = waiting.message

        async def show(text: str) -> None:
            waiting.progress.show(text)
            self._live.publish(message.conversation_id, draft=True)

        while waiting.attempt <= ATTEMPTS:
            try:
                if waiting.attempt > 1:
                    await self._count(message, waiting.attempt)
                async with asyncio.timeout(TURN_LIMIT):
                    await self._assistant.respond(message, show)
                if message.kind == "survey":
                    await self._forget_answer(message)
                if waiting.recovered:
                    # A reply that an earlier process has already logged leaves the row as it was.
                    await self._settle(message, "done")
                return True
            except Exception:
                log.exception("turn failed", **_names(waiting))
            if waiting.attempt < ATTEMPTS:
                await asyncio.sleep(self._pauses[min(waiting.attempt, len(self._pauses)) - 1])
            waiting.attempt += 1
        try:
            await self._assistant.apologise(message)
            await self._settle(message, "failed")
            return True
        except Exception:
            # The row stays pending: the next start tries to apologise again.
            log.exception("apology failed", **_names(waiting))
            return False

    async def _count(self, message: Message, attempt: int) -> None:
        statement = _row(message).values(attempts=attempt)
        await self._database.write(lambda connection: connection.execute(statement))

    async def _forget_answer(self, message: Message) -> None:
        # Score and reason stand in the survey's own tables, apart from who said what.
        kept = to_json(replace(message, text="", choice_id=None))
        statement = _row(message).values(payload=kept)
        await self._database.write(lambda connection: connection.execute(statement))

    async def _settle(self, message: Message, status: str) -> None:
        statement = _row(message).values(status=status, done_at=self._clock())
        await self._database.write(lambda connection: connection.execute(statement))


def _names(waiting: _Waiting) -> dict[str, str | int]:
    message = waiting.message
    return {
        "conversation": message.conversation_id,
        "message": message.id,
        "attempt": waiting.attempt,
    }


def _row(message: Message) -> Update:
    return update(inbox).where(
        inbox.c.channel == message.channel,
        inbox.c.conversation_id == message.conversation_id,
        inbox.c.message_id == message.id,
    )


async def _store(connection: AsyncConnection, message: Message, at: datetime) -> str | None:
    """Insert a message, or return the status of the one that has its id."""
    known = await connection.scalar(
        select(inbox.c.status).where(
            inbox.c.channel == message.channel,
            inbox.c.conversation_id == message.conversation_id,
            inbox.c.message_id == message.id,
        )
    )
    if known is not None:
        return str(known)
    await connection.execute(
        insert(inbox).values(
            channel=message.channel,
            conversation_id=message.conversation_id,
            message_id=message.id,
            payload=to_json(message),
            received_at=at,
            attempts=1,
        )
    )
    return None


async def _left_over(connection: AsyncConnection) -> list[_Left]:
    pending = inbox.c.status == "pending"
    rows = await connection.execute(
        select(inbox.c.payload, inbox.c.attempts).where(pending).order_by(inbox.c.id)
    )
    left = [_Left(payload=row.payload, attempts=row.attempts + 1) for row in rows]
    if not left:
        return []
    await connection.execute(update(inbox).where(pending).values(attempts=inbox.c.attempts + 1))
    # The lease of a killed process only saves work, the version decides; do not wait for its end.
    orphaned = select(inbox.c.conversation_id).where(pending)
    await connection.execute(
        update(conversations)
        .where(conversations.c.id.in_(orphaned))
        .values(lease_owner=None, lease_until=None)
    )
    return left
